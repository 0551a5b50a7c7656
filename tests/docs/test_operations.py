"""What operations.md promises an operator is so."""

import ast
import base64
import re
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import connection

from awas.delivery.webhooks import headers_for
from awas.ledger import services as record
from awas.ledger.anchor import Anchor
from awas.ledger.checkpoint import Checkpoint, sign_checkpoint
from awas.ledger.keys import KeyFolder
from awas.ledger.models import Log
from awas.places.models import Region
from awas.places.sites import import_sites
from tests.docs.pages import SOURCE, fenced, shell_lines, spans, table_rows, text_of

PAGE = text_of("docs/operations.md")


def settings_read():
    """The names of the environment that the program reads or sets for its own processes."""
    code = "".join(path.read_text(encoding="utf-8") for path in SOURCE.rglob("*.py"))
    read = re.findall(r"""environ(?:\.get\(|\[)\s*["']((?:AWAS_|DATABASE_)\w+)""", code)
    return set(read)


def test_every_setting_is_explained_and_nothing_else():
    rows = {name: row for row in table_rows(PAGE) for name in spans(row[0]) if name.isupper()}
    assert rows.keys() == settings_read()


def test_the_settings_file_explains_nothing_that_is_not_read():
    docstring = ast.get_docstring(ast.parse((SOURCE / "config" / "settings.py").read_text(encoding="utf-8")))
    told = set(re.findall(r"^((?:AWAS|DATABASE)_\w+) ", docstring, re.MULTILINE))
    assert told
    assert told <= settings_read()


def test_settings_named_in_running_text_exist():
    named = {word for span in spans(PAGE) for word in re.findall(r"\b(?:AWAS|DATABASE)_[A-Z_]+", span)}
    named |= {word for block in fenced(PAGE, "ini") for word in re.findall(r"\b(AWAS_[A-Z_]+)=", block)}
    assert named <= settings_read()


def test_the_backup_line_copies_a_database_that_is_being_written(tmp_path):
    source, copy = tmp_path / "awas.sqlite3", tmp_path / "copy.sqlite3"
    writer = sqlite3.connect(source)
    writer.execute("PRAGMA journal_mode=WAL")
    writer.execute("CREATE TABLE entry (n integer)")
    writer.execute("INSERT INTO entry VALUES (1)")
    writer.commit()
    writer.execute("INSERT INTO entry VALUES (2)")  # not committed: must not be in the copy
    [line] = [words for words in shell_lines(PAGE) if words[0] == "python3" and "backup" in words[2]]
    subprocess.run([sys.executable, "-c", line[2], source, copy], check=True)
    assert sqlite3.connect(copy).execute("SELECT n FROM entry").fetchall() == [(1,)]
    writer.close()


def resume_line(table):
    [line] = [block.strip().rstrip(";") for block in fenced(PAGE, "sql") if table in block]
    return line


@pytest.mark.django_db
def test_the_line_that_lifts_a_halt_does():
    Log.objects.create(origin="awas/36.02", root=b"", frontier=b"")
    record.halt("awas/36.02", "verify: leaf_differs")
    with connection.cursor() as cursor:
        cursor.execute(resume_line("ledger_log"))
    assert record.halted() == {}


def test_the_line_that_forgets_a_head_does(tmp_path):
    anchor = Anchor(tmp_path / "anchor.sqlite3")
    signer = KeyFolder(tmp_path / "keys").create("awas/36.02")
    head = Checkpoint(origin="awas/36.02", size=1, root=bytes(32))
    anchor.replace("awas/36.02", None, sign_checkpoint(head, [signer], 0))
    with sqlite3.connect(tmp_path / "anchor.sqlite3") as opened:
        opened.execute(resume_line("anchor"))
    assert anchor.fetch("awas/36.02") is None


@pytest.fixture
def genuine():
    scope = {}
    [source] = fenced(PAGE, "python")
    exec(compile(source, "operations.md", "exec"), scope)
    return scope["genuine"]


def test_the_receiver_s_example_checks_what_is_sent(genuine):
    secret = "whsec_" + base64.b64encode(b"a secret of thirty-two bytes....").decode()
    now = time.time_ns() // 1_000_000
    body = b'{"data":{"level":"siaga"}}'
    sent = headers_for("awas-17", now, body, secret)
    assert genuine(sent, body, secret)
    assert not genuine(sent, body.replace(b"siaga", b"awas"), secret)
    assert not genuine(sent | {"webhook-id": "awas-18"}, body, secret)
    late = headers_for("awas-17", now - 3_600_000, body, secret)
    assert not genuine(late, body, secret)


@pytest.mark.django_db
def test_the_table_of_sites_it_shows_is_taken_in(tmp_path):
    for code, level, parent in (("94", 1, None), ("94.01", 2, "94"), ("94.01.01", 3, "94.01")):
        Region.objects.create(code=code, name=code, level=level, parent_id=parent)
    [example] = fenced(PAGE, "csv")
    (tmp_path / "lokasi.csv").write_text(example, encoding="utf-8")
    assert import_sites(tmp_path / "lokasi.csv").register.new == 3


@pytest.mark.parametrize("file", ["requirements/run.txt"])
def test_the_files_it_installs_from_are_there(file):
    assert file in PAGE
    assert Path(file).is_file() or (SOURCE.parents[1] / file).is_file()
