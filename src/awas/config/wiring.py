"""The composition root: which areas, rules, jobs, commands and tabs there are. A new area is a folder and a line here.

Everything is listed; nothing registers itself by being imported.
"""

import threading
from collections.abc import Mapping, Sequence
from functools import cache, partial
from typing import Any

import click
from django.apps import apps
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from awas import clock
from awas.access.policy import Permission
from awas.access.refusals import WORDS as ACCESS_REFUSALS
from awas.access.services import areas_of
from awas.api.cap_source import EVERY_MS as CAP_EVERY_MS
from awas.api.cap_source import read_source
from awas.api.refusals import WORDS as API_REFUSALS
from awas.delivery import services as delivery
from awas.delivery.audience import Channel
from awas.delivery.outbox import SENDERS, deliver_due
from awas.delivery.refusals import WORDS as DELIVERY_REFUSALS
from awas.delivery.upkeep import remind_due, tell_unreachable
from awas.delivery.worker import Job, run
from awas.elections.services import current_election
from awas.ledger import checkpoints
from awas.ledger import services as ledger
from awas.ledger.anchor import ForkedLog
from awas.ledger.area import Area
from awas.ledger.entry import Vocabulary
from awas.ledger.fact import Appended, Submission
from awas.ledger.items import ItemTable
from awas.ledger.refusals import WORDS as LEDGER_REFUSALS
from awas.ledger.sequencer import Sequencer, ThreadedSequencer
from awas.ledger.store import store_for
from awas.logistics.area import AREA as LOGISTICS
from awas.logistics.informing import informed as kits_informed
from awas.logistics.narration import TELLERS as LOGISTICS_TELLERS
from awas.logistics.refusals import NAMES as LOGISTICS_NAMES
from awas.logistics.refusals import WORDS as LOGISTICS_REFUSALS
from awas.logistics.rules import RULES as LOGISTICS_RULES
from awas.logistics.views import home_of as logistics_of
from awas.places.services import place_name
from awas.roster.area import AREA as ROSTER
from awas.roster.refusals import WORDS as ROSTER_REFUSALS
from awas.roster.rules import RULES as ROSTER_RULES
from awas.roster.views import home_of as roster_of
from awas.ui.navigation import Tab
from awas.warehouse import narration
from awas.warehouse.area import AREA as WAREHOUSE
from awas.warehouse.informing import informed as gate_informed
from awas.warehouse.narration import entry_rows
from awas.warehouse.overview import overview_of, post_of
from awas.warehouse.refusals import WORDS as WAREHOUSE_REFUSALS
from awas.warehouse.rules import RULES as WAREHOUSE_RULES
from awas.warnings import own_rules, particulars
from awas.warnings import services as warnings
from awas.warnings.area import NAME as WARNINGS
from awas.warnings.area import warnings_area
from awas.warnings.catalogue import Catalogue, tuned
from awas.warnings.engine import Engine
from awas.warnings.pages import open_count_for
from awas.warnings.refusals import WORDS as WARNINGS_REFUSALS

REFUSALS: Mapping[str, Any] = {
    **LEDGER_REFUSALS,
    **ACCESS_REFUSALS,
    **ROSTER_REFUSALS,
    **WAREHOUSE_REFUSALS,
    **LOGISTICS_REFUSALS,
    **WARNINGS_REFUSALS,
    **DELIVERY_REFUSALS,
    **API_REFUSALS,
}
"""Every refusal's sentence by its code."""


def _place_name(place: str) -> str:
    return place_name(place) or place


REFUSED_NAMES: Mapping[str, Any] = {
    **dict.fromkeys(("place", "district", "here"), _place_name),
    **LOGISTICS_NAMES,
}
"""What people call that which a refusal names, by the parameter of its sentence."""

