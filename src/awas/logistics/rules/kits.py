"""Rules on stations' kits and their hand-overs. Pure."""

from awas.ledger.area import DAY, HOUR, Instant, Stamp
from awas.logistics import events as happened
from awas.logistics.rules import grounds
from awas.logistics.rules.making import first_of, found_if, found_or_cleared, number
from awas.logistics.state import Logistics
from awas.warehouse.rules import grounds as seen
from awas.warnings.rule import Arm, Armed, Cleared, Disarm, Ends, Found, Level, Limits, Outcomes, Rule, Watch, Words

Packed = happened.Tallied | happened.TallyVoided
"""Whatever changes what is in a kit."""


def _kits_so(event: Packed, stations: tuple[str, ...], key: str) -> Outcomes:
    """One warning for all kits of a place that are so, until each of them is packed anew."""
    if not any(line.station for line in event.lines):
        return ()
    return found_or_cleared(stations, key, "corrected", ("stations", first_of(stations)), ("count", len(stations)))


def _unlike(watch: Watch, stamp: Stamp, event: Packed, limits: Limits) -> Outcomes:
    return _kits_so(event, watch.logistics.unlike, "unlike")


WRONG_DAPIL = Rule(
    id="LOG-16",
    title=Words("Surat suara dapil lain di paket TPS", "Ballots of another constituency in a kit"),
    question=Words("Dapil siapa yang dikemas di TPS ini?", "Whose constituency was packed for this station?"),
    message=Words("Salah dapil: {stations}", "Wrong constituency: {stations}"),
    places=("stations",),
    basis=grounds.CONFORMITY,
    level=Level.AWAS,
    runbook=(
        Words("Hentikan pengepakan meja itu; buka dan kemas ulang dengan persetujuan.", "Stop that table; repack."),
        Words("Periksa paket TPS tetangga yang dikemas pada giliran yang sama.", "Check the neighbours' kits too."),
    ),
    incident=grounds.SWAPPED_BALLOTS,
    on={happened.Tallied: _unlike, happened.TallyVoided: _unlike},
)


def _too_much(watch: Watch, stamp: Stamp, event: Packed, limits: Limits) -> Outcomes:
    return _kits_so(event, watch.logistics.overfull, "overfull")


KIT_SURPLUS = Rule(
    id="LOG-17",
    title=Words("Paket TPS melebihi kebutuhan", "A kit with more than the station needs"),
    question=Words("Mengapa TPS ini mendapat lebih?", "Why does this station get more?"),
    message=Words("{count} paket melebihi DPT + cadangan: {stations}", "{count} kits above list + reserve: {stations}"),
    places=("stations",),
    basis=grounds.NEED,
    level=Level.SIAGA,
    runbook=(
        Words("Hitung ulang paket itu; keluarkan kelebihannya dengan persetujuan.", "Count again; take it out."),
        Words("Pisahkan kelebihan untuk dimusnahkan pada H-1.", "Set the surplus aside for destruction."),
    ),
    incident=seen.TANGERANG_SURPLUS,
    on={happened.Tallied: _too_much, happened.TallyVoided: _too_much},
)


def _kits_wait(watch: Watch, stamp: Stamp, event: happened.SeasonOpened, limits: Limits) -> Outcomes:
    if not event.station_count:
        return ()
    return (Arm(key="kits", due_at=max(event.voting_at - limits["days"] * DAY, watch.now)),)


def _kits_left(state: Logistics) -> int:
    return max(state.season.station_count - state.packed_count, 0) or len(state.incomplete)


def _kits_incomplete(watch: Watch, key: str, armed: Armed, now: Instant, limits: Limits) -> Outcomes:
    left = _kits_left(watch.logistics)
    return found_if(left, key, ("count", left), ("days", limits["days"]))


def _kits_done(watch: Watch, stamp: Stamp, event: happened.Tallied, limits: Limits) -> Outcomes:
    if event.step != "pack" or _kits_left(watch.logistics):
        return ()
    return (Disarm(key="kits"), Cleared(key="kits", why="counted"))


