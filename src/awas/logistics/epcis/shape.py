"""The shape of EPCIS 2.0 in JSON: one struct for each kind of event and for what lies in it. Pure.

Names are those of the standard, in this language's spelling (`childQuantityList` is `child_quantity_list`). A field
that was not sent is UNSET; a list that was sent empty is not the same. `more` holds what senders add under a name with
a prefix (`awas:station`). Source: GS1 EPCIS 2.0, section 7; the JSON schema published with it.
"""

from collections.abc import Mapping
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from awas.logistics.epcis.vocabulary import (
    BIZ_STEPS,
    COMPONENTS,
    DISPOSITIONS,
    ERROR_REASONS,
    PARTY_TYPES,
    TRANSACTION_TYPES,
    URI,
)

MORE = "+"
"""Where extensions stand while a struct is made; no name that can be sent, for it is no URI."""

Uri = Annotated[str, Meta(pattern=rf"\A{URI}\Z")]
Time = Annotated[
    str,
    Meta(
        pattern=r"\A\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])[Tt](?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?"
        r"(?:[Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)\Z"
    ),
]
Offset = Annotated[str, Meta(pattern=r"\A[+-](?:(?:0\d|1[0-3]):[0-5]\d|14:00)\Z")]
Decimal = int | float
Action = Literal["OBSERVE", "ADD", "DELETE"]
BizStep = Annotated[str, Meta(pattern=BIZ_STEPS.pattern)]
Disposition = Annotated[str, Meta(pattern=DISPOSITIONS.pattern)]
TransactionType = Annotated[str, Meta(pattern=TRANSACTION_TYPES.pattern)]
PartyType = Annotated[str, Meta(pattern=PARTY_TYPES.pattern)]
ErrorReason = Annotated[str, Meta(pattern=ERROR_REASONS.pattern)]
Component = Annotated[str, Meta(pattern=COMPONENTS.pattern)]
SensorWord = Annotated[str, Meta(pattern=rf"\A(?:[A-Za-z][A-Za-z0-9_]*|{URI})\Z")]
"""What a sensor measures. The list grows with the GS1 web vocabulary, and nothing here hangs on it: any word does."""
Uom = Annotated[str, Meta(pattern=r"\A[A-Z0-9]{2,3}\Z")]
Hex = Annotated[str, Meta(pattern=r"\A[A-Fa-f0-9]+\Z")]
Version = Annotated[str, Meta(pattern=r"\A\d+(?:\.\d+)*\Z")]

_ODD = {
    "context": "@context", "parent_id": "parentID", "event_id": "eventID", "child_epcs": "childEPCs",
    "input_epc_list": "inputEPCList", "output_epc_list": "outputEPCList", "transformation_id": "transformationID",
    "device_id": "deviceID", "corrective_event_ids": "correctiveEventIDs", "subscription_id": "subscriptionID",
    "more": MORE,
}  # fmt: skip


def wire_name(name: str) -> str:
    """How the standard spells a field."""
    first, *rest = name.split("_")
    return _ODD.get(name) or first + "".join(part.title() for part in rest)


class Part(Struct, frozen=True, kw_only=True, rename=wire_name, forbid_unknown_fields=True, omit_defaults=True):
    """Anything with fields of the standard."""


class Open(Part, frozen=True, kw_only=True):
    """Something to which senders may add fields under names with a prefix."""

    more: dict[str, Any] = {}


class Loose(Part, frozen=True, kw_only=True):
    """Something to which senders may add anything."""

    more: dict[str, Any] = {}


class Quantity(Part, frozen=True, kw_only=True):
    """So much of a class of things; without `uom` it is a number of single things."""

    epc_class: Uri
    quantity: Decimal | UnsetType = UNSET
    uom: Uom = ""


class BizTransaction(Part, frozen=True, kw_only=True):
    """A paper (surat jalan, berita acara) that goes with the event."""

    biz_transaction: Uri
    type: TransactionType = ""


class Source(Part, frozen=True, kw_only=True):
    """Where it comes from."""

    type: PartyType
    source: Uri


class Destination(Part, frozen=True, kw_only=True):
    """Where it goes."""

    type: PartyType
    destination: Uri


