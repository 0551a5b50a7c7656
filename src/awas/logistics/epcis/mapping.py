"""The table from events of EPCIS to commands of logistics, in the words of CBV 2.0. Pure.

docs/epcis.md shows the same table to people.
"""

from collections.abc import Callable, Mapping

from awas.logistics.epcis import counting, custody, names
from awas.logistics.epcis.acts import Acts, Known, name_of, no_mapping, one_act
from awas.logistics.epcis.facts import Facts, Left


def _counted_alone(facts: Facts, place: str, known: Known) -> Acts:
    if facts.event.epc_list and facts.step == "receiving" and (facts.transfer or facts.sender):
        return custody.accept(facts, place, known)
    if facts.event.epc_list and facts.step == "inspecting":
        return custody.seen(facts, place, known)
    if facts.disposition in counting.GOOD:
        return one_act(facts, counting.counted(facts, None, place, name_of(facts)))
    if facts.disposition in counting.BAD:
        return one_act(facts, counting.counted(None, facts, place, name_of(facts)))
    raise Left("epcis.disposition_unknown", disposition=facts.disposition[:48])


MAPPING: Mapping[tuple[str, str, str], Callable[[Facts, str, Known], Acts]] = {
    ("ObjectEvent", "OBSERVE", "receiving"): _counted_alone,
    ("ObjectEvent", "OBSERVE", "inspecting"): _counted_alone,
    ("ObjectEvent", "OBSERVE", "accepting"): custody.accept,
    ("ObjectEvent", "OBSERVE", "departing"): custody.offer,
    ("ObjectEvent", "OBSERVE", "shipping"): custody.offer,
    ("ObjectEvent", "OBSERVE", "stock_taking"): counting.count,
    ("ObjectEvent", "OBSERVE", "cycle_counting"): counting.count,
    ("ObjectEvent", "OBSERVE", "destroying"): counting.destroy,
    ("ObjectEvent", "DELETE", "destroying"): counting.destroy,
    ("ObjectEvent", "ADD", "commissioning"): custody.label,
    ("ObjectEvent", "OBSERVE", "holding"): counting.step_alone,
    ("AggregationEvent", "ADD", "packing"): custody.pack,
    ("AggregationEvent", "DELETE", "unpacking"): custody.pack,
    ("AggregationEvent", "ADD", "loading"): custody.nest,
    ("AggregationEvent", "DELETE", "unloading"): custody.nest,
    ("TransactionEvent", "ADD", "accepting"): custody.accept,
    ("TransactionEvent", "ADD", "receiving"): custody.accept,
}


def acts_of(facts: Facts, place: str, known: Known) -> Acts:
    """The acts of one event by itself. Raises `Left` or `Refused`."""
    kind = facts.event.type
    if kind == "TransformationEvent":
        return counting.fold(facts, place, known)
    if kind == "AssociationEvent":
        return custody.seal(facts, place, known)
    own = counting.step_alone if names.step_named(facts.step) and kind == "ObjectEvent" else no_mapping
    return MAPPING.get((kind, facts.action, facts.step), own)(facts, place, known)
