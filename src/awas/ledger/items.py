"""Keyed items of the areas: the structs that `decide` and `fold_items` see, and the rows that pages read, are one.

An item struct and its table have the same fields in the same order, the key first. Nested values lie in their column
as JSON. Loading is lazy and remembered for one transaction; `needs` only gathers keys so that a group of commands
costs one statement per table.
"""

from collections.abc import Collection, Mapping
from typing import Any, get_type_hints

import msgspec
from msgspec import Struct

from awas.ledger.store import Store, Table

PLAIN = (msgspec.inspect.StrType, msgspec.inspect.IntType, msgspec.inspect.BoolType, msgspec.inspect.NoneType)


class ItemTable:
    """How one item struct lies in its table."""

    def __init__(self, struct: type[Struct], table_name: str) -> None:
        self.struct = struct
        info = msgspec.inspect.type_info(struct)
        assert isinstance(info, msgspec.inspect.StructType)
        hints = get_type_hints(struct)
        self.table = Table(name=table_name, columns=tuple(field.name for field in info.fields))
        self._nested = tuple(
            (position, msgspec.json.Decoder(hints[field.name]))
            for position, field in enumerate(info.fields)
            if not _is_plain(field.type)
        )
        self._booleans = tuple(
            position for position, field in enumerate(info.fields) if isinstance(field.type, msgspec.inspect.BoolType)
        )

    def row(self, item: Struct) -> tuple[Any, ...]:
        values = list(msgspec.structs.astuple(item))
        for position, _ in self._nested:
            values[position] = msgspec.json.encode(values[position]).decode()
        return tuple(values)

    def item(self, row: tuple[Any, ...]) -> Struct:
        values = list(row)
        for position, decoder in self._nested:
            values[position] = decoder.decode(values[position])
        for position in self._booleans:
            values[position] = bool(values[position])
        return self.struct(**dict(zip(self.table.columns, values, strict=True)))


def _is_plain(kind: msgspec.inspect.Type) -> bool:
    if isinstance(kind, msgspec.inspect.UnionType):
        return all(isinstance(one, PLAIN) for one in kind.types)
    return isinstance(kind, PLAIN)


class StoredItems:
    """`Items` of one area within one transaction."""

    def __init__(self, store: Store, tables: Mapping[str, ItemTable]) -> None:
        self._store = store
        self._tables = tables
        self._loaded: dict[tuple[str, str], Struct | None] = {}
        self._changed: dict[str, dict[str, Struct]] = {}

    def prefetch(self, wanted: Collection[tuple[str, str]]) -> None:
        """Loads many keys with one statement per kind."""
        by_kind: dict[str, set[str]] = {}
        for kind, key in wanted:
            if (kind, key) not in self._loaded:
                by_kind.setdefault(kind, set()).add(key)
        for kind, keys in by_kind.items():
            table = self._tables[kind]
            for key in keys:
                self._loaded[kind, key] = None
            for row in self._store.select(table.table, [(key,) for key in keys]):
                self._loaded[kind, row[0]] = table.item(row)

    def get(self, kind: str, key: str) -> Any:
        if (kind, key) not in self._loaded:
            self.prefetch([(kind, key)])
        return self._loaded[kind, key]

    def put(self, kind: str, key: str, item: Struct) -> None:
        self._loaded[kind, key] = item
        self._changed.setdefault(kind, {})[key] = item

    def flush(self) -> None:
        """Writes what changed."""
        for kind, changed in self._changed.items():
            table = self._tables[kind]
            self._store.upsert(table.table, [table.row(item) for item in changed.values()])
        self._changed.clear()
