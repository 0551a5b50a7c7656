"""Every address × every role × inside and outside one's area × nobody: only those pass whom the declaration lets pass.

Generated from the URLconf, so an address added tomorrow is walked tomorrow. The first test asks the door alone (a
stand-in answers in place of each view); the second opens the views themselves.
"""

import re

import pytest
from django.test import Client, RequestFactory

from awas.access import services
from awas.access.declarations import Route, declaration_of, routes
from awas.access.policy import NATION, Held, Role, Verdict, verdict
from awas.access.require import Declared, Openness, place_named
from tests.access.objects import INSIDE, OUTSIDE, REACHED, district_of, make_places, value_for
from tests.access.people import NOW, somebody

pytestmark = pytest.mark.django_db

DOOR = "awas.access.middleware.RequireAccess"
_CAPTURE = re.compile(r"<(?:\w+:)?(\w+)>")

AREA = {
    Role.WATCHER: INSIDE,
    Role.FIELD_SUPERVISOR: INSIDE,
    Role.DISTRICT_OFFICER: district_of(INSIDE),
    Role.PROVINCE_OFFICER: INSIDE[:2],
    Role.NATIONAL_OFFICER: NATION,
    Role.PARTNER: district_of(INSIDE),
    Role.ADMINISTRATOR: district_of(INSIDE),
}


def walked(openness: Openness) -> list:
    """The routes of one openness, as parameters. Regular expressions are the sign-in library's own, and public."""
    return [
        pytest.param(route, id=route.route)
        for route in routes()
        if (declared := declaration_of(route.view)) and declared.openness is openness and "(?P<" not in route.route
    ]


def address(route: Route, site: str) -> tuple[str, dict]:
    """A path for the route with its objects inside `site`, and the kwargs in it."""
    kwargs = {name: value_for(name, converter, site) for name, converter in route.kwargs.items()}
    return "/" + _CAPTURE.sub(lambda match: str(kwargs[match[1]]), route.route), kwargs


def place_in(declared: Declared, kwargs: dict) -> str | None:
    return place_named(declared, RequestFactory().get("/"), kwargs)


@pytest.fixture
def door_only(settings):
    settings.MIDDLEWARE = [
        entry
        for one in settings.MIDDLEWARE
        for entry in ([one, "tests.access.objects.Reached"] if one == DOOR else [one])
    ]
    make_places()


def client_of(role: Role | None) -> Client:
    client = Client(raise_request_exception=True)
    client.force_login(somebody(role, AREA[role]) if role else somebody())
    return client


def statuses(client: Client, url: str) -> set[int]:
    return {client.get(url).status_code, client.post(url).status_code}


@pytest.mark.parametrize("route", walked(Openness.PERMISSION))
def test_only_those_pass_whom_the_declaration_lets_pass(route, door_only):
    declared = declaration_of(route.view)
    clients = {role: client_of(role) for role in [None, *Role]}
    for site in (INSIDE, OUTSIDE):
        url, kwargs = address(route, site)
        place = place_in(declared, kwargs)
        assert statuses(Client(), url) <= {302, 401}, f"nobody came through {url}"
        for role, client in clients.items():
            held = [Held(role, AREA[role], NOW - 1)] if role else []
            expected = {
                Verdict.ALLOWED: REACHED,
                Verdict.FORBIDDEN: 403,
                Verdict.OUTSIDE: 404,
            }[verdict(held, declared.permission, place, NOW)]
            assert statuses(client, url) == {expected}, f"{role} at {url}"
            if site == OUTSIDE and place is not None and role is not Role.NATIONAL_OFFICER:
                assert expected == 404


@pytest.mark.parametrize("route", walked(Openness.SIGNED_IN))
def test_ones_own_pages_are_for_the_signed_in(route, door_only):
    url, _ = address(route, INSIDE)
    assert statuses(Client(), url) == {302}
    assert Client().get(url, headers={"Accept": "application/json"}).status_code == 401
    assert statuses(client_of(None), url) == {REACHED}


@pytest.mark.parametrize("route", walked(Openness.PUBLIC))
def test_public_addresses_are_open(route, door_only):
    url, _ = address(route, INSIDE)
    assert statuses(Client(), url) == {REACHED}


@pytest.mark.parametrize("route", walked(Openness.PERMISSION))
def test_no_view_breaks_for_those_who_may_and_none_answers_those_who_may_not(route):
    make_places()
    declared = declaration_of(route.view)
    url, kwargs = address(route, INSIDE)
    place = place_in(declared, kwargs)
    for role in Role:
        client = client_of(role)
        answers = statuses(client, url)
        if verdict([Held(role, AREA[role], NOW - 1)], declared.permission, place, NOW) is Verdict.ALLOWED:
            assert max(answers) < 500, f"{role} at {url}"
            assert 401 not in answers
        else:
            assert answers <= {403, 404}, f"{role} at {url}"


@pytest.mark.parametrize("route", walked(Openness.PERMISSION))
def test_what_one_may_inside_doesnt_open_the_same_thing_outside(route):
    """The views themselves, with everything a role may do inside: outside, nothing but 404."""
    make_places()
    declared = declaration_of(route.view)
    url, kwargs = address(route, OUTSIDE)
    if place_in(declared, kwargs) is None:
        pytest.skip("held anywhere: the view shows only one's own areas")
    everything = somebody()
    for role, area in AREA.items():
        if role is not Role.NATIONAL_OFFICER:
            services.assign_duty(everything, role, area, from_at=NOW - 1)
    client = Client()
    client.force_login(everything)
    assert statuses(client, url) == {404}