RULES = tuned(
    (*WAREHOUSE_RULES, *ROSTER_RULES, *LOGISTICS_RULES),
    {(one.rule, one.name): (one.value, one.source) for one in current_election().limits},
)
"""The rules, with the numbers that the watched election's file gives them."""
CATALOGUE = Catalogue(RULES, own_rules.rule_by_id)
SITE_AREAS: tuple[Area, ...] = (WAREHOUSE, ROSTER, LOGISTICS)
"""Areas whose states the rules see."""
AREAS: tuple[Area, ...] = (*SITE_AREAS, warnings_area(RULES, SITE_AREAS))


def _warnings(request: HttpRequest) -> str | None:
    """The warnings of one's areas, for those who may see any."""
    sees = areas_of(request.user, Permission.VIEW_WARNING, settings.AWAS_NOW())
    return reverse("warnings:list") if sees else None


def _people(request: HttpRequest) -> str | None:
    """The people's page, for those who keep accounts."""
    keeps = areas_of(request.user, Permission.MANAGE_PEOPLE, settings.AWAS_NOW())
    return reverse("access:people") if keeps else None


NAVIGATION = (
    Tab(label=_("Watch"), icon="watch", address=post_of),
    Tab(label=_("Overview"), icon="wall", address=overview_of),
    Tab(label=_("Logistics"), icon="box", address=logistics_of),
    Tab(label=_("Roster"), icon="people", address=roster_of),
    Tab(label=_("Warnings"), icon="bell", address=_warnings, count=open_count_for),
    Tab(label=_("Rules"), icon="list", address="warnings:rules"),
    Tab(label=_("Messages"), icon="note", address="delivery:messages", count=delivery.unseen_count_for),
    Tab(label=_("People"), icon="user", address=_people),
)


def tables() -> Mapping[str, Mapping[str, ItemTable]]:
    """Where each area's items lie: the model of the item's own name in the area's app."""
    return {
        area.name: {
            kind: ItemTable(struct, apps.get_model(area.name, struct.__name__)._meta.db_table)
            for kind, struct in area.items.items()
        }
        for area in AREAS
    }


@cache
def bench() -> "warnings.Bench":
    """The judge of this process."""
    return warnings.Bench(ledger.sequencer(), Engine(RULES, SITE_AREAS), delivery.tell)


def install() -> None:
    """Start-up: gives the record its sequencer. Called once, by the app's `ready`."""
    kind = ThreadedSequencer if settings.AWAS_SEQUENCER == "thread" else Sequencer
    ledger.use(
        kind(
            store_for(),
            Vocabulary(AREAS),
            tables(),
            settings.AWAS_NOW,
            _after_commit,
            _informed,
        )
    )
    narration.use(LOGISTICS_TELLERS)
    warnings.use(CATALOGUE, bench)
    particulars.use(entry_rows=entry_rows, told=delivery.told_of, calls=delivery.calls_path)
    delivery.use(rule=CATALOGUE.get, place_name=_place_name, path=_warning_path, ring=_ring)


def _after_commit(appended: Sequence[Appended]) -> None:
    """Judges what has become durable, and tells of what people did with warnings; the judge tells of its own steps."""
    try:
        bench().after_commit(appended)
    finally:
        # The worker makes up for a judgement that failed, but only here are people's own steps told.
        by_people = [one for one in appended if one.area == WARNINGS]
        if by_people:
            delivery.tell(by_people)


def hold_against_anchor() -> list[str]:
    """Before serving: every log must continue what it has signed; one that doesn't is halted. Returns what is wrong."""
    wrong = []
    for origin in checkpoints.DatabaseReader().origins():
        try:
            checkpoints.require_not_forked(origin)
        except ForkedLog as forked:
            wrong.append(str(forked))
    return wrong


def _informed(submissions: Sequence[Submission]) -> Sequence[Submission]:
    """What only the rest of the record knows is added to commands, by each room to its own."""
    return kits_informed(gate_informed(submissions))


def _warning_path(place: str, warning: str) -> str:
    return reverse("warnings:warning", args=[place, warning])


