"""What an import of voters per station reports: the fate of every row, dirt, and sums beside what was said of them."""

from collections.abc import Callable, Mapping

from msgspec import Struct

from awas.places.importing import Change


class Norms(Struct, frozen=True):
    """What the watched election says of a station: voters at most by its rule and by the law, ballots for so many
    voters, and per region the voters and stations that were published."""

    voters_max: int
    voters_max_by_law: int
    ballots: Callable[[int], int]
    published: Mapping[str, tuple[int, int]] = {}


class Fate(Struct, frozen=True):
    """What became of how many rows, and the voters on them.

    new, changed, same: applied. added: applied to a station the register lacked. unknown: the file has no voters for
    it, the register keeps what it had. unmatched, ambiguous, matched_twice: its village has no code in the map, could
    be several, or another claims the same. no_such_number: no station can have it. no_such_village, no_such_station:
    the register lacks it.
    """

    id: str
    rows: int
    voters: int


class Noted(Struct, frozen=True):
    """A row that a person should look at. `station` is its code, or `id/number` where its village has none."""

    line: int
    station: str
    voters: int | None
    what: str = ""


class Finding(Struct, frozen=True):
    """A kind of dirt, applied or not: unknown, above_rule, above_law, empty, one_sex, more_votes_than_ballots."""

    kind: str
    rows: int
    noted: tuple[Noted, ...]


class Unused(Struct, frozen=True):
    """Stations of a village that were not applied, and the fate they share; the villages of most voters come first.

    `stations` are numbers such as `1-4, 7`. `code` is the one that several villages claim, where that is the reason.
    """

    fate: str
    village: str
    name: str
    stations: str
    rows: int
    voters: int
    code: str = ""


class MapCount(Struct, frozen=True):
    """Villages of a map: how many have no code, or could be several; how many codes have several claims, and by how
    many claims there are too many."""

    villages: int
    unmatched: int
    ambiguous: int
    claimed_codes: int
    claims_too_many: int


class RegencySum(Struct, frozen=True):
    """Rows and voters of a regency beside what the map, or the election's published list, says of it (None: nothing).

    `villages_lacking` are those of the map that the file has no row of; a regency without any row is not compared.
    """

    regency: str
    rows: int
    voters: int
    stated_rows: int | None
    stated_voters: int | None
    villages_lacking: int
    equal: bool | None


class VotersReport(Struct, frozen=True):
    """An import of voters. `register_only` are stations of the file's villages of which the file says nothing."""

    file: str
    form: str
    rows: int
    voters: int
    fates: tuple[Fate, ...]
    findings: tuple[Finding, ...]
    unused: tuple[Unused, ...]
    villages: MapCount | None
    regencies: tuple[RegencySum, ...]
    register: Change
    register_only: int
    remarks: tuple[str, ...]
