"""Use cases of people and duties. Devices: `awas.access.devices`.

`by` is the person who asks; None is the installation itself (seeding, the command line). Whoever asks must hold
MANAGE_PEOPLE over the account's home and over every duty it holds: resetting the password of somebody with more
reach than oneself would be a way to take that reach. Must never write to the ledger or send anything.
"""

from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet

from awas.access.models import AccountChange, Change, Duty, Person
from awas.access.policy import (
    NATION,
    STATIONED,
    Denied,
    Held,
    Instant,
    Permission,
    Role,
    Tier,
    allows,
    areas_with,
    require_allowed,
    tier_of,
)
from awas.access.standing import standing_of
from awas.ledger.area import Refused


def duties_of(person: Person | AnonymousUser, now: Instant) -> tuple[Held, ...]:
    """The duties a person holds now; none for the anonymous and for an account that is closed."""
    standing = standing_of(person.pk) if person.pk else None
    if standing is None or not person.is_active:
        return ()
    return tuple(held for held in standing.duties if held.holds(now))


def areas_of(person: Person | AnonymousUser, permission: Permission, now: Instant) -> tuple[str, ...]:
    """The areas where the person holds a permission now, the widest only."""
    return areas_with(duties_of(person, now), permission, now)


def person_coded(code: str) -> Person | None:
    """The person behind an actor code such as `p17`, or None."""
    number = number_in(code, "p")
    standing = None if number is None else standing_of(number)
    return None if standing is None else standing.person


def actor_name(code: str) -> str:
    """The name behind an actor code; the code itself when no person bears it (an import, the program)."""
    person = person_coded(code)
    return code if person is None else person.display_name


def actor_names(codes: Iterable[str]) -> dict[str, str]:
    """Names by actor code, in one query; unknown codes stand for themselves."""
    wanted = set(codes)
    numbers = [number for code in wanted if (number := number_in(code, "p")) is not None]
    named = {f"p{pk}": name for pk, name in Person.objects.filter(pk__in=numbers).values_list("pk", "display_name")}
    return {code: named.get(code, code) for code in wanted}


def people_on(area: str, now: Instant, roles: Iterable[Role] = Role) -> QuerySet[Person]:
    """Active people with one of these duties now in the area or below it."""
    return _with_duty(_below("duties__area", area), now, roles)


def people_covering(place: str, now: Instant, roles: Iterable[Role] = Role) -> QuerySet[Person]:
    """Active people whose duty now covers the place: those of the site itself and of every area above it."""
    return _with_duty(Q(duties__area__in=areas_above(place)), now, roles)


def people_kept_by(person: Person, now: Instant) -> QuerySet[Person]:
    """The accounts whose home lies in the areas where `person` manages people, closed ones included."""
    mine = Q(pk__in=[])
    for area in areas_of(person, Permission.MANAGE_PEOPLE, now):
        mine |= _below("home", area)
    return Person.objects.filter(mine)


def areas_above(place: str) -> tuple[str, ...]:
    """The place and every area that covers it: 36.02.05-G1 → itself, 36.02.05, 36.02, 36, ID."""
    region = place.partition("-")[0]
    parts = [] if region == NATION else region.split(".")
    regions = [".".join(parts[:depth]) for depth in range(len(parts), 0, -1)]
    return tuple(dict.fromkeys((place, *regions, NATION)))


def create_person(
    *,
    username: str,
    display_name: str,
    home: str,
    password: str | None,
    now: Instant,
    by: Person | None = None,
    language: str = "id",
    email: str = "",
    phone: str = "",
    must_change_password: bool = True,
) -> Person:
    """A new account without any duty. `password` None: cannot sign in until one is set.

    Raises `Refused` (username_taken, not_an_area, password_weak) or `Denied`.
    """
    _require_area(home)
    _require_manager(by, [home], now)
    person = Person(
        username=username.strip().lower(),
        display_name=display_name.strip(),
        home=home,
        email=email.strip(),
        phone=phone.strip(),
        language=language,
        must_change_password=must_change_password,
        created_at=now,
    )
    if Person.objects.filter(username=person.username).exists():
        raise Refused("access.username_taken", username=person.username)
    if password is not None:
        _require_good_password(password, person)
    person.set_password(password)
    person.save(force_insert=True)
    note_change(person, Change.CREATED, home, now, by)
    return person


def update_person(
    person: Person,
    *,
    display_name: str,
    email: str,
    phone: str,
    language: str,
    is_active: bool,
    now: Instant,
    by: Person | None = None,
) -> Person:
    """Particulars of an account. Closing one ends what its sessions and devices may do within seconds."""
    require_may_manage(person, by, now)
    if not is_active and by is not None and by.pk == person.pk:
        raise Refused("access.own_account")
    person.display_name, person.email, person.phone = display_name.strip(), email.strip(), phone.strip()
    what = Change.UPDATED
    if person.is_active != is_active:
        what = Change.OPENED if is_active else Change.CLOSED
    person.language, person.is_active = language, is_active
    person.save(update_fields=["display_name", "email", "phone", "language", "is_active"])
    note_change(person, what, "", now, by)
    return person


