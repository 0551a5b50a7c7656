"""Start-up refuses to run while any view is silent about what it needs, or names a place its URL doesn't hold."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error

from awas.access.declarations import Route, declaration_of, name_of, routes


def every_view_is_declared(app_configs: Sequence[AppConfig] | None, **_options: Any) -> list[CheckMessage]:
    """awas.E001: no declaration. awas.E002: `place` names a kwarg that the route doesn't capture."""
    found = (problem_of(route) for route in routes())
    return [problem for problem in found if problem is not None]


def problem_of(route: Route) -> CheckMessage | None:
    """What is wrong with a route's declaration, or None."""
    declared = declaration_of(route.view)
    if declared is None:
        return Error(
            f"{name_of(route.view)} at /{route.route} doesn't declare what it needs",
            hint="put @needs(...), @signed_in or @public from awas.access.require on it, outermost",
            id="awas.E001",
        )
    if isinstance(declared.place, str) and declared.place not in route.kwargs:
        return Error(
            f"{name_of(route.view)} at /{route.route} needs the place {declared.place!r}, which its URL doesn't hold",
            id="awas.E002",
        )
    return None
