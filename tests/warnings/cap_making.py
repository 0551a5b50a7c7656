"""CAP in tests: the schema beside the checkout, chains of toy warnings, alerts out of Hypothesis."""

from functools import cache
from itertools import count

from hypothesis import strategies as st
from lxml import etree

from awas.warnings.cap import chain
from awas.warnings.cap.composing import Publisher, Where
from awas.warnings.judge import Judge

PUBLISHER = Publisher(sender="awas@bawaslu.example", name="Bawaslu Contoh", url="https://awas.example", contact="112")
WHERE = Where(
    code="36.02-G1", name="Gudang Contoh", district="Kabupaten Lebak", latitude_e6=-6_350_000, longitude_e6=106_250_000
)


@cache
def schema_in(realdata):
    """The published schema, from the folder of real data."""
    return etree.XMLSchema(etree.parse(realdata / "cap" / "CAP-v1.2.xsd"))


class Life:
    """One site under a judge; the entries about its warnings as the log would have them."""

    def __init__(self, *rules, area):
        self.judge = Judge(rules, [area], on_step=self._keep)
        self.steps = []
        self.act = count()
        self._together = (0, 0)

    def _keep(self, step):
        # The steps of one command stand together, as in the record: same instant, same warning.
        together = (step.stamp.recorded_at, step.event.warning)
        if together != self._together:
            self._together, self._act = together, next(self.act)
        self.steps.append(
            chain.Step(index=100 + len(self.steps), act=str(self._act), stamp=step.stamp, event=step.event)
        )

    def issues(self, now, warning=None):
        name = warning or self.steps[0].event.warning
        return chain.issues_of([step for step in self.steps if step.event.warning == name], now)


TEXT = st.text(st.characters(blacklist_categories=("Cs",)), max_size=60)
"""What people type: with control characters, quotes, angle brackets and whatever else."""
