"""The catalogue of rules on screen: what each asks, what it stands on, and its thresholds where they were moved."""

from collections.abc import Iterable, Sequence

import msgspec
from django.conf import settings
from django.db.models import Count
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from awas.access.narration import language
from awas.access.policy import Permission, covers
from awas.access.services import actor_names
from awas.ledger import services as ledger
from awas.ledger.area import DAY
from awas.ledger.entry import kind_of
from awas.ledger.models import Snapshot
from awas.ledger.naming import district_of, log_of
from awas.places.services import names_of
from awas.ui.acts import ActForm
from awas.warnings import services
from awas.warnings.area import NAME
from awas.warnings.events import ThresholdSet
from awas.warnings.load import precision
from awas.warnings.models import Warning
from awas.warnings.narration import said, unit_of
from awas.warnings.own_rules import rules_in
from awas.warnings.pages import HOME_ZONE, Context, my_areas, origins_in, sites_in, warning_rows
from awas.warnings.preview import Preview
from awas.warnings.rule import Rule
from awas.warnings.state import Settings

LATEST = 12
TRIED_SHOWN = 8

_settings = msgspec.msgpack.Decoder(Settings)


def decoded_settings(body: bytes) -> Settings:
    """A snapshot of this area."""
    return _settings.decode(body)


def rule_or_404(rule_id: str, areas: Iterable[str] = ()) -> Rule:
    """The rule of that id: one that comes with Awas, or one that an office wrote for one of some areas.

    Raises Http404.
    """
    found = services.catalogue().get(rule_id)
    if found is None:
        raise Http404
    if not services.catalogue().holds(rule_id) and not rules_in(areas).filter(rule=rule_id).exists():
        raise Http404
    return found


def _rules_for(request: HttpRequest) -> list[Rule]:
    """The rules that come with Awas, and those of offices that are in force in one's areas."""
    areas = my_areas(request, Permission.VIEW_RULES)
    own = set(rules_in(areas).filter(in_force=True).order_by().values_list("rule", flat=True))
    found = (services.catalogue().get(rule_id) for rule_id in sorted(own))
    return [*services.catalogue(), *(rule for rule in found if rule is not None)]


def rules_page(request: HttpRequest) -> Context:
    """Context of warnings/rules.html."""
    areas = my_areas(request)
    there = Warning.objects.filter(services.within(areas)).order_by()
    open_now = dict(there.filter(state__in=services.STANDING).values_list("rule").annotate(count=Count("id")))
    since = settings.AWAS_NOW() - 7 * DAY
    judged: dict[str, list[str]] = {}
    for rule_id, judgement in there.exclude(judgement="").values_list("rule", "judgement"):
        judged.setdefault(rule_id, []).append(judgement)
    this_week = dict(there.filter(fired_at__gte=since).values_list("rule").annotate(count=Count("id")))
    titles = {
        "WAR": _("Warehouse"),
        "ROS": _("The watch"),
        "FIT": _("Fitness of the building"),
        "OWN": _("Offices' own"),
    }
    groups: dict[str, list[Context]] = {}
    for rule in _rules_for(request):
        groups.setdefault(rule.id.partition("-")[0], []).append(
            {
                "id": rule.id,
                "title": said(rule.title),
                "question": said(rule.question),
                "level": rule.level.value,
                "url": reverse("warnings:rule", args=[rule.id]),
                "open_count": open_now.get(rule.id, 0),
                "week_count": this_week.get(rule.id, 0),
                "precision": precision(judged.get(rule.id, ())),
            }
        )
    ordered = sorted(groups.items(), key=lambda group: -len(group[1]))
    return {
        "groups": [{"title": titles.get(prefix, prefix), "rules": rules} for prefix, rules in ordered],
        "count": len(services.catalogue()),
        "own_url": reverse("warnings:own_rules"),
    }


def rule_page(request: HttpRequest, rule: Rule, forms: Sequence[ActForm]) -> Context:
    """Context of warnings/rule.html; `forms` are those of the thresholds, in their order, or none."""
    there = Warning.objects.filter(services.within(my_areas(request)), rule=rule.id).order_by("-since")
    return {
        "rule": _about(rule),
        "thresholds": _thresholds(request, rule, forms),
        "steps": [said(step) for step in rule.runbook],
        "warnings": warning_rows(there[:LATEST]),
        "precision": precision(there.order_by().values_list("judgement", flat=True)),
        "own_url": "" if services.catalogue().holds(rule.id) else reverse("warnings:own_rules"),
        "now": settings.AWAS_NOW(),
        "tz": HOME_ZONE,
        "back_url": reverse("warnings:rules"),
    }


