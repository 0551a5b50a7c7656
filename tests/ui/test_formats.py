"""Instants, durations and numbers as people read them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awas.ui import formats

# 13 Feb 2024 02:14:05 WIB
NIGHT = 1_707_765_245_000
ZONES = ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")


@pytest.mark.parametrize(
    ("tz", "language", "expected"),
    [
        ("Asia/Jakarta", "id", "02.14"),
        ("Asia/Makassar", "id", "03.14"),
        ("Asia/Jayapura", "id", "04.14"),
        ("Asia/Jakarta", "en", "02:14"),
    ],
)
def test_clock(tz, language, expected):
    assert formats.clock(NIGHT, tz, language) == expected


def test_moment_is_complete():
    assert formats.moment(NIGHT, "Asia/Jakarta", "id") == "13 Feb 2024 02.14 WIB"
    assert formats.moment(NIGHT, "Asia/Makassar", "en") == "13 Feb 2024 03:14 WITA"


def test_moment_crosses_midnight_with_its_zone():
    last_minute = 1_707_757_199_000  # 12 Feb 23:59:59 WIB
    assert formats.moment(last_minute, "Asia/Jakarta", "id") == "12 Feb 2024 23.59 WIB"
    assert formats.moment(last_minute, "Asia/Makassar", "id") == "13 Feb 2024 00.59 WITA"


def test_day_heads_a_log():
    assert formats.day(NIGHT, "Asia/Jakarta", "id") == "Selasa, 13 Feb 2024"
    assert formats.day(NIGHT, "Asia/Jakarta", "en") == "Tuesday, 13 Feb 2024"


@pytest.mark.parametrize("on", ["2024-08-17", date(2024, 8, 17)])
def test_calendar_date(on):
    assert formats.calendar_date(on, "id") == "17 Agu 2024"
    assert formats.calendar_date(on, "en") == "17 Aug 2024"


@pytest.mark.parametrize(
    ("distance", "indonesian", "english"),
    [
        (0, "baru saja", "just now"),
        (59_999, "baru saja", "just now"),
        (60_000, "1 mnt lalu", "1 min ago"),
        (12 * formats.MINUTE, "12 mnt lalu", "12 min ago"),
        (59 * formats.MINUTE + 59_999, "59 mnt lalu", "59 min ago"),
        (3 * formats.HOUR, "3 jam lalu", "3 hr ago"),
        (47 * formats.HOUR, "47 jam lalu", "47 hr ago"),
        (48 * formats.HOUR, "2 hari lalu", "2 days ago"),
        (-5 * formats.MINUTE, "dalam 5 mnt", "in 5 min"),
    ],
)
def test_ago(distance, indonesian, english):
    assert formats.ago(NIGHT - distance, NIGHT, "id") == indonesian
    assert formats.ago(NIGHT - distance, NIGHT, "en") == english


@pytest.mark.parametrize(
    ("ms", "expected"),
    [
        (45_000, "45 dtk"),
        (12 * formats.MINUTE, "12 mnt"),
        (72 * formats.MINUTE, "1 jam 12 mnt"),
        (2 * formats.HOUR, "2 jam"),
        (51 * formats.HOUR, "2 hari 3 jam"),
        (-72 * formats.MINUTE, "1 jam 12 mnt"),
    ],
)
def test_duration(ms, expected):
    assert formats.duration(ms, "id") == expected


@pytest.mark.parametrize(("n", "expected"), [(0, "0"), (999, "999"), (33324, "33.324"), (-8842646, "-8.842.646")])
def test_number_in_indonesian(n, expected):
    assert formats.number(n, "id") == expected


@given(st.integers(-(10**12), 10**12))
def test_numbers_read_the_same_in_both_languages(n):
    assert formats.number(n, "id").replace(".", "") == formats.number(n, "en").replace(",", "") == str(n)


@given(st.integers(0, 4_102_444_800_000), st.sampled_from(ZONES))
def test_a_moment_names_its_zone_and_its_clock(ms, tz):
    text = formats.moment(ms, tz, "id")
    assert formats.clock(ms, tz, "id") in text
    assert text.endswith(formats.zone_label(tz))


@given(st.integers(0, 400 * formats.DAY))
def test_an_age_is_never_flattered(distance):
    """What is read back from "N unit" is at most the true age."""
    text = formats.ago(NIGHT - distance, NIGHT, "en")
    if text == "just now":
        assert distance < formats.MINUTE
    else:
        count, unit, _ = text.split()
        unit_ms = {"min": formats.MINUTE, "hr": formats.HOUR, "day": formats.DAY, "days": formats.DAY}[unit]
        assert int(count) * unit_ms <= distance < (int(count) + 1) * unit_ms


@pytest.mark.parametrize("write", [formats.clock, formats.moment, formats.day])
def test_nothing_is_a_dash(write):
    assert write(None, "Asia/Jakarta", "id") == "–"


@pytest.mark.parametrize(
    ("hours", "expected"),
    [(2, "13 Feb 2024 02.14–04.14 WIB"), (23, "13 Feb 2024 02.14 – 14 Feb 2024 01.14 WIB")],
)
def test_window_writes_the_second_date_only_over_midnight(hours, expected):
    assert formats.window(NIGHT, NIGHT + hours * formats.HOUR, "Asia/Jakarta", "id") == expected


def test_window_with_one_side_only():
    assert formats.window(NIGHT, None, "Asia/Jakarta", "id") == "13 Feb 2024 02.14 WIB"
    assert formats.window(None, NIGHT, "Asia/Jakarta", "id") == "13 Feb 2024 02.14 WIB"


def test_other_zones_show_their_offset():
    assert formats.zone_label("Asia/Riyadh", NIGHT) == "UTC+3"
    assert formats.zone_label("Asia/Kathmandu", NIGHT) == "UTC+5:45"


def test_fingerprint_is_for_reading_aloud():
    assert formats.fingerprint("7f3a91c0ffee") == "7F3A 91C0"
    assert formats.fingerprint("") == "–"