class Location(Loose, frozen=True, kw_only=True):
    """A place."""

    id: Uri


class PersistentDisposition(Part, frozen=True, kw_only=True):
    """What holds of the things until it is unset."""

    set: tuple[Disposition, ...] | UnsetType = UNSET
    unset: tuple[Disposition, ...] | UnsetType = UNSET


class ErrorDeclaration(Open, frozen=True, kw_only=True):
    """The event is taken back: the same event again, with this in it."""

    declaration_time: Time
    reason: ErrorReason = ""
    corrective_event_ids: tuple[Uri, ...] = ()


class SensorMetadata(Open, frozen=True, kw_only=True):
    """Which device measured, and when."""

    time: Time = ""
    device_id: Uri = ""
    device_metadata: Uri = ""
    raw_data: Uri = ""
    start_time: Time = ""
    end_time: Time = ""
    data_processing_method: Uri = ""
    biz_rules: Uri = ""


class SensorReport(Open, frozen=True, kw_only=True):
    """One thing measured."""

    type: SensorWord = ""
    exception: SensorWord = ""
    device_id: Uri = ""
    device_metadata: Uri = ""
    raw_data: Uri = ""
    data_processing_method: Uri = ""
    biz_rules: Uri = ""
    time: Time = ""
    microorganism: Uri = ""
    chemical_substance: Uri = ""
    coordinate_reference_system: Uri = ""
    value: Decimal | UnsetType = UNSET
    component: Component = ""
    string_value: str | UnsetType = UNSET
    boolean_value: bool | UnsetType = UNSET
    hex_binary_value: Hex = ""
    uri_value: Uri = ""
    min_value: Decimal | UnsetType = UNSET
    max_value: Decimal | UnsetType = UNSET
    mean_value: Decimal | UnsetType = UNSET
    s_dev: Decimal | UnsetType = UNSET
    perc_rank: Decimal | UnsetType = UNSET
    perc_value: Decimal | UnsetType = UNSET
    uom: str | UnsetType = UNSET


class SensorElement(Open, frozen=True, kw_only=True):
    """What one sensor reported."""

    sensor_report: Annotated[tuple[SensorReport, ...], Meta(min_length=1)]
    sensor_metadata: SensorMetadata | UnsetType = UNSET


Quantities = tuple[Quantity, ...]
Uris = tuple[Uri, ...]


class Event(Open, frozen=True, kw_only=True):
    """What all events share. `event_time` carries its own offset; `event_time_zone_offset` is that of the place."""

    type: str
    event_time: Time
    event_time_zone_offset: Offset
    context: Any = UNSET
    record_time: Time = ""
    event_id: Uri = ""
    certification_info: Any = UNSET
    error_declaration: ErrorDeclaration | UnsetType = UNSET


class Step(Event, frozen=True, kw_only=True):
    """What the five events of the standard share: the step of the business, where, and on which paper."""

    biz_step: BizStep = ""
    disposition: Disposition = ""
    persistent_disposition: PersistentDisposition | UnsetType = UNSET
    read_point: Location | UnsetType = UNSET
    biz_location: Location | UnsetType = UNSET
    biz_transaction_list: tuple[BizTransaction, ...] = ()
    source_list: tuple[Source, ...] = ()
    destination_list: tuple[Destination, ...] = ()
    sensor_element_list: tuple[SensorElement, ...] = ()


class ObjectEvent(Step, frozen=True, kw_only=True):
    """Things were seen, begun or ended."""

    action: Action
    epc_list: Uris | UnsetType = UNSET
    quantity_list: Quantities | UnsetType = UNSET
    ilmd: dict[str, Any] | UnsetType = UNSET


class AggregationEvent(Step, frozen=True, kw_only=True):
    """Things were put into something, or taken out."""

    action: Action
    parent_id: Uri = ""
    child_epcs: Uris | UnsetType = UNSET
    child_quantity_list: Quantities | UnsetType = UNSET


class AssociationEvent(Step, frozen=True, kw_only=True):
    """Things were fixed to something (a seal to a box), or taken off."""

    action: Action
    parent_id: Uri
    child_epcs: Uris | UnsetType = UNSET
    child_quantity_list: Quantities | UnsetType = UNSET


