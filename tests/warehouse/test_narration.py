"""Every event of every area has its sentence, whatever stands in it."""

from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from django.template.loader import render_to_string
from django.utils import translation
from msgspec import inspect

from awas.access.narration import NamesOf, captured, hidden, tell
from awas.config.wiring import AREAS
from awas.ledger.area import HOUR, MINUTE, Sealed, Stamp
from awas.ledger.entry import Entry, kind_of
from awas.ledger.message import Capture
from awas.ledger.models import VaultRow
from awas.ledger.services import Line
from awas.places.models import Region, Site
from awas.roster import events as roster
from awas.warehouse import events as happened
from awas.warehouse import models
from awas.warehouse.narration import TELLERS, NamesFor, entry_rows, told
from tests.access.people import somebody

PLACE = "36.02-G1"
AT = 1_707_789_600_000
HTML = "<script>alert(1)</script> %(oops)s %s"
MOST_CODES = 20
"""No closed list of codes is longer."""
EVENTS = [event for area in AREAS for event in area.events]


class Stub:
    """Names without a database."""

    def person(self, sealed: Sealed | None, ref: str = "") -> str:
        return hidden() if sealed is None and not ref else "Contoh"

    def actor(self, code: str) -> str:
        return f"petugas {code}"

    def site(self, code: str) -> str:
        return f"gudang {code}"

    def thing(self, key: str) -> str:
        return key


def line_of(event: Any, index: int = 7, place: str = PLACE, actor: str = "p1", late: int = 0) -> Line:
    entry = Entry(
        v=1, log="awas/36.02", place=place, kind=kind_of(type(event)), actor=actor, device="d1", seq=1, part=0,
        occurred_at=AT, recorded_at=AT + late, data={},
    )  # fmt: skip
    return Line(log="awas/36.02", index=index, entry=entry, event=event, leaf="")


def value_of(kind: inspect.Type, choose: int, text: str) -> Any:
    """A value of a declared type that is not its default: `choose` picks among the codes of a closed list."""
    if isinstance(kind, inspect.UnionType):
        kind = next(one for one in kind.types if not isinstance(one, inspect.NoneType))
    made: dict[type, Callable[[Any], Any]] = {
        inspect.LiteralType: lambda one: one.values[choose % len(one.values)],
        inspect.StructType: lambda one: filled(one.cls, choose, text=text),
        inspect.VarTupleType: lambda one: (value_of(one.item_type, choose, text),),
        inspect.TupleType: lambda one: tuple(value_of(part, choose, text) for part in one.item_types),
        inspect.BoolType: lambda one: bool(choose % 2),
        inspect.IntType: lambda one: choose * 1_234_567,
        inspect.StrType: lambda one: text,
    }
    return made[type(kind)](kind)


def filled(event_type: type, choose: int, *, text: str = "x", only_required: bool = False) -> Any:
    fields = inspect.type_info(event_type).fields
    return event_type(
        **{
            field.name: "siaga" if field.name == "level" else value_of(field.type, choose, text)
            for field in fields
            if field.required or not only_required
        }
    )


def in_words(event: Any) -> str:
    return told(line_of(event), Stub()).text


def test_no_event_is_without_its_sentence():
    assert {event.__name__ for event in EVENTS} == {event.__name__ for event in TELLERS}


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("event_type", EVENTS, ids=lambda one: one.__struct_config__.tag)
def test_a_bare_event_can_be_told(event_type, language):
    with translation.override(language):
        said = told(line_of(filled(event_type, 0, only_required=True)), Stub())
    assert said.text.strip()
    assert said.level in ("", "waspada", "siaga", "awas")


@pytest.mark.parametrize("event_type", EVENTS, ids=lambda one: one.__struct_config__.tag)
def test_every_code_of_a_full_event_can_be_told_and_stays_text(event_type):
    for choose in range(MOST_CODES):
        said = told(line_of(filled(event_type, choose, text=HTML)), Stub())
        assert not hasattr(said.text, "__html__")
        assert "%(" not in said.text.replace(HTML, "")
    row = {"text": said.text, "flags": said.flags, "icon": said.icon, "index": 7, "at": AT, "url": "/x"}
    assert "<script>" not in render_to_string("ui/entry.html", {"entry": row, "tz": "Asia/Jakarta"})


