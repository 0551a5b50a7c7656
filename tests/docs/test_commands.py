"""Every `awas …` line of the documents is one that the program understands."""

import re

import click
import pytest

from awas.config.cli import awas
from tests.docs.pages import PAGES, name_of, shell_lines, spans

PROGRAMS = {"awas", "createdb", "createuser", "make", "pg_dump", "pip", "python", "python3", "rsync", "umask", "git"}
"""What a shell line of ours may start."""

_WORD = re.compile(r"--?[a-z]|[a-z][a-z-]*$")


def lines_of(path):
    """The shell lines of a page, and the commands it names in running text."""
    text = path.read_text(encoding="utf-8")
    yield from shell_lines(text)
    for span in spans(text):
        if span.startswith("awas ") and not span.startswith("awas/"):
            yield [word for word in span.split() if word != "…"]


LINES = [
    pytest.param(words, id=f"{name_of(path)}: {' '.join(words)[:60]}") for path in PAGES for words in lines_of(path)
]


def understood(words):
    """Walks the tree of commands; returns the command reached and the words left for it."""
    command, rest = awas, list(words)
    while isinstance(command, click.Group) and rest and not rest[0].startswith("-"):
        found = command.get_command(click.Context(command), rest[0])
        assert found is not None, f"`awas` has no {' '.join(words)}"
        command, rest = found, rest[1:]
    return command, rest


@pytest.mark.parametrize("words", LINES)
def test_it_names_a_program_we_know(words):
    assert words[0].rpartition("/")[2] in PROGRAMS


@pytest.mark.parametrize("words", [line for line in LINES if line.values[0][0].rpartition("/")[2] == "awas"])
def test_the_program_understands_it(words):
    command, rest = understood(words[1:])
    options = {name: option for option in command.params for name in (*option.opts, *option.secondary_opts)}
    takes = sum(1 for parameter in command.params if isinstance(parameter, click.Argument))
    given = 0
    while rest:
        word = rest.pop(0)
        if word in {"--help", "--version"}:
            continue
        if word.startswith("--"):
            assert word in options, f"{command.name} has no {word}"
            if not options[word].is_flag and rest:
                value = rest.pop(0)
                if not isinstance(options[word].type, click.Path):  # an example's file need not be there
                    options[word].type.convert(value, options[word], click.Context(command))
        else:
            given += 1
    assert given <= takes, f"{command.name} takes {takes} arguments"


@pytest.mark.parametrize("words", [line for line in LINES if line.values[0][0] == "make"])
def test_make_has_the_target(words):
    makefile = (PAGES[0].parent / "Makefile").read_text(encoding="utf-8")
    for target in words[1:]:
        if "=" not in target:
            assert re.search(rf"^{re.escape(target)}:", makefile, re.MULTILINE)


def test_every_command_stands_in_some_document():
    """A command that no page names is one that nobody finds."""
    said = {" ".join(line.values[0]) for line in LINES}
    missing = []
    for name, command in sorted(awas.commands.items()):
        if not command.hidden and not any(re.match(rf"\S*awas {name}\b", line) for line in said):
            missing.append(name)
    assert missing == []