KITS_INCOMPLETE = Rule(
    id="LOG-18",
    title=Words("Paket TPS belum lengkap pada H-2", "Kits incomplete at H-2"),
    question=Words("TPS mana yang belum lengkap, dan apa yang kurang?", "Which stations lack what?"),
    message=Words("{count} paket TPS belum lengkap pada H-{days}", "{count} kits incomplete at H-{days}"),
    basis=grounds.DAY_BEFORE,
    level=Level.AWAS,
    thresholds=(number("days", "days", 2, (1, 14), Words("Hari sebelum pemungutan", "Days before voting")),),
    runbook=(
        Words("Buka papan tahap: daftar TPS dan yang kurang.", "Open the stage board: stations and what they lack."),
        Words("Minta KPU melengkapi malam ini; catat per TPS.", "Have KPU complete them tonight."),
    ),
    incident=grounds.INCOMPLETE_STATIONS,
    on={happened.SeasonOpened: _kits_wait, happened.Tallied: _kits_done},
    due=_kits_incomplete,
)


def _astray(watch: Watch, stamp: Stamp, event: happened.TransferOffered, limits: Limits) -> Outcomes:
    facts = (("stations", first_of(event.astray)), ("place", event.to_place))
    return found_if(event.astray, event.transfer_id, *facts)


ENDED: Ends = {
    happened.TransferAnswered: ("transfer_id", "arrived"),
    happened.TransferRecalled: ("transfer_id", "returned"),
    happened.DifferenceExplained: ("subject", "explained"),
}


def _not_taken(watch: Watch, stamp: Stamp, event: happened.TransferAnswered, limits: Limits) -> Outcomes:
    """Refused, it is at the sender's again: nothing went astray, and what lacks can be added."""
    return (Cleared(key=event.transfer_id, why="returned"),) if event.state == "refused" else ()


NOT_GONE: Ends = {
    happened.TransferRecalled: ("transfer_id", "returned"),
    happened.DifferenceExplained: ("subject", "explained"),
}

ASTRAY = Rule(
    id="LOG-19",
    title=Words("Dikirim ke tempat yang salah", "Sent to the wrong place"),
    question=Words("Apakah paket ini untuk wilayah itu?", "Are these kits meant for there?"),
    message=Words("Paket {stations} dikirim ke {place}", "Kits {stations} were sent to {place}"),
    places=("stations", "place"),
    basis=seen.FIVE_RIGHTS,
    level=Level.AWAS,
    runbook=(
        Words("Telepon pengemudi dan pengawal; minta kembali atau dialihkan.", "Call the driver and the escort."),
        Words("Minta persetujuan penarikan; catat kiriman baru.", "Ask leave to recall it; record a new transfer."),
    ),
    incident=seen.WRONG_DESTINATION,
    on={happened.TransferOffered: _astray, happened.TransferAnswered: _not_taken},
    ends=NOT_GONE,
)


def _sent_incomplete(watch: Watch, stamp: Stamp, event: happened.TransferOffered, limits: Limits) -> Outcomes:
    facts = (("stations", first_of(event.incomplete)), ("count", len(event.incomplete)))
    return found_if(event.incomplete, event.transfer_id, *facts)


SENT_INCOMPLETE = Rule(
    id="LOG-20",
    title=Words("Paket belum lengkap sudah dikirim", "An incomplete kit was sent"),
    question=Words("Apa yang kurang, dan bagaimana menyusulkannya?", "What lacks, and how will it follow?"),
    message=Words("{count} paket belum lengkap dikirim: {stations}", "{count} incomplete kits sent: {stations}"),
    places=("stations",),
    basis=grounds.DAY_BEFORE,
    level=Level.SIAGA,
    runbook=(
        Words("Catat yang kurang per TPS; minta KPU menyusulkan dengan berita acara.", "Note it; have it follow."),
        Words("Beri tahu pengawas TPS apa yang harus diperiksa.", "Tell the station's supervisor what to check."),
    ),
    incident=grounds.INCOMPLETE_STATIONS,
    on={happened.TransferOffered: _sent_incomplete, happened.TransferAnswered: _not_taken},
    ends=NOT_GONE,
)


