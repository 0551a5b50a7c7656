"""What a form's fields take, and what they say of what they don't."""

import zoneinfo

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from awas.ui.asks import Asked, count, sealed, text

ASKED = Asked(place="36.02-G1", now=0, zone=zoneinfo.ZoneInfo("Asia/Jakarta"))


@pytest.mark.parametrize("typed", ["1.250", "1.000", "1,5", "1.0", "dua"])
@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("id", "Tulis bilangan bulat, tanpa titik atau koma."),
        ("en", "Write a whole number, without a point or comma."),
    ],
)
def test_what_is_no_whole_number_is_refused_in_plain_words(typed, language, said):
    with pytest.raises(ValidationError) as refusal:
        count("taken", "Di tangan").field_for(ASKED).clean(typed)
    with override(language):
        assert refusal.value.messages == [said]


def test_a_whole_number_is_taken_and_asks_for_the_keys_with_digits():
    field = count("taken", "Di tangan").field_for(ASKED)
    assert field.clean(" 1250 ") == 1250
    assert field.widget.attrs["inputmode"] == "numeric"


@pytest.mark.parametrize("typed", ["BA-1\u202e2", "BA-1\u200b2", "BA-1\x072", "BA-1\u20282"])
@pytest.mark.parametrize("ask", [text("number", "Nomor"), sealed("driver", "Sopir", "person")])
def test_a_line_with_what_cannot_be_seen_is_refused_at_its_field(ask, typed):
    with pytest.raises(ValidationError) as refusal:
        ask.field_for(ASKED).clean(typed)
    with override("id"):
        assert refusal.value.messages == ["Ada tanda yang tidak terlihat di sini. Hapus isiannya lalu ketik ulang."]


def test_a_note_may_have_several_lines():
    assert sealed("note", "Catatan", "note", long=True).field_for(ASKED).clean("satu\ndua") == "satu\ndua"
