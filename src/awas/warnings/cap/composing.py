"""What a CAP message says: one issue of a warning, the words of its rule and its place, as an alert. Pure.

Everything stands in both languages, in one `info` each. A message for the public says less: where the goods lie, who
is at the gate and what to do about it are for those who may see warnings.
"""

from collections.abc import Mapping
from typing import Final, Literal

from msgspec import Struct

from awas.ledger.area import Instant
from awas.ledger.naming import district_of, log_of
from awas.warnings import reasons
from awas.warnings.cap.chain import Issue
from awas.warnings.cap.message import Alert, Area, Info, Named, Reference, time_of
from awas.warnings.hours import offset_of
from awas.warnings.rule import Level, Rule, Words

REFERENCES_AT_MOST: Final = 40
"""Earlier messages named, the newest: a receiver needs those that it may still show, and a message stays small."""

REGION_CODE: Final = "kemendagri"
"""`valueName` of a geocode that is a region's code of Kemendagri, with its dots: 36.02, 36.02.05."""

KM_LEAST: Final = 100
"""Metres of the smallest circle: a site's position is known no better."""

URGENCY: Final = {Level.AWAS: "Immediate", Level.SIAGA: "Expected", Level.WASPADA: "Future"}
"""CAP: Immediate is now, Expected within the hour, Future soon."""

LANGUAGES: Final[tuple[tuple[str, Literal["id", "en"]], ...]] = (("id-ID", "id"), ("en-US", "en"))

RESTRICTION: Final = Words(
    "Hanya untuk Bawaslu dan lembaga mitra yang berwenang.", "For Bawaslu and authorised partners only."
)
GONE: Final = Words("Keadaan sudah hilang; petugas belum melihatnya.", "The condition has gone; nobody has looked yet.")
OVER: Final = Words("Peringatan selesai.", "The warning is over.")
FALSE: Final = Words("Peringatan ini dinilai keliru.", "The warning was judged to be false.")
EXERCISE: Final = Words("LATIHAN", "EXERCISE")
SINCE: Final = Words("Sejak", "Since")


class Publisher(Struct, frozen=True, kw_only=True):
    """Who publishes, and how. `status` is Actual or Exercise; `url` the address of this installation."""

    sender: str
    name: str
    url: str
    contact: str = ""
    status: Literal["Actual", "Exercise"] = "Actual"
    public: bool = False


class Where(Struct, frozen=True, kw_only=True):
    """The place of a warning. Coordinates are millionths of a degree, None where nobody has noted them."""

    code: str
    name: str
    district: str
    latitude_e6: int | None = None
    longitude_e6: int | None = None
    radius_m: int = 150


def composed(
    issue: Issue, earlier: tuple[Issue, ...], rule: Rule | None, where: Where, publisher: Publisher, page: str = ""
) -> Alert:
    """The alert of one issue. `earlier` are the issues of the same chain before it; `rule` None: withdrawn since.

    `page` is the address of the warning's own page, for those who may open it.
    """
    offset = offset_of(where.code)
    return Alert(
        identifier=identifier_of(issue, where.code, publisher),
        sender=publisher.sender,
        sent=time_of(issue.sent_at, offset),
        status=publisher.status,
        kind=issue.kind,
        scope="Public" if publisher.public else "Restricted",
        source="Awas",
        restriction="" if publisher.public else f"{RESTRICTION.id} {RESTRICTION.en}",
        note=f"{FALSE.id} {FALSE.en}" if issue.judgement == "false" else "",
        references=tuple(
            Reference(publisher.sender, identifier_of(one, where.code, publisher), time_of(one.sent_at, offset))
            for one in earlier[-REFERENCES_AT_MOST:]
        ),
        incidents=f"awas:{issue.warning}",
        infos=tuple(
            _info(issue, rule, where, publisher, tag, language, offset=offset, page=page) for tag, language in LANGUAGES
        ),
    )


def identifier_of(issue: Issue, place: str, publisher: Publisher) -> str:
    """Unique for this sender: log and entry, and the renewal. The public's shorter text is another message."""
    return f"{log_of(place)}/{issue.name}".replace("/", ":") + (":public" if publisher.public else "")


