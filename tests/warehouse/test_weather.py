"""Alerts of others in the record: noted once, changed, ended; how many there may be."""

import pytest

from awas.ledger.area import HOUR
from awas.ledger.message import require_valid
from awas.warehouse import commands as ask
from awas.warehouse.events import WeatherAlertEnded, WeatherAlertNoted
from awas.warehouse.site import ALERTS_KEPT
from tests.book import START
from tests.warehouse.making import OTHER, PLACE, at, void


def alert(name="a1", *, place=PLACE, hours=6, **named):
    fields = {
        "alert_id": at(name, place), "sender": "cuaca@bmkg.example", "source": "BMKG", "identifier": name,
        "event": "Hujan Lebat", "hazard": "rain", "severity": "moderate", "urgency": "expected", "certainty": "likely",
        "sent_at": START, "onset_at": START, "expires_at": START + hours * HOUR, "basis": "polygon",
    }  # fmt: skip
    return ask.NoteWeatherAlert(**(fields | named))


def test_an_alert_is_noted_once(book):
    noted = book.one(alert())
    assert isinstance(noted, WeatherAlertNoted)
    assert (noted.thread, noted.ballots_inside) == (at("a1"), False)
    assert [one.thread for one in book.state().alerts] == [at("a1")]
    assert book.refused(alert()) == "weather_alert_known"
    assert book.refused(alert(place=OTHER)) == "key_of_other_place"
    assert book.one(alert(place=OTHER), place=OTHER).thread == at("a1", OTHER)
    assert book.state().last_entry_at == 0, "nobody watches because it rains"


def test_a_change_goes_on_under_the_first_ones_thread(book):
    book.do(alert("a1"))
    book.do(alert("a2", replaces=(at("a1"),)))
    third = book.one(alert("a3", hours=9, severity="severe", replaces=(at("a1"), at("a2"), at("a0"))))
    assert (third.thread, third.replaces) == (at("a1"), (at("a2"),))
    assert [book.item("weather_alert", at(name)).state for name in ("a1", "a2", "a3")] == ["replaced"] * 2 + ["open"]
    (one,) = book.state().alerts
    assert (one.thread, one.severity, one.expires_at) == (at("a1"), "severe", START + 9 * HOUR)


def test_one_message_may_change_two_alerts_into_one(book):
    book.do(alert("a1"))
    book.do(alert("a2"))
    noted, ended = book.do(alert("a3", replaces=(at("a1"), at("a2"))))
    assert noted.thread == at("a1")
    assert isinstance(ended, WeatherAlertEnded)
    assert (ended.thread, ended.why) == (at("a2"), "replaced")
    assert [one.thread for one in book.state().alerts] == [at("a1")]


def test_an_alert_ends_once(book):
    book.do(alert())
    end = ask.EndWeatherAlert(alert_id=at("a1"), why="cancelled", identifier="c1")
    assert book.one(end).event == "Hujan Lebat"
    assert book.state().alerts == ()
    assert book.refused(end) == "weather_alert_over"
    assert book.refused(ask.EndWeatherAlert(alert_id=at("a9"), why="cancelled")) == "weather_alert_unknown"
    assert book.refused(alert()) == "weather_alert_known", "what was cancelled doesn't come back"
    book.do(alert("b1", place=OTHER), place=OTHER)
    away = ask.EndWeatherAlert(alert_id=at("b1", OTHER), why="cancelled")
    assert book.refused(away) == "weather_alert_elsewhere"


def test_what_ends_before_it_begins_is_none(book):
    assert book.refused(alert(hours=0)) == "ends_before_it_begins"
    assert book.refused(alert(onset_at=START + 7 * HOUR)) == "ends_before_it_begins"


def test_the_snapshot_holds_only_so_many_and_forgets_what_ran_out(book):
    for number in range(20):
        book.do(alert(f"a{number}", hours=1 + number))
    assert len(book.state().alerts) == ALERTS_KEPT
    assert book.state().alerts[0].expires_at == START + 20 * HOUR
    book.later(19 * 60)
    book.do(alert("late", sent_at=START + 19 * HOUR, onset_at=START + 19 * HOUR, hours=25))
    assert [one.thread for one in book.state().alerts] == [at("late"), at("a19")]
    assert book.rebuilt().states == book.states


@pytest.mark.parametrize("wrong", [{"hazard": "frogs"}, {"severity": "Severe"}, {"event": "a\nb"}, {"document": "x"}])
def test_only_what_the_record_knows(wrong, book):
    with pytest.raises(Exception, match=r"code_unknown|text_not_allowed"):
        require_valid(alert(**wrong))


def test_what_was_read_is_in_the_entry(book):
    noted = book.one(alert(document="a" * 64, basis="name"))
    assert (noted.document, noted.basis, noted.source) == ("a" * 64, "name", "BMKG")


def test_an_alert_noted_by_mistake_never_was(book):
    book.do(alert("a1"))
    book.do(alert("a2", replaces=(at("a1"),)))
    book.do(void("weather.alert_noted@1", at("a1")))
    assert [one.thread for one in book.state().alerts] == [at("a1")], "what was changed since is left alone"
    book.do(void("weather.alert_noted@1", at("a2")))
    assert book.state().alerts == ()
    assert book.item("weather_alert", at("a2")).state == "void"
    assert book.refused(alert("a2")) == "weather_alert_known"
    assert book.rebuilt().states == book.states
