"""Evidence by content: kept whole however it comes, and shown where it was brought."""

import hashlib
import io
import threading
from pathlib import Path

import pytest
from PIL import Image

from awas.ledger import blobs

NOW = 1_707_800_000_000


@pytest.fixture
def folder(settings, tmp_path):
    settings.EVIDENCE_ROOT = tmp_path
    return tmp_path


def photo(shade: int = 0) -> bytes:
    drawn = io.BytesIO()
    Image.new("RGB", (8, 8), (shade, 0, 0)).save(drawn, "PNG")
    return drawn.getvalue()


def test_two_taps_with_one_photo_write_two_files_and_keep_one(folder, monkeypatch):
    """Both have written before either puts its file in place: as on a slow disk."""
    content = photo()
    path = blobs.path_of(hashlib.sha256(content).hexdigest())
    together = threading.Barrier(2, timeout=10)
    replace = Path.replace

    def after_both(self, target):
        together.wait()
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", after_both)
    failures = []

    def keep():
        try:
            blobs.write_durably(path, content)
        except OSError as failed:
            failures.append(failed)

    taps = [threading.Thread(target=keep) for _ in range(2)]
    for tap in taps:
        tap.start()
    for tap in taps:
        tap.join()
    assert failures == []
    assert path.read_bytes() == content
    assert [file for file in folder.rglob("*") if file.is_file()] == [path]


@pytest.mark.django_db
def test_the_same_letter_is_evidence_at_every_place_that_brought_it_and_at_no_other(folder):
    sha256 = blobs.keep(photo(), "36.02-G1", NOW)
    assert blobs.brought_at("36.02.05-G1", sha256) is None
    assert blobs.keep(photo(), "36.02.05-G1", NOW) == sha256
    assert blobs.keep(photo(), "36.02.05-G1", NOW) == sha256
    assert blobs.brought_at("36.02-G1", sha256).media_type == "image/png"
    assert blobs.brought_at("36.02.05-G1", sha256) == blobs.brought_at("36.02-G1", sha256)
    assert blobs.brought_at("36.03-G1", sha256) is None
