"""Decisions about contracts and what was printed against them. Pure."""

from awas.ledger.area import Items, Refused, Stamp
from awas.logistics.commands import RecordContract, VerifyPrint, VoidContract, VoidPrint
from awas.logistics.decide.require import (
    Decider,
    Decision,
    Need,
    require_born_here,
    require_contract,
    require_found,
    require_new,
    require_once,
    require_open,
    require_reason,
    require_sound,
    require_tally,
)
from awas.logistics.events import ContractRecorded, ContractVoided, PrintVerified, TallyVoided
from awas.logistics.fold.stock import with_printed
from awas.logistics.items import Contract
from awas.logistics.keys import closure_key, place_of
from awas.logistics.lines import Beyond, line_key
from awas.logistics.stages import STEPS
from awas.logistics.state import Logistics


def record_contract(state: Logistics, items: Items, stamp: Stamp, command: RecordContract) -> Decision:
    """An order, line by line."""
    require_born_here(stamp, command.contract_id)
    require_new(items, "contract", command.contract_id, "logistics.contract_exists")
    require_open(items, stamp.place, "procurement")
    require_once(command.lines)
    if not any(line.units for line in command.lines):
        raise Refused("nothing_counted")
    return [
        ContractRecorded(
            contract_id=command.contract_id,
            supplier=command.supplier,
            document_number=command.document_number,
            lines=command.lines,
            deliver_by_at=command.deliver_by_at,
            replacement=command.replacement,
        )
    ]


def void_contract(state: Logistics, items: Items, stamp: Stamp, command: VoidContract) -> Decision:
    """Nothing of it is ordered any more. What was printed against it is taken back first: else it was for nobody."""
    contract = require_contract(items, stamp, command.contract_id)
    require_open(items, stamp.place, "procurement")
    require_reason(command.reason, True, "void")
    if contract.verified or any(contract.printed):
        raise Refused("logistics.contract_printed", number=contract.document_number, units=sum(contract.printed))
    return [
        ContractVoided(
            contract_id=contract.key,
            lines=contract.lines,
            reason=command.reason,
            why=command.why,
            document_number=contract.document_number,
            replacement=contract.replacement,
        )
    ]


def verify_print(state: Logistics, items: Items, stamp: Stamp, command: VerifyPrint) -> Decision:
    """What was printed against an order. Nothing may be beyond it (UU 7/2017 Pasal 345(1)); if it is, that is said."""
    require_born_here(stamp, command.tally_id)
    require_new(items, "tally", command.tally_id, "logistics.tally_exists")
    contract = require_contract(items, stamp, command.contract_id)
    require_open(items, stamp.place, "production")
    require_once(command.lines)
    require_sound(STEPS["print"], command.lines)
    after = with_printed(contract, command.lines)
    named = {line_key(line.item, line.ballot, line.dapil) for line in command.lines}
    beyond = (one for one in beyond_order(after) if line_key(one.item, one.ballot, one.dapil) in named)
    return [
        PrintVerified(
            contract_id=contract.key,
            tally_id=command.tally_id,
            lines=command.lines,
            document_number=command.document_number,
            witnesses=command.witnesses,
            beyond=tuple(beyond),
            plates_sealed=command.plates_sealed,
        )
    ]


def void_print(state: Logistics, items: Items, stamp: Stamp, command: VoidPrint) -> Decision:
    """As if it had never been verified; what is still printed beyond the order is said."""
    row = require_tally(items, stamp, command.tally_id)
    contract: Contract = require_found(items, "contract", row.contract, "logistics.contract_unknown")
    require_open(items, stamp.place, "production")
    require_reason(command.reason, True, "void")
    return [
        TallyVoided(
            tally_id=row.key,
            step=row.step,
            lines=row.lines,
            reason=command.reason,
            why=command.why,
            contract_id=contract.key,
            beyond=beyond_order(with_printed(contract, row.lines, -1)),
        )
    ]


def beyond_order(contract: Contract) -> tuple[Beyond, ...]:
    """Lines of a contract of which more is printed than it orders."""
    return tuple(
        Beyond(item=line.item, ballot=line.ballot, dapil=line.dapil, taken=units, stock=line.units)
        for line, units in zip(contract.lines, contract.printed, strict=True)
        if units > line.units
    )


def _contract_needs(command: RecordContract | VoidContract) -> tuple[tuple[str, str], ...]:
    return ("contract", command.contract_id), ("closure", closure_key(place_of(command.contract_id), "procurement"))


DECIDERS: dict[type, Decider] = {
    RecordContract: record_contract,
    VoidContract: void_contract,
    VerifyPrint: verify_print,
    VoidPrint: void_print,
}
NEEDS: dict[type, Need] = {
    RecordContract: _contract_needs,
    VoidContract: _contract_needs,
    VerifyPrint: lambda command: (
        ("contract", command.contract_id),
        ("tally", command.tally_id),
        ("closure", closure_key(place_of(command.tally_id), "production")),
    ),
    VoidPrint: lambda command: (
        ("tally", command.tally_id),
        ("closure", closure_key(place_of(command.tally_id), "production")),
    ),
}
