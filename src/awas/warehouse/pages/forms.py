"""The page of a form, the receipt after it, the page of an entry with its proof, and checkpoints' codes."""

import io
import json
from collections.abc import Mapping
from typing import Any

import msgspec
import segno
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from awas.access.addresses import is_site_code
from awas.access.policy import Permission
from awas.access.require import allows
from awas.ledger import blobs, checkpoints, vault
from awas.ledger import services as ledger
from awas.ledger.area import Sealed
from awas.ledger.checkpoint import Checkpoint
from awas.ledger.merkle import ProofInvalid, leaf_hash, verify_inclusion
from awas.ledger.models import SignedCheckpoint
from awas.ledger.naming import log_of
from awas.ledger.note import parse_note
from awas.ledger.services import Line
from awas.places.models import Site
from awas.roster.models import Absence, Duty, Handover, Shift, Swap
from awas.ui.acts import Act, ActForm
from awas.ui.files import file_answer
from awas.warehouse import models, services
from awas.warehouse.acts import act_of
from awas.warehouse.pages.frame import Context, act_url, frame, rows, tap
from awas.warehouse.pages.log import subject_of
from awas.warehouse.pages.site import regulars
from awas.warnings import services as warnings
from awas.warnings.pages import warning_rows

_ABOUT: Mapping[str, Any] = {
    "visit": models.Visit,
    "vehicle": models.Vehicle,
    "consignment": models.Consignment,
    "key_holding": models.KeyHolding,
    "condition": models.Condition,
    "incident": models.Incident,
    "round": models.Round,
    "access_rule": models.AccessRule,
    "watchlisted": models.Watchlisted,
    "shift": Shift,
    "duty": Duty,
    "handover": Handover,
    "absence": Absence,
    "swap": Swap,
}
"""Where the things lie that an act can be about."""


def subject_key(act: Act, place: str, name: str) -> str:
    """The key of the thing an act is about, from the name in its URL. Raises Http404 where there is no such thing."""
    if not name:
        if act.about and not act.or_new:
            raise Http404
        return ""
    if act.about == "entry":
        if not (name.isascii() and name.isdigit() and len(name) < 16):
            raise Http404
        return name
    model = _ABOUT.get(act.about)
    for key in (f"{place}/{name}", f"{place.split('-', maxsplit=1)[0]}/{name}"):
        if model is not None and model.objects.filter(key=key).exists():
            return key
    if act.about == "consignment":
        elsewhere = models.Consignment.objects.filter(key__endswith=f"/{name}", at_place=place).first()
        if elsewhere is not None:
            return elsewhere.key
    raise Http404


_ALSO = {
    "orang-keluar": ("perpanjang",),
    "kendaraan-keluar": ("kendaraan-ditinggal",),
    "ganti-piket": ("batal-piket",),
    "setujui-tukar": ("tolak-tukar",),
}
"""What else may be the matter with the same thing."""


def act_page(request: HttpRequest, site: Site, act: Act, form: ActForm, subject: str) -> Context:
    """Context of warehouse/record.html and person_in.html."""
    page = frame(request, site) | {
        "act": {"title": act.title, "icon": act.icon, "hint": act.hint, "send": act.send},
        "form": form,
        "subject": _subject(request, act, site, subject),
        "also": [{"title": act_of(slug).title, "url": act_url(site.code, slug, subject)} for slug in _ALSO[act.slug]]
        if act.slug in _ALSO
        else [],
        "multipart": True,
    }
    if act.slug == "orang-masuk" and not form.is_bound:
        page["regulars"] = regulars(request, site)
    return page


def _subject(request: HttpRequest, act: Act, site: Site, key: str) -> Context | None:
    """What the act is about, in a few words."""
    if not key or act.about not in ("visit", "vehicle", "consignment"):
        return None
    if act.about == "visit":
        visit = models.Visit.objects.filter(key=key).first()
        if visit is None:
            raise Http404
        may = allows(request, Permission.VIEW_PERSONAL, site.code)
        name = vault.values([visit.name_ref]).get(visit.name_ref) if may else None
        return {"title": name or _("(name hidden)"), "lines": [visit.institution] if visit.institution else []}
    if act.about == "vehicle":
        return {"title": models.Vehicle.objects.get(key=key).plate, "lines": []}
    return {"title": models.Consignment.objects.get(key=key).delivery_letter or key, "lines": []}


