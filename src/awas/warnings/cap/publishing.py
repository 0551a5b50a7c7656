"""What this installation publishes in CAP: the messages of its warnings, asked from the record each time.

Nothing is stored beside the record: a message follows from the entries about its warning, so that it can't disagree
with them, and comes out the same, byte for byte, whenever it is asked for.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db.models import Q
from lxml import etree
from msgspec import Struct

from awas.access.policy import NATION, covers
from awas.ledger import services as ledger
from awas.ledger.area import DAY, HOUR, Instant
from awas.ledger.entry import kind_of
from awas.ledger.naming import district_of, log_of
from awas.ledger.services import Line
from awas.places.models import Region, Site
from awas.places.services import names_of
from awas.warnings import events as happened
from awas.warnings import services
from awas.warnings.cap import chain, feed, writing
from awas.warnings.cap.composing import Publisher, Where, composed
from awas.warnings.cap.message import Alert, time_of
from awas.warnings.cap.signing import Seal, seal_in
from awas.warnings.models import Warning
from awas.warnings.pages import warning_url
from awas.warnings.rule import Level
from awas.warnings.state import RESOLVED

LISTED_AT_MOST = 300
"""Alerts of one feed, the worst first: bounds what one question costs."""

ENDED_FOR = DAY
"""How long a feed still lists what ended: whoever asks once an hour must not miss the Cancel."""

KINDS = tuple(kind_of(event) for event in happened.EVENTS if event is not happened.ThresholdSet)

Link = Callable[[str, str], str]
"""(place, name of the message in its log) -> the address of its document."""


class Openness(Struct, frozen=True, kw_only=True):
    """What the public may read: warnings of at least that level in these areas."""

    level: Level
    areas: tuple[str, ...]

    def shows(self, place: str) -> bool:
        return any(covers(area, place) for area in self.areas)

    def levels(self) -> list[str]:
        return [level.value for level in Level if level.rank >= self.level.rank]


def openness() -> Openness | None:
    """What AWAS_CAP_PUBLIC opens, None (the default) for nothing."""
    text: str = settings.AWAS_CAP_PUBLIC
    if not text:
        return None
    level, _, areas = text.partition(":")
    return Openness(level=Level(level.strip()), areas=tuple(one.strip() for one in areas.split(",") if one.strip()))


def publisher(*, public: bool = False) -> Publisher:
    """Who this installation is to readers of CAP."""
    return Publisher(
        sender=settings.AWAS_CAP_SENDER,
        name=settings.AWAS_CAP_NAME,
        url=settings.AWAS_URL,
        contact=settings.AWAS_CAP_CONTACT,
        status="Exercise" if settings.AWAS_DEMO or settings.AWAS_CAP_EXERCISE else "Actual",
        public=public,
    )


@cache
def _seal(folder: str, name: str) -> Seal:
    return seal_in(Path(folder), name=name)


def seal() -> Seal:
    """The key that signs what is published, made with the first document. Raises `KeyUnusable`."""
    return _seal(str(settings.KEYS_ROOT), settings.AWAS_CAP_SENDER)


# ---------------------------------------------------------------- messages of warnings


def _steps(lines: Iterable[Line]) -> dict[str, list[chain.Step]]:
    """By warning, what happened to it, in order."""
    found: dict[str, list[chain.Step]] = defaultdict(list)
    for line in lines:
        step = chain.Step(
            index=line.index,
            act=f"{line.entry.device}/{line.entry.seq}",
            stamp=line.entry.stamp,
            event=line.event,  # type: ignore[arg-type]  # of KINDS alone
        )
        found[step.event.warning].append(step)
    return found


def issues_of(warnings: Collection[Warning], now: Instant) -> dict[str, tuple[chain.Issue, ...]]:
    """The messages of some warnings by their ids: one reading of the log for each place."""
    wanted: dict[str, list[Warning]] = defaultdict(list)
    for one in warnings:
        wanted[one.place].append(one)
    found: dict[str, tuple[chain.Issue, ...]] = {}
    for place, some in wanted.items():
        ids = {one.id for one in some}
        log = log_of(place)
        since = ledger.index_at(log, min(one.since for one in some))
        steps = _steps(ledger.lines_of_kinds(place, log, KINDS, since=since, limit=1 << 30))
        found |= {name: chain.issues_of(taken, now) for name, taken in steps.items() if name in ids}
    return found


def wheres(places: Collection[str]) -> Mapping[str, Where]:
    """What is known of some places, by code."""
    names = names_of([*places, *map(district_of, places)])
    sites = {site.code: site for site in Site.objects.filter(code__in=list(places))}
    found = {}
    for place in places:
        site = sites.get(place)
        found[place] = Where(
            code=place,
            name=names.get(place, place),
            district=names.get(district_of(place), district_of(place)),
            latitude_e6=site.latitude_e6 if site else None,
            longitude_e6=site.longitude_e6 if site else None,
            radius_m=site.radius_m if site else 150,
        )
    return found


def alert_of(issues: Sequence[chain.Issue], number: int, where: Where, *, public: bool) -> Alert:
    """One message of a chain, by its place in it."""
    issue = issues[number]
    rule = services.catalogue().get(issue.rule)
    who = publisher(public=public)
    page = who.url + warning_url(where.code, issue.warning)
    return composed(issue, tuple(issues[:number]), rule, where, who, page)


def document(place: str, name: str, now: Instant, *, public: bool = False) -> bytes | None:
    """The signed document of one message, named as in its log (`812`, `812.2`); None where there is none."""
    digits = name.split(".")
    if len(digits) > 2 or not all(one.isascii() and one.isdigit() and len(one) < 12 for one in digits):
        return None
    line = ledger.line(log_of(place), int(digits[0]))
    if line is None or line.entry.place != place or line.entry.kind not in KINDS:
        return None
    warning = Warning.objects.filter(pk=line.event.warning, place=place).first()  # type: ignore[attr-defined]
    if warning is None or (public and not _is_open(warning)):
        return None
    issues = issues_of([warning], now).get(warning.id, ())
    for number, issue in enumerate(issues):
        if issue.name == name:
            where = wheres([place])[place]
            return signed(writing.element_of(alert_of(issues, number, where, public=public)))
    return None


def signed(root: etree._Element) -> bytes:
    """A document with this installation's signature."""
    return writing.bytes_of(seal().sign(root))