class TransactionEvent(Step, frozen=True, kw_only=True):
    """Things belong to papers from now on, or no longer."""

    action: Action
    biz_transaction_list: Annotated[tuple[BizTransaction, ...], Meta(min_length=1)]
    parent_id: Uri = ""
    epc_list: Uris | UnsetType = UNSET
    quantity_list: Quantities | UnsetType = UNSET


class TransformationEvent(Step, frozen=True, kw_only=True):
    """Some things became others."""

    input_epc_list: Uris | UnsetType = UNSET
    input_quantity_list: Quantities | UnsetType = UNSET
    output_epc_list: Uris | UnsetType = UNSET
    output_quantity_list: Quantities | UnsetType = UNSET
    transformation_id: Uri = ""
    ilmd: dict[str, Any] | UnsetType = UNSET


class ExtendedEvent(Event, frozen=True, kw_only=True):
    """Somebody's own kind of event; its type is a URI, and what it says is theirs."""

    type: Uri


class Attribute(Loose, frozen=True, kw_only=True):
    """One property of a master data element."""

    id: Uri
    attribute: Decimal | str | dict[str, Any] | UnsetType = UNSET


class VocabularyElement(Loose, frozen=True, kw_only=True):
    """One entry of master data."""

    id: Uri
    attributes: tuple[Attribute, ...] = ()
    children: Uris = ()


class Vocabulary(Loose, frozen=True, kw_only=True):
    """Master data of one kind."""

    type: Uri
    vocabulary_element_list: tuple[VocabularyElement, ...] = ()


class MasterData(Loose, frozen=True, kw_only=True):
    """Master data that a document carries along."""

    vocabulary_list: tuple[Vocabulary, ...] = ()


class Header(Open, frozen=True, kw_only=True):
    """The header of a document."""

    epcis_master_data: MasterData | UnsetType = UNSET


class Body(Loose, frozen=True, kw_only=True):
    """The body of a document; events are read one by one."""

    event_list: list[Any]


class Document(Open, frozen=True, kw_only=True):
    """An EPCISDocument: events somebody captured."""

    context: Any
    type: Literal["EPCISDocument"]
    schema_version: Version
    creation_date: Time
    epcis_body: Body
    id: Uri = ""
    instance_identifier: str = ""
    sender: str = ""
    receiver: str = ""
    epcis_header: Header | UnsetType = UNSET


class ResultsBody(Open, frozen=True, kw_only=True):
    """What a query found."""

    event_list: list[Any]
    vocabulary_list: tuple[Vocabulary, ...] = ()


class QueryResults(Open, frozen=True, kw_only=True):
    """The answer to a query."""

    query_name: str
    results_body: ResultsBody
    subscription_id: str = ""


class QueryBody(Open, frozen=True, kw_only=True):
    """The body of an answer."""

    query_results: QueryResults


class QueryDocument(Open, frozen=True, kw_only=True):
    """An EPCISQueryDocument: events somebody found."""

    context: Any
    type: Literal["EPCISQueryDocument"]
    epcis_body: QueryBody
    id: Uri = ""
    schema_version: Version = ""
    creation_date: Time = ""


EVENT_TYPES: Mapping[str, type[Event]] = {
    one.__name__: one
    for one in (ObjectEvent, AggregationEvent, AssociationEvent, TransactionEvent, TransformationEvent)
}


def _part_in(hint: Any) -> type[Part] | None:
    """The struct that a field holds, by itself or in a list."""
    if isinstance(hint, type) and issubclass(hint, Part):
        return hint
    if get_origin(hint) is None and not get_args(hint):
        return None
    return next((found for one in get_args(hint) if (found := _part_in(one))), None)


def fields_of(part: type[Part]) -> Mapping[str, type[Part] | None]:
    """The names that may stand in a part as the standard spells them, each with the part that lies in it."""
    hints = get_type_hints(part, include_extras=True)
    return {one.encode_name: _part_in(hints[one.name]) for one in msgspec.structs.fields(part) if one.name != "more"}