def choose_language(person: Person, language: str) -> None:
    """The language in which somebody wants to be told; their own choice, and no change of their account's standing."""
    Person.objects.filter(pk=person.pk).update(language=language)


def set_password(person: Person, password: str, *, now: Instant, by: Person | None = None) -> None:
    """A new password given by an administrator, to be changed at the next sign-in; open sessions end."""
    require_may_manage(person, by, now)
    _require_good_password(password, person)
    person.set_password(password)
    person.must_change_password = True
    person.save(update_fields=["password", "must_change_password"])
    note_change(person, Change.PASSWORD_SET, "", now, by)


def assign_duty(
    person: Person,
    role: Role,
    area: str,
    *,
    from_at: Instant,
    until_at: Instant | None = None,
    now: Instant | None = None,
    by: Person | None = None,
) -> Duty:
    """Gives a role in an area. `now` defaults to `from_at` (the installation's own seeding).

    Raises `Refused` (not_an_area, role_not_there, duty_ends_before_it_begins, own_account) or `Denied`. Nobody gives
    themselves a duty: whoever keeps the accounts would otherwise hold every right in the region.
    """
    role, asked_at = Role(role), from_at if now is None else now
    tier = _require_area(area)
    if tier not in STATIONED[role]:
        raise Refused("access.role_not_there", role=role.value, area=area)
    if until_at is not None and until_at <= from_at:
        raise Refused("access.duty_ends_before_it_begins")
    if by is not None and by.pk == person.pk:
        raise Refused("access.own_account")
    require_may_manage(person, by, asked_at)
    _require_manager(by, [person.home, area], asked_at)
    note_change(person, Change.DUTY_ASSIGNED, f"{role.value} {area}", asked_at, by)
    return Duty.objects.create(
        person=person,
        role=role.value,
        area=area,
        from_at=from_at,
        until_at=until_at,
        assigned_by="" if by is None else by.code,
    )


def end_duty(duty: Duty, *, at: Instant, by: Person | None = None) -> Duty:
    """Ends a duty at an instant; one that had not begun ends where it begins. Ended already: nothing changes."""
    require_may_manage(duty.person, by, at)
    with transaction.atomic():
        held = Duty.objects.select_for_update().get(pk=duty.pk)
        if held.until_at is None or held.until_at > at:
            held.until_at = max(at, held.from_at)
            held.ended_by = "" if by is None else by.code
            held.save(update_fields=["until_at", "ended_by"])
            note_change(duty.person, Change.DUTY_ENDED, f"{held.role} {held.area}", at, by)
    return held


def require_may_manage(
    person: Person, by: Person | None, now: Instant, permission: Permission = Permission.MANAGE_PEOPLE
) -> None:
    """Raises `Denied` unless `by` holds the permission over the account's home and over every duty it still has."""
    ahead = Duty.objects.filter(Q(until_at__isnull=True) | Q(until_at__gt=now), person_id=person.pk)
    _require_manager(by, [person.home, *ahead.values_list("area", flat=True)], now, permission)


def note_change(person: Person, what: Change, about: str, now: Instant, by: Person | None) -> None:
    """Adds a line to the account's history; an empty `by` is the installation itself."""
    AccountChange.objects.create(
        person=person, at=now, by="" if by is None else by.code, what=what.value, about=about[:60]
    )


def number_in(code: str, letter: str) -> int | None:
    """The row number behind a code such as `p17`; None for anything else."""
    digits = code[1:]
    if code[:1] != letter or not digits.isascii() or not digits.isdigit() or len(digits) > 18:
        return None
    return int(digits)


def _require_manager(
    by: Person | None, areas: Iterable[str], now: Instant, permission: Permission = Permission.MANAGE_PEOPLE
) -> None:
    if by is None:
        return
    duties = duties_of(by, now)
    first, *others = areas
    require_allowed(duties, permission, first, now)
    for area in others:
        # The account itself may be known to whoever asks; that it reaches further is a 403, not a 404.
        if not allows(duties, permission, area, now):
            raise Denied(permission, area, outside=False)


def _require_area(area: str) -> Tier:
    try:
        return tier_of(area)
    except ValueError as unknown:
        raise Refused("access.not_an_area", area=area[:24]) from unknown


def _require_good_password(password: str, person: Person) -> None:
    try:
        validate_password(password, person)
    except ValidationError as weak:
        raise Refused("access.password_weak", why=" ".join(weak.messages)) from weak


def _with_duty(where: Q, now: Instant, roles: Iterable[Role]) -> QuerySet[Person]:
    running = Q(duties__until_at__isnull=True) | Q(duties__until_at__gt=now)
    wanted = [Role(role).value for role in roles]
    return (
        Person.objects.filter(where, running, duties__from_at__lte=now, duties__role__in=wanted)
        .filter(is_active=True)
        .distinct()
    )


def _below(column: str, area: str) -> Q:
    if area == NATION:
        return Q()
    return Q(**{column: area}) | Q(**{f"{column}__startswith": area + "."}) | Q(**{f"{column}__startswith": area + "-"})
