"""Addresses nobody would follow, and ways of asking that a page doesn't have."""

from urllib.parse import quote

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given
from hypothesis import settings as how
from hypothesis import strategies as st

from awas import chance
from awas.warehouse.acts import ACTS
from tests.browser.people import HERE
from tests.hostile.attack import Gate, why

ENORMOUS = ("9" * 20, str(2**63))
GARBAGE = ("9" * 400, "_%'\"\\", "\x00", "9999-12-31", "0001-01-01", "#99999999999999999999", "٣", "../..")


def refused_or_shown(gate: Gate, url: str, method: str = "get", **named: object) -> None:
    answer = getattr(gate.clients["dewi"], method)(url, **named)
    assert answer.status_code < 500, f"{method} {url}: {why(answer)}"


def test_things_that_no_log_can_have(gate: Gate) -> None:
    for number in ENORMOUS:
        asks_for(gate, number)


def asks_for(gate: Gate, number: str) -> None:
    here = f"/gudang/{HERE}"
    for url in (f"{here}/log/{number}/", f"{here}/log/{number}/bukti.tlog-proof", f"{here}/tanda-terima/{number}/"):
        answer = gate.clients["dewi"].get(url)
        assert answer.status_code == (404 if int(number) else 200), f"{url} {answer.status_code} {why(answer)}"
    for url in (f"/log/{number}/", f"/log/36.02/tile/{number}/{number}", f"/log/36.02/tile/0/{number}.p/{number}",
                f"/peringatan/{HERE}/{number}/", f"{here}/bukti/{number}/", f"{here}/kiriman/{number}/"):  # fmt: skip
        refused_or_shown(gate, url)
    for act in ACTS.values():
        if act.about:
            refused_or_shown(gate, reverse("warehouse:act-about", args=[HERE, act.slug, number]))


def test_questions_that_make_no_sense(gate: Gate) -> None:
    for junk in GARBAGE:
        questions(gate, junk)


def questions(gate: Gate, junk: str) -> None:
    for name in ("before", "q", "on", "kind", "all"):
        refused_or_shown(gate, f"/gudang/{HERE}/log/", data={name: junk})
    for name in ("place", "region", "level", "state", "page"):
        refused_or_shown(gate, "/peringatan/", data={name: junk})
    for name in ("q", "page"):
        answer = gate.clients["arif"].get("/orang/", data={name: junk})
        assert answer.status_code < 500, why(answer)
    part = quote(junk or "x", safe="")
    for url in (f"/gudang/{part}/", f"/peringatan/{part}/x/", f"/log/{part}/checkpoint", f"/wilayah/{part}/"):
        refused_or_shown(gate, url)


@pytest.mark.parametrize("junk", ['"><script>alert(1)</script>', "\x00"])
def test_addresses_that_fill_in_a_form(gate: Gate, junk: str) -> None:
    """A link may bring values with it; it must not break the form, nor run."""
    for act in ACTS.values():
        given_values = dict.fromkeys([*gate.fields(act), "nonce"], junk)
        answer = gate.who(act).get(gate.url(act), given_values)
        assert answer.status_code < 500, f"{act.slug}: {why(answer)}"
        assert "<script>alert" not in answer.content.decode()


@pytest.mark.parametrize("method", ["head", "put", "delete"])
def test_other_ways_of_asking(gate: Gate, method: str) -> None:
    before = gate.size()
    for act in ACTS.values():
        refused_or_shown(gate, gate.url(act), method)
    for name in ("watch", "log", "person-out", "enter-again", "leave-now", "handover"):
        refused_or_shown(gate, reverse(f"warehouse:{name}", args=[HERE]), method)
    for url in (
        "/peringatan/",
        f"/peringatan/{HERE}/x/comment/",
        "/api/v1/sites/x/entries",
        "/tema/",
        "/bahasa/setlang/",
    ):
        refused_or_shown(gate, url, method)
    assert gate.size() == before


TEXT = st.text(st.characters(codec="utf-8"), max_size=60)


@how(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(act=st.sampled_from(sorted(ACTS)), data=st.data())
def test_whatever_is_typed(gate: Gate, act: str, data: st.DataObject) -> None:
    chosen = ACTS[act]
    values = gate.valid(chosen) | {"nonce": chance.nonce(gate.district.clock())}
    spoilt = data.draw(st.dictionaries(st.sampled_from([*values, "before", "x"]), TEXT, max_size=6))
    before = gate.size()
    answer = gate.post(chosen, values | spoilt)
    assert answer.status_code in (302, 400, 403, 404, 409, 422), f"{answer.status_code} {why(answer)}"
    if answer.status_code != 302:
        assert gate.size() == before
    refused_or_shown(gate, f"/gudang/{HERE}/log/", data=spoilt)
