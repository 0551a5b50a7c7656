"""Incidents in the stages of logistics: a carton that lacks sheets, a broken seal, two counts that differ. Pure."""

from awas.ledger.area import MINUTE, Instant
from awas.logistics.commands import CheckUnit, ExplainDifference, LabelUnits, RecordCount, SealUnit, Tally
from awas.logistics.keys import unit_key
from awas.logistics.lines import Line, TallyLine
from awas.simulation.cast import Company
from awas.simulation.cues import Overlay, Scene, some
from awas.simulation.trouble.script import BY_DAY, Script, overlay

CARTON = 500
"""Sheets that a carton's label promises."""


def _ballot(scene: Scene) -> str:
    return scene.post.needs[0][0] if scene.post.needs else "dpr"


def carton_short(scene: Scene, company: Company, at: Instant, name: str) -> Overlay:
    """A carton counted in at the table has fewer sheets than its label says; the printer's list explains it."""
    chance, key = scene.chance(name), scene.key(name)
    lacking = chance.randrange(8, 40)
    counted = Tally(
        tally_id=key,
        step="receive",
        lines=(TallyLine(item="ballot", ballot=_ballot(scene), taken=CARTON, passed=CARTON - lacking),),
        reason="not_known",
        document_number=f"BTTB/{name.upper()}/DEMO",
    )
    ends_at = at + some(chance, 25, 40)
    explained = ExplainDifference(
        subject=key, reason="miscounted_at_source", document_number=f"BA/{name.upper()}/DEMO"
    )  # fmt: skip
    cues = [scene.watch(at, f"{name}.1", counted), scene.watch(ends_at, f"{name}.2", explained)]
    return overlay(scene, "carton_short", name, cues, from_at=at, ends_at=ends_at)


def box_seal_broken(scene: Scene, company: Company, at: Instant, name: str) -> Overlay:
    """A sealed carton is found with its seal broken, and sealed anew before witnesses."""
    chance, label = scene.chance(name), f"DUS{name.upper()}"
    unit, seal = unit_key(scene.place, label), f"SG{name.upper()}"
    found_at = at + some(chance, 6, 12)
    ends_at = found_at + some(chance, 20, 35)
    cues = [
        scene.watch(at, f"{name}.1", LabelUnits(unit_kind="carton", units=(unit,), ballot=_ballot(scene))),
        scene.watch(at + MINUTE, f"{name}.2", SealUnit(unit=unit, seals=(f"{seal}A",))),
        scene.watch(found_at, f"{name}.3", CheckUnit(unit=unit, result="broken", seals=(f"{seal}A",))),
        scene.watch(ends_at, f"{name}.4", SealUnit(unit=unit, seals=(f"{seal}B",))),
    ]
    return overlay(scene, "box_seal_broken", name, cues, from_at=at, ends_at=ends_at)


def counts_apart(scene: Scene, company: Company, at: Instant, name: str) -> Overlay:
    """The watch counts a shelf by itself and finds what the record doesn't have; a second count settles it."""
    chance, key = scene.chance(name), scene.key(name)
    counted = RecordCount(
        count_id=key,
        shelf="surplus",
        counted_by="bawaslu",
        lines=(Line(item="ballot", ballot=_ballot(scene), units=chance.randrange(3, 30)),),
        reason="not_known",
    )
    ends_at = at + some(chance, 20, 40)
    explained = ExplainDifference(subject=key, reason="miscounted_here", document_number=f"BA/{name.upper()}/DEMO")
    cues = [scene.watch(at, f"{name}.1", counted), scene.watch(ends_at, f"{name}.2", explained)]
    return overlay(scene, "counts_apart", name, cues, from_at=at, ends_at=ends_at)


SCRIPTS = (
    Script(
        name="carton_short",
        rules=("LOG-01",),
        write=carton_short,
        real="second stage 2024: wrong number in 61 districts",
        hours=BY_DAY,
    ),
    Script(
        name="box_seal_broken",
        rules=("LOG-27",),
        write=box_seal_broken,
        real="13 February 2024: 3,441 boxes were found unsealed",
        hours=BY_DAY,
    ),
    Script(
        name="counts_apart",
        rules=("LOG-04",),
        write=counts_apart,
        real="Kota Tangerang Selatan, November 2024: sorting came to 11,356 sheets fewer than received",
        hours=BY_DAY,
    ),
)
