"""What must hold of every area that keeps a record: its types, its tables, its refusals."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
from django.apps import apps
from django.db import models

from awas.ledger.area import Area
from awas.ledger.kept import Nested

SOURCE = Path(__file__).resolve().parent.parent / "src" / "awas"
inspect = msgspec.inspect


def forbidden_types(struct: type[msgspec.Struct]) -> list[str]:
    """Fields that canonical JSON can't hold: anything but text, whole numbers, truth, nothing, tuples and structs."""
    return [f"{struct.__name__}.{field.name}" for field in _fields(struct) if not _is_plain(field.type)]


def _fields(struct: type[msgspec.Struct]) -> tuple[Any, ...]:
    info = inspect.type_info(struct)
    assert isinstance(info, inspect.StructType)
    return info.fields


def _is_plain(kind: Any) -> bool:
    if isinstance(kind, inspect.UnionType):
        return all(_is_plain(one) for one in kind.types)
    if isinstance(kind, inspect.VarTupleType):
        return _is_plain(kind.item_type)
    if isinstance(kind, inspect.StructType):
        return all(_is_plain(field.type) for field in kind.fields)
    return isinstance(
        kind, inspect.StrType | inspect.IntType | inspect.BoolType | inspect.NoneType | inspect.LiteralType
    )


def model_of(area: Area, struct: type[msgspec.Struct]) -> type[models.Model]:
    return apps.get_model(area.name, struct.__name__)


def column_faults(area: Area) -> list[str]:
    """Where a table and its struct differ: names, order, kind of column, whether nothing is allowed."""
    faults = []
    for struct in area.items.values():
        columns = model_of(area, struct)._meta.concrete_fields
        names = [column.attname for column in columns]
        if names != list(struct.__struct_fields__):
            faults.append(f"{struct.__name__}: {names} is not {struct.__struct_fields__}")
            continue
        for column, field in zip(columns, _fields(struct), strict=True):
            kinds = field.type.types if isinstance(field.type, inspect.UnionType) else (field.type,)
            wanted, nullable = _column_of(kinds)
            if not isinstance(column, wanted) or column.null != nullable:
                faults.append(f"{struct.__name__}.{field.name}: {type(column).__name__}")
            if wanted is models.CharField and isinstance(column, Nested):
                faults.append(f"{struct.__name__}.{field.name}: nested for plain text")
    return faults


def _column_of(kinds: tuple[Any, ...]) -> tuple[type[models.Field], bool]:
    nullable = any(isinstance(kind, inspect.NoneType) for kind in kinds)
    rest = [kind for kind in kinds if not isinstance(kind, inspect.NoneType)]
    if len(rest) == 1:
        if isinstance(rest[0], inspect.StrType):
            return models.CharField, nullable
        if isinstance(rest[0], inspect.BoolType):
            return models.BooleanField, nullable
        if isinstance(rest[0], inspect.IntType):
            return models.IntegerField, nullable
    return Nested, False


def too_narrow(area: Area, written_by: dict[str, tuple[type[msgspec.Struct], ...]]) -> list[str]:
    """Columns that a command's longest value wouldn't fit: PostgreSQL would refuse a fact that `decide` took."""
    faults = []
    for kind, sources in written_by.items():
        for column in model_of(area, area.items[kind])._meta.concrete_fields:
            if not isinstance(column, models.CharField):
                continue
            longest = max((_longest(source, column.attname) for source in sources), default=0)
            if longest > (column.max_length or 0):
                faults.append(f"{kind}.{column.attname}: {longest} > {column.max_length}")
    return faults


def _longest(struct: type[msgspec.Struct], name: str) -> int:
    for field in _fields(struct):
        if field.name == name:
            kinds = field.type.types if isinstance(field.type, inspect.UnionType) else (field.type,)
            return max(_length(kind) for kind in kinds)
    return 0


def _length(kind: Any) -> int:
    if isinstance(kind, inspect.LiteralType):
        return max(len(value) for value in kind.values)
    if isinstance(kind, inspect.StrType):
        if kind.max_length is None:  # only hashes have a pattern of fixed length instead
            assert kind.pattern == r"\A(?:[0-9a-f]{64})?\Z", kind
            return 64
        return kind.max_length
    return 0


CALLS_WITH_A_CODE = {
    "require_new": {"key"},
    "require_found": {"key"},
    "require_here": {"key", "place"},
}


def raised(folder: Path, kinds: tuple[str, ...] = ()) -> Iterator[tuple[str, frozenset[str], str]]:
    """Every code that files of a folder raise, with the names of its parameters. `{kind}_…` stands for each kind."""
    for path in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or not node.args:
                continue
            where = f"{path.name}:{node.lineno}"
            if node.func.id == "Refused":
                names = frozenset(keyword.arg or "" for keyword in node.keywords)
                for code in _codes(node.args[0], kinds):
                    yield code, names, where
            elif node.func.id in CALLS_WITH_A_CODE:
                for code in _codes(node.args[-1], kinds):
                    if re.fullmatch(r"[a-z]+(_[a-z]+)+", code):
                        yield code, frozenset(CALLS_WITH_A_CODE[node.func.id]), where


def _codes(node: ast.expr, kinds: tuple[str, ...]) -> list[str]:
    if isinstance(node, ast.Constant):
        return [str(node.value)]
    if isinstance(node, ast.IfExp):
        return _codes(node.body, kinds) + _codes(node.orelse, kinds)
    if isinstance(node, ast.JoinedStr):
        tail = node.values[-1]
        assert isinstance(tail, ast.Constant)
        return [f"{kind}{tail.value}" for kind in kinds]
    return []


def wanted_parameters(sentence: str) -> set[str]:
    return set(re.findall(r"%\((\w+)\)s", sentence))
