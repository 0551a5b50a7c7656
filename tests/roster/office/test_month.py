"""The district office's month: what is kept, drafted, fixed, published; who may."""

import pytest
from django.test import Client

from awas.ledger.area import HOUR
from awas.roster import drafting, monthly
from awas.roster.commands import AnnounceAbsence
from awas.roster.models import Absence, RosterDraft, Shift, SiteWant, Watchkeeper
from awas.roster.planning.apart import SolverGoneError
from awas.roster.planning.month import FEMALE, NIGHT
from tests.browser.people import DISTRICT, HERE, THERE, District
from tests.browser.visitor import said

MONTH = f"/piket/{DISTRICT}/?bulan=2024-02"
OFFICE = f"/piket/{DISTRICT}"


@pytest.fixture
def dewi(visits) -> Client:
    return visits("dewi")


def drafted(client: Client, month: str = "2024-02") -> drafting.Draft:
    assert client.post(f"{OFFICE}/susun/", {"bulan": month}).status_code == 302
    found = drafting.draft_of(DISTRICT, month)
    assert found is not None
    return found


def test_a_month_under_way_is_planned_from_tomorrow_on(dewi, district: District):
    draft = drafted(dewi)
    assert (draft.month.first_day, draft.month.days) == (13, 16)
    assert {one.person for one in draft.plan.placed} == {district.people[who].code for who in ("wati", "bayu")}
    page = dewi.get(MONTH).text
    assert said("draft, nobody has been told") in page
    assert "Wati Contoh" in page
    assert not Shift.objects.exists()


def test_two_people_cannot_fill_a_day_and_the_page_says_why(dewi):
    drafted(dewi)
    page = dewi.get(MONTH).text
    assert "hanya 2 petugas dapat dijadwalkan di sana" in page


def test_what_is_published_is_on_record_and_published_twice_adds_nothing(dewi, district: District):
    draft = drafted(dewi)
    before = district.size()
    for _twice in range(2):
        dewi.post(f"{OFFICE}/terbit/", {"bulan": "2024-02"})
    shifts = list(Shift.objects.filter(place=HERE, state="planned"))
    assert {(shift.from_at, person) for shift in shifts for person in shift.people} == {
        (draft.month.span(one.day, one.kind)[0], one.person) for one in draft.plan.placed
    }
    assert district.size() - before == len(shifts)
    assert shifts[0].planned_by == district.people["dewi"].code
    assert said("published") in dewi.get(MONTH).text


def test_a_new_plan_after_publishing_keeps_what_it_can(dewi, district: District):
    for kind in ("pagi", "siang"):
        SiteWant.objects.create(place=HERE, kind=kind, wanted=0)
    first = drafted(dewi)
    dewi.post(f"{OFFICE}/terbit/", {"bulan": "2024-02"})
    bayu = district.people["bayu"].code
    lost = next(one for one in first.plan.placed if one.person == bayu and one.day > 2)
    from_at, until_at = first.month.span(lost.day, lost.kind)
    district.records(
        "dewi",
        lambda desk: AnnounceAbsence(
            absence_id=desk.key(), person=bayu, from_at=from_at, until_at=until_at, reason="sick"
        ),
    )
    second = drafted(dewi)
    gone = {*first.plan.placed} - {*second.plan.placed}
    assert lost in gone
    assert len(gone) <= 4
    assert second.plan.lacking == first.plan.lacking == ()


def test_a_cell_that_is_fixed_stays_when_the_month_is_planned_anew(dewi, district: District):
    draft = drafted(dewi)
    bayu = district.people["bayu"].code
    on = draft.month.date_of(2).isoformat()
    answer = dewi.post(f"{OFFICE}/sel/{HERE}/{on}/siang/", {"people": [bayu]})
    assert answer.status_code == 302
    for found in (drafting.draft_of(DISTRICT, "2024-02"), drafted(dewi)):
        assert found is not None
        assert (bayu, 2, "siang") in {(one.person, one.day, one.kind) for one in found.plan.placed}


def test_a_fixed_cell_against_a_rule_is_handed_back(dewi, district: District):
    draft = drafted(dewi)
    bayu = district.people["bayu"].code
    Watchkeeper.objects.create(person=bayu, district=DISTRICT, no_kinds=[NIGHT])
    on = draft.month.date_of(2).isoformat()
    dewi.post(f"{OFFICE}/sel/{HERE}/{on}/{NIGHT}/", {"people": [bayu]})
    found = drafting.draft_of(DISTRICT, "2024-02")
    assert found is not None
    assert [one.person for one in found.plan.rejected] == [bayu]
    assert said("Fixed, but against a rule: left out") in dewi.get(MONTH).text


@pytest.mark.parametrize(
    "what", ["sel/36.02-G1/2024-02-10/pagi/", "sel/36.02-G1/x/pagi/", "sel/36.03-G1/2024-02-20/pagi/"]
)
def test_a_cell_of_no_draft_is_nowhere(dewi, what):
    drafted(dewi)
    assert dewi.get(f"{OFFICE}/{what}").status_code == 404


