"""What lies at a place, what is expected, and the tallies made there."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Count, Sum
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from awas.access.addresses import is_site_code
from awas.access.narration import word
from awas.access.policy import Permission
from awas.access.require import allows
from awas.access.services import actor_names
from awas.ledger.naming import district_of, log_of, name_of
from awas.logistics import models, services
from awas.logistics.codes import OPEN_REASONS
from awas.logistics.forms import BY_SLUG
from awas.logistics.pages.doors import sheets_url
from awas.logistics.pages.frame import (
    KITS_SHOWN,
    Context,
    act_url,
    kit_rows,
    place_frame,
    tally_row,
    to_explain,
    unit_row,
)
from awas.logistics.pages.stage_rows import is_outlier, per_mille, usual_share
from awas.logistics.words import (
    ACTIONS,
    APPROVAL_STATES,
    COUNTERS,
    LEGS,
    REASONS,
    SHELVES,
    SHIFTS,
    TRANSFER_STATES,
    stage_title,
    thing_name,
)
from awas.places.services import names_of
from awas.places.serving import areas_within

ON_A_PLACE = {
    "warehouse": ("sortir", "lipat", "kemas", "kirim", "terima", "label", "hitung-stok"),
    "committee": ("kirim", "label", "hitung-stok", "gudang-liar"),
}
MORE = ("surplus", "musnah-rusak", "musnah-surplus", "tutup-tahap", "minta-buka", "minta-bongkar", "gudang-liar")


AREAS_SHOWN = 20


def place_page(request: HttpRequest, place: str) -> Context:
    """What lies here on which shelf, what is expected, what waits for an answer, and what can be done."""
    page = place_frame(request, place)
    warehouse = is_site_code(place)
    slugs = ON_A_PLACE["warehouse" if warehouse else "committee"]
    plans = allows(request, Permission.ANNOUNCE_CONSIGNMENT, place)
    more = [*(MORE if warehouse else ()), *(("buka-musim", "kontrak") if warehouse and plans else ())]
    return page | {
        "acts": [_act(place, slug) for slug in slugs],
        "more": [_act(place, slug) for slug in more],
        "may_plan": plans,
        "shelves": _shelves(place),
        "coming": transfer_rows(services.transfers_awaited(place)),
        "going": transfer_rows(models.Transfer.objects.filter(place=place).order_by("-offered_at")[:10]),
        "approvals": _approvals(request, place),
        "kits": kit_rows(models.Kit.objects.filter(place=place).order_by("station")[:KITS_SHOWN]),
        "kit_count": models.Kit.objects.filter(place=place).count(),
        "units": [unit_row(one) for one in models.Unit.objects.filter(place=place).order_by("-changed_at")[:40]],
        "contracts": _contracts(place),
        "counts": _counts(place),
        "stores": [
            {"where": one.location, "at": one.reported_at, "clear_url": act_url(place, "gudang-liar-kosong", one.key)}
            for one in models.UnofficialStore.objects.filter(place=place, state="open").order_by("-reported_at")[:20]
        ],
        "season": services.state_of(place).season,
        "areas": _areas(place) if warehouse else [],
        "tallies_url": reverse("logistics:tallies", args=[place]),
        "labels_url": reverse("logistics:labels", args=[place]),
        "sheets_url": sheets_url(request, place),
    }


def _areas(place: str) -> list[str]:
    """The names of the subdistricts and villages that a warehouse serves, the first of many."""
    own = [area for area, site in areas_within(district_of(place)).items() if site == place]
    names = names_of(own[:AREAS_SHOWN])
    more = [f"+{len(own) - AREAS_SHOWN}"] if len(own) > AREAS_SHOWN else []
    return [names.get(area, area) for area in own[:AREAS_SHOWN]] + more


def _act(place: str, slug: str) -> Context:
    act = BY_SLUG[slug]
    return {"title": act.title, "icon": act.icon, "url": act_url(place, slug)}


def _shelves(place: str) -> list[Context]:
    """What lies on each shelf, in the order in which things go from shelf to shelf."""
    order = list(SHELVES)
    rows = models.Stock.objects.filter(place=place).exclude(units=0)
    shelves: dict[str, list[Context]] = {}
    for row in sorted(rows, key=lambda one: (order.index(one.shelf), one.item, one.ballot, one.dapil)):
        what = thing_name(row.item, row.ballot, row.dapil)
        bad = row.units < 0 or row.shelf == "lost"
        shelves.setdefault(row.shelf, []).append({"what": what, "units": row.units, "bad": bad})
    return [{"shelf": word(SHELVES, shelf), "things": things} for shelf, things in shelves.items()]


def transfer_rows(rows: Iterable[models.Transfer]) -> list[Context]:
    """Transfers, with what people call both ends of them."""
    found = list(rows)
    names = names_of(one for row in found for one in (row.place, row.to_place, *row.missing, *row.extra))
    warned = to_explain(found[0].log, (row.key for row in found)) if found else set()
    return [_transfer_row(row, names, row.key in warned) for row in found]


def _transfer_row(row: Any, names: Mapping[str, str], warned: bool) -> Context:
    approval = models.Approval.objects.filter(subject=row.key, action="recall", state="granted").first()
    in_part = row.state == "accepted" and row.missing
    return {
        "key": row.key,
        "name": name_of(row.key),
        "leg": word(LEGS, row.leg),
        "state": row.state,
        "state_word": _("Accepted in part") if in_part else word(TRANSFER_STATES, row.state),
        "in_part": bool(in_part),
        "from": names.get(row.place, row.place),
        "to": names.get(row.to_place, row.to_place),
        "stations": row.stations,
        "units": [name_of(one) for one in row.units],
        "open": row.state == "offered" or bool(row.missing),
        "missing": [names.get(one) or name_of(one) for one in row.missing],
        "extra": [names.get(one) or name_of(one) for one in row.extra],
        "plate": row.plate,
        "offered_at": row.offered_at,
        "due_at": row.due_at,
        "late": row.state == "offered" and 0 < row.due_at < settings.AWAS_NOW(),
        "accept_url": act_url(row.to_place, "terima-kiriman", row.key),
        "refuse_url": act_url(row.to_place, "tolak-kiriman", row.key),
        "recall_url": act_url(row.place, "minta-tarik", row.key),
        "explain_url": act_url(row.place, "jelaskan-kiriman", row.key) if warned or _differs(row) else "",
        "recall_now_url": act_url(row.place, "tarik", approval.key) if approval else "",
    }


def _differs(transfer: models.Transfer) -> bool:
    """Whether what came was not what was sent, and nobody has said why."""
    apart = transfer.missing or transfer.extra or transfer.seals_bad
    return bool(apart) and transfer.reason in OPEN_REASONS


def _approvals(request: HttpRequest, place: str) -> list[Context]:
    rows = models.Approval.objects.filter(place=place).order_by("-asked_at")[:10]
    names = actor_names(one.asked_by for one in rows)
    mine = getattr(request.user, "code", "")
    return [
        {
            "action": word(ACTIONS, row.action),
            "subject": name_of(row.subject),
            "by": names.get(row.asked_by, row.asked_by),
            "at": row.asked_at,
            "state": row.state,
            "state_word": word(APPROVAL_STATES, row.state),
            "do_url": act_url(place, "bongkar", row.key) if (row.action, row.state) == ("unpack", "granted") else "",
            "answer_url": act_url(place, "jawab", row.key) if row.state == "asked" and row.asked_by != mine else "",
        }
        for row in rows
    ]


def _contracts(place: str) -> list[Context]:
    return [
        {
            "supplier": row.supplier,
            "number": row.document_number,
            "deliver_by_at": row.deliver_by_at,
            "replacement": row.replacement,
            "is_void": row.is_void,
            "verify_url": "" if row.is_void else act_url(place, "cetak", row.key),
            "void_url": "" if row.is_void or any(row.printed) else act_url(place, "batal-kontrak", row.key),
            "lines": [
                {
                    "what": thing_name(line["item"], line.get("ballot", ""), line.get("dapil", "")),
                    "ordered": line["units"],
                    "printed": printed,
                }
                for line, printed in zip(row.lines, row.printed, strict=False)
            ],
        }
        for row in models.Contract.objects.filter(place=place).order_by("-recorded_at")[:20]
    ]


def _counts(place: str) -> list[Context]:
    """Independent counts beside what the record said then, newest first."""
    rows = list(models.StockCount.objects.filter(place=place).order_by("-at")[:10])
    warned = to_explain(log_of(place), (row.key for row in rows))
    return [
        {
            "shelf": word(SHELVES, row.shelf),
            "by": word(COUNTERS, row.counted_by),
            "at": row.at,
            "reason": word(REASONS, row.reason) if row.reason != "none" else "",
            "explain_url": act_url(place, "jelaskan-hitungan", row.key) if _asks_why(row, warned) else "",
            "lines": [
                {
                    "what": thing_name(line["item"], line.get("ballot", ""), line.get("dapil", "")),
                    "counted": line["units"],
                    "recorded": recorded,
                    "apart": line["units"] - recorded,
                }
                for line, recorded in zip(row.lines, row.recorded, strict=False)
            ],
        }
        for row in rows
    ]


def _asks_why(row: models.StockCount, warned: Collection[str]) -> bool:
    return row.key in warned or (row.differing > 0 and row.reason in OPEN_REASONS)


def tallies_page(request: HttpRequest, place: str) -> Context:
    """Every tally of a place, newest first, by stage."""
    page = place_frame(request, place)
    stage = request.GET.get("tahap", "")
    rows = models.TallyRow.objects.filter(place=place).order_by("-at")
    rows = rows.filter(stage=stage) if stage else rows
    shown = Paginator(rows, 40).get_page(request.GET.get("hal"))
    warned = to_explain(log_of(place), (one.key for one in shown))
    tallies = [tally_row(request, one, warned) for one in shown]
    names = actor_names(one["by"] for one in tallies)
    for one in tallies:
        one["by"] = names.get(one["by"], one["by"])
    stages = dict.fromkeys(models.TallyRow.objects.filter(place=place).values_list("stage", flat=True))
    return page | {
        "tallies": tallies,
        "pages": shown,
        "stage": stage,
        "stages": [{"id": one, "title": stage_title(one)} for one in stages],
        "tables": _tables(place, stage) if stage in ("sorting", "folding") else [],
    }


def _tables(place: str, stage: str) -> list[Context]:
    """What each table did in each shift of a stage, those with the largest damaged share first."""
    rows = models.TallyRow.objects.filter(place=place, stage=stage, state="counted").exclude(sorting_table="", shift="")
    sums = {name: Sum(name) for name in ("taken", "damaged", "short", "over")}
    found = list(rows.values("sorting_table", "shift").annotate(**sums, counts=Count("key")))
    usual = usual_share(found)
    found.sort(key=lambda one: (-one["damaged"] / max(one["taken"], 1), one["sorting_table"], one["shift"]))
    return [
        one
        | {
            "table": one["sorting_table"],
            "shift": word(SHIFTS, one["shift"]) if one["shift"] else "",
            "share": per_mille(one["damaged"], one["taken"]),
            "outlier": is_outlier(one["damaged"], one["taken"], usual),
        }
        for one in found
    ]
