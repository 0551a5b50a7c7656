"""Reads election and almanac files (TOML) and refuses those that are not sound, in words that name file and key.

It never guesses, completes or corrects a value: a file is taken whole or not at all.
"""

import re
import tomllib
from collections.abc import Callable
from importlib.resources.abc import Traversable
from typing import TypeVar

import msgspec

from awas.elections.schema import Almanac, Election
from awas.elections.soundness import almanac_problems, election_problems

S = TypeVar("S", Election, Almanac)


class BadElectionFile(ValueError):  # noqa: N818 - it is the file that is bad
    """A file that can't be used. `problems` are lines "key: what is wrong"."""

    def __init__(self, file: str, problems: list[str]) -> None:
        super().__init__("\n".join(f"{file}: {problem}" for problem in problems))
        self.file = file
        self.problems = problems


def load_election(path: Traversable) -> Election:
    """The election in the TOML file `path`, whose name without ending must be its slug.

    Raises BadElectionFile with everything that is wrong, OSError when it can't be read.
    """
    return _load(path, Election, election_problems)


def load_almanac(path: Traversable) -> Almanac:
    """The almanac in the TOML file `path`, whose name without ending must be its slug; raises as `load_election`."""
    return _load(path, Almanac, almanac_problems)


def _load(path: Traversable, shape: type[S], problems_of: Callable[[S], list[str]]) -> S:
    tree = _toml(path)
    try:
        value = msgspec.convert(tree, shape, strict=True)
    except msgspec.ValidationError as error:
        raise BadElectionFile(path.name, [_in_words(str(error), tree)]) from None
    problems = problems_of(value)
    if value.slug != path.name.removesuffix(".toml"):
        problems.insert(0, f'slug: is "{value.slug}", but the file is named {path.name}')
    if problems:
        raise BadElectionFile(path.name, problems)
    return value


def _toml(path: Traversable) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8"))
    except UnicodeDecodeError as error:
        raise BadElectionFile(path.name, [f"is not UTF-8 text (byte {error.start})"]) from None
    except tomllib.TOMLDecodeError as error:
        raise BadElectionFile(path.name, [f"is not TOML: {error}"]) from None


_ERROR = re.compile(r"(?P<what>.*?)(?: - at `(?P<where>[^`]*)`)?", re.DOTALL)
_UNKNOWN = re.compile(r"Object contains unknown field `(?P<key>[^`]*)`")
_MISSING = re.compile(r"Object missing required field `(?P<key>[^`]*)`")


def _in_words(error: str, tree: dict[str, object]) -> str:
    """msgspec's message as "key: what is wrong", with the row's id where a position alone would send one counting."""
    match = _ERROR.fullmatch(error)
    what, where = (match["what"], match["where"] or "") if match else (error, "")
    key = _named(where.removeprefix("key in ").removeprefix("$").lstrip("."), tree)
    if unknown := _UNKNOWN.fullmatch(what):
        return f"{_joined(key, unknown['key'])}: is not a key that an election file has"
    if missing := _MISSING.fullmatch(what):
        return f"{_joined(key, missing['key'])}: is missing"
    return f"{key or 'the file'}: {what[:1].lower()}{what[1:]}"


def _joined(key: str, name: str) -> str:
    return f"{key}.{name}" if key else name


def _named(key: str, tree: object) -> str:
    """`ballots[3].colour` as `ballots[dprd_prov].colour`, where row 3 has an id."""
    parts = []
    for part in re.findall(r"[^.\[\]]+|\[\d+\]", key):
        if part.startswith("["):
            position = int(part[1:-1])
            tree = tree[position] if isinstance(tree, list) and position < len(tree) else None
            name = tree.get("id") if isinstance(tree, dict) else None
            parts.append(f"[{name if isinstance(name, str) else position}]")
        else:
            tree = tree.get(part) if isinstance(tree, dict) else None
            parts.append(f".{part}")
    return "".join(parts).lstrip(".")
