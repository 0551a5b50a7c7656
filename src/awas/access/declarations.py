"""Finding what each view of the URLconf declares. Used by the door (middleware), by the checks and by the tests.

Must never guess: a view without a declaration has none.
"""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from django.urls import URLPattern, URLResolver, get_resolver

from awas.access.foreign_views import FOREIGN
from awas.access.require import Declared, declared_on


class Route(NamedTuple):
    """One URL pattern: its whole route, the kwargs it captures (their converters by name), its view."""

    route: str
    kwargs: dict[str, Any]
    view: Callable[..., Any]
    name: str | None


def name_of(view: Callable[..., Any]) -> str:
    """The dotted name of a view function, or of the class behind `as_view()`."""
    behind = getattr(view, "view_class", view)
    return f"{behind.__module__}.{getattr(behind, '__qualname__', type(behind).__qualname__)}"


def declaration_of(view: Callable[..., Any]) -> Declared | None:
    """What a view declares itself, or what the table of foreign views says of it; None if neither."""
    return declared_on(view) or FOREIGN.get(name_of(view))


def routes(urlconf: str | None = None) -> Iterator[Route]:
    """Every route of the URLconf, in its order."""
    yield from _walk(get_resolver(urlconf), "", {}, ())


def _walk(resolver: URLResolver, route: str, kwargs: dict[str, Any], names: tuple[str, ...]) -> Iterator[Route]:
    for entry in resolver.url_patterns:
        found = route + str(entry.pattern)
        groups = getattr(entry.pattern, "regex", None)
        captured = dict(kwargs)
        if groups is not None:
            captured |= dict.fromkeys(groups.groupindex)
        captured |= entry.pattern.converters
        if isinstance(entry, URLResolver):
            inner = (*names, entry.namespace) if entry.namespace else names
            yield from _walk(entry, found, captured | dict.fromkeys(entry.default_kwargs), inner)
        elif isinstance(entry, URLPattern):
            name = ":".join((*names, entry.name)) if entry.name else None
            yield Route(found, captured | dict.fromkeys(entry.default_args), entry.callback, name)
