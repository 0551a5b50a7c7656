"""Start-up refuses a view that says nothing, and one that names what its URL doesn't hold."""

import pytest

from awas.access.checks import every_view_is_declared
from awas.access.declarations import routes
from awas.access.foreign_views import BEFORE_ALL_ELSE, FOREIGN


@pytest.mark.urls("tests.access.doors")
def test_both_faults_are_named():
    found = {problem.id: problem.msg for problem in every_view_is_declared(None)}
    assert set(found) == {"awas.E001", "awas.E002"}
    assert "doors.silent" in found["awas.E001"]
    assert "doors.misnamed" in found["awas.E002"]


def test_the_programs_own_urls_have_neither():
    assert every_view_is_declared(None) == []


@pytest.mark.urls("tests.access.doors")
def test_kwargs_of_a_route_are_known():
    captured = {route.route: set(route.kwargs) for route in routes()}
    assert captured["site/<str:code>/record/"] == {"code"}
    assert captured["silent/"] == set()


def test_what_comes_first_is_in_the_table():
    assert set(FOREIGN) >= BEFORE_ALL_ELSE