def _about(rule: Rule) -> Context:
    other = rule.title.en if language().startswith("id") else rule.title.id
    return {
        "id": rule.id,
        "title": said(rule.title),
        "title_other": other,
        "question": said(rule.question),
        "level": rule.level.value,
        "legal": said(rule.basis),
        "incident": _("%(what)s (%(where)s, %(on)s)")
        % {"what": said(rule.incident.what), "where": rule.incident.where, "on": rule.incident.on},
        "incident_source": rule.incident.source,
        "false_alarms": "",
    }


def _thresholds(request: HttpRequest, rule: Rule, forms: Sequence[ActForm]) -> list[Context]:
    moved = _moved(request, rule)
    return [
        {
            "name": threshold.name,
            "label": said(threshold.label),
            "unit": unit_of(threshold.unit),
            "default": threshold.default,
            "low": threshold.least,
            "high": threshold.most,
            "source": threshold.source,
            "uncertain": threshold.uncertain,
            "moved": [row for row in moved if row["name"] == threshold.name],
            "form": forms[number] if forms else None,
            "url": reverse("warnings:threshold", args=[rule.id]),
        }
        for number, threshold in enumerate(rule.thresholds)
    ]


def _moved(request: HttpRequest, rule: Rule) -> list[Context]:
    """Where this rule's thresholds differ from the default, in one's own areas: the value, when and by whom."""
    origins = origins_in(my_areas(request, Permission.VIEW_RULES))
    found = []
    for place, body in Snapshot.objects.filter(area=NAME, log__origin__in=origins).values_list("place", "body"):
        found += [
            {"place": place, "name": one.name, "value": one.value}
            for one in decoded_settings(bytes(body)).thresholds
            if one.rule == rule.id
        ]
    named = names_of_places({str(row["place"]) for row in found})
    for row in found:
        row |= {"place_name": named[str(row["place"])], **_last_moved(str(row["place"]), rule.id, str(row["name"]))}
    return sorted(found, key=lambda row: str(row["place"]))


def _last_moved(place: str, rule_id: str, name: str) -> Context:
    lines = ledger.lines_of_kinds(place, log_of(place), [kind_of(ThresholdSet)], limit=10_000)
    for line in reversed(lines):
        event = line.event
        if isinstance(event, ThresholdSet) and (event.rule, event.name) == (rule_id, name):
            return {"at": line.entry.recorded_at, "by": actor_names([line.entry.actor])[line.entry.actor]}
    return {"at": None, "by": ""}


def tried_row(place: str, name: str, value: int | None, result: Preview) -> Context:
    """What a threshold would have done, with some of the warnings that it would have spared or added."""
    return {
        "name": name,
        "place_name": names_of_places([place])[place],
        "value": value,
        "before": result.before,
        "after": result.after,
        "gone": [{"at": at, "key": key} for _place, key, at in result.gone[-TRIED_SHOWN:]],
        "new": [{"at": at, "key": key} for _place, key, at in result.new[-TRIED_SHOWN:]],
    }


# ---------------------------------------------------------------- places to set a threshold at


def names_of_places(codes: Iterable[str]) -> dict[str, str]:
    """Names of districts and sites by code; a code nobody knows stands for itself."""
    wanted = set(codes)
    named = names_of(wanted)
    return {code: named.get(code, code) for code in wanted}


def places_to_set(request: HttpRequest) -> list[tuple[str, str]]:
    """Where whoever asks may move a threshold, as (code, name): whole districts, and single sites."""
    areas = my_areas(request, Permission.SET_THRESHOLD)
    sites = list(sites_in(areas).values_list("code", "name"))
    districts = names_of_places({district_of(code) for code, _name in sites})
    found: dict[str, str] = {}
    for code, name in sites:
        district = district_of(code)
        if any(covers(area, district) for area in areas):
            found.setdefault(district, _("%(district)s, everywhere") % {"district": districts[district]})
        found[code] = name
    return list(found.items())
