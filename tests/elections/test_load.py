"""What a file must be to be taken, and the words in which it is refused."""

from importlib.resources import files

import pytest

from awas.elections import services
from awas.elections.load import BadElectionFile, load_almanac, load_election
from awas.elections.schema import Cited, facts

FOLDER = files("awas.elections") / "data"
PEMILU = (FOLDER / "pemilu-2024.toml").read_text(encoding="utf-8")


@pytest.fixture
def refuse(tmp_path):
    """Loads the general election's file with `old` replaced by `new` and returns what is said against it."""

    def refused(old, new, name="pemilu-2024.toml"):
        assert old in PEMILU, "the line to break is not in the file any more"
        path = tmp_path / name
        path.write_text(PEMILU.replace(old, new, 1), encoding="utf-8")
        with pytest.raises(BadElectionFile) as caught:
            load_election(path)
        return str(caught.value)

    return refused


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('slug = "pemilu-2024"', 'slug = "pemilu-2029"', 'slug: is "pemilu-2029", but the file is named'),
        ('kind = "pemilu"', 'kind = "pemilu"\nprinter = "PT"', "printer: is not a key"),
        ('id = "dpd"\nname', 'id = "dpd"\nweight = 3\nname', "ballots[dpd].weight: is not a key"),
        ('kind = "pemilu"\n', "", "kind: is missing"),
        ('kind = "pemilu"', 'kind = "poll"', "kind: invalid enum value 'poll'"),
        ("value = 20\n", "value = 20.5\n", "reserve.per_mille.value: expected `int`, got `float`"),
        ("value = 20\n", 'value = "20"\n', "reserve.per_mille.value: expected `int`, got `str`"),
        ("value = 20\n", "value = 2000\n", "reserve.per_mille: must lie between"),
        ("value = 300\n", "value = 600\n", "station.voters_max: must be above 0 and not above"),
        ('value = "up"\n', 'value = "bankers"\n', "reserve.rounding.value: invalid enum value 'bankers'"),
        ('on = "2024-02-14"', 'on = "14-02-2024"', 'voting.on: "14-02-2024" is not a date'),
        ('on = "2024-02-14"', 'on = "2024-02-30"', 'voting.on: "2024-02-30" is not a date'),
        ('opens = "07:00"', 'opens = "7:00"', 'voting.hours.opens: "7:00" is not a time'),
        ('end_on = "2024-02-10"', 'end_on = "2023-11-01"', "calendar[campaign].end_on: 2023-11-01 is before the start"),
        ('end_on = "2024-02-10"', 'end_on = "2024-02-12"', "calendar[quiet_period].start_on: overlaps"),
        ("start_day = -30", "start_day = -31", "calendar[moving_nine_reasons].start_day: -31 days from voting is"),
        ('id = "dpr"', 'id = "dpd"', "ballots: dpd stands there 2 times"),
        ('ballots = ["ppwp", "dpr"]', 'ballots = ["ppwp", "dprr"]', '"dprr" is no ballot of this election'),
        (
            "voters = 996127",
            "voters = 996128",
            "electorate[0].whole.voters: is 8842646, but the rows add up",
        ),
        ('region = "36.01"', 'region = "3601"', '"3601" is not a region code'),
        ('cut_off = "23:59"', 'cut_off = "24:00"', 'clocks[moving_nine_reasons].cut_off: "24:00" is not a time'),
        ('article = "UU 7/2017 Pasal 461"', 'article = ""', "clocks[administrative_decision].article: is empty"),
        ("number = 8,", "number = 9,", "damaged.rows: must be numbered"),
        ("number = 8,", "number = true,", "damaged.rows[symbol_colour].number: expected `int`, got `bool`"),
    ],
)
def test_a_broken_file_is_refused_by_file_and_key(refuse, old, new, said):
    assert f"pemilu-2024.toml: {said}" in refuse(old, new) or said in refuse(old, new)


LIMIT = '\n[[limits]]\nrule = "LOG-01"\nname = "units"\nvalue = 5\nsource = "SOP kantor"\ncertainty = "D"\n'


def test_an_election_may_give_rules_other_numbers(refuse, tmp_path):
    path = tmp_path / "pemilu-2024.toml"
    path.write_text(PEMILU + LIMIT, encoding="utf-8")
    assert [(one.rule, one.name, one.value) for one in load_election(path).limits] == [("LOG-01", "units", 5)]
    assert "limits: LOG-01.units stands there 2 times" in refuse("\n[[electorate]]", LIMIT + LIMIT + "\n[[electorate]]")


def test_certainty_must_be_known(refuse):
    assert "law.certainty: invalid enum value 'sure'" in refuse('certainty = "S"', 'certainty = "sure"')


