"""Every form of the record, sent as no page of the program would send it.

Whatever comes: an answer below 500, the record as it was where the form was refused, and nothing of it run.
"""

import re
from typing import Any

import pytest
from django import forms
from django.urls import reverse

from awas import chance
from awas.ui.acts import Act
from awas.ui.asks import LocalInstantField
from awas.warehouse.acts import ACTS
from awas.warehouse.forms.lines import LinesField
from awas.warnings.models import Warning
from tests.browser.people import HERE, THERE
from tests.hostile.attack import Gate, Values, why

SCRIPT = '"><script>alert(1)</script>'
WORDS = (SCRIPT, "{{7*7}} %s %(x)s ' OR 1=1 --", "<img src=x onerror=alert(1)>", "\u202egnp.exe\u200f")
DATES = (
    "0001-01-01T00:00",
    "9999-12-31T23:59",
    "yesterday",
    "2024-02-30T10:00",
    "-1",
    "1900-01-01T00:00",
    "0000-00-00",
)
NUMBERS = ("-1", "1" + "0" * 30, "٣٤", "1e9", "9" * 5000)
NONCES = ("", "x" * 41, "x" * 100_000, "\x00")
SOUND = (200, 302, 400, 403, 404, 405, 409, 413, 422)

Failures = list[str]


def is_words(field: forms.Field) -> bool:
    """A field for a person's or a thing's own words, whatever they are."""
    return type(field) is forms.CharField


def check(gate: Gate, act: Act, values: Values, failures: Failures, what: str, url: str = "") -> Any:
    """Sends a form and notes what must not be: a failure, or a record that grew although the form came back."""
    before = gate.size()
    answer = gate.post(act, values, url)
    if answer.status_code not in SOUND:
        failures.append(f"{act.slug} {what}: {answer.status_code} {why(answer)}")
    if answer.status_code != 302 and gate.size() != before:
        failures.append(f"{act.slug} {what}: refused with {answer.status_code}, yet recorded")
    if answer.status_code == 422 and "error" not in answer.content.decode():
        failures.append(f"{act.slug} {what}: came back without a word why")
    return answer


def test_every_form_is_taken_when_it_is_right(gate: Gate) -> None:
    taken = [act.slug for act in ACTS.values() if gate.post(act, gate.valid(act)).status_code == 302]
    assert len(taken) > len(ACTS) // 3, "the answers that the other tests spoil must be right ones"


def test_nothing_at_all(gate: Gate) -> None:
    failures: Failures = []
    for act in ACTS.values():
        answer = check(gate, act, {}, failures, "empty")
        if answer.status_code == 302:
            failures.append(f"{act.slug}: recorded without a number of its own")
    assert not failures, "\n".join(failures)


@pytest.mark.parametrize("junk", ["[]", "a\x00b", "\ud800".encode("utf-8", "surrogatepass"), "é" * 50_000])
def test_the_wrong_kind_of_value_in_every_field(gate: Gate, junk: Any) -> None:
    failures: Failures = []
    for act in ACTS.values():
        values = gate.valid(act)
        spoilt = {name: junk for name in values if name != "nonce"}
        check(gate, act, values | spoilt, failures, "all")
    assert not failures, "\n".join(failures)


def spoilt_one_by_one(gate: Gate, failures: Failures, kind: Any, bad: tuple[str, ...], suffix: str = "") -> None:
    for act in ACTS.values():
        for name, field in gate.fields(act).items():
            if isinstance(field, kind):
                for value in bad:
                    check(gate, act, gate.valid(act) | {name + suffix: value}, failures, f"{name}={value[:20]}")


def test_dates_out_of_this_world(gate: Gate) -> None:
    failures: Failures = []
    spoilt_one_by_one(gate, failures, LocalInstantField, DATES)
    for url, text in gate.pages():
        assert text or url
    assert not failures, "\n".join(failures)


