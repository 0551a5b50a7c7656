"""The texts that need a translation, gathered from code and templates into the catalogue.

For people who change texts (`make messages`), and for the test that holds the catalogue complete. English is the text
in the code itself; the catalogue holds Indonesian. This module must never invent or change a translation: it adds
empty ones, and drops those whose text is gone.
"""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOMS = Path(__file__).resolve().parent.parent
CATALOGUE = ROOMS / "ui" / "locale" / "id" / "LC_MESSAGES" / "django.po"

_CONTEXT_FIRST = ((1, "c"), 2)
KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "_in": _CONTEXT_FIRST,
    "pgettext": _CONTEXT_FIRST,
    "pgettext_lazy": _CONTEXT_FIRST,
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
"""Names under which Django's translating functions are called here, and which argument is what; `_in` is ours."""


HEADER = """\
# Indonesian texts of Awas. Message ids are the English texts.
msgid ""
msgstr ""
"Project-Id-Version: Awas\\n"
"Language: id\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

"""


class Text(NamedTuple):
    """One text to translate: where it stands, its context, and one form or two (singular, plural)."""

    file: str
    context: str
    forms: tuple[str, ...]
    remarks: tuple[str, ...]


def texts(root: Path = ROOMS) -> Iterator[Text]:
    """Every text of the program, by file, in the order they stand there."""
    for path in sorted([*root.rglob("*.py"), *root.rglob("*.html"), *root.rglob("*.txt")]):
        file = path.relative_to(root).as_posix()
        if "/migrations/" in file or "/data/" in file or (path.suffix != ".py" and "/templates/" not in file):
            continue
        source = path.read_text(encoding="utf-8")
        if path.suffix != ".py":
            # What Django hands to xgettext: the calls, and all else blanked out. The parentheses make its
            # indentation meaningless to a reader of Python.
            source = f"(\n{templatize(source)}\n)"
        for context, forms, remarks in _calls(source):
            yield Text(file, context, forms, remarks)


def _calls(source: str) -> Iterator[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """Context, forms and remarks of each translating call."""
    calls = extract_python(io.BytesIO(source.encode()), KEYWORDS, ["Translators:"], {"encoding": "utf-8"})
    for _line, name, arguments, remarks in calls:
        given = (arguments,) if isinstance(arguments, str) else tuple(part or "" for part in arguments or ())
        context, forms = "", given[:1]
        if places := KEYWORDS[str(name)]:
            context = "".join(given[place[0] - 1] for place in places if isinstance(place, tuple))
            forms = tuple(given[place - 1] for place in places if isinstance(place, int))
        if all(forms):
            yield context, forms, tuple(remarks or ())


def catalogue(file: Path = CATALOGUE) -> Catalog:
    """The Indonesian catalogue as it is."""
    with file.open("rb") as source:
        return read_po(source, locale="id", abort_invalid=True)


def extract(file: Path = CATALOGUE) -> list[str]:
    """Brings the catalogue up to date with the code; returns the texts that now have no translation."""
    known = catalogue(file)
    fresh = read_po(io.BytesIO(HEADER.encode()), locale="id")
    for text in texts():
        key = text.forms[0] if len(text.forms) == 1 else text.forms
        fresh.add(key, locations=[(text.file, 0)], auto_comments=text.remarks, context=text.context or None)
    for message in fresh:
        before = known.get(message.id, message.context)
        if message.id and before is not None and not before.fuzzy:
            message.string = before.string
    with file.open("wb") as target:
        # Babel's own header carries dates, which would make every extraction a change.
        target.write(HEADER.encode())
        write_po(target, fresh, width=120, omit_header=True, include_lineno=False)
    return [str(message.id) for message in fresh if message.id and not _complete(message.string)]


def _complete(string: Any) -> bool:
    return bool(string) if isinstance(string, str) else bool(string) and all(string)