def test_every_icon_is_drawn():
    from tests.conftest import ROOT

    drawn = (ROOT / "src/awas/ui/static/ui/icons.svg").read_text(encoding="utf-8")
    used = {told(line_of(filled(event, choose)), Stub()).icon for event in EVENTS for choose in range(13)}
    assert not {icon for icon in used if f'id="{icon}"' not in drawn}


CHECKED = {"seal": "36.02/S1", "number": "S1", "sealed_object": "door", "object_name": "Pintu utama"}
ENTERED = {
    "visit_id": "36.02-G1/v", "person": "36.02/p", "name": Sealed(ref="r", digest=""), "role": "guest",
    "purpose": "visit", "others_inside": 2,
}  # fmt: skip


@pytest.mark.parametrize(
    ("event", "text", "level", "flags"),
    [
        (
            happened.PersonEntered(**ENTERED, institution="PT Contoh", on_access_list="unlisted"),
            "Contoh (Guest, PT Contoh) came in: Visit",
            "",
            ("off the list", "no escort"),
        ),
        (
            happened.PersonLeft(
                visit_id="36.02-G1/v", person="36.02/p", role="guest", entered_at=AT - HOUR, forced=True,
                reason="entered_elsewhere", to_place="36.02-G2",
            ),
            "Contoh (Guest) is counted out, having come in at gudang 36.02-G2",
            "",
            ("forced",),
        ),
        (
            happened.GoodsReceived(
                receipt_id="36.02-G1/r", consignment_id="36.02-G1/c", delivery_letter="SJ-7", announced=True,
                final=True,
                lines=(happened.CountedLine(item="ballot", units=1997),), two_wanted=True, counted_by=("p1",),
                differences=(happened.Difference(item="ballot", difference="short", announced=2000, counted=1997),),
            ),
            "Goods counted in against SJ-7: Ballots 1,997; 3 short",
            "waspada",
            ("two people wanted",),
        ),
        (happened.SealChecked(**CHECKED, result="intact"), "Seal S1 is intact: Door, Pintu utama", "", ()),
        (
            happened.SealChecked(**CHECKED, result="broken", ballots_inside=True),
            "Seal S1 is broken: Door, Pintu utama",
            "awas",
            ("ballots inside",),
        ),
        (
            happened.CctvReported(total=4, working=0, recording=False),
            "CCTV: 0 of 4 cameras work, nothing is recorded",
            "siaga",
            (),
        ),
        (
            happened.ConditionReported(condition_id="36.02-G1/k", condition="fire", severity="low", spot="Atap"),
            "Fire at Atap, severity: Low",
            "awas",
            (),
        ),
        (
            roster.HandoverAccepted(
                handover_id="36.02-G1/h", by="p2", offered_by="p1", offered_at=AT, late_ms=12 * MINUTE, expected=True
            ),
            "petugas p2 took the watch over from petugas p1, 12 min late",
            "",
            (),
        ),
        (
            roster.DutyEnded(duty_id="36.02-G1/d", person="p1", started_at=AT, reason="no_relief", uncovered=True),
            "petugas p1 left duty: No relief came",
            "siaga",
            ("nobody on duty",),
        ),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, msgspec.Struct) else "",
)  # fmt: skip
def test_what_is_said(event, text, level, flags):
    with translation.override("en"):
        said = told(line_of(event), Stub())
    assert (said.text, said.level, said.flags) == (text, level, flags)


def test_a_hidden_name_leaves_what_is_known():
    class Closed(Stub):
        def person(self, sealed: Sealed | None, ref: str = "") -> str:
            return hidden()

    with translation.override("en"):
        said = told(line_of(happened.PersonEntered(**ENTERED, institution="PT Contoh")), Closed())
    assert said.text == "Guest, PT Contoh came in: Visit"


@pytest.mark.parametrize(
    ("capture", "flags"),
    [
        (None, ()),
        (Capture(clock_skew_ms=14 * MINUTE), ("clock +14 min",)),
        (Capture(clock_skew_ms=-90_000), ("clock -1 min",)),
        (Capture(distance_m=1500), ("1,500 m from the site",)),
        (Capture(distance_m=100), ()),
        (Capture(imported_photo=True, simulated_location=True), ("imported photo", "simulated location")),
    ],
)
def test_how_it_was_captured(capture, flags):
    with translation.override("en"):
        assert captured(capture) == flags


