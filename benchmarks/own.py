"""Entries judged in memory by the catalogue alone, and with an office's own rules beside it, in one run.

The entries are those of a simulated warehouse over some days. The own rules are the examples of docs/own-rules.md, each
five times under ids of their own; and, as the worst case, as many that all listen to the commonest entry. Seconds are
those of the process, so that neighbours don't count. Run as `python -m benchmarks.own`; prints JSON.
"""

import itertools
import json
import random
import re
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

DAYS = 30
COPIES = 5
ROUNDS = 5
PLACE = "36.02-G1"
FIRST_DAY = 19_738
PAGE = Path(__file__).resolve().parents[1] / "docs" / "own-rules.md"


def entries() -> list[tuple[Any, Any]]:
    """(stamp, event) of ordinary days."""
    from awas.ledger.area import DAY, Elsewhere, ItemsInMemory, Sealed, Stamp
    from awas.roster.area import AREA as ROSTER
    from awas.simulation.cues import Post
    from awas.simulation.routine import Routine
    from awas.warehouse.area import AREA as WAREHOUSE

    post = Post(place=PLACE, watchers=("a", "b", "c"), officer="o", sorters=12)
    routine = Routine(post, FIRST_DAY, random.Random, lambda ref, *_: Sealed(ref=ref, digest="0" * 64))
    start = routine.scene.at(FIRST_DAY, 0)
    areas = {command: area for area in (WAREHOUSE, ROSTER) for command in area.commands}
    states: dict[str, Any] = {area.name: area.state() for area in areas.values()}
    items = {area.name: ItemsInMemory() for area in areas.values()}
    found = []
    for cue in itertools.takewhile(lambda one: one.at < start + DAYS * DAY, routine.cues(start)):
        if type(cue.command) not in areas:
            continue
        area = areas[type(cue.command)]
        stamp = Stamp(place=PLACE, actor=cue.actor, device=cue.device, occurred_at=cue.at, recorded_at=cue.at)
        for event in area.decide(states[area.name], items[area.name], stamp, cue.command):
            if isinstance(event, Elsewhere):
                continue
            states[area.name] = area.fold(states[area.name], stamp, event)
            area.fold_items(items[area.name], stamp, event)
            found.append((stamp, event))
    return found


def texts() -> Iterator[tuple[str, str]]:
    """(id, text) of the own rules."""
    examples = re.findall(r"```yaml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    for copy, example in itertools.product(range(COPIES), examples):
        number = re.search(r"OWN-BANTEN-(\d\d)", example)
        assert number is not None
        rule = f"OWN-BENCH-{copy}{number[1]}"
        yield rule, example.replace(number[0], rule)


def busy() -> Iterator[tuple[str, str]]:
    """As many that count everybody who comes in."""
    for number, (_rule, text) in enumerate(texts()):
        counting = text.partition("when:")[0].replace(re.findall(r"OWN-BENCH-\d+", text)[0], f"OWN-BUSY-{number:02}")
        yield (
            f"OWN-BUSY-{number:02}",
            f"{counting}when: gate.person_entered\nif: [{{field: inside_after, over: {number}}}]\n"
            "count: {at_least: 10, within: 1h}\ngroup_by: [role]\nmessage: '{count}'\n",
        )


class Figures(NamedTuple):
    """One run: entries a second, seconds to put all rules in force, warnings there were."""

    per_second: float
    set_s: float
    warnings: int


def judged(some: list[tuple[Any, Any]], own: Iterable[tuple[str, str]]) -> Figures:
    """One run over all entries."""
    from awas.ledger.area import Stamp
    from awas.logistics.area import AREA as LOGISTICS
    from awas.logistics.rules import RULES as LOGISTICS_RULES
    from awas.roster.area import AREA as ROSTER
    from awas.roster.rules import RULES as ROSTER_RULES
    from awas.warehouse.area import AREA as WAREHOUSE
    from awas.warehouse.rules import RULES as WAREHOUSE_RULES
    from awas.warnings.asked import SetOwnRule
    from awas.warnings.judge import Judge

    judge = Judge((*WAREHOUSE_RULES, *ROSTER_RULES, *LOGISTICS_RULES), (WAREHOUSE, ROSTER, LOGISTICS))
    at = some[0][0].recorded_at
    put = Stamp(place="36.02", actor="o", device="o", occurred_at=at, recorded_at=at)
    began = time.process_time()
    for rule, text in own:
        judge.command(put, SetOwnRule(rule=rule, text=text))
    judge.engine_at(PLACE)
    compiled = time.process_time()
    for stamp, event in some:
        judge.observe(stamp, event)
    return Figures(len(some) / (time.process_time() - compiled), compiled - began, len(judge.warnings))


def main() -> dict[str, Any]:
    some = entries()
    sets = {"catalogue": (), "and_own": tuple(texts()), "and_busy": tuple(busy())}
    best: dict[str, Figures] = {}
    for name in list(sets) * ROUNDS:  # by turns: a slow moment of the machine hits all alike
        run = judged(some, sets[name])
        best[name] = max(run, best.get(name, run))
    without = best["catalogue"].per_second
    return {
        "entries": len(some),
        "rules": len(sets["and_own"]),
        **{
            name: {"per_second": round(one.per_second), "set_s": round(one.set_s, 3), "warnings": one.warnings}
            for name, one in best.items()
        },
        "ratio": round(best["and_own"].per_second / without, 2),
        "ratio_busy": round(best["and_busy"].per_second / without, 2),
    }


if __name__ == "__main__":
    print(json.dumps(main()))