def judge_due() -> int:
    """Brings every log's judgement up to now; returns the steps warnings took."""
    return bench().judge_due()


SENDING: Mapping[str, tuple[Channel, ...]] = {
    "notices": (Channel.EMAIL, Channel.WEBHOOK),
    **dict.fromkeys(("push", "push 2"), (Channel.PUSH,)),
    **dict.fromkeys(("messengers", "messengers 2", "messengers 3"), (Channel.MESSENGER,)),
}
"""Jobs that send, and on what: a gateway that hangs holds up its own kind alone, and there one job of several."""


_BELLS = {name: threading.Event() for name in SENDING}


def _ring() -> None:
    for bell in _BELLS.values():
        bell.set()


def _deliver(channels: tuple[Channel, ...], now: int) -> object:
    senders = {channel.value: SENDERS[channel.value] for channel in channels}
    return deliver_due(clock.real_now(), senders=senders, compose=delivery.compose)


def jobs() -> list[Job]:
    """What the worker does, and how often."""
    wanted = [
        Job("judgement", 1_000, lambda now: judge_due()),
        # Leases and retries belong to the world outside, whose time a demo doesn't speed up.
        *(Job(name, 1_000, partial(_deliver, channels), _BELLS[name]) for name, channels in SENDING.items()),
        Job("reminders", 5 * 60_000, remind_due),
        Job("reachability", 15 * 60_000, tell_unreachable),
        Job("checkpoints", 60_000, checkpoints.sign_due),
    ]
    if settings.AWAS_CAP_SOURCE:
        wanted.append(Job("weather", CAP_EVERY_MS, read_source))
    if settings.AWAS_DEMO:
        from awas.simulation.living import living_job  # noqa: PLC0415 - only a demo pays for the simulator

        wanted.append(living_job())
    return wanted


def run_worker(stop: threading.Event | None = None) -> None:
    """Runs the jobs until `stop` is set."""
    run(stop or threading.Event(), settings.AWAS_NOW, jobs())


def start_background() -> threading.Event:
    """Runs the worker's jobs in a thread of this process; the event ends it."""
    stop = threading.Event()
    threading.Thread(target=run_worker, args=(stop,), name="worker", daemon=True).start()
    return stop


def commands() -> list[click.Command]:
    """The rooms' commands, for `awas.config.cli`."""
    from awas.access.commands import people  # noqa: PLC0415 - commands import what only they need
    from awas.api.cap_command import cap  # noqa: PLC0415
    from awas.config.demo import demo, demo_seed, demo_serve  # noqa: PLC0415
    from awas.delivery.commands import outbox  # noqa: PLC0415
    from awas.elections.commands import elections  # noqa: PLC0415
    from awas.ledger.commands import ledger as ledger_commands  # noqa: PLC0415
    from awas.ledger.rebuild_command import rebuild  # noqa: PLC0415
    from awas.logistics.epcis_command import export_group, import_epcis  # noqa: PLC0415
    from awas.logistics.need_services import ballot_kinds, voter_norms  # noqa: PLC0415
    from awas.logistics.needs_command import needs_command  # noqa: PLC0415
    from awas.logistics.reconcile_command import reconcile_command  # noqa: PLC0415
    from awas.places.commands import constituencies_command, import_group, voters_command  # noqa: PLC0415
    from awas.roster.planner_command import roster  # noqa: PLC0415
    from awas.simulation.commands import replay  # noqa: PLC0415
    from awas.warnings.commands import rules, warnings_group  # noqa: PLC0415

    record = [ledger_commands, rebuild, replay, rules, warnings_group]
    import_group.add_command(voters_command(voter_norms))
    import_group.add_command(constituencies_command(ballot_kinds))
    import_group.add_command(import_epcis)
    goods = [export_group, needs_command, reconcile_command]
    return [cap, demo, demo_seed, demo_serve, elections, *goods, import_group, outbox, people, roster, *record]
