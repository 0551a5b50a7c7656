"""Whatever order of commands the record took: its tables are what its entries give, and no unit has vanished."""

import json
from collections import Counter
from typing import Any

import pytest
from click.testing import CliRunner
from django.apps import apps
from django.db.models import F, Sum

from awas.ledger import services as ledger
from awas.ledger.area import Refused
from awas.ledger.fact import Receipt, Submission
from awas.ledger.models import Entry, Snapshot
from awas.ledger.rebuild_command import rebuild
from awas.logistics.area import AREA
from awas.logistics.models import Balance, Stock, TallyRow
from awas.logistics.stages import STEPS
from tests.book import START
from tests.databases import ON_POSTGRES, standing_on
from tests.logistics.orders import Orders

LOG = "awas/36.02"
COMMANDS = 700
MOST_AT_ONCE = 12
"""Commands in one commit: the next one there reads what one has changed from memory, and later ones from the table."""

MODELS = [apps.get_model("logistics", struct.__name__) for struct in AREA.items.values()]


class RebuildSuite:
    """What must hold of the tables of logistics on any database."""

    alias = "default"

    @pytest.fixture(autouse=True)
    def record(self, db: None, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
        self.now = START
        settings.AWAS_NOW = lambda: self.now
        monkeypatch.setattr(ledger.sequencer(), "clock", lambda: self.now)
        with standing_on(self.alias):
            yield

    def plays(self, seed: int, count: int = COMMANDS) -> Counter[str]:
        """Says the commands of a seed, some at once; gives how many of each kind the record took."""
        orders, taken = Orders(seed), Counter[str]()
        said = 0
        while said < count:
            group = [orders.next() for _ in range(orders.random.randint(1, MOST_AT_ONCE))]
            self.now += orders.random.randint(1, 600_000)
            outcomes = ledger.record_all([self.submission(*one) for one in group])
            for (_, _, command), outcome in zip(group, outcomes, strict=True):
                assert isinstance(outcome, Receipt | Refused), outcome
                orders.took(command, outcome)
                taken[type(command).__name__] += isinstance(outcome, Receipt)
            said += len(group)
        return taken

    def submission(self, place: str, actor: str, command: Any) -> Submission:
        return Submission(log=LOG, place=place, actor=actor, device=f"d-{actor}", occurred_at=self.now, command=command)

    def rows(self) -> dict[str, list[dict[str, Any]]]:
        """Every row of every table of logistics, and the states of its places."""
        found = {model.__name__: list(model.objects.order_by("key").values()) for model in MODELS}
        states = Snapshot.objects.filter(area=AREA.name).order_by("place").values("place", "body")
        return found | {"state": [row | {"body": bytes(row["body"])} for row in states]}

    def rebuilt(self, *arguments: str) -> dict[str, Any]:
        done = CliRunner().invoke(rebuild, ["--json", "--log", LOG, *arguments], catch_exceptions=False)
        [found] = json.loads(done.output)["logs"]
        return found

    def forget(self) -> None:
        """Empties everything that is derived."""
        for model in MODELS:
            model.objects.all().delete()
        Snapshot.objects.filter(area=AREA.name).delete()

    def require_nothing_vanished(self) -> None:
        """Units on all shelves are those that came in by tallies that stand, and those found over by them."""
        came = Counter[tuple[str, str, str]]()
        for row in TallyRow.objects.exclude(state="void").exclude(step="print"):
            for line in row.kept().lines:
                units = line.passed + line.damaged if STEPS[row.step].source == "outside" else line.over
                came[line.item, line.ballot, line.dapil] += units
        stock = Stock.objects.values_list("item", "ballot", "dapil").annotate(Sum("units"))
        stands = {(item, ballot, dapil): units for item, ballot, dapil, units in stock}
        assert {key: units for key, units in stands.items() if units} == {key: n for key, n in came.items() if n}
        out = F("passed") + F("held") + F("damaged") + F("short")
        assert not Balance.objects.exclude(taken=out - F("over")).exists()

    @pytest.mark.parametrize("seed", range(4))
    def test_tables_made_anew_are_the_tables_that_stood(self, seed: int) -> None:
        self.plays(seed)
        self.require_nothing_vanished()
        live = self.rows()
        found = self.rebuilt("--check")
        assert (found["difference_count"], found["first"]) == (0, None)
        self.forget()
        assert self.rebuilt()["repaired"]
        made = self.rows()
        for name, rows in live.items():
            assert made[name] == rows, name

    def test_the_orders_say_everything_that_can_be_said(self) -> None:
        taken = self.plays(0, 2 * COMMANDS)
        kinds = {command.__name__ for command in AREA.commands} | {"ReceiveGoods", "VoidEntry", "CorrectCount"}
        assert kinds - set(+taken) == set()
        assert {model.__name__ for model in MODELS if not model.objects.exists()} == set()
        assert Entry.objects.filter(log__origin=LOG).count() > COMMANDS // 2


@pytest.mark.django_db
class TestSQLite(RebuildSuite):
    pass


class TestPostgres(RebuildSuite):
    pytestmark = ON_POSTGRES
    alias = "postgres"
