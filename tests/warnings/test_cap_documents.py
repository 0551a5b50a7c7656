"""CAP documents that we make: valid by the published schema, signed, and saying what they should."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from awas.ledger.area import DAY, HOUR
from awas.ledger.keys import KeyUnusable
from awas.logistics.rules import RULES as LOGISTICS_RULES
from awas.roster.rules import RULES as ROSTER_RULES
from awas.warehouse.rules import RULES as WAREHOUSE_RULES
from awas.warnings import reasons
from awas.warnings.cap import message, writing
from awas.warnings.cap.chain import Issue
from awas.warnings.cap.composing import Publisher, Where, composed
from awas.warnings.cap.message import Alert, instant_of, time_of
from awas.warnings.cap.reading import read
from awas.warnings.cap.signing import SignatureWrong, is_signed, require_signed_by, seal_in
from awas.warnings.rule import Level
from tests.warnings.cap_making import PUBLISHER, TEXT, WHERE, schema_in

RULES = {rule.id: rule for rule in (*WAREHOUSE_RULES, *ROSTER_RULES, *LOGISTICS_RULES)}
THREATENED = RULES["WAR-34"]
PAGE = "https://awas.example/peringatan/36.02-G1/37a9e53de20a94e4/"
NINE = 1_707_789_600_000
FACTS = (("condition", "flood"), ("spot", "Lorong"), ("ballots", 1))


def issue(**named):
    fields = {
        "index": 812, "renewal": 0, "kind": "Alert", "phase": "stands", "sent_at": NINE + 400, "effective_at": NINE,
        "onset_at": NINE, "warning": "37a9e53de20a94e4", "rule": "WAR-34", "key": "36.02-G1/c1", "level": "awas",
        "facts": FACTS, "evidence": (810, 811),
    }  # fmt: skip
    return Issue(**(fields | named))


def flood(**named) -> Alert:
    return composed(issue(**named), (), THREATENED, WHERE, PUBLISHER, PAGE)


def test_what_it_says():
    alert = flood()
    assert alert.identifier == "awas:36.02:812"
    assert (alert.status, alert.kind, alert.scope) == ("Actual", "Alert", "Restricted")
    assert alert.restriction
    assert alert.sent == "2024-02-13T09:00:00+07:00"
    indonesian, english = alert.infos
    assert (indonesian.language, english.language) == ("id-ID", "en-US")
    assert indonesian.headline == "Awas: Air, api, atau kerusakan mengancam logistik, Gudang Contoh"
    assert english.headline.startswith("Awas: Water, fire or damage")
    assert "banjir (Lorong)" in indonesian.description
    assert "flood (Lorong)" in english.description
    assert english.instruction.splitlines()[1].startswith("2. Water: lift boxes")
    assert (english.severity, english.urgency, english.certainty) == ("Extreme", "Immediate", "Observed")
    assert english.categories == ("Infra", "Met")
    assert english.web == PAGE
    assert instant_of(english.expires) - instant_of(alert.sent) == DAY
    assert dict(english.parameters) == {
        "awas:rule": "WAR-34", "awas:level": "awas", "awas:log": "awas/36.02", "awas:entry": "812",
        "awas:warning": "37a9e53de20a94e4", "awas:evidence": "810 811",
    }  # fmt: skip
    (area,) = english.areas
    assert area.description == "Gudang Contoh, Kabupaten Lebak"
    assert area.circles == ("-6.350000,106.250000 0.150",)
    assert area.geocodes == (("kemendagri", "36.02"),)


def test_a_site_in_a_subdistrict_has_both_codes_and_one_without_coordinates_no_circle():
    where = Where(code="36.02.05-G1", name="Gudang", district="Kabupaten Lebak")
    (area,) = composed(issue(), (), THREATENED, where, PUBLISHER).infos[0].areas
    assert area.circles == ()
    assert [value for _, value in area.geocodes] == ["36.02.05", "36.02"]


def test_what_is_for_all_says_neither_where_nor_what_to_do():
    public = composed(issue(), (), THREATENED, WHERE, Publisher(**{**_fields(PUBLISHER), "public": True}))
    assert (public.scope, public.restriction) == ("Public", "")
    assert public.identifier != flood().identifier
    text = writing.written(public).decode()
    assert not [word for word in ("Gudang Contoh", "Lorong", "circle", "37a9e53de20a94e4/", "810") if word in text]
    assert "Kabupaten Lebak" in text


def _fields(struct):
    return {name: getattr(struct, name) for name in struct.__struct_fields__}


def test_an_exercise_says_so_in_every_headline():
    drill = composed(issue(), (), THREATENED, WHERE, Publisher(**{**_fields(PUBLISHER), "status": "Exercise"}))
    assert drill.status == "Exercise"
    assert "LATIHAN: " in drill.infos[0].headline
    assert "EXERCISE: " in drill.infos[1].headline


def test_what_is_over_asks_for_nothing_more():
    over = flood(kind="Cancel", phase="over", why="repaired", how="by_person", judgement="useful").infos[1]
    assert (over.urgency, over.responses, over.instruction) == ("Past", ("AllClear",), "")
    assert reasons.RESOLVED["by_person"].en in over.description


def test_clocks_are_those_of_the_place():
    where = Where(code="94.71-G1", name="Gudang", district="Kota Jayapura")
    assert composed(issue(), (), THREATENED, where, PUBLISHER).sent.endswith("11:00:00+09:00")


@given(st.integers(0, 1 << 42), st.sampled_from([7, 8, 9]))
def test_a_time_comes_back_from_its_text(at, hours):
    assert instant_of(time_of(at, hours * HOUR)) == at // 1000 * 1000


@pytest.mark.parametrize(
    "text",
    ["2024-02-13T09:00:00Z", "2024-02-13T09:00:00", "2024-02-30T09:00:00+07:00", "2024-02-13T09:00:00+15:00",
     "2024-02-13T09:00:00.5+07:00", "2024-02-13 09:00:00+07:00", "", "２024-02-13T09:00:00+07:00"],
)  # fmt: skip
def test_other_spellings_of_a_time_are_none(text):
    with pytest.raises(ValueError):
        instant_of(text)


# ---------------------------------------------------------------- whatever a warning holds, the document is valid


FACT_NAMES = sorted({name for rule in RULES.values() for name in re.findall(r"{(\w+)}", rule.message.id)})


@st.composite
def warnings(draw):
    rule = RULES[draw(st.sampled_from(sorted(RULES)))]
    facts = tuple((name, draw(st.one_of(TEXT, st.integers(-5, 10**9)))) for name in FACT_NAMES)
    phase = draw(st.sampled_from(["stands", "gone", "over"]))
    one = issue(
        index=draw(st.integers(0, 10**12)),
        renewal=draw(st.integers(0, 366)),
        kind=draw(st.sampled_from(["Alert", "Update", "Cancel"])),
        phase=phase,
        sent_at=draw(st.integers(0, 4_000_000_000_000)),
        rule=rule.id,
        key=draw(TEXT),
        level=draw(st.sampled_from([level.value for level in Level])),
        facts=draw(st.sampled_from([facts, ()])),
        evidence=tuple(draw(st.lists(st.integers(0, 10**9), max_size=20))),
        why=draw(st.sampled_from(["", "unknown", *reasons.CLEARED])),
        how=draw(st.sampled_from(["", *reasons.RESOLVED])),
        judgement=draw(st.sampled_from(["", *reasons.JUDGEMENTS])),
    )
    where = Where(
        code=draw(st.sampled_from(["36.02-G1", "36.02", "36.02.05.2001-002", "94.71-G1"])),
        name=draw(TEXT) or "x",
        district=draw(TEXT) or "x",
        latitude_e6=draw(st.none() | st.integers(-90_000_000, 90_000_000)),
        longitude_e6=draw(st.none() | st.integers(-180_000_000, 180_000_000)),
        radius_m=draw(st.integers(0, 100_000)),
    )
    public = draw(st.booleans())
    who = Publisher(**{**_fields(PUBLISHER), "public": public, "name": draw(TEXT), "contact": draw(TEXT)})
    earlier = tuple(issue(index=number) for number in range(draw(st.integers(0, 60))))
    return composed(one, earlier, draw(st.sampled_from([rule, None])), where, who)


@settings(max_examples=300, deadline=None)
@given(warnings())
def test_every_alert_is_valid_and_can_be_read(realdata, alert):
    body = writing.written(alert)
    schema = schema_in(realdata)
    assert schema.validate(etree.fromstring(body)), schema.error_log
    back = read(body)
    assert (back.identifier, back.references, len(back.infos)) == (alert.identifier, alert.references, 2)
    assert len(back.references) <= 40


TIMES = st.builds(time_of, st.integers(0, 4_000_000_000_000), st.just(7 * HOUR))
PLAIN = st.text("abc é&<>\"'", min_size=1, max_size=20).map(str.strip).filter(bool)
NAME = st.text("abcXYZ0:/.@-", min_size=1, max_size=20)
PAIRS = st.lists(st.tuples(PLAIN, PLAIN), max_size=3).map(tuple)
WORDS = st.lists(PLAIN, max_size=3).map(tuple)

ALERTS = st.builds(
    Alert,
    identifier=NAME,
    sender=NAME,
    sent=TIMES,
    status=st.sampled_from(message.STATUSES),
    kind=st.sampled_from(message.KINDS),
    scope=st.sampled_from(message.SCOPES),
    source=PLAIN,
    codes=WORDS,
    references=st.lists(st.builds(message.Reference, NAME, NAME, TIMES), max_size=4).map(tuple),
    infos=st.lists(
        st.builds(
            message.Info,
            categories=st.lists(st.sampled_from(message.CATEGORIES), min_size=1, max_size=3).map(tuple),
            event=PLAIN,
            urgency=st.sampled_from(message.URGENCIES),
            severity=st.sampled_from(message.SEVERITIES),
            certainty=st.sampled_from(message.CERTAINTIES),
            language=st.sampled_from(["id", "id-ID", "en-US"]),
            responses=st.lists(st.sampled_from(message.RESPONSES), max_size=2).map(tuple),
            event_codes=PAIRS,
            onset=st.just("") | TIMES,
            expires=st.just("") | TIMES,
            headline=PLAIN,
            parameters=PAIRS,
            resources=st.lists(
                st.builds(message.Resource, description=PLAIN, media_type=PLAIN, size=st.just("12")), max_size=2
            ).map(tuple),
            areas=st.lists(
                st.builds(message.Area, description=PLAIN, polygons=WORDS, circles=WORDS, geocodes=PAIRS), max_size=3
            ).map(tuple),
        ),
        max_size=3,
    ).map(tuple),
)


@given(ALERTS)
def test_what_is_written_is_read_back_as_it_was(alert):
    assert read(writing.written(alert)) == alert


# ---------------------------------------------------------------- signatures


@pytest.fixture
def seal(tmp_path):
    return seal_in(tmp_path / "keys", name="awas@bawaslu.example")


@pytest.fixture
def signed(seal):
    return writing.bytes_of(seal.sign(writing.element_of(flood())))


def test_a_signed_document_is_valid_and_can_be_read(realdata, signed, seal):
    root = etree.fromstring(signed)
    assert schema_in(realdata).validate(root)
    assert is_signed(root)
    require_signed_by(root, seal.certificate_pem)
    assert read(signed) == flood()


def test_it_is_the_same_document_every_time(signed, seal, tmp_path):
    again = seal_in(tmp_path / "keys", name="somebody else")
    assert writing.bytes_of(again.sign(writing.element_of(flood()))) == signed


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b">Extreme<", b">Minor<"),
        (b">Actual<", b">Test<"),
        (b"<msgType>Alert", b"<msgType>Cancel"),
        (b"-6.350000", b"-6.350001"),
        (b"<scope>", b"<source>x</source><scope>"),
        (b"</info><info>", b"</info><!-- --><info><language>xx</language></info><info>"),
    ],
)
def test_a_signature_breaks_when_anything_is_changed(signed, seal, before, after):
    assert before in signed
    with pytest.raises(SignatureWrong):
        require_signed_by(etree.fromstring(signed.replace(before, after)), seal.certificate_pem)


def test_anothers_signature_and_none_are_wrong(signed, seal, tmp_path):
    other = seal_in(tmp_path / "others", name="awas@bawaslu.example")
    with pytest.raises(SignatureWrong):
        require_signed_by(etree.fromstring(signed), other.certificate_pem)
    with pytest.raises(SignatureWrong):
        require_signed_by(writing.element_of(flood()), seal.certificate_pem)


def test_a_signed_part_in_a_forged_whole_is_wrong(signed, seal):
    """Signature wrapping: the genuine document moved inside another one."""
    genuine = etree.fromstring(signed)
    forged = writing.element_of(flood(level="waspada"))
    forged.append(genuine.find("{*}Signature"))
    etree.SubElement(forged, "{urn:oasis:names:tc:emergency:cap:1.2}note").append(genuine)
    with pytest.raises(SignatureWrong):
        require_signed_by(forged, seal.certificate_pem)


def test_the_key_lies_with_the_others_and_only_its_owner_reads_it(seal, tmp_path):
    file = tmp_path / "keys" / "cap.p256.pem"
    assert file.stat().st_mode & 0o777 == 0o600
    file.chmod(0o644)
    with pytest.raises(KeyUnusable):
        seal_in(tmp_path / "keys", name="x")
    file.chmod(0o600)
    file.write_text("not a key")
    with pytest.raises(KeyUnusable):
        seal_in(tmp_path / "keys", name="x")
