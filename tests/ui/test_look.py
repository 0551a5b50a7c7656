"""The look holds together: one set of values, every icon drawn, no inline code, no comment shown as text."""

import re
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src" / "awas"
STATIC = SOURCE / "ui" / "static" / "ui"
TEMPLATES = sorted(path for path in SOURCE.rglob("templates/**/*.html"))
DRAWN = set(re.findall(r'<symbol id="([^"]+)"', (STATIC / "icons.svg").read_text(encoding="utf-8")))


def relative(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


def declarations(css: str, selector: str) -> dict[str, str]:
    block = css[css.index(selector) :]
    block = block[block.index("{") + 1 : block.index("}")]
    return dict(re.findall(r"(--[\w-]+|color-scheme):\s*([^;]+);", block))


def test_dark_by_choice_and_dark_by_the_device_are_the_same():
    css = (STATIC / "tokens.css").read_text(encoding="utf-8")
    chosen = declarations(css, ':root[data-theme="dark"]')
    assert chosen == declarations(css, ':root:not([data-theme="light"]')
    assert len(chosen) > 30


def test_no_value_is_used_that_is_not_defined():
    sheets = {path.name: path.read_text(encoding="utf-8") for path in STATIC.glob("*.css")}
    defined = {name for css in sheets.values() for name in re.findall(r"(--[\w-]+)\s*:", css)}
    used = {name for css in sheets.values() for name in re.findall(r"var\((--[\w-]+)", css)}
    assert used <= defined


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb or #rgb, WCAG 2.2."""
    digits = colour.lstrip("#")
    if len(digits) == 3:
        digits = "".join(2 * digit for digit in digits)
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


TEXT_PAIRS = [
    *[(f"--on-{level}", f"--{level}") for level in ("normal", "waspada", "siaga", "awas", "unknown", "fill", "bar")],
    *[(f"--{level}-text", f"--{level}-soft") for level in ("normal", "waspada", "siaga", "awas", "unknown")],
    *[
        (text, on)
        for text in ("--ink", "--muted", "--accent", "--danger")
        for on in ("--paper", "--surface", "--sunken")
    ],
    ("--ink", "--accent-soft"),
    ("--danger", "--danger-soft"),
]


@pytest.mark.parametrize("selector", [":root {", ':root[data-theme="dark"]'])
@pytest.mark.parametrize(("text", "on"), TEXT_PAIRS)
def test_text_can_be_read(selector, text, on):
    """4.5 to 1, WCAG 2.2 AA."""
    values = declarations((STATIC / "tokens.css").read_text(encoding="utf-8"), selector)
    assert contrast(values[text], values[on]) >= 4.5


@pytest.mark.parametrize("path", TEMPLATES, ids=relative)
def test_every_icon_is_drawn(path):
    names = set(re.findall(r'\{% icon "([\w-]+)"', path.read_text(encoding="utf-8")))
    assert names <= DRAWN | {"level-"}


@pytest.mark.parametrize("path", TEMPLATES, ids=relative)
def test_no_inline_code(path):
    """The content policy would drop it without a word."""
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", text)
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)


@pytest.mark.parametrize("path", TEMPLATES, ids=relative)
def test_no_comment_shows_through(path):
    """{# … #} is one line in Django; over two lines it is text on the page."""
    for line in path.read_text(encoding="utf-8").splitlines():
        assert line.count("{#") == line.count("#}")
