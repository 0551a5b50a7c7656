"""What the pages of offices' own rules show: the list, one rule, and the editor with what the linter says."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import Count, Max
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from awas.access.policy import Permission, covers
from awas.access.services import actor_names
from awas.places.codes import zone_of
from awas.ui.acts import Act, ActForm
from awas.ui.asks import Ask, Asked, sealed, thing
from awas.warnings import services
from awas.warnings.asked import SetOwnRule, StopOwnRule
from awas.warnings.models import OwnRule, Warning
from awas.warnings.narration import said
from awas.warnings.own.faults import Fault
from awas.warnings.own.reading import LONGEST
from awas.warnings.own.written import Written
from awas.warnings.own_rules import rules_in, text_of
from awas.warnings.pages import HOME_ZONE, Context, my_areas, warning_rows
from awas.warnings.preview import Tried
from awas.warnings.rule_pages import LATEST, names_of_places

SHOWN = 20

EXAMPLE = """\
id: OWN-KANTOR-01
title: {id: Barang rusak diterima malam hari, en: Damaged goods came in at night}
level: waspada
question: Siapa yang menghitung barang rusak pada malam hari?
basis: Kebijakan kantor; bukan pasal
runbook:
  - Hubungi piket gudang
  - Minta hitung ulang pada siang hari
when: goods.received
if:
  - {field: damaged_units, over: 0}
  - between: [22.00, 05.00]
group_by: [consignment_id]
ends: {event: goods.difference_explained, why: explained}
message: "{damaged_units} satuan rusak diterima malam hari"
"""
"""What the editor opens with."""


class RuleField(forms.CharField):
    """The text of a rule; a browser sends its lines with two characters at each end."""

    widget = forms.Textarea(attrs={"rows": 24, "class": "mono", "spellcheck": "false", "autocapitalize": "off"})

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).replace("\r\n", "\n")


def _text(asked: Asked) -> forms.Field:
    hint = _("No names of people: the text stands in the record for ever.")
    return RuleField(label=_("The rule"), max_length=LONGEST, strip=False, help_text=hint)


def write_act(places: Iterable[tuple[str, str]]) -> Act:
    """The editor's form: a text, one of some places (code, name), a reason."""
    return Act(
        slug="own",
        title=_("Write a rule"),
        icon="pen",
        asks=(
            Ask(name="text", make=_text),
            thing("place", _("Where"), lambda asked: places),
            sealed("note", _("Why"), "own rule note", required=True, long=True),
        ),
        build=lambda values, desk, subject: SetOwnRule(rule=subject, text=values["text"], note=values["note"]),
        send=_("Put in force"),
        permission="set_threshold",
    )


STOP = Act(
    slug="stop",
    title=_("Stop it"),
    icon="x",
    asks=(sealed("note", _("Why"), "own rule note", required=True, long=True),),
    build=lambda values, desk, subject: StopOwnRule(rule=subject, note=values["note"]),
    send=_("Stop it"),
    permission="set_threshold",
)


def list_page(request: HttpRequest, *, may_write: bool) -> Context:
    """Context of warnings/own_rules.html."""
    rows = list(rules_in(my_areas(request, Permission.VIEW_RULES)))
    return {
        "rules": _rows(request, rows),
        "write_url": reverse("warnings:own_write") if may_write else "",
        "back_url": reverse("warnings:rules"),
        "tz": HOME_ZONE,
    }


def _rows(request: HttpRequest, rows: Sequence[OwnRule]) -> list[Context]:
    """Warnings are counted where one may see them, people named to those who may know them."""
    names = names_of_places({row.place for row in rows})
    named = set(rules_in(my_areas(request, Permission.VIEW_PERSONAL)).order_by().values_list("id", flat=True))
    people = actor_names({who for row in rows if row.id in named for who in (row.set_by, row.stopped_by) if who})
    spoken = list(
        Warning.objects.filter(services.within(my_areas(request)))
        .filter(rule__in={row.rule for row in rows}, fired_at__isnull=False)
        .order_by()
        .values_list("rule", "place")
        .annotate(count=Count("id"), last=Max("fired_at"))
    )
    found = []
    for row in rows:
        here = [(count, last) for rule, place, count, last in spoken if rule == row.rule and covers(row.place, place)]
        rule = services.bench().engines.rule(text_of(row))
        found.append(
            {
                "id": row.rule,
                "title": row.rule if rule is None else said(rule.title),
                "level": "" if rule is None else rule.level.value,
                "place_name": names[row.place],
                "in_force": row.in_force,
                "set_at": row.set_at,
                "set_by": people.get(row.set_by, ""),
                "stopped_at": row.stopped_at,
                "stopped_by": people.get(row.stopped_by, ""),
                "spoken": sum(count for count, _last in here),
                "last_at": max((last for _count, last in here), default=None),
                "url": reverse("warnings:own_rule", args=[row.place, row.rule]),
            }
        )
    return found


def rule_page(request: HttpRequest, row: OwnRule, form: ActForm | None) -> Context:
    """Context of warnings/own_rule.html; `form` stops it, for those who may."""
    there = Warning.objects.filter(services.within(my_areas(request)), services.within([row.place]), rule=row.rule)
    known = services.bench().engines.rule(text_of(row)) is not None
    return {
        "own": _rows(request, [row])[0],
        "version": row.version,
        "text": row.text,
        "known": known,
        "rule_url": reverse("warnings:rule", args=[row.rule]) if known else "",
        "warnings": warning_rows(there.order_by("-since")[:LATEST]),
        "form": form,
        "stop_url": reverse("warnings:own_stop", args=[row.place, row.rule]),
        "write_url": f"{reverse('warnings:own_write')}?place={row.place}&rule={row.rule}" if form else "",
        "back_url": reverse("warnings:own_rules"),
        "now": settings.AWAS_NOW(),
        "tz": zone_of(row.place),
    }


def write_page(
    form: ActForm, checked: Written | tuple[Fault, ...] | None = None, tried: Context | None = None
) -> Context:
    """Context of warnings/own_write.html; `checked` is what the linter made of the text that was sent."""
    is_faulty = isinstance(checked, tuple)
    text = form.cleaned_data.get("text", "") if is_faulty else ""
    return {
        "form": form,
        "lines": _lines(text, checked) if isinstance(checked, tuple) else (),
        "is_sound": checked is not None and not is_faulty,
        "tried": tried,
        "kinds": _kinds(),
        "back_url": reverse("warnings:own_rules"),
        "tz": HOME_ZONE,
    }


def _lines(text: str, faults: Sequence[Fault]) -> list[Context]:
    lines = text.split("\n")
    # What is wrong may be that nothing follows.
    at = [(min(one.line, len(lines)), said(one.words)) for one in faults]
    return [
        {"number": number, "text": line, "faults": [told for where, told in at if where == number]}
        for number, line in enumerate(lines, 1)
    ]


def _kinds() -> list[Context]:
    """What a rule may speak of: the fields of each kind of entry, without those that name people."""
    return [
        {"name": kind.name, "fields": [field for field in kind.fields.values() if not field.personal]}
        for kind in services.bench().engines.vocabulary.kinds.values()
    ]


def tried_row(place: str, found: Tried) -> Context:
    """What a rule would have found over the last days."""
    names = names_of_places({one for one, _key, _at in found.spoken} | {place})
    latest = found.spoken[-SHOWN:]
    return {
        "place_name": names[place],
        "count": len(found.spoken),
        "again": found.again,
        "rows": [{"place_name": names[one], "key": key, "at": at} for one, key, at in latest],
    }
