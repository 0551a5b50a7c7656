"""The demo's roster: more officers for the warehouse that is shown, what it wants, and a month drafted for the office.

One woman alone may search women there at night, so that a newcomer sees what can't be met, why, and what would help.
"""

from awas.access.models import Person
from awas.ledger.area import DAY, Instant
from awas.roster import drafting, monthly
from awas.roster.models import RosterDraft, SiteWant, Watchkeeper
from awas.roster.planning.apart import SolverGoneError
from awas.roster.planning.month import AFTERNOON, FEMALE, MORNING, NIGHT
from awas.simulation.accounts import ensure_watchers
from awas.simulation.cast import SHOWN_PLACE, relief_watchers

WANTED = ((MORNING, 2, 0), (AFTERNOON, 1, 0), (NIGHT, 2, 1))


def ensure_roster(now: Instant) -> None:
    """Makes officers, wants and a draft of what is left of the month; where a draft stands, nothing.

    A demo whose planner doesn't run goes on without the draft.
    """
    district = SHOWN_PLACE[:5]
    name = monthly.month_name_at(district, now + DAY)
    if RosterDraft.objects.filter(district=district).exists():
        return
    codes = ensure_watchers(relief_watchers(SHOWN_PLACE), now)
    for kind, wanted, women in WANTED:
        SiteWant.objects.get_or_create(place=SHOWN_PLACE, kind=kind, defaults={"wanted": wanted, "women": women})
    for turn, code in enumerate(codes):
        Watchkeeper.objects.get_or_create(
            person=code,
            defaults={
                "district": district,
                "skills": [FEMALE] if turn == 0 else [],
                "home_km": 3 + 4 * turn,
                "wishes": {name: [12 + turn, 20 + turn]},
                "no_kinds": [NIGHT] if turn == 3 else [],
                "changed_at": now,
            },
        )
    officer = Person.objects.filter(username=f"kab.{district.replace('.', '')}").first()
    month = monthly.month_named(district, name, now)
    try:
        drafting.make_draft(district, month, now, officer.code if officer else "")
    except (SolverGoneError, drafting.NothingToPlanError):
        return
