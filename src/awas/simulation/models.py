"""The demo this installation plays, if it plays one: a single row, written once, so that a restart goes on with it."""

from django.db import models


class Demo(models.Model):
    """From which seed and instants the demo is written. `live_from_at` is where the seeded past ends."""

    seed = models.BigIntegerField()
    from_at = models.BigIntegerField()
    live_from_at = models.BigIntegerField()
    incident_every_ms = models.BigIntegerField()

    def __str__(self) -> str:
        return f"demo {self.seed}"
