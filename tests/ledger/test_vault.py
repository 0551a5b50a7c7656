"""The vault: what it promises of a personal value, from its sealing to its erasure."""

import hashlib

import pytest
from click.testing import CliRunner

from awas.ledger import vault
from awas.ledger.area import Sealed
from awas.ledger.commands import ledger
from awas.ledger.models import VaultRow

pytestmark = pytest.mark.django_db

NOW = 1_707_273_600_000


def keep(value="Contoh Satu (demo)", ref="r1", match=None):
    salt = hashlib.sha256(ref.encode()).digest()
    sealed, kept = vault.seal(value, "person", (lambda: salt, lambda: ref), match)
    VaultRow.objects.create(
        ref=kept.ref, purpose=kept.purpose, place="36.02-G1", salt=kept.salt, value=kept.value, match=match, kept_at=NOW
    )
    return sealed


def test_a_commitment_opens_to_its_value_and_to_no_other():
    sealed = keep()
    row = VaultRow.objects.get(ref="r1")
    assert vault.digest_of(bytes(row.salt), "Contoh Satu (demo)") == sealed.digest
    assert vault.digest_of(bytes(row.salt), "Contoh Dua (demo)") != sealed.digest


def test_the_same_value_has_another_commitment_under_another_salt():
    assert keep(ref="r1").digest != keep(ref="r2").digest


def test_an_identity_is_known_again_whatever_its_letter_case():
    assert vault.match_of("ktp", "1234", "Contoh  Satu") == vault.match_of("KTP", "1234", "contoh satu")
    assert vault.match_of("ktp", "1234", "Contoh Satu") != vault.match_of("ktp", "1235", "Contoh Satu")


def test_an_erased_value_is_gone_and_cannot_be_found_again():
    match = vault.match_of("ktp", "1234", "Contoh Satu")
    keep(match=match)
    done = CliRunner().invoke(ledger, ["erase", "r1", "--why", "surat 12/2024", "--yes"])
    assert done.exit_code == 0, done.output
    row = VaultRow.objects.get(ref="r1")
    assert (row.value, bytes(row.salt), row.match, row.erased_why) == ("", b"", None, "surat 12/2024")
    assert vault.values(["r1"]) == {}
    again = CliRunner().invoke(ledger, ["erase", "r1", "--why", "surat 12/2024", "--yes"])
    assert again.exit_code == 1
    assert isinstance(keep(ref="r2", match=match), Sealed)