def test_numbers_that_are_none(gate: Gate) -> None:
    failures: Failures = []
    spoilt_one_by_one(gate, failures, forms.IntegerField, NUMBERS)
    spoilt_one_by_one(gate, failures, LinesField, NUMBERS, "-0-units")
    spoilt_one_by_one(gate, failures, LinesField, (SCRIPT, "x" * 100_000), "-0-dapil")
    spoilt_one_by_one(gate, failures, LinesField, (SCRIPT, "x"), "-0-item")
    assert not failures, "\n".join(failures)


@pytest.mark.parametrize("words", WORDS)
def test_words_stay_words(gate: Gate, words: str) -> None:
    """Taken as text, and shown as text wherever the record is shown."""
    failures: Failures = []
    begins = gate.size()
    for act in ACTS.values():
        values = gate.valid(act)
        for name, field in gate.fields(act).items():
            if is_words(field):
                values[name] = words[: field.max_length]
        check(gate, act, values, failures, "words")
    assert not failures, "\n".join(failures)
    for index in range(begins, gate.size()):
        for name in ("receipt", "entry"):
            must_be_harmless(*gate.page(reverse(f"warehouse:{name}", args=[HERE, index])), words)
    for url, text in gate.pages():
        must_be_harmless(url, text, words)


def must_be_harmless(url: str, text: str, words: str) -> None:
    """No tag of a stranger's, no template of theirs worked out, no script that stands in the page itself."""
    assert "<script>alert" not in text, url
    assert "<img src=x" not in text, url
    assert not re.search(r"<[^>]*\sonerror=", text), url
    if words.startswith("{{7*7}}"):
        assert not re.search(r">\s*49\s*<", text), url


def test_keys_of_other_places(gate: Gate) -> None:
    """A thing of another district can't be named from here, by address or by field."""
    failures: Failures = []
    for act in ACTS.values():
        if act.about and act.about != "entry":
            own = gate.url(act)
            stranger = own.replace(HERE, THERE)
            for url in (stranger, reverse("warehouse:act-about", args=[HERE, act.slug, "x' OR 1=1"])):
                answer = check(gate, act, gate.valid(act), failures, url, url)
                if answer.status_code not in (403, 404):
                    failures.append(f"{act.slug} {url}: {answer.status_code}")
        choices = {
            name: f"{THERE}/0123456789abcdef"
            for name, field in gate.fields(act).items()
            if isinstance(field, forms.ChoiceField)
        }
        for name, key in choices.items():
            answer = check(gate, act, gate.valid(act) | {name: key}, failures, f"{name}={key}")
            if answer.status_code == 302:
                failures.append(f"{act.slug}: {name} took {key}")
    assert not failures, "\n".join(failures)


def test_a_form_sent_again(gate: Gate) -> None:
    """The same again finds the first receipt; anything else under its number is told apart, with nothing lost."""
    act = ACTS["orang-masuk"]
    values = gate.valid(act) | {"escorted_by": ""}
    first, size = gate.post(act, values), gate.size()
    assert gate.post(act, values)["Location"] == first["Location"]
    assert gate.size() == size
    answer = gate.post(act, values | {"person_name": "Orang Lain Contoh"})
    assert answer.status_code == 422
    assert "Orang Lain Contoh" in answer.content.decode()
    assert values["nonce"] not in answer.content.decode(), "its number is used up"
    assert gate.size() == size


def test_numbers_of_forms(gate: Gate) -> None:
    failures: Failures = []
    for slug in ("orang-masuk", "kendaraan-masuk", "ditolak"):
        for nonce in NONCES:
            answer = check(gate, ACTS[slug], gate.valid(ACTS[slug]) | {"nonce": nonce}, failures, "nonce")
            if answer.status_code == 302:
                failures.append(f"{slug}: took the number {nonce[:9]!r}")
    for name, more in (("enter-again", {"person": "' OR 1=1\x00"}), ("leave-now", {"visit": "x\x00"})):
        for given in (*NONCES, chance.nonce(1)):
            url = reverse(f"warehouse:{name}", args=[HERE])
            answer = gate.clients["wati"].post(url, {"nonce": given} | more)
            if answer.status_code not in SOUND:
                failures.append(f"{name}: {answer.status_code} {why(answer)}")
    for area in ("\x00", "36\x00", "x" * 100_000):
        answer = gate.clients["wati"].post(reverse("delivery:unsubscribe"), {"area": area})
        if answer.status_code not in SOUND:
            failures.append(f"unsubscribe: {answer.status_code} {why(answer)}")
    assert not failures, "\n".join(failures)


