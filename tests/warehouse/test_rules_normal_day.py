"""An ordinary day and night under every rule: nobody is warned."""

from awas.roster.rules import RULES as ROSTER_RULES
from awas.warehouse.commands import SealSeen
from awas.warehouse.keys import seal_key
from awas.warehouse.rules import RULES as WAREHOUSE_RULES
from tests.score import BALLOTS, PLACE, Score, clock

CHECKPOINTS = ("gerbang", "pintu-utama", "belakang")
SHIFTS = (("07:00-15:00", "p1"), ("15:00-23:00", "p2"), ("23:00-07:00", "p3"))
SORTERS = [f"sortir{number}" for number in range(30)]


def set_up(score: Score) -> None:
    desk = score.at("05:00", actor="k1")
    desk.sets_rules(
        access_list_in_force=True,
        two_persons=("receiving", "releasing", "seal_removal", "stock"),
        checkpoints=CHECKPOINTS,
        guards_wanted=3,
        cameras_wanted=8,
        people_limit=120,
    )
    for role in ("guard", "police", "kpu_staff", "sorter", "porter", "driver", "watcher"):
        desk.grants(role=role)
    desk.grants(who="tamu")
    for number, (hours, who) in enumerate(SHIFTS):
        desk.plans(f"s{number}", hours, who)
    desk.plans("s3", "+1 07:00-+1 15:00", "p1")
    desk.plans("s4", "+1 15:00-+1 23:00", "p2")
    desk.plans("s5", "+1 23:00-+2 07:00", "p3")
    desk.plans("s6", "+2 07:00-+2 15:00", "p1")


def test_a_normal_day():
    score = Score(*WAREHOUSE_RULES, *ROSTER_RULES)
    acts: list[tuple[str, int, object]] = []

    def then(when: str, act) -> None:
        acts.append((when, len(acts), act))

    set_up(score)
    then("06:50", lambda at: at("06:50").on_duty("p1"))
    then("06:55", lambda at: at("06:55").enters("jaga1", role="guard").enters("pol1", role="police"))
    then("06:58", lambda at: at("06:58").has_stock())
    then("07:05", lambda at: at("07:05").seals("P1", object_name="Pintu gudang", witnesses=("kpu",)))
    for hour in range(7, 31):
        text = f"+{hour // 24} {hour % 24:02}:10"
        then(text, lambda at, text=text: at(text).walks(*CHECKPOINTS))
    for hour in (8, 16, 24):
        text = f"+{hour // 24} {hour % 24:02}:30"
        then(text, lambda at, text=text: at(text).cctv(8).guards(kpu=2, police=1))
        then(text, lambda at, text=text: at(text).checks_seal("P1"))
    then("07:30", lambda at: at("07:30").takes_key("gudang").enters("staf", until_at=clock("18:00")))
    for who in SORTERS:
        then("08:00", lambda at, who=who: at("08:00").enters(who, role="sorter", purpose="sorting"))
        then("16:00", lambda at, who=who: at("16:00").leaves(who))
    then("09:00", lambda at: at("09:00").enters("tamu", role="guest", purpose="visit", until_at=clock("11:00")))
    then("10:20", lambda at: at("10:20").leaves("tamu"))
    then("09:30", lambda at: at("09:30").refuses("asing"))
    then("08:10", lambda at: at("08:10").announces("k1", "12:00-14:00", BALLOTS, delivery_letter="SJ/1", seals=("C1",)))
    then("13:00", lambda at: at("13:00").vehicle_arrives("A 1 B", bringing="k1", escort="police", escort_count=2))
    then("13:05", lambda at: at("13:05").enters("sopir", role="driver", purpose="delivery"))
    seen = (SealSeen(seal=seal_key(PLACE, "C1"), number="C1"),)
    then(
        "13:40",
        lambda at: at("13:40").receives("k1", vehicle_id=f"{PLACE}/t-A1B", delivery_letter="SJ/1", seals=seen),
    )
    then("13:50", lambda at: at("13:50").leaves("sopir").vehicle_leaves("A 1 B"))
    then("14:50", lambda at: at("14:50", actor="p2").on_duty("p2"))
    then("14:55", lambda at: at("14:55").offers("h1", "p1"))
    then("15:02", lambda at: at("15:02", actor="p2", device="d2").accepts("h1", "p2"))
    then("17:00", lambda at: at("17:00").leaves("staf").returns_key("gudang"))
    then("22:55", lambda at: at("22:55", actor="p2", device="d2").offers("h2", "p2"))
    then("23:01", lambda at: at("23:01", actor="p3", device="d3").accepts("h2", "p3"))
    then("23:10", lambda at: at("23:10").enters("jaga2", role="guard").leaves("jaga1"))
    then("+1 06:58", lambda at: at("+1 06:58", actor="p3", device="d3").offers("h3", "p3"))
    then("+1 07:03", lambda at: at("+1 07:03").accepts("h3", "p1", duty_id=f"{PLACE}/duty-p1-2"))
    for _, _, act in sorted(acts, key=lambda one: (clock(one[0]), one[1])):
        act(score.at)
    score.ends("+1 08:00")
    assert not score.steps, "not even a pending one"
