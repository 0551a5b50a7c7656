"""What a sheet is read and written against: where it is, its ballots, places, stations and what was sent to it. Pure.

Everything here comes from the registers and the record, and is given: reading asks no table.
"""

import re
from collections.abc import Mapping
from functools import cached_property

from msgspec import Struct

from awas.ledger.area import Instant
from awas.logistics.needs import KitItem
from awas.warnings.rule import Words as Both


class Offered(Struct, frozen=True, kw_only=True):
    """A transfer to this place. `came` is what was accepted of it, where it was accepted already."""

    state: str
    stations: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    seals: tuple[str, ...] = ()
    came: frozenset[str] = frozenset()


_KIND_OF_REGION = re.compile(r"^(?:kecamatan|kec\.?|desa|ds\.?|kelurahan|kel\.?|village|subdistrict)\s+", re.IGNORECASE)


def folded(text: str) -> str:
    """A text as it is compared: case, spaces and marks of need don't count."""
    return " ".join(text.replace("*", " ").casefold().split())


def bare(name: str) -> str:
    """A region's name as it is compared, without the word for its kind."""
    return folded(_KIND_OF_REGION.sub("", name.strip()))


class Ground(Struct, frozen=True, kw_only=True, dict=True):
    """The ground a sheet stands on.

    `ballots` are the kinds that voters of the place get, by code. `regions` are the kecamatan and villages of the
    district, `sites` its warehouses and offices, by code. `stations` are its polling stations; where there are none,
    a station is only looked at for its form. `equipment` is what a kit holds besides ballots.
    """

    place: str
    now: Instant
    zone: str = "Asia/Jakarta"
    ballots: Mapping[str, Both] = {}
    regions: Mapping[str, str] = {}
    sites: Mapping[str, str] = {}
    stations: frozenset[str] = frozenset()
    equipment: tuple[KitItem, ...] = ()
    offered: Mapping[str, Offered] = {}

    @cached_property
    def regions_by_name(self) -> Mapping[str, tuple[str, ...]]:
        """Codes by the bare name: a name may be borne by several."""
        found: dict[str, tuple[str, ...]] = {}
        for code, name in self.regions.items():
            found[bare(name)] = (*found.get(bare(name), ()), code)
        return found


class StationRow(Struct, frozen=True, kw_only=True):
    """A station as a template is prefilled with it. `needs`: sheets by ballot; a kind that isn't known is left out."""

    code: str
    kecamatan: str = ""
    village: str = ""
    needs: Mapping[str, int] = {}


class OfferedRow(Struct, frozen=True, kw_only=True):
    """A kit or a unit on its way to a place, as a template is prefilled with it: `station` or `label`."""

    transfer: str
    station: str = ""
    label: str = ""
