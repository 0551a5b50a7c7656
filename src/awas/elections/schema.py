"""The shape of an election as data: what one election file holds, each value with its source and its certainty.

Everything that differs between elections (ballots, reserve, station size, calendar, legal clocks) is a field here and
never a constant in code. Pure: this module reads no file, no clock and no setting; `load` builds these structs.

Dates are ISO strings ("2024-02-14"), times of day "HH:MM" in the place's own time, rates are whole per mille.
"""

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct
from msgspec.structs import fields

Certainty = Literal["S", "D", "M-hi", "M-med", "M-lo", "X"]
"""S read in the named source · D worked out from sourced figures · M-hi, M-med, M-lo from general knowledge ·
X sources contradict each other."""

DOUBTFUL: frozenset[Certainty] = frozenset({"M-lo", "X"})
"""Certainties that may never look settled: such a value must say `uncertain = true`."""

DayType = Literal["calendar_day", "working_day", "hour"]


class Part(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A piece of an election file. A key that is not a field is refused."""


class Bilingual(Part, frozen=True, kw_only=True):
    """The same words in Indonesian and English."""

    id: str
    en: str


class Reading(Part, frozen=True, kw_only=True):
    """What one of several disagreeing sources says."""

    value: int | str
    source: str


class Cited(Part, frozen=True, kw_only=True):
    """Something with a source. It speaks for everything below it that names no source of its own."""

    source: str
    certainty: Certainty
    uncertain: bool = False
    note: str = ""


class Weighed(Cited, frozen=True, kw_only=True):
    """Something of which other sources may say otherwise: `readings` lists what each of them says, ours included."""

    readings: tuple[Reading, ...] = ()


class Whole(Weighed, frozen=True, kw_only=True):
    """A whole number."""

    value: int


class Words(Weighed, frozen=True, kw_only=True):
    """A choice or a name."""

    value: str


class Hours(Cited, frozen=True, kw_only=True):
    """From when to when stations (TPS) are open."""

    opens: str
    closes: str


class VotingDay(Cited, frozen=True, kw_only=True):
    """Voting day (hari pemungutan suara)."""

    on: str
    hours: Hours


class Ballot(Cited, frozen=True, kw_only=True):
    """A kind of ballot (jenis surat suara). The source speaks for its colour."""

    id: str
    name: Bilingual
    colour: Bilingual


class Entitlement(Cited, frozen=True, kw_only=True):
    """Which ballots a voter of a station gets. The most specific row that fits a region holds.

    `provinces` (codes) narrows it to those provinces, `district` to regencies or cities.
    """

    voters: Literal["domestic", "overseas"]
    ballots: tuple[str, ...]
    provinces: tuple[str, ...] = ()
    district: Literal["any", "kabupaten", "kota"] = "any"


class Constituency(Cited, frozen=True, kw_only=True):
    """Within which area a voter who moves (DPTb, pindah memilih) still gets this ballot."""

    ballot: str
    area: Literal["nation", "province", "district", "dapil_dpr", "dapil_dprd_prov", "dapil_dprd_kab"]


class Rounding(Weighed, frozen=True, kw_only=True):
    """How a station's reserve is made whole: `up` to the next ballot, or up and then to an even number."""

    value: Literal["up", "up_to_even"]


class Reserve(Part, frozen=True, kw_only=True):
    """Reserve ballots (surat suara cadangan), for each station and ballot kind on its own."""

    per_mille: Whole
    rounding: Rounding


class StationSize(Part, frozen=True, kw_only=True):
    """Voters per station at most: by the commission's rule for this election, and by the law itself."""

    voters_max: Whole
    voters_max_by_law: Whole


class Exemption(Cited, frozen=True, kw_only=True):
    """A province where another number holds."""

    province: str
    value: int


class Equipment(Part, frozen=True, kw_only=True):
    """Things delivered for each station.

    `basis` tells a rule from a number seen in practice and from one worked out of national totals: only a rule may
    be called a shortage, the others are a yardstick.
    """

    id: str
    name: Bilingual
    basis: Literal["rule", "observed", "derived"]
    per_station: Whole
    national: Whole | None = None
    per_kecamatan_extra: Whole | None = None
    exceptions: tuple[Exemption, ...] = ()


class KitContents(Cited, frozen=True, kw_only=True):
    """Things that a station's kit holds besides its ballots, by the codes of `awas.warehouse.codes.ItemKind`.

    How many: as `Equipment` says where that is a rule, else at least one.
    """

    items: tuple[str, ...]


class Stage(Weighed, frozen=True, kw_only=True):
    """A stage (tahapan) of the calendar.

    Stages of the track `phase` follow one another without overlap: they answer "where are we". `start_day` and
    `end_day` repeat what the rule says in days from voting (H-30 is -30), and are checked against the dates.
    `place` stands where the dates were seen in one district only.
    """

    id: str
    name: Bilingual
    track: Literal["phase", "logistics", "voters", "supervision"]
    start_on: str
    end_on: str
    start_day: int | None = None
    end_day: int | None = None
    place: str = ""


class ClockReading(Part, frozen=True, kw_only=True):
    """What a disagreeing source says of a clock."""

    article: str
    amount: int
    unit: DayType
    source: str


class Clock(Cited, frozen=True, kw_only=True):
    """A statutory clock (tenggat): so many days or hours before or after an event.

    `cut_off` is the time of day at which the last day ends; empty where no source gives one.
    """

    id: str
    name: Bilingual
    article: str
    amount: int
    unit: DayType
    starts_at: str
    direction: Literal["after", "before"] = "after"
    cut_off: str = ""
    readings: tuple[ClockReading, ...] = ()


class OpeningHours(Part, frozen=True, kw_only=True):
    """When an office takes reports on a weekday (1 Monday … 7 Sunday)."""

    weekdays: tuple[int, ...]
    opens: str
    closes: str


class OfficeHours(Cited, frozen=True, kw_only=True):
    """Opening hours of the supervisors' offices for reports."""

    rows: tuple[OpeningHours, ...]


class Criterion(Part, frozen=True, kw_only=True):
    """A reason for calling a ballot damaged, or a blemish that leaves it usable."""

    number: int
    id: str
    text: Bilingual


class Criteria(Cited, frozen=True, kw_only=True):
    """A numbered list of criteria."""

    rows: tuple[Criterion, ...]
    condition: Bilingual | None = None


class Total(Weighed, frozen=True, kw_only=True):
    """A published figure of the whole election."""

    id: str
    name: Bilingual
    value: int


class ElectorateRow(Part, frozen=True, kw_only=True):
    """Voters and stations of one region. A figure that is not known is absent."""

    region: str
    voters: int | None = None
    stations: int | None = None


class Electorate(Cited, frozen=True, kw_only=True):
    """Voters (DPT) and stations (TPS) of a region and, in `rows`, of the regions below it."""

    whole: ElectorateRow
    rows: tuple[ElectorateRow, ...]


class Holiday(Part, frozen=True, kw_only=True):
    """A day on which offices are closed: a national holiday or joint leave (cuti bersama)."""

    on: str
    name: Bilingual
    kind: Literal["national", "joint_leave"]


class Holidays(Cited, frozen=True, kw_only=True):
    """Holidays out of one decree or announcement."""

    rows: tuple[Holiday, ...]


class Zone(Part, frozen=True, kw_only=True):
    """A time zone of the country and the provinces (codes) that keep it."""

    name: str
    iana: str
    offset_minutes: int
    provinces: tuple[str, ...]


class Zones(Cited, frozen=True, kw_only=True):
    """The country's time zones."""

    rows: tuple[Zone, ...]


class Almanac(Part, frozen=True, kw_only=True):
    """What is true of the days whatever is elected: holidays and time zones."""

    slug: str
    holidays: tuple[Holidays, ...]
    zones: Zones


class RuleLimit(Cited, frozen=True, kw_only=True):
    """A number of one of the rules, as this election is to be watched: "how many units may lack before it speaks".

    `rule` and `name` are those of the catalogue (`awas rules list`); an office may still move it for its own places.
    """

    rule: str
    name: str
    value: int


class Election(Part, frozen=True, kw_only=True):
    """One election. `almanac` names the file of its holidays and time zones."""

    slug: str
    kind: Literal["pemilu", "pilkada"]
    name: Bilingual
    almanac: str
    law: Words
    voting: VotingDay
    time_rule: Words
    ballots: tuple[Ballot, ...]
    entitlements: tuple[Entitlement, ...]
    constituencies: tuple[Constituency, ...]
    reserve: Reserve
    revote_stock: Whole
    station: StationSize
    equipment: tuple[Equipment, ...]
    kit_contents: tuple[KitContents, ...] = ()
    calendar: tuple[Stage, ...]
    clocks: tuple[Clock, ...]
    office_hours: OfficeHours | None = None
    damaged: Criteria | None = None
    usable: Criteria | None = None
    totals: tuple[Total, ...] = ()
    electorate: tuple[Electorate, ...] = ()
    limits: tuple[RuleLimit, ...] = ()


class Fact(Struct, frozen=True, kw_only=True):
    """One value of a file with the source that speaks for it.

    `key` is its path, such as `reserve.per_mille`; `cited_at` the path of the part that names the source.
    """

    key: str
    value: str | int
    cited_at: str
    source: str
    certainty: Certainty
    uncertain: bool
    note: str
    readings: tuple[Reading | ClockReading, ...]


_CITATION = frozenset({"source", "certainty", "uncertain", "note", "readings"})
_LABELS = frozenset({"slug", "kind", "almanac", "id", "name", "number", "track", "basis"})
"""Our own names and drawers, which no source speaks for."""


def facts(part: Part) -> Iterator[Fact]:
    """Every value in `part` with the nearest citation above it, in the file's order."""
    yield from _facts(part, "", "", None)


def _facts(value: object, key: str, cited_at: str, cited: Cited | None) -> Iterator[Fact]:
    if isinstance(value, Struct):
        if isinstance(value, Cited):
            cited, cited_at = value, key
        skipped = _CITATION if isinstance(value, Bilingual) else _CITATION | _LABELS
        for field in fields(value):
            if field.name not in skipped:
                inner = key if field.name == "value" else f"{key}.{field.name}".lstrip(".")
                yield from _facts(getattr(value, field.name), inner, cited_at, cited)
    elif isinstance(value, tuple):
        for position, row in enumerate(value):
            yield from _facts(row, f"{key}[{label(row, position)}]", cited_at, cited)
    elif isinstance(value, str | int) and value != "":
        if cited is None:
            raise ValueError(f"{key}: nothing above it names a source")
        yield Fact(
            key=key,
            value=value,
            cited_at=cited_at,
            source=cited.source,
            certainty=cited.certainty,
            uncertain=cited.uncertain,
            note=cited.note,
            readings=getattr(cited, "readings", ()),
        )


def label(row: object, position: int) -> str:
    """What a row is called in a path: its id, region or ballot, or else its position."""
    names = (getattr(row, name, None) for name in ("id", "region", "ballot", "on"))
    return next((name for name in names if isinstance(name, str)), str(position))