def test_a_source_must_be_named(refuse):
    said = refuse('source = "UU 7/2017 Pasal 350(1)"', 'source = "  "')
    assert "station.voters_max_by_law.source: is empty" in said


@pytest.mark.parametrize("certainty", ["X", "M-lo"])
def test_what_is_doubtful_must_say_so_and_why(refuse, certainty):
    said = refuse('certainty = "M-hi"', f'certainty = "{certainty}"')
    assert f"uncertain: must be true, since the certainty is {certainty}" in said
    said = refuse('certainty = "M-hi"', f'certainty = "{certainty}"\nuncertain = true')
    assert "note: an uncertain value says what is doubtful" in said


def test_every_problem_is_told_at_once(refuse, tmp_path):
    path = tmp_path / "pemilu-2024.toml"
    path.write_text(PEMILU.replace("value = 20\n", "value = -1\n").replace('"07:00"', '"soon"'), encoding="utf-8")
    with pytest.raises(BadElectionFile) as caught:
        load_election(path)
    assert [problem.split(":")[0] for problem in caught.value.problems] == [
        "voting.hours.opens",
        "voting.hours.closes",
        "reserve.per_mille",
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"slug = ", "pemilu-2024.toml: is not TOML: Invalid value (at end of document)"),
        (b'slug = "\xff"', "pemilu-2024.toml: is not UTF-8 text (byte 8)"),
        (b"", "pemilu-2024.toml: slug: is missing"),
        (b"slug = 3", "pemilu-2024.toml: slug: expected `str`, got `int`"),
    ],
)
def test_what_is_no_election_file_at_all(tmp_path, content, said):
    path = tmp_path / "pemilu-2024.toml"
    path.write_bytes(content)
    with pytest.raises(BadElectionFile) as caught:
        load_election(path)
    assert str(caught.value) == said


def test_an_almanac_names_a_day_once(tmp_path):
    text = (FOLDER / "almanac-2024.toml").read_text(encoding="utf-8")
    path = tmp_path / "almanac-2024.toml"
    path.write_text(text.replace('on = "2024-01-01"', 'on = "2024-02-08"'), encoding="utf-8")
    with pytest.raises(BadElectionFile, match="holidays: 2024-02-08 stands there 2 times"):
        load_almanac(path)


@pytest.mark.parametrize("slug", services.election_slugs())
def test_every_value_shipped_has_a_source_and_a_certainty(slug):
    election = services.election(slug)
    for part in (election, services.almanac(election.almanac)):
        found = list(facts(part))
        assert len(found) > 50
        assert all(fact.source.strip() and fact.certainty for fact in found)


def test_facts_inherit_the_nearest_citation():
    by_key = {fact.key: fact for fact in facts(services.election("pemilu-2024"))}
    assert by_key["voting.on"].source.startswith("PKPU 3/2022")
    assert by_key["ballots[dprd_prov].colour.id"].value == "biru"
    assert by_key["voting.hours.opens"].source.startswith("PKPU 25/2023")
    assert by_key["electorate[0].rows[36.02].voters"].value == 1_048_643
    assert by_key["electorate[0].rows[36.02].voters"].certainty == "S"
    assert by_key["reserve.rounding"].uncertain
    assert [reading.value for reading in by_key["reserve.rounding"].readings] == ["up", "up_to_even"]


def test_only_a_rule_of_the_equipment_is_free_of_doubt():
    for thing in services.election("pemilu-2024").equipment:
        assert thing.per_station.uncertain is (thing.basis != "rule")
        assert isinstance(thing.per_station, Cited)


@pytest.mark.parametrize(("item", "each"), [("booth", 4), ("ink", 2)])
def test_the_national_order_is_the_stations_times_the_rule(item, each):
    election = services.election("pemilu-2024")
    thing = next(thing for thing in election.equipment if thing.id == item)
    stations = next(total.value for total in election.totals if total.id == "stations_domestic")
    assert abs(thing.national.value - each * stations) <= 0 and thing.per_station.value == each


def test_an_unknown_election_names_the_known_ones():
    with pytest.raises(services.UnknownElection, match="known are: pemilu-2024, pilkada-2024"):
        services.election("pemilu-1955")


def test_a_path_is_no_election():
    with pytest.raises(services.UnknownElection):
        services.election("../data/pemilu-2024")


def test_the_setting_chooses_the_current_election(settings):
    settings.AWAS_ELECTION = "pilkada-2024"
    assert services.current_election().kind == "pilkada"
    del settings.AWAS_ELECTION
    assert services.current_election().slug == "pemilu-2024"