_AGAIN = {
    "gate.person_entered@1": "orang-masuk",
    "gate.vehicle_arrived@1": "kendaraan-masuk",
    "goods.received@1": "barang-masuk",
    "goods.released@1": "barang-keluar",
    "seal.checked@1": "segel-periksa",
    "seal.applied@1": "segel-pasang",
    "gate.entry_refused@1": "ditolak",
}


def receipt_page(request: HttpRequest, site: Site, line: Line) -> Context:
    """Context of warehouse/receipt.html."""
    entry_url = reverse("warehouse:entry", args=[site.code, line.index])
    again = _AGAIN.get(line.entry.kind)
    raised = warnings.open_warnings([site.code], limit=20)
    made = [one for one in ledger.lines_beside(line) if one.entry.place == site.code]
    indexes = {one.index for one in made}
    return frame(request, site) | {
        "receipt": {
            "index": line.index,
            "recorded_at": line.entry.recorded_at,
            "texts": [row["text"] for row in rows(request, site, made)],
            "leaf": line.leaf,
            "log": line.log,
            "entry_url": entry_url,
            "entry_link": request.build_absolute_uri(entry_url),
            "again_url": act_url(site.code, again) if again else "",
            "correct_url": act_url(site.code, "koreksi", str(line.index)),
        },
        "warnings": warning_rows([one for one in raised if indexes & set(one.evidence_indexes)]),
    }


def entry_page(request: HttpRequest, site: Site, line: Line) -> Context:
    """Context of ledger/entry.html."""
    row = rows(request, site, [line])[0]
    proof, checkpoint = _proof(line)
    # Corrections are the gate's; the stages have forms of their own for taking back.
    at_a_site = is_site_code(site.code)
    may_correct = at_a_site and allows(request, Permission.RECORD_AT_SITE, site.code)
    page = frame(request, site)
    return page | {
        "entry": row
        | {
            "kind": line.entry.kind,
            "kind_word": subject_of(line.entry.kind),
            "device": line.entry.device,
            "occurred_at": line.entry.occurred_at,
            "recorded_at": line.entry.recorded_at,
            "log": line.log,
            "leaf": line.leaf,
            "document": _document(line, request),
        },
        "body": json.dumps(_envelope(line), ensure_ascii=False, indent=2, sort_keys=True),
        "personal": _personal(line, visible=allows(request, Permission.VIEW_PERSONAL, site.code)),
        "photos": _photos(line, site) if allows(request, Permission.VIEW_PERSONAL, site.code) else [],
        "proof": proof,
        "checkpoint": checkpoint,
        "commands": [f"awas ledger check-proof entry-{line.index}.tlog-proof --key '{_key(line.log)}'"],
        "download_url": reverse("warehouse:proof", args=[site.code, line.index]) if checkpoint else "",
        "previous_url": "",
        "next_url": "",
        "correct_url": act_url(site.code, "koreksi", str(line.index)) if may_correct else "",
        "back_url": page["links"]["log"] if at_a_site else page["place"]["url"],
    }


def _key(origin: str) -> str:
    return checkpoints.verifier_of(origin).to_text()


def _envelope(line: Line) -> dict[str, Any]:

    return msgspec.to_builtins(line.entry)  # type: ignore[no-any-return]


def _proof(line: Line) -> tuple[Context | None, Context | None]:
    """The proof under the newest checkpoint that covers the entry, checked here and now; None before there is one."""
    found = SignedCheckpoint.objects.filter(log__origin=line.log, size__gt=line.index).order_by("-size").first()
    receipt = checkpoints.proof_of(line.log, line.index, settings.AWAS_NOW()) if found else None
    if found is None or receipt is None or receipt.entry is None:
        return None, None
    head = Checkpoint.from_text(parse_note(receipt.note).text)
    try:
        verify_inclusion(leaf_hash(receipt.entry), line.index, head.size, receipt.path, head.root)
        holds = True
    except ProofInvalid:
        holds = False
    steps, index, last = [], line.index, head.size - 1
    for hashed in receipt.path:
        while not index & 1 and index == last:
            index, last = index >> 1, last >> 1
        steps.append({"side": "left" if index & 1 else "right", "hash": hashed.hex()})
        index, last = index >> 1, last >> 1
    proof = {"size": head.size, "root": head.root.hex(), "steps": steps, "holds": holds}
    return proof, {"size": found.size, "at": found.signed_at, "text": receipt.note, "url": ""}


