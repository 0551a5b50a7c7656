"""The access list, the watchlist and the settings of a site."""

import pytest
from msgspec.structs import replace

from awas.warehouse import commands as ask
from awas.warehouse.keys import access_key, access_key_of_role
from tests.book import START
from tests.warehouse.making import OTHER, PLACE, at, grant, person, sealed


def test_granting_again_replaces_the_period(book):
    assert not book.one(grant("p1")).again
    assert book.one(grant("p1", until_at=START + 9)).again
    assert book.item("access_rule", at("p1")).until_at == START + 9


def test_settings_are_given_whole(book):
    book.do(ask.SetSiteRules(checkpoints=("a", "b"), guards_wanted=4))
    book.do(ask.SetSiteRules(people_limit=20))
    rules = book.state().rules
    assert (rules.checkpoints, rules.guards_wanted, rules.people_limit) == ((), 0, 20)


def test_settings_are_no_sign_of_life(book):
    book.do(ask.SetSiteRules(people_limit=20))
    assert (book.state().entry_count, book.state().last_entry_at) == (1, 0)


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (ask.GrantAccess(access_id=at("p1")), "person_or_role"),
        (replace(grant("p1"), role="police"), "person_or_role"),
        (replace(grant("p1"), access_id=at("p2")), "access_key_mismatch"),
        (replace(grant("p1"), access_id=access_key(OTHER, person("p1"))), "access_key_mismatch"),
        (grant("p1", from_at=9, until_at=9), "ends_before_it_begins"),
        (grant("role:guard"), "person_key_not_allowed"),
        (ask.RevokeAccess(access_id=access_key_of_role(PLACE, "police")), "access_unknown"),
        (ask.UnlistPerson(person=person("p1")), "not_watchlisted"),
        (ask.SetSiteRules(checkpoints=("a", "a")), "checkpoint_twice"),
        (
            ask.WatchlistPerson(person=person("p1"), name=sealed(), reason="x", from_at=5, until_at=4),
            "ends_before_it_begins",
        ),
    ],
)
def test_what_contradicts_itself_is_refused(book, command, code):
    assert book.refused(command) == code


def test_a_line_of_another_site_is_revoked_there(book):
    book.do(grant("p1"))
    assert book.refused(ask.RevokeAccess(access_id=at("p1")), place=OTHER) == "access_elsewhere"
