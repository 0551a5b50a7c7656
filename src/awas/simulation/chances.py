"""Seeded generators for the simulation. Not for secrets: the same seed gives the same week to everybody."""

import random

from awas.simulation.cues import Draw


def drawing(seed: int) -> Draw:
    """A generator for every name, from one seed."""
    return lambda name: random.Random(f"{seed}/{name}")  # noqa: S311 - a rehearsal must be repeatable
