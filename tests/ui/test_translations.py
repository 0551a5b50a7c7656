"""Indonesian is complete: every text of code and templates has a translation that a person finished.

English needs no catalogue: it is the text in the code. The words of the rules stand there in both languages, held by
tests/warnings/test_catalogue.py.
"""

import ast
import io
import re
import shutil

import pytest
from babel.messages import mofile, pofile

from awas.config.serving import compile_messages
from awas.config.texts import CATALOGUE, KEYWORDS, ROOMS, catalogue, extract, texts

PLACEHOLDER = re.compile(r"%%|%\(\w+\)[+\d]*[sd]|%[sd]")

SAME_IN_BOTH = {
    "%(district)s · %(province)s",
    "%(item)s %(units)s",
    "%(name)s (%(what)s)",
    "%(value)s %(unit)s",
    "%(what)s (%(where)s, %(on)s)",
    "Awas",
    "Bawaslu",
    "CCTV",
    "DPD",
    "DPR",
    "Gas",
    "KPU",
    "KPU %(n)s",
    "Kesbangpol",
    "Label",
    "Laptop",
    "Normal",
    "PPK/PPS",
    "Satpol PP",
    "Satpol PP %(n)s",
    "Siaga",
    "Token",
    "Van",
    "Waspada",
    "Webhook",
    "https://…",
    "webhook",
}
"""Names and bare placeholders: what needs no other word in Indonesian. Anything else that is equal was forgotten."""


def strings(message):
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def forms(message):
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def placeholders(text):
    return sorted(PLACEHOLDER.findall(text))


@pytest.fixture(scope="module")
def translated():
    return catalogue()


@pytest.fixture(scope="module")
def wanted():
    return list(texts())


def test_every_text_has_a_finished_translation(translated, wanted):
    lacking = []
    for text in wanted:
        message = translated.get(text.forms if len(text.forms) > 1 else text.forms[0], text.context or None)
        if message is None or message.fuzzy or not strings(message) or not all(strings(message)):
            lacking.append((text.file, text.forms[0]))
    assert not lacking, "run `make messages` and translate what it names"


def test_nothing_is_kept_that_nobody_says(translated, wanted):
    said = {(text.context, text.forms[0]) for text in wanted}
    kept = {(message.context or "", forms(message)[0]) for message in translated if message.id}
    assert not kept - said


def test_placeholders_are_those_of_the_english_text(translated):
    wrong = []
    for message in translated:
        if not message.id:
            continue
        *_, many = forms(message)
        wrong += [many for string in strings(message) if placeholders(string) != placeholders(many)]
    assert not wrong


def test_spaces_and_line_ends_are_kept(translated):
    edges = re.compile(r"^(\s*).*?(\s*)$", re.DOTALL)
    wrong = [
        message.id
        for message in translated
        if message.id
        for string in strings(message)
        if edges.fullmatch(string).groups() != edges.fullmatch(forms(message)[0]).groups()
    ]
    assert not wrong


def test_what_is_equal_in_both_languages_is_meant_so(translated):
    equal = {forms(message)[0] for message in translated if message.id and forms(message)[0] in strings(message)}
    assert equal <= SAME_IN_BOTH


def test_indonesian_has_one_form_for_any_number(translated):
    assert translated.num_plurals == 1
    assert all(len(strings(message)) == 1 for message in translated if message.id)


def test_the_catalogue_compiles(translated):
    compiled = io.BytesIO()
    mofile.write_mo(compiled, translated)
    compiled.seek(0)
    read = mofile.read_mo(compiled)
    assert read.get("Watch officer").string == "Petugas piket"


def test_the_server_finds_what_it_compiles():
    compile_messages()
    assert CATALOGUE.with_suffix(".mo").stat().st_mtime >= CATALOGUE.stat().st_mtime


def test_gathering_keeps_every_translation_and_adds_no_doubt(translated, tmp_path):
    copy = tmp_path / "django.po"
    shutil.copy(CATALOGUE, copy)
    extract(copy)
    with copy.open("rb") as file:
        again = pofile.read_po(file, abort_invalid=True)
    for message in again:
        assert not message.fuzzy
        if message.id:
            assert strings(message) == strings(translated.get(message.id, message.context))
    once = copy.read_bytes()
    extract(copy)
    assert copy.read_bytes() == once


def test_texts_are_gathered_from_code_and_from_templates(wanted):
    by_file = {text.file: text for text in wanted}
    assert "warehouse/words.py" in by_file
    assert "warehouse/templates/warehouse/watch.html" in by_file
    assert "account_admin" not in {text.forms[0] for text in wanted}
    assert any(text.context == "kind" and text.forms == ("Other",) for text in wanted)
    assert any(len(text.forms) == 2 for text in wanted)


def test_every_name_of_a_translating_function_is_known():
    """A text under another name would be shown in English for ever, and no test would miss it."""
    unknown = set()
    for path in ROOMS.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "") == "django.utils.translation":
                unknown |= {
                    (path.name, name.asname or name.name)
                    for name in node.names
                    if "gettext" in name.name and (name.asname or name.name) not in KEYWORDS
                }
    assert not unknown


@pytest.mark.parametrize("term", ["petugas piket", "serah terima piket", "surat jalan", "BTTB", "BAST", "kotak suara"])
def test_the_field_s_own_words_are_used(translated, term):
    assert any(term.lower() in string.lower() for message in translated if message.id for string in strings(message))
