"""The shape of the house: what must hold of every file, whoever writes it."""

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parent.parent / "src" / "awas"
MODULES = sorted(path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts)
BANNED_NAMES = {"utils", "helpers", "common", "misc", "manager", "data", "extras", "shared", "lib", "stuff"}

MODULE_LINES = 400
FUNCTION_LINES = 50
BROAD_EXCEPT = {
    # the two the house allows, and the writer thread, which must outlive any one command
    "delivery/worker.py",
    "ledger/sequencer.py",
}


def relative(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_a_module_has_one_subject(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MODULE_LINES


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_a_function_hides_no_other(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    too_long = [f.name for f in functions if (f.end_lineno or 0) - f.lineno + 1 > FUNCTION_LINES]
    assert not too_long


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_a_module_says_what_it_is_for(path):
    text = path.read_text(encoding="utf-8")
    if text.strip():
        assert ast.get_docstring(ast.parse(text))


def test_no_name_is_a_drawer():
    bad = [relative(path) for path in MODULES if path.stem in BANNED_NAMES]
    assert not bad


def swallows(handler: ast.ExceptHandler) -> bool:
    """Whether a handler catches everything and doesn't raise it again."""
    broad = handler.type is None or (isinstance(handler.type, ast.Name) and handler.type.id.endswith("Exception"))
    broad = broad and (handler.type is None or handler.type.id in ("Exception", "BaseException"))
    return broad and not isinstance(handler.body[-1], ast.Raise)


def test_broad_excepts_stand_where_they_may():
    found = {
        relative(path)
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ExceptHandler) and swallows(node)
    }
    assert found <= BROAD_EXCEPT
