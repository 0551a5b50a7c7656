"""Commands of every kind, to logistics and to the gate, in a random order: many contradict the record."""

from collections import defaultdict
from collections.abc import Callable
from random import Random
from typing import Any

import msgspec

from awas.ledger.fact import Receipt
from awas.logistics import commands as ask
from awas.logistics.keys import closure_key, kit_key
from awas.logistics.lines import Damage, SealSeen, TallyLine
from awas.logistics.stages import STEPS
from awas.warehouse import commands as gate
from awas.warehouse.events import Line as GateLine
from tests.logistics.making import KECAMATAN, PLACE, S1, S2, S3, VILLAGE, at, counted_in, line, season, unit

FLOW = ("receive", "sort", "fold", "pack", "pack")
STEPS_HERE = [name for name in STEPS if name not in {"order", "print"}]
REASONS = ("not_known", "not_known", "lost", "miscounted_here", "none")
STATIONS = (S1, S2, S3, *(f"{VILLAGE}-{number:03d}" for number in range(3, 6)))
ON_ITS_WAY = "its way"
NEXT = {PLACE: ("to_kecamatan", KECAMATAN), KECAMATAN: ("to_village", VILLAGE), VILLAGE: ("to_station", "")}
"""The leg on which a kit goes on from a place, and where to; from the village it goes to its own station."""
BACK = {KECAMATAN: ("recapitulation", PLACE)}
Said = tuple[str, str, Any]
"""Place, actor, command."""


