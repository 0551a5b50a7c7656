"""How many ballots a station needs, and which ballots a region's voters get. Pure."""

from awas.elections.schema import Ballot, Election, Entitlement

FIRST_CITY = 71
"""Kemendagri numbers cities (kota) of a province from 71, regencies (kabupaten) from 01."""


def ballots_needed(election: Election, kind: str, voters: int) -> int:
    """Ballots of `kind` for one station with `voters` in its list: the list and its reserve (UU 7/2017 Pasal 344(2)).

    The reserve is rounded station by station, so a district needs the sum of this and not the rate of its sum.
    Raises ValueError for an unknown kind or a negative number.
    """
    if kind not in {ballot.id for ballot in election.ballots}:
        raise ValueError(f"{election.slug} has no ballot {kind!r}")
    if voters < 0:
        raise ValueError(f"a station can't have {voters} voters")
    reserve = -(-voters * election.reserve.per_mille.value // 1000)
    if election.reserve.rounding.value == "up_to_even":
        reserve += reserve % 2
    return voters + reserve


def ballots_for(election: Election, region: str, voters: str = "domestic") -> tuple[Ballot, ...]:
    """The ballots that voters of `region` (a code of district level or below, or a province) get, in the file's order.

    `voters` is "domestic" or "overseas". Raises LookupError when no entitlement fits, as for a province whose
    districts differ.
    """
    fitting = [row for row in election.entitlements if row.voters == voters and _fits(row, region)]
    if not fitting:
        raise LookupError(f"{election.slug} says nothing of the ballots of {voters} voters in {region}")
    best = max(fitting, key=lambda row: (bool(row.provinces), row.district != "any"))
    return tuple(ballot for ballot in election.ballots if ballot.id in best.ballots)


def _fits(row: Entitlement, region: str) -> bool:
    province, _, rest = region.partition(".")
    if row.provinces and province not in row.provinces:
        return False
    if row.district == "any":
        return True
    return bool(rest) and row.district == ("kota" if int(rest[:2]) >= FIRST_CITY else "kabupaten")