def _personal(line: Line, *, visible: bool) -> list[Context]:
    """The commitments in an entry, opened for those who may see."""
    sealed = [
        (name, value)
        for name in line.event.__struct_fields__  # type: ignore[attr-defined]
        if isinstance(value := getattr(line.event, name), Sealed)
    ]
    known = vault.values([value.ref for _name, value in sealed]) if visible else {}
    hidden = _("(hidden)")
    return [
        {
            "label": name.replace("_", " "),
            "value": known.get(value.ref) if visible else hidden,
            "digest": value.digest,
        }
        for name, value in sealed
    ]


def _photos(line: Line, site: Site) -> list[Context]:
    digests = [*getattr(line.event, "photos", ()), getattr(line.event, "photo", "")]
    found = []
    for digest in filter(None, digests):
        try:
            blobs.read(digest)
            intact = True
        except blobs.EvidenceDamaged:
            intact = False
        url = reverse("warehouse:evidence", args=[site.code, digest])
        found.append({"url": url, "digest": digest, "intact": intact, "taken_at": None})
    return found


def _document(line: Line, request: HttpRequest) -> Context | None:
    """The sheet or EPCIS document that an entry came out of; None for what came out of no file.

    Only documents are kept: of a sheet the office has its own file. Whoever may see evidence may open it.
    """
    if not line.document:
        return None
    place = line.entry.place
    kept = allows(request, Permission.VIEW_PERSONAL, place) and blobs.brought_at(place, line.document) is not None
    return {
        "sha256": line.document,
        "url": reverse("warehouse:evidence", args=[place, line.document]) if kept else "",
    }


def evidence_answer(place: str, sha256: str) -> HttpResponse:
    """The bytes of one blob of this place. Raises Http404 for what isn't there or was changed."""
    blob = blobs.brought_at(place, sha256)
    if blob is None:
        raise Http404
    try:
        content = blobs.read(sha256)
    except blobs.EvidenceDamaged as damaged:
        raise Http404 from damaged
    answer = HttpResponse(content, content_type=blob.media_type)
    # A document can't run as a page of this site, whatever is in it.
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'; img-src 'self'; style-src 'unsafe-inline'"
    answer["Content-Disposition"] = f'inline; filename="{sha256[:12]}"'
    answer["Cache-Control"] = "private, max-age=86400, immutable"
    return answer


def proof_answer(place: str, index: int) -> HttpResponse:
    """The .tlog-proof of an entry of this place. Raises Http404."""
    proof = checkpoints.proof_of(log_of(place), index, settings.AWAS_NOW())
    if proof is None:
        raise Http404
    return file_answer(proof.to_text(), "text/plain; charset=utf-8", f"entry-{index}.tlog-proof")


def checkpoint_page(request: HttpRequest, site: Site, checkpoint: str) -> Context:
    """Context of warehouse/checkpoint.html."""
    return frame(request, site) | {"checkpoint": checkpoint, "fields": tap()}


def codes_page(request: HttpRequest, site: Site) -> Context:
    """Context of warehouse/codes.html: one QR code a checkpoint, to print and put up."""
    codes = []
    for checkpoint in services.site_rules(site.code).checkpoints:
        token = services.checkpoint_token(site.code, checkpoint)
        url = request.build_absolute_uri(reverse("warehouse:checkpoint", args=[site.code, checkpoint, token]))
        drawn = io.BytesIO()
        segno.make(url, error="m").save(drawn, kind="svg", scale=5, border=2, xmldecl=False, svgns=True)
        # The library's own drawing of an address of ours; nothing a person typed is in it.
        codes.append({"name": checkpoint, "svg": mark_safe(drawn.getvalue().decode()), "url": url})  # noqa: S308
    return frame(request, site) | {"codes": codes}
