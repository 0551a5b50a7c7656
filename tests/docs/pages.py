"""The project's documents as the tests read them: tables, shell lines, links."""

import re
import shlex
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "awas"
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])

_FENCE = re.compile(r"^(?:```|~~~)(\w*)\n(.*?)^(?:```|~~~)$", re.MULTILINE | re.DOTALL)
_SPAN = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")


def text_of(name):
    """The text of a page by its path from the project's root."""
    return (ROOT / name).read_text(encoding="utf-8")


def name_of(path):
    return path.relative_to(ROOT).as_posix()


def fenced(text, *languages):
    """The contents of fenced blocks in one of these languages."""
    return [body for language, body in _FENCE.findall(text) if language in languages]


def spans(text):
    """Everything in single backquotes, outside fenced blocks."""
    return _SPAN.findall(_FENCE.sub("", text))


def table_rows(text):
    """The cells of every table row but headings and rules."""
    for before, line in zip(["", *text.splitlines()], text.splitlines(), strict=False):
        if not line.startswith("|") or set(line) <= set("|-: ") or not before.startswith("|"):
            continue
        yield [cell.strip() for cell in line.strip("|").split("|")]


def shell_lines(text):
    """Each command of the shell blocks: prompts, comments and continuations taken away."""
    for block in fenced(text, "sh", "bash", "shell"):
        for line in block.replace("\\\n", " ").splitlines():
            words = shlex.split(line.removeprefix("$ "), comments=True)
            if words:
                yield words