def _is_open(warning: Warning) -> bool:
    open_to = openness()
    return open_to is not None and open_to.shows(warning.place) and warning.level in open_to.levels()


# ---------------------------------------------------------------- the feed


def feed_version(area: str, now: Instant) -> str:
    """Changes with every entry of the logs of an area, and every ten minutes: alerts are renewed, and run out."""
    origins = {log_of(code) for code in Site.objects.values_list("code", flat=True) if covers(area, code)}
    if area != NATION:
        origins.add(log_of(area))
    return f"{ledger.total_size(origins)}-{now // 600_000}"


def current(area: str, now: Instant, *, public: bool = False) -> list[tuple[Alert, str, str]]:
    """(alert, place, name) of the newest message of every warning that stands in an area or ended within a day."""
    ended = Q(state=RESOLVED, fired_at__isnull=False, resolved_at__gte=now - ENDED_FOR)
    found = Warning.objects.filter(services.within([area])).filter(Q(state__in=services.STANDING) | ended)
    if public:
        open_to = openness()
        if open_to is None:
            return []
        found = found.filter(services.within(open_to.areas), level__in=open_to.levels())
    warnings = list(found.order_by(*services.WORST_FIRST)[:LISTED_AT_MOST])
    issues = issues_of(warnings, now)
    places = wheres({one.place for one in warnings})
    listed = []
    for one in warnings:
        chained = issues.get(one.id, ())
        if chained and chained[-1].expires_at > now:
            alert = alert_of(chained, len(chained) - 1, places[one.place], public=public)
            listed.append((alert, one.place, chained[-1].name))
    return listed


def feed_of(area: str, now: Instant, *, url: str, link: Link, public: bool = False) -> bytes:
    """The Atom feed of an area. `url` is its own address, `link` makes those of the documents."""
    listed = [
        feed.Listed(alert=alert, url=link(place, name)) for alert, place, name in current(area, now, public=public)
    ]
    name = Region.objects.filter(code=area).values_list("name", flat=True).first() or area
    who = publisher(public=public)
    return feed.written(
        listed,
        title=f"Awas: {name}",
        url=url,
        author=who.name,
        updated=time_of(now // HOUR * HOUR, 0),
    )
