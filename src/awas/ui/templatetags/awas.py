"""Template tags and filters of every page: icons, instants, numbers, levels. Built in (settings), no `load` needed.

They only write what they are given; nothing here reads the clock, the database or the request's user.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext

from awas.ui import formats, levels

register = template.Library()

HOME_ZONE = "Asia/Jakarta"
"""What a filter without a zone uses; pages over several zones pass their own."""


def _language() -> str:
    return get_language() or "id"


# ---------------------------------------------------------------- marks


@register.simple_tag
def icon(name: str, label: str = "", size: str = "") -> SafeString:
    """`{% icon "truck" %}`: decoration, hidden from screen readers. With `label` it is an image with that name."""
    css = f"icon icon-{size}" if size else "icon"
    href = f"{static('ui/icons.svg')}#{name}"
    if label:
        return format_html('<svg class="{}" role="img" aria-label="{}"><use href="{}"/></svg>', css, label, href)
    return format_html('<svg class="{}" aria-hidden="true"><use href="{}"/></svg>', css, href)


@register.simple_tag
def level_badge(level: object, small: bool = False) -> SafeString:
    """Shape, word and colour of a level. The shape and the word alone suffice."""
    key = levels.known(level)
    css = f"badge lv-{key}" + (" badge-s" if small else "")
    return format_html('<span class="{}">{}<span>{}</span></span>', css, icon(f"level-{key}"), levels.WORDS[key])


@register.simple_tag
def level_mark(level: object) -> SafeString:
    """Only the shape, named for screen readers; for lists where a legend stands near."""
    key = levels.known(level)
    return format_html('<span class="mark lv-{}">{}</span>', key, icon(f"level-{key}", str(levels.WORDS[key])))


@register.filter
def level_word(level: object) -> str:
    return str(levels.WORDS[levels.known(level)])


@register.filter
def level_key(level: object) -> str:
    return levels.known(level)


# ---------------------------------------------------------------- instants and numbers


@register.filter
def clock(ms: int | None, tz: str = HOME_ZONE) -> str:
    return formats.clock(ms, tz or HOME_ZONE, _language())


@register.filter
def moment(ms: int | None, tz: str = HOME_ZONE) -> str:
    return formats.moment(ms, tz or HOME_ZONE, _language())


@register.filter
def day(ms: int | None, tz: str = HOME_ZONE) -> str:
    return formats.day(ms, tz or HOME_ZONE, _language())


@register.filter
def tanggal(on: Any) -> str:
    """A date or an ISO date string as 13 Feb 2024."""
    return formats.calendar_date(on, _language())


@register.filter
def zone(tz: str) -> str:
    return formats.zone_label(tz or HOME_ZONE)


@register.filter
def ago(ms: int | None, now: int) -> str:
    return formats.ago(ms, now, _language())


@register.filter
def iso(ms: int | None) -> str:
    return formats.iso(ms)


@register.filter
def duration(ms: int | None) -> str:
    return formats.duration(ms, _language())


@register.filter
def angka(n: int | None) -> str:
    return formats.number(n, _language())


@register.filter
def fingerprint(digest: str | None) -> str:
    return formats.fingerprint(digest)


@register.simple_tag
def ago_time(ms: int | None, now: int, tz: str = HOME_ZONE) -> SafeString | str:
    """`<time>` with its age, which the page's script keeps current while the server answers 304."""
    if ms is None:
        return formats.NOTHING
    language = _language()
    return format_html(
        '<time datetime="{}" title="{}" data-ago="{}">{}</time>',
        formats.iso(ms),
        formats.moment(ms, tz or HOME_ZONE, language),
        ms,
        formats.ago(ms, now, language),
    )


@register.simple_tag
def clock_time(ms: int | None, tz: str = HOME_ZONE) -> SafeString | str:
    """`<time>` showing 02.14, with the whole moment as its title."""
    if ms is None:
        return formats.NOTHING
    language = _language()
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        formats.iso(ms),
        formats.moment(ms, tz or HOME_ZONE, language),
        formats.clock(ms, tz or HOME_ZONE, language),
    )


@register.simple_tag
def window(from_ms: int | None, until_ms: int | None, tz: str = HOME_ZONE) -> str:
    """13 Feb 2024 01.34–03.34 WIB."""
    return formats.window(from_ms or None, until_ms or None, tz or HOME_ZONE, _language())


# ---------------------------------------------------------------- figures


_PULSE_STEP, _PULSE_BAR, _PULSE_HEIGHT = 5, 4, 20


@register.simple_tag
def pulse(counts: Sequence[int] | None, unit: str = "hour") -> SafeString | str:
    """Entries per hour (oldest first) as small bars. An hour without an entry is a dot: silence must be seen.

    Heights grow with the square root, so that a busy change of shift does not flatten the night around it.
    """
    if not counts:
        return formats.NOTHING
    top = max(*counts, 9)
    bars = []
    for position, count in enumerate(counts):
        height = max(3, round((count / top) ** 0.5 * _PULSE_HEIGHT)) if count else 1
        bars.append((position * _PULSE_STEP, _PULSE_HEIGHT - height, height, "b" if count else "z"))
    rects = format_html_join("", '<rect x="{}" y="{}" width="4" height="{}" class="{}"/>', bars)
    silent = sum(1 for count in counts if not count)
    label = gettext("%(total)s entries in %(hours)s hours") % {
        "total": formats.number(sum(counts), _language()),
        "hours": len(counts),
    }
    if silent:
        label += "; " + ngettext("%(n)s hour without an entry", "%(n)s hours without an entry", silent) % {"n": silent}
    width = len(counts) * _PULSE_STEP - (_PULSE_STEP - _PULSE_BAR)
    return format_html(
        '<svg class="pulse" role="img" aria-label="{}" viewBox="0 0 {} {}" preserveAspectRatio="none">{}</svg>',
        label,
        width,
        _PULSE_HEIGHT,
        rects,
    )


# ---------------------------------------------------------------- links


@register.simple_tag(takes_context=True)
def query(context: Mapping[str, Any], **changes: Any) -> str:
    """The page's query string with `changes` applied; None or "" removes a key. `{% query page=2 %}`: ?kind=x&page=2"""
    request = context.get("request")
    values = request.GET.copy() if request is not None else {}
    for key, value in changes.items():
        if value in (None, ""):
            values.pop(key, None)
        else:
            values[key] = value
    encoded = values.urlencode() if hasattr(values, "urlencode") else ""
    return f"?{encoded}" if encoded else "?"


@register.filter
def at(mapping: Mapping[Any, Any], key: Any) -> Any:
    """The value under a key that only the loop knows."""
    return mapping.get(key, "") if mapping else ""
