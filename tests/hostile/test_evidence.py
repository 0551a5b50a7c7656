"""Files that are no photos, or more than photos."""

import io
import struct
import zlib
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from awas.ledger.models import Blob
from awas.warehouse.acts import ACTS
from tests.browser.people import HERE, THERE
from tests.hostile.attack import Gate, why


def image(format_: str = "JPEG", size: int = 64) -> bytes:
    made = io.BytesIO()
    Image.effect_noise((size, size), 50).convert("RGB").save(made, format_)
    return made.getvalue()


def bomb() -> bytes:
    """A PNG of a few bytes that says it is 50,000 by 50,000."""
    head = b"IHDR" + struct.pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0)
    parts = [head, b"IDAT" + zlib.compress(b"\0" * 1000), b"IEND"]
    chunks = (struct.pack(">I", len(part) - 4) + part + struct.pack(">I", zlib.crc32(part)) for part in parts)
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


HTML = b"<html><script>alert(1)</script></html>"
BAD = {
    "cut short in its head": image()[:30],
    "bomb": bomb(),
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "html": HTML,
    "empty": b"",
    "too large": image() + b"\0" * (13 * 1024 * 1024),
    "png cut short": image("PNG")[:60],
    "png of noise": image("PNG")[:40] + b"\xff" * 500,
    "webp cut short": image("WEBP")[:40],
    "gif": image("GIF"),
    "nothing but a mark": b"\xff\xd8\xff",
    "mark and noise": b"\xff\xd8\xff\xe0" + bytes(range(256)) * 8,
    "riff": b"RIFF\xff\xff\xff\xffWEBPVP8 \xff\xff\xff\xff",
    "exe": b"MZ" + b"\0" * 200,
}


def sends(gate: Gate, slug: str, field: str, *files: bytes) -> Any:
    act = ACTS[slug]
    uploads = [SimpleUploadedFile(f"../../{n}<b>.jpg", one, "image/jpeg") for n, one in enumerate(files)]
    return gate.post(act, gate.valid(act) | {field: uploads})


@pytest.mark.parametrize(("slug", "field"), [("orang-masuk", "photo"), ("kendaraan-masuk", "photos")])
def test_what_is_no_photo_is_refused_in_words(gate: Gate, slug: str, field: str) -> None:
    before = gate.size()
    for what, body in BAD.items():
        answer = sends(gate, slug, field, body)
        assert answer.status_code == 422, f"{what}: {answer.status_code} {why(answer)}"
        assert "error" in answer.content.decode(), what
        assert gate.size() == before
    assert not Blob.objects.exists()


def test_a_photo_cut_at_any_byte_is_no_fault(gate: Gate) -> None:
    for format_ in ("JPEG", "PNG", "WEBP"):
        whole = image(format_, 24)
        for end in range(1, len(whole), max(1, len(whole) // 6)):
            for body in (whole[:end], whole[:end] + b"\xff\0" * 9 + whole[end + 18 :]):
                answer = sends(gate, "orang-masuk", "photo", body)
                assert answer.status_code in (302, 422), why(answer)


def test_nine_photos_are_one_too_many(gate: Gate) -> None:
    before = gate.size()
    answer = sends(gate, "kendaraan-masuk", "photos", *[image()] * 9)
    assert answer.status_code in (400, 413, 422), why(answer)
    assert gate.size() == before


def test_a_photo_with_a_page_in_it_can_not_run(gate: Gate) -> None:
    """Kept byte for byte, for it is evidence; shown as an image that can be nothing else."""
    body = image() + HTML
    assert sends(gate, "orang-masuk", "photo", body).status_code == 302
    blob = Blob.objects.get()
    answer = gate.clients["dewi"].get(reverse("warehouse:evidence", args=[HERE, blob.sha256]))
    assert answer.content == body
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].startswith("sandbox")
    elsewhere = gate.clients["putra"].get(reverse("warehouse:evidence", args=[THERE, blob.sha256]))
    assert elsewhere.status_code in (403, 404), "a hash alone opens no other site's photo"