class Orders:
    """An endless row of commands; the same seed gives the same ones. `took` tells it what the record answered."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.names = 0
        self.known_of: dict[str, list[Any]] = defaultdict(list)
        self.kit_at: dict[str, str] = {}
        self._named: list[tuple[str, str, dict[str, Any]]] = []
        self._new_in: dict[int, list[tuple[str, str, dict[str, Any]]]] = {}
        self._makers: list[tuple[Callable[[], Said], int]] = [
            (self.season, 1), (self.contract, 1), (self.verified, 2), (self.tally, 24), (self.voided, 4),
            (self.offered, 9), (self.answered, 5), (self.recalled, 4), (self.labelled, 3), (self.nested, 2),
            (self.sealed, 3), (self.checked, 3), (self.opened, 2), (self.counted, 3), (self.explained, 4),
            (self.closed, 1), (self.asked, 6), (self.granted, 7), (self.stored, 1), (self.cleared, 1),
            (self.received, 6), (self.receipt_voided, 2), (self.recounted, 2),
            (self.contract_voided, 1), (self.unverified, 2), (self.announced, 3), (self.announcement_changed, 3),
            (self.released, 1),
        ]  # fmt: skip

    def next(self) -> Said:
        makers, weights = zip(*self._makers, strict=True)
        self._named = []
        said: Said = self.random.choices(makers, weights)[0]()
        self._new_in[id(said[2])] = self._named
        return said

    def took(self, command: Any, outcome: object) -> None:
        """What was refused left nothing behind that a later command could name."""
        named = self._new_in.pop(id(command))
        if not isinstance(outcome, Receipt):
            return
        for kind, key, facts in named:
            self.known_of[kind].append((key, facts | {"index": outcome.index}))
        match command:
            case ask.Tally(step="pack"):
                self.kit_at |= {one.station: self.kit_at.get(one.station, PLACE) for one in command.lines}
            case ask.OfferTransfer():
                self.kit_at |= dict.fromkeys(command.stations, ON_ITS_WAY)
            case ask.AcceptTransfer() | ask.RefuseTransfer() | ask.RecallTransfer():
                [(key, facts)] = [one for one in self.known_of["open"] if one[0] == command.transfer_id]
                self.known_of["open"].remove((key, facts))
                leaves = self.known_of["recall leave"]
                self.known_of["recall leave"] = [one for one in leaves if one[1]["subject"] != key]
                for station in facts["stations"]:
                    taken = isinstance(command, ask.AcceptTransfer) and station in command.stations
                    self.kit_at[station] = facts["to"] if taken else key.partition("/")[0]
            case ask.AnswerApproval():
                self.known_of["asked"] = [one for one in self.known_of["asked"] if one[0] != command.approval_id]

    # -- what commands are made of -------------------------------------------------------------------------------

    def new(self, kind: str, place: str = PLACE, **facts: Any) -> str:
        """A name not used before; rarely one that is."""
        self.names += self.random.random() > 0.02 or self.names == 0
        key = at(f"n{self.names}", place)
        self._named.append((kind, key, facts))
        return key

    def known(self, kind: str) -> tuple[str, dict[str, Any]]:
        """Something on record: mostly a late one."""
        some = self.known_of[kind]
        if not some or self.random.random() < 0.03:
            return at("never"), {}
        return self.random.choice(some[-6:] if self.random.random() < 0.7 else some)

    def any(self, *some: Any) -> Any:
        return self.random.choice(some)

    def units(self, most: int = 60) -> int:
        return self.random.randint(0, most)

    def line(self, step: str) -> TallyLine:
        named: dict[str, Any] = {"ballot": self.any("dpr", "dprd_kab"), "dapil": self.any("", "", "36.02-4")}
        if self.random.random() < 0.1:
            named, item = {}, self.any("ink", "booth")
        else:
            item = "ballot"
        if STEPS[step].per_station:
            named |= {
                "station": self.any(*STATIONS),
                "need": self.any(-1, 20, 40),
                "expected_dapil": named.get("dapil", ""),
            }
        if item != "ballot" and STEPS[step].per_station and self.random.random() < 0.5:
            return TallyLine(item=item, taken=0, passed=0, checked=self.units(4), **named)  # type: ignore[arg-type]
        taken = self.units()
        damaged = self.units(min(9, taken)) if STEPS[step].damages and self.random.random() < 0.4 else 0
        if damaged and self.random.random() < 0.5:
            named["damage"] = (Damage(criterion=self.any("colour", "wet"), units=damaged),)
        passed = self.any(taken - damaged, taken - damaged, self.units())
        return TallyLine(item=item, taken=taken, passed=passed, damaged=damaged, **named)  # type: ignore[arg-type]

    def here(self, command: Any) -> Said:
        return PLACE, "siti", command

    # -- stages --------------------------------------------------------------------------------------------------

    def season(self) -> Said:
        return self.here(season(needs=(line(400),), station_count=3))

    def contract(self) -> Said:
        lines = (line(500), line(300, "dprd_kab"))
        papers = {"supplier": "Pencetak", "document_number": "K-1", "replacement": self.any(True, False)}
        return self.here(ask.RecordContract(contract_id=self.new("contract"), lines=lines, **papers))

    def contract_voided(self) -> Said:
        return self.here(ask.VoidContract(contract_id=self.known("contract")[0], reason="paper_error"))

    def verified(self) -> Said:
        lines = (TallyLine(item="ballot", ballot=self.any("dpr", "ppwp"), taken=50, passed=self.any(50, 50, 40)),)
        contract = self.known("contract")[0]
        papers = {"document_number": "V-1"}
        return self.here(ask.VerifyPrint(tally_id=self.new("verified"), contract_id=contract, lines=lines, **papers))

    def tally(self) -> Said:
        step = self.any(*STEPS_HERE, *FLOW, *FLOW)
        lines = {
            (one.item, one.ballot, one.dapil, one.station): one
            for one in (self.line(step) for _ in range(self.any(1, 1, 2, 3)))
        }
        more = {"document_number": self.any("BA-1", "BA-2", ""), "reason": self.any(*REASONS), "workers": self.units(9)}
        if step == "unpack":
            more["approval_id"], facts = self.known("unpack leave")
            stations = {facts.get("subject", S1).partition("/")[0]}
            lines = {
                key: msgspec.structs.replace(one, station=stations.pop()) for key, one in lines.items() if stations
            }
        place = self.any(PLACE, PLACE, PLACE, PLACE, KECAMATAN)
        key = self.new("tally", place)
        return place, "siti", ask.Tally(tally_id=key, step=step, lines=tuple(lines.values()), **more)

    def voided(self) -> Said:
        return self.here(ask.VoidTally(tally_id=self.known("tally")[0], reason="paper_error"))

    def unverified(self) -> Said:
        return self.here(ask.VoidPrint(tally_id=self.known("verified")[0], reason="paper_error"))

    def counted(self) -> Said:
        counted = {
            "counted_by": self.any("bawaslu", "kpu"),
            "lines": (line(self.units()),),
            "reason": self.any(*REASONS),
        }
        shelf = self.any("folded", "good", "unsorted")
        return self.here(ask.RecordCount(count_id=self.new("count"), shelf=shelf, **counted))

    def explained(self) -> Said:
        subject = self.known(self.any("tally", "tally", "transfer", "count"))[0]
        return self.here(ask.ExplainDifference(subject=subject, reason=self.any("lost", "stolen", "follows_later")))

    def closed(self) -> Said:
        return self.here(ask.CloseStage(stage=self.any("delivery", "delivery", "sorting", "destruction")))

    def asked(self) -> Said:
        action = self.any("reopen", "recall", "recall", "unpack")
        subject = {
            "reopen": closure_key(PLACE, self.any("delivery", "sorting", "destruction")),
            "recall": self.known("open")[0],
            "unpack": kit_key(self.any(*STATIONS)),
        }[action]
        place = subject.partition("/")[0] if action == "recall" else PLACE
        leave = self.new("asked", place)
        if action != "reopen":
            self._named.append((f"{action} leave", leave, {"subject": subject}))
        return place, "siti", ask.AskApproval(approval_id=leave, action=action, subject=subject)

    def granted(self) -> Said:
        leave = self.known("asked")[0]
        answer = ask.AnswerApproval(approval_id=leave, granted=self.random.random() < 0.8)
        return leave.partition("/")[0], self.any("budi", "budi", "budi", "siti"), answer

    def stored(self) -> Said:
        return self.here(
            ask.ReportUnofficialStore(report_id=self.new("store"), where="Gudang sewaan", lines=(line(5),))
        )

    def cleared(self) -> Said:
        return self.here(ask.ClearUnofficialStore(report_id=self.known("store")[0]))

    # -- custody -------------------------------------------------------------------------------------------------

    def offered(self) -> Said:
        station = (
            self.any(*(one for one, place in self.kit_at.items() if place != ON_ITS_WAY))
            if set(self.kit_at.values()) - {ON_ITS_WAY}
            else S1
        )
        source = self.kit_at.get(station, PLACE)
        source = source if source in NEXT or source == station else PLACE
        leg, target = (
            ("return", KECAMATAN) if source == station else self.any(NEXT[source], BACK.get(source, NEXT[source]))
        )
        target = target or station
        if self.random.random() < 0.1:
            target = self.any(PLACE, KECAMATAN, VILLAGE)
        beside = [one for one in STATIONS if one != station and self.kit_at.get(one, PLACE) == source]
        stations = (station, *beside[: self.any(0, 0, 1)])
        units = tuple(self.random.sample([unit("B1"), unit("B2"), unit("B3")], self.any(0, 0, 0, 1)))
        key = self.new("transfer", source, to=target, stations=stations, units=units)
        self._named.append(("open", *self._named[-1][1:]))
        sent = {
            "leg": leg,
            "to_place": target,
            "stations": stations,
            "units": units,
            "seals": self.any((), ("T1", "T2")),
        }
        return source, "siti", ask.OfferTransfer(transfer_id=key, escort=self.any("police", "none"), **sent)

    def answered(self) -> Said:
        key, facts = self.known("open")
        place, stations = facts.get("to", KECAMATAN), facts.get("stations", ())
        if self.random.random() < 0.15:
            return place, "budi", ask.RefuseTransfer(transfer_id=key, reason="other")
        came = self.any(stations, stations, stations, stations[:1], (S1, S3))
        seals = self.any((), (SealSeen(number="T1"), SealSeen(number="T2", result="broken")))
        came_units = {"units": facts.get("units", ()), "seals": seals, "reason": self.any("not_known", "lost")}
        return place, "budi", ask.AcceptTransfer(transfer_id=key, stations=came, **came_units)

    def recalled(self) -> Said:
        leave, facts = self.known("recall leave")
        transfer = facts.get("subject", at("never"))
        return transfer.partition("/")[0], "siti", ask.RecallTransfer(transfer_id=transfer, approval_id=leave)

    def label(self) -> str:
        return unit(self.any("B1", "B2", "B3", "P1"))

    def labelled(self) -> Said:
        kind = {"unit_kind": self.any("box", "package"), "parent": self.any("", "", self.label())}
        return self.here(ask.LabelUnits(units=(self.label(),), station=self.any("", S1, S2), **kind))

    def nested(self) -> Said:
        return self.here(ask.NestUnit(unit=self.label(), parent=self.any("", self.label())))

    def sealed(self) -> Said:
        return self.here(ask.SealUnit(unit=self.label(), seals=(f"X{self.units()}",)))

    def checked(self) -> Said:
        result = self.any("intact", "broken", "missing")
        return self.any(PLACE, KECAMATAN), "siti", ask.CheckUnit(unit=self.label(), result=result, seals=("X1",))

    def opened(self) -> Said:
        return self.here(ask.OpenUnit(unit=self.label(), why=self.any("packing", "inspection")))

    # -- the gate, which logistics follows -----------------------------------------------------------------------

    def received(self) -> Said:
        counted = counted_in(40 + self.units(), self.any("dpr", "dprd_kab"), damaged=self.units(3), wet=self.units(3))
        unannounced = self.random.random() < 0.6
        consignment = self.new("consignment") if unannounced else self.known("consignment")[0]
        papers = {"consignment_id": consignment, "unannounced": unannounced, "document_number": "BTTB-1"}
        papers |= {"final": self.any(True, False), "difference_reason": self.any("none", "not_known", "lost")}
        receipt = self.new("receipt", consignment=consignment)
        return self.here(gate.ReceiveGoods(receipt_id=receipt, lines=(counted,), **papers))

    def announced(self) -> Said:
        lines = (GateLine(item="ballot", ballot=self.any("dpr", "dprd_kab"), units=30 + self.units()),)
        named = {"direction": self.any("in", "in", "out"), "order_number": "SPK-1"}
        if named["direction"] == "out":
            named["to_place"] = KECAMATAN
        return self.here(gate.AnnounceConsignment(consignment_id=self.new("consignment"), lines=lines, **named))

    def announcement_changed(self) -> Said:
        key = self.known("consignment")[0]
        lines = (GateLine(item="ballot", ballot="dpr", units=self.units()),)
        return self.here(
            self.any(
                gate.ChangeConsignment(consignment_id=key, lines=lines),
                gate.CancelConsignment(consignment_id=key),
                gate.ExplainDifference(consignment_id=key, reason="miscounted_at_source"),
                gate.ConfirmDelivery(consignment_id=key, document_number="BAST-1"),
            )
        )

    def released(self) -> Said:
        unannounced = self.any(True, False)
        consignment = self.new("consignment") if unannounced else self.known("consignment")[0]
        named = {"release_id": self.new("release"), "consignment_id": consignment, "unannounced": unannounced}
        return self.here(gate.ReleaseGoods(lines=(counted_in(self.units(), "dpr"),), to_place=KECAMATAN, **named))

    def receipt_voided(self) -> Said:
        key, facts = self.known("receipt")
        named = {"subject": key, "related": facts.get("consignment", at("never")), "reason": "duplicate"}
        return self.here(gate.VoidEntry(entry_index=facts.get("index", 0), entry_kind="goods.received@1", **named))

    def recounted(self) -> Said:
        key, facts = self.known("receipt")
        named = {"consignment_id": facts.get("consignment", at("never")), "reason": "typing"}
        lines = (counted_in(30 + self.units(), self.any("dpr", "dprd_kab"), damaged=self.units(3)),)
        return self.here(gate.CorrectCount(receipt_id=key, entry_index=facts.get("index", 0), lines=lines, **named))