def test_limits_and_wants_are_kept_and_planned_with(dewi, district: District):
    bayu = district.people["bayu"].code
    limits = {
        "woman": "on", "no_kinds": ["pagi"], "most_in_week": "5", "most_hours_in_week": "40", "most_nights": "2",
        "share": "50", "home_km": "7", "days_off": "20, 21",
    }  # fmt: skip
    assert dewi.post(f"{OFFICE}/petugas/{bayu}/?bulan=2024-02", limits).status_code == 302
    row = Watchkeeper.objects.get(person=bayu)
    assert (row.skills, row.wishes, row.most_nights) == ([FEMALE], {"2024-02": [20, 21]}, 2)
    assert row.changed_by == district.people["dewi"].code
    wants = {f"{HERE} {kind}": "1" for kind in ("pagi", "siang", "malam")} | {
        f"{HERE} {kind} women": "0" for kind in ("pagi", "siang")
    }
    assert dewi.post(f"{OFFICE}/kebutuhan/", wants | {f"{HERE} malam women": "2"}).status_code == 422
    assert dewi.post(f"{OFFICE}/kebutuhan/", wants | {f"{HERE} malam women": "1"}).status_code == 302
    assert SiteWant.objects.get(place=HERE, kind="malam").women == 1
    plan = drafted(dewi).plan
    assert not any((one.person, one.kind) == (bayu, "pagi") for one in plan.placed)
    assert {one.person for one in plan.placed if one.kind == "malam"} == {bayu, district.people["wati"].code}
    assert "Bayu Contoh" in dewi.get(f"{OFFICE}/petugas/").text


def test_days_that_are_no_days_are_refused(dewi, district: District):
    answer = dewi.post(f"{OFFICE}/petugas/{district.people['bayu'].code}/", {"days_off": "32"})
    assert answer.status_code == 422
    assert said("Write days of the month, such as 3, 4, 17.") in answer.text


def test_a_month_that_is_over_and_a_planner_that_fails_are_said(dewi, monkeypatch):
    assert said("This month is over.") in dewi.post(f"{OFFICE}/susun/", {"bulan": "2024-01"}).text

    def fails(*_: object) -> None:
        raise SolverGoneError("")

    monkeypatch.setattr(drafting, "planned", fails)
    answer = dewi.post(f"{OFFICE}/susun/", {"bulan": "2024-02"})
    assert (answer.status_code, RosterDraft.objects.count()) == (422, 0)


def test_a_supervisor_helps_out_only_where_the_office_says(district: District):
    now = district.clock()
    month = monthly.month_named(DISTRICT, "2024-02", now)
    eka = district.people["eka"].code
    assert eka not in {one.code for one in monthly.officers_of(DISTRICT, month, now)}
    Watchkeeper.objects.create(person=eka, district=DISTRICT, sites=[[HERE, 30], [THERE, 5]])
    found = {one.code: one.sites for one in monthly.officers_of(DISTRICT, month, now)}
    assert found[eka] == ((HERE, 30),)


@pytest.mark.parametrize("path", ["", "petugas/", "kebutuhan/", "ke-depan/", "kehadiran/", "susun/", "terbit/"])
@pytest.mark.parametrize(("who", "status"), [("wati", 404), ("mitra", 403), ("lina", 404), ("arif", 403)])
def test_only_who_plans_shifts_of_the_district_gets_in(visits, path, who, status):
    client = visits(who)
    assert client.get(f"{OFFICE}/{path}").status_code == status
    assert client.post(f"{OFFICE}/{path}", {}).status_code == status


def test_the_province_chooses_a_district(visits):
    assert OFFICE in visits("putra").get("/piket/").text
    assert visits("dewi").get("/piket/").headers["Location"] == f"{OFFICE}/"


def test_gaps_thin_shifts_and_people_who_cannot_be_counted_on(dewi, district: District):
    district.plans_shifts("wati")
    draft = drafted(dewi)
    dewi.post(f"{OFFICE}/terbit/", {"bulan": "2024-02"})
    first = min(draft.plan.placed, key=lambda one: (one.day, one.kind))
    from_at, until_at = draft.month.span(first.day, first.kind)
    district.records(
        "dewi",
        lambda desk: AnnounceAbsence(
            absence_id=desk.key(), person=first.person, from_at=from_at + HOUR, until_at=until_at, reason="leave"
        ),
    )
    page = dewi.get(f"{OFFICE}/ke-depan/?hari=7").text
    assert said("gap") in page
    assert said("unreachable") in page
    assert said("no phone and no e-mail on file") in page
    assert Absence.objects.count() == 1
    assert dewi.get(f"{OFFICE}/ke-depan/?hari=x").status_code == 200