def test_an_event_nobody_tells_is_not_left_out():
    event = happened.UseEnded(use_id="36.02-G1/u", use="sport", began_at=AT)
    assert tell({}, line_of(event), Stub()).text == "round.use_ended@1"


# ---------------------------------------------------------------- names from the database


@pytest.fixture
def visitors(db) -> list[Line]:
    """Twenty entries and exits of people with names in the vault."""
    region = Region.objects.create(code="36.02", name="Lebak", level=2)
    Site.objects.create(code=PLACE, region=region, kind="kpu_warehouse", name="Gudang Contoh")
    officer = somebody().code
    lines = []
    for number in range(20):
        ref, visit = f"ref{number}", f"{PLACE}/v{number}"
        VaultRow.objects.create(ref=ref, purpose="name", place=PLACE, salt=b"x", value=f"Orang {number}", kept_at=AT)
        models.Visit.objects.create(key=visit, log="awas/36.02", place=PLACE, person="36.02/p", name_ref=ref)
        if number % 2:
            event = happened.PersonLeft(visit_id=visit, person="36.02/p", role="guest", entered_at=AT - HOUR)
        else:
            event = happened.PersonEntered(
                **(ENTERED | {"visit_id": visit, "name": Sealed(ref=ref, digest="")}), elsewhere_place=PLACE
            )
        lines.append(line_of(event, number, actor=officer))
    return lines


def test_names_of_a_page_cost_one_query_each(visitors, django_assert_max_num_queries):
    with django_assert_max_num_queries(6), translation.override("en"):
        names = NamesFor(visitors, True)
        sentences = [told(line, names).text for line in visitors]
    assert sentences[0] == "Orang 0 (Guest) came in: Visit"
    assert sentences[1] == "Orang 1 (Guest) went out after 1 hr"
    assert names.actor(visitors[0].entry.actor).startswith("Contoh ")
    assert names.site(PLACE) == "Gudang Contoh"


def test_who_may_not_see_names_opens_nothing(visitors):
    names = NamesFor(visitors, False)
    assert not any("Orang" in told(line, names).text for line in visitors)


def test_an_erased_name_is_hidden(visitors):
    VaultRow.objects.filter(ref="ref0").update(erased_at=AT, value="")
    assert NamesOf(visitors, True).person(visitors[0].event.name) == hidden()


def test_rows_of_a_page():
    lines = [
        line_of(happened.EntryVoided(entry_index=3, entry_kind="x", reason="typing"), 9, late=HOUR),
        line_of(happened.SealChecked(**CHECKED, result="intact", photo="a" * 64), 3),
    ]

    class Silent(Stub):
        pass

    from awas.access import narration

    rows = narration.rows(lines, TELLERS, Silent(), lambda line: f"/{line.index}", {3: 9})
    assert rows[0]["corrects"] == {"index": 3, "url": "/3"}
    assert rows[0]["late"]
    assert rows[0]["at"] == AT
    assert rows[1]["corrected_by"] == {"index": 9, "url": "/9"}
    assert rows[1]["corrects"] is None
    assert rows[1]["photo_count"] == 1
    assert not rows[1]["late"]


def test_entry_rows_stay_in_order_and_aligned(visitors):
    rows = entry_rows(visitors, viewer_may_see_names=True, tz="Asia/Jakarta", url_of=lambda line: "/", corrections={})
    assert [row["index"] for row in rows] == [line.index for line in visitors]
    wanted = {"index", "at", "icon", "text", "by", "url", "level", "flags", "photo_count", "late", "corrected_by"}
    assert wanted | {"corrects", "place_name"} <= set(rows[0])


def test_a_stamp_of_a_district_is_told_at_its_own_clock():
    stamp = Stamp(place="71.01-G1", actor="p1", device="d1", occurred_at=AT, recorded_at=AT)
    event = happened.VisitExtended(visit_id="71.01-G1/v", person="71.01/p", role="guest", entered_at=AT, until_at=AT)
    with translation.override("en"):
        text = TELLERS[happened.VisitExtended](event, stamp, Stub()).text
    assert text.endswith("WITA")
