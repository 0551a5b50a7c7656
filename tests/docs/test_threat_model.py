"""The table of trust in threat-model.md is the policy's own, and the figures it names are the code's."""

import re

import pytest
from django.core.checks import Error, register
from django.core.checks.registry import registry
from django.core.management.base import SystemCheckError

from awas.access.policy import GRANTS, SECOND_FACTOR, Role
from awas.access.standing import FRESH_S
from awas.api.intake import Digits
from awas.config import serving
from awas.config import settings as shipped
from awas.delivery.webhooks import PATIENCE_S
from awas.ledger import blobs
from awas.logistics.epcis import document as epcis
from awas.logistics.rules import RULES as LOGISTICS_RULES
from awas.logistics.sheets import opening
from awas.roster.rules import RULES as ROSTER_RULES
from awas.warehouse.rules import RULES as WAREHOUSE_RULES
from tests.docs.pages import spans, table_rows, text_of

PAGE = text_of("docs/threat-model.md")
TABLE = {spans(row[0])[0]: set(spans(row[1])) for row in table_rows(PAGE)}


@pytest.mark.parametrize("role", list(Role), ids=lambda role: role.value)
def test_each_role_may_what_the_page_says(role):
    assert TABLE[role.value] == {permission.value for permission in GRANTS[role]}


def test_the_page_names_no_other_role():
    assert TABLE.keys() == {role.value for role in Role}


def test_rules_it_relies_on_exist():
    known = {rule.id for rule in (*WAREHOUSE_RULES, *LOGISTICS_RULES, *ROSTER_RULES)}
    named = set(re.findall(r"\b[A-Z]{3}-\d\d\b", PAGE))
    assert {"WAR-27", "WAR-31", "WAR-39", "WAR-41", "ROS-02", "LOG-03", "LOG-23"} <= named <= known


def test_figures_are_those_of_the_code():
    flat = " ".join(PAGE.split())
    assert shipped.SESSION_COOKIE_AGE == 14 * 86_400
    assert "fourteen days" in flat
    assert FRESH_S == 5
    assert "within five seconds" in flat
    assert PATIENCE_S == 10
    assert "ten seconds" in flat
    assert blobs.MAX_BYTES == 12 * 1024 * 1024
    assert f"{blobs.MAX_PIXELS // 1_000_000} million pixels" in flat
    assert (epcis.MOST_BYTES, epcis.MOST_EVENTS) == (1_000_000, 500)
    assert "1 MB and 500 events" in flat
    sheet = f"{opening.MOST_BYTES >> 20} MB, {opening.MOST_ROWS:,} rows, {opening.MOST_UNPACKED >> 20} MB unpacked"
    assert sheet in flat
    assert Digits.__metadata__[0].max_length == 6
    assert "six at most" in flat
    [length] = [one["OPTIONS"]["min_length"] for one in shipped.AUTH_PASSWORD_VALIDATORS if "OPTIONS" in one]
    assert length == 10


def test_whoever_has_reach_can_be_asked_for_a_code():
    """What the page calls reach: accounts, or a province and more."""
    assert {Role.ADMINISTRATOR, Role.PROVINCE_OFFICER, Role.NATIONAL_OFFICER} == SECOND_FACTOR


@pytest.mark.django_db
def test_start_up_fails_where_a_view_declares_nothing(monkeypatch):
    def undeclared(app_configs, **_options):
        return [Error("a view doesn't declare what it needs", id="awas.E001")]

    monkeypatch.setattr(registry, "registered_checks", set(registry.registered_checks))
    register(undeclared)
    with pytest.raises(SystemCheckError, match=r"awas\.E001"):
        serving.prepare()