def _unescorted(watch: Watch, stamp: Stamp, event: happened.TransferOffered, limits: Limits) -> Outcomes:
    by_law = event.escort in {"police", "army", "police_army"}
    return found_if(event.leg == "to_kecamatan" and not by_law, event.transfer_id, ("place", event.to_place))


UNESCORTED = Rule(
    id="LOG-21",
    title=Words("Distribusi tanpa pengawalan", "Distribution without escort"),
    question=Words("Siapa mengamankan kiriman ini?", "Who secures this transfer?"),
    message=Words("Kiriman ke {place} tanpa pengawalan Polri/TNI", "Transfer to {place} without police or army"),
    places=("place",),
    basis=seen.ESCORT,
    level=Level.SIAGA,
    runbook=(
        Words("Tahan keberangkatan sampai pengawal datang.", "Hold it until the escort has come."),
        Words("Bila sudah berangkat, minta polsek terdekat menyusul.", "Else the nearest police join it."),
    ),
    incident=seen.LEBAK_TRUCK,
    on={happened.TransferOffered: _unescorted},
    ends=ENDED,
)


def _under_way(watch: Watch, stamp: Stamp, event: happened.TransferOffered, limits: Limits) -> Outcomes:
    due_at = (event.due_at or watch.now + limits["hours"] * HOUR) + limits["grace"] * HOUR
    return (Arm(key=event.transfer_id, due_at=due_at, facts=(("place", event.to_place),)),)


def _overdue(watch: Watch, key: str, armed: Armed, now: Instant, limits: Limits) -> Outcomes:
    return (Found(key=key, facts=armed.facts),)


TRANSIT_LONG = Rule(
    id="LOG-22",
    title=Words("Terlalu lama di perjalanan", "Too long in transit"),
    question=Words("Di mana kiriman ini?", "Where is this transfer?"),
    message=Words("Kiriman ke {place} belum diterima", "The transfer to {place} isn't accepted yet"),
    places=("place",),
    basis=seen.FIVE_RIGHTS,
    level=Level.SIAGA,
    thresholds=(
        number("hours", "hours", 6, (1, 168), Words("Tanpa jadwal: sesudah", "Without a date: after")),
        number("grace", "hours", 1, (0, 48), Words("Kelonggaran", "Grace")),
    ),
    runbook=(
        Words("Telepon pengemudi, pengawal, dan penerima.", "Call driver, escort and receiver."),
        Words("Bila sudah tiba, minta penerima mencatat serah terima.", "If it has come, have it accepted on record."),
    ),
    incident=grounds.NOT_SUPPLIED,
    on={happened.TransferOffered: _under_way},
    ends=ENDED,
    due=_overdue,
)


def _missing(watch: Watch, stamp: Stamp, event: happened.TransferAccepted, limits: Limits) -> Outcomes:
    facts = (("things", first_of(event.missing)), ("count", len(event.missing)))
    return found_or_cleared(event.missing, event.transfer_id, "arrived", *facts)


MISSING = Rule(
    id="LOG-23",
    title=Words("Ada yang tidak sampai", "Something did not arrive"),
    question=Words("Di mana yang tidak sampai?", "Where is what did not arrive?"),
    message=Words("{count} tidak sampai: {things}", "{count} did not arrive: {things}"),
    places=("things",),
    basis=seen.FIVE_RIGHTS,
    level=Level.AWAS,
    runbook=(
        Words("Periksa kendaraan dan tempat singgah; minta keterangan pengemudi.", "Check the vehicle and its stops."),
        Words("Tanyakan penerima lain apakah kelebihan.", "Ask other receivers whether they have one too many."),
    ),
    incident=grounds.NOT_SUPPLIED,
    on={happened.TransferAccepted: _missing},
    ends={
        # At the receiver's place: the sender called back what never came.
        happened.TransferAnswered: ("transfer_id", "returned"),
        happened.DifferenceExplained: ("subject", "explained"),
    },
)


def _extra(watch: Watch, stamp: Stamp, event: happened.TransferAccepted, limits: Limits) -> Outcomes:
    facts = (("things", first_of(event.extra)), ("count", len(event.extra)))
    return found_if(event.extra, event.transfer_id, *facts)


