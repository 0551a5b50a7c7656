"""The gate log as a whole: its vocabulary, its tables, its refusals."""

import re

import pytest
from django.utils.translation import override

from awas.ledger.message import VALIDATION_CODES
from awas.ledger.refusals import WORDS as LEDGER_WORDS
from awas.warehouse import commands as ask
from awas.warehouse import events as happened
from awas.warehouse import state
from awas.warehouse.area import AREA
from awas.warehouse.correctable import CORRECTABLE
from awas.warehouse.decide import DECIDERS, NEEDS
from awas.warehouse.decide.voiding import UNDO
from awas.warehouse.refusals import WORDS
from tests import shape

RAISED = list(shape.raised(shape.SOURCE / "warehouse"))


def test_every_command_is_decided_and_every_event_folded():
    assert set(DECIDERS) == set(NEEDS) == set(AREA.commands)
    assert set(state._SITE) == set(state._ITEMS) == set(AREA.events)
    assert set(AREA.events) >= state.NO_SIGN_OF_LIFE


@pytest.mark.parametrize("struct", [*AREA.events, *AREA.commands], ids=lambda one: one.__name__)
def test_a_message_has_a_stable_name_and_only_what_the_record_holds(struct):
    config = struct.__struct_config__
    assert re.fullmatch(r"(gate|goods|seal|round|access|correction|weather)\.[a-z_]+@1", config.tag)
    assert (config.tag_field, config.frozen, config.omit_defaults, config.forbid_unknown_fields) == (
        "kind",
        *[True] * 3,
    )
    assert shape.forbidden_types(struct) == []


def test_names_are_unique():
    tags = [struct.__struct_config__.tag for struct in (*AREA.events, *AREA.commands)]
    assert len(set(tags)) == len(tags)


def test_corrections_name_entries_that_exist():
    kinds = {struct.__struct_config__.tag for struct in AREA.events}
    assert set(UNDO) | set(CORRECTABLE) <= kinds


@pytest.mark.parametrize(("kind", "fields"), CORRECTABLE.values(), ids=list(CORRECTABLE))
def test_correctable_fields_stand_in_their_item(kind, fields):
    assert set(fields) <= set(AREA.items[kind].__struct_fields__)


def test_tables_have_the_columns_of_their_structs():
    assert shape.column_faults(AREA) == []


def test_columns_hold_whatever_a_command_may_say():
    seals = (ask.ApplySeal, ask.CheckSeal, ask.RemoveSeal, happened.SealChecked)
    written_by = {
        "visit": (ask.EnterPerson, ask.LeavePerson),
        "presence": (ask.EnterPerson, ask.RefuseEntry),
        "vehicle": (ask.ArriveVehicle,),
        "consignment": (ask.AnnounceConsignment, ask.DispatchConsignment, ask.ReceiveGoods, ask.ReleaseGoods),
        "tally": (ask.ReceiveGoods, ask.ReleaseGoods),
        "seal": tuple(one for one in seals if one is not happened.SealChecked),
        "key_holding": (ask.TakeKey,),
        "condition": (ask.ReportCondition, ask.ReportUse),
        "incident": (ask.ReportIncident, ask.CloseIncident),
        "access_rule": (ask.GrantAccess,),
        "watchlisted": (ask.WatchlistPerson,),
        "fitness_check": (ask.CheckFitness,),
        "weather_alert": (ask.NoteWeatherAlert,),
    }
    assert shape.too_narrow(AREA, written_by) == []


def test_every_refusal_has_its_sentence_and_every_sentence_its_refusal():
    assert {code for code, _, _ in RAISED} == set(WORDS)
    assert set(LEDGER_WORDS) >= VALIDATION_CODES
    assert not set(WORDS) & set(LEDGER_WORDS)


@pytest.mark.parametrize(("code", "names", "where"), RAISED)
def test_a_sentence_asks_only_for_what_it_is_given(code, names, where):
    sentence = WORDS[code]
    assert shape.wanted_parameters(sentence.id) == shape.wanted_parameters(sentence.en), where
    assert shape.wanted_parameters(sentence.id) <= names, where


def test_a_sentence_comes_in_the_language_of_the_page():
    with override("en"):
        assert str(WORDS["visit_unknown"]).startswith("This visit")
    with override("id"):
        assert str(WORDS["visit_unknown"]).startswith("Kunjungan ini")