def _info(
    issue: Issue, rule: Rule | None, where: Where, publisher: Publisher, tag: str, language: Literal["id", "en"], *,
    offset: Instant,
    page: str,
) -> Info:  # fmt: skip
    level = Level(issue.level)
    said = _Said(issue, rule, language)
    title = said.title
    if publisher.status == "Exercise":
        title = f"{said.of(EXERCISE)}: {title}"
    place = where.district if publisher.public else where.name
    return Info(
        language=tag,
        categories=rule.categories if rule else ("Other",),
        event=said.title,
        responses=("AllClear",) if issue.phase != "stands" else ("Execute",),
        urgency=URGENCY[level] if issue.phase == "stands" else "Past",
        severity=level.severity,
        certainty="Observed",
        event_codes=(("awas:rule", issue.rule),),
        effective=time_of(issue.effective_at, offset),
        onset=time_of(issue.onset_at, offset),
        expires=time_of(issue.expires_at, offset),
        sender_name=publisher.name,
        headline=f"{level.value.capitalize()}: {title}, {place}"[:160],
        description=said.description(time_of(issue.onset_at, offset), public=publisher.public),
        instruction="" if publisher.public else said.instruction,
        web=publisher.url if publisher.public else page,
        contact=publisher.contact,
        parameters=_parameters(issue, where, public=publisher.public),
        areas=(_area(where, public=publisher.public),),
    )


class _Said:
    """What is said in one language."""

    def __init__(self, issue: Issue, rule: Rule | None, language: Literal["id", "en"]) -> None:
        self.issue, self.rule, self.language = issue, rule, language

    def of(self, words: Words) -> str:
        return words.id if self.language == "id" else words.en

    @property
    def title(self) -> str:
        return self.of(self.rule.title) if self.rule else self.issue.rule

    @property
    def instruction(self) -> str:
        """The runbook, numbered; nothing is left to do once the condition has gone."""
        if self.rule is None or self.issue.phase != "stands":
            return ""
        return "\n".join(f"{number}. {self.of(step)}" for number, step in enumerate(self.rule.runbook, 1))

    def description(self, since: str, *, public: bool) -> str:
        lines = [] if public else [self._message]
        if self.issue.phase == "gone":
            lines.append(self._why or self.of(GONE))
        elif self.issue.phase == "over":
            lines += [self._why, self._reason(reasons.RESOLVED, self.issue.how) or self.of(OVER)]
        lines.append(f"{self.of(SINCE)} {since}.")
        if self.rule is not None and not public:
            lines.append(self.of(self.rule.basis))
        return "\n".join(line for line in dict.fromkeys(lines) if line)

    @property
    def _message(self) -> str:
        if self.rule is None:
            return ""
        try:
            return self.of(self.rule.says(self.issue.facts)) + "."
        except KeyError:  # an older entry without a fact that the words have since come to name
            return ""

    @property
    def _why(self) -> str:
        return self._reason(reasons.CLEARED, self.issue.why)

    def _reason(self, words: Mapping[str, Words], code: str) -> str:
        found = words.get(code)
        return self.of(found) if found else ""


def _parameters(issue: Issue, where: Where, *, public: bool) -> tuple[Named, ...]:
    """What a program wants: the level, and where the proof lies. The log's hashes are open to all, its entries not."""
    shared = (
        ("awas:rule", issue.rule),
        ("awas:level", issue.level),
        ("awas:log", log_of(where.code)),
        ("awas:entry", str(issue.index)),
    )
    if public:
        return shared
    return (*shared, ("awas:warning", issue.warning), ("awas:evidence", " ".join(str(one) for one in issue.evidence)))


def _area(where: Where, *, public: bool) -> Area:
    code = district_of(where.code)
    if public:
        return Area(description=where.district, geocodes=((REGION_CODE, code),))
    circles: tuple[str, ...] = ()
    if where.latitude_e6 is not None and where.longitude_e6 is not None:
        metres = max(where.radius_m, KM_LEAST)
        circles = (f"{_degrees(where.latitude_e6)},{_degrees(where.longitude_e6)} {metres / 1000:.3f}",)
    region = where.code.partition("-")[0]
    codes = dict.fromkeys((region, code))
    description = where.name if where.name == where.district else f"{where.name}, {where.district}"
    return Area(description=description, circles=circles, geocodes=tuple((REGION_CODE, one) for one in codes))


def _degrees(e6: int) -> str:
    """Millionths of a degree as CAP writes degrees."""
    sign, size = "-" if e6 < 0 else "", abs(e6)
    return f"{sign}{size // 1_000_000}.{size % 1_000_000:06}"