def test_fields_that_no_form_has(gate: Gate) -> None:
    failures: Failures = []
    extra = {"visit_id": f"{THERE}/x", "actor": "x", "recorded_at": "1", "__proto__": "x", "place": THERE, "log": "x"}
    for act in ACTS.values():
        check(gate, act, extra | gate.valid(act), failures, "unknown")
    assert not failures, "\n".join(failures)


def test_more_than_a_form_can_hold(gate: Gate) -> None:
    """Too large, too many fields, too many files: refused before anything reads them."""
    failures: Failures = []
    url, before = reverse("warehouse:act", args=[HERE, "orang-masuk"]), gate.size()
    client = gate.clients["wati"]
    plain = "application/x-www-form-urlencoded"
    bodies = {
        "large": ("a=" + "x" * (3 * 1024 * 1024), plain),
        "many fields": ("&".join(f"f{n}=1" for n in range(500)), plain),
        "no boundary": ("x", "multipart/form-data"),
        "bad boundary": ("--x\r\n", "multipart/form-data; boundary=x"),
        "wrong coding": ("a=%ff%fe%00", plain + "; charset=utf-16"),
        "no such coding": ("a=1", plain + "; charset=klingon"),
        "json": ('{"a": "\\ud800"}', "application/json"),
    }
    for what, (body, media_type) in bodies.items():
        answer = client.generic("POST", url, body.encode(), content_type=media_type)
        if answer.status_code not in (400, 413, 422, 415):
            failures.append(f"{what}: {answer.status_code} {why(answer)}")
    assert gate.size() == before
    assert not failures, "\n".join(failures)


def test_forms_of_a_warning(gate: Gate) -> None:
    """Take on, silence, resolve, write beside: what is wrong comes back in words."""
    gate.district.lets_in("Tanpa Kawal Contoh", role="guest")
    fields = {"place": HERE, "log": "awas/36.02", "rule": "WAR-01", "rule_version": 1, "level": "siaga"}
    one = Warning.objects.filter(place=HERE).first() or Warning.objects.create(
        id="0" * 16, fingerprint="x", key="k", state="firing", holds=True, since=1, changed_at=1, fired_at=1,
        facts="[]", evidence="[]", evidence_count=0, recurrence=0, refired_count=0, flapping=False, **fields,
    )  # fmt: skip
    failures: Failures = []
    client = gate.clients["dewi"]
    for verb in ("acknowledge", "silence", "resolve", "comment", "nonsense"):
        for junk in ("", SCRIPT, "\x00", "x" * 100_000, "9" * 400):
            for nonce in ("", chance.nonce(1), junk):
                url = reverse("warnings:act", args=[HERE, one.id, verb])
                names = ("reason", "until", "note", "judgement", "text")
                answer = client.post(url, {"nonce": nonce} | dict.fromkeys(names, junk))
                if answer.status_code not in SOUND:
                    failures.append(f"{verb} {junk[:9]}: {answer.status_code} {why(answer)}")
    for rule in ("WAR-01", one.rule, "x"):
        for junk in ("", SCRIPT, "\x00", HERE, "9" * 400):
            url = reverse("warnings:threshold", args=[rule])
            answer = client.post(url, dict.fromkeys(("nonce", "name", "place", "value", "note"), junk))
            if answer.status_code not in SOUND:
                failures.append(f"threshold {junk[:9]}: {answer.status_code} {why(answer)}")
    must_be_harmless(*gate.page(reverse("warnings:warning", args=[HERE, one.id])), SCRIPT)
    assert not failures, "\n".join(failures)