EXTRA = Rule(
    id="LOG-24",
    title=Words("Ada yang tidak dikirim tetapi sampai", "Something arrived that wasn't sent"),
    question=Words("Milik siapa ini?", "Whose is this?"),
    message=Words("{count} di luar daftar kiriman: {things}", "{count} not on the list: {things}"),
    places=("things",),
    basis=seen.FIVE_RIGHTS,
    level=Level.SIAGA,
    runbook=(
        Words("Jangan dibuka; pisahkan dan foto labelnya.", "Don't open it; set it apart, photograph the label."),
        Words("Cari labelnya: rute lengkapnya ada di catatan.", "Look up the label: its whole way is on record."),
    ),
    incident=grounds.SWAPPED_BALLOTS,
    on={happened.TransferAccepted: _extra},
    ends={happened.DifferenceExplained: ("subject", "explained")},
)


def _seals_bad(watch: Watch, stamp: Stamp, event: happened.TransferAccepted, limits: Limits) -> Outcomes:
    return found_if(event.seals_bad, event.transfer_id, ("count", event.seals_bad))


SEALS_BAD = Rule(
    id="LOG-25",
    title=Words("Segel rusak saat serah terima", "Seals bad at hand-over"),
    question=Words("Siapa membuka segel di perjalanan?", "Who opened the seals on the way?"),
    message=Words("{count} segel rusak, berbeda, atau hilang saat tiba", "{count} seals broken, different or missing"),
    basis=grounds.CONFORMITY,
    level=Level.AWAS,
    runbook=(
        Words("Foto segel dan kotak; jangan diterima sebelum dihitung isinya.", "Photograph; count before accepting."),
        Words("Hitung isi bersama pengirim, penerima, dan saksi.", "Count with both sides and witnesses."),
    ),
    incident=seen.UNSEALED_BOXES,
    on={happened.TransferAccepted: _seals_bad},
    ends={happened.DifferenceExplained: ("subject", "explained")},
)


def _supply_waits(
    watch: Watch, stamp: Stamp, event: happened.SeasonOpened | happened.TransferExpected, limits: Limits
) -> Outcomes:
    due_at = watch.logistics.season.supplied_by_at
    return (Arm(key="supply", due_at=due_at),) if due_at > watch.now else ()


def _not_supplied(watch: Watch, key: str, armed: Armed, now: Instant, limits: Limits) -> Outcomes:
    left = watch.logistics.kits_here
    return found_if(left, key, ("count", left))


def _kits_gone(
    watch: Watch, stamp: Stamp, event: happened.TransferOffered | happened.TransferAnswered, limits: Limits
) -> Outcomes:
    return () if watch.logistics.kits_here else (Cleared(key="supply", why="left"),)


NOT_SUPPLIED = Rule(
    id="LOG-29",
    title=Words("TPS belum menerima pada H-1 pukul 12.00", "Stations not supplied at H-1, 12.00"),
    question=Words("TPS mana yang belum menerima, dan kapan?", "Which stations have nothing yet, and when will they?"),
    message=Words("{count} paket TPS masih di sini", "{count} stations' kits are still here"),
    basis=grounds.DAY_BEFORE,
    level=Level.AWAS,
    runbook=(
        Words("Minta daftar TPS dan kendaraan; utamakan yang terjauh.", "Ask for stations; farthest first."),
        Words("Laporkan ke provinsi tiap jam sampai habis.", "Tell the province every hour until all are gone."),
    ),
    incident=grounds.NOT_SUPPLIED,
    on={
        happened.SeasonOpened: _supply_waits,
        happened.TransferExpected: _supply_waits,
        happened.TransferOffered: _kits_gone,
        happened.TransferAnswered: _kits_gone,
    },
    due=_not_supplied,
)


RULES: tuple[Rule, ...] = (
    WRONG_DAPIL, KIT_SURPLUS, KITS_INCOMPLETE, ASTRAY, SENT_INCOMPLETE, UNESCORTED, TRANSIT_LONG, MISSING, EXTRA,
    SEALS_BAD, NOT_SUPPLIED,
)  # fmt: skip
