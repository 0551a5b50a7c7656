"""Seeded generators for the simulation. Not for secrets: the same seed gives the same week to everybody."""

import hashlib
import random
from collections.abc import Callable

from awas.simulation.cues import Draw


def drawing(seed: int) -> Draw:
    """A generator for every name, from one seed."""
    return lambda name: random.Random(f"{seed}/{name}")  # noqa: S311 - a rehearsal must be repeatable


def salts(seed: int) -> Callable[[str], bytes]:
    """32 bytes for every reference, from one seed: for invented people alone."""
    return lambda reference: hashlib.sha256(f"{seed}/salt/{reference}".encode()).digest()
