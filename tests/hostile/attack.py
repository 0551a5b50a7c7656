"""Whoever sends what no form of the program would: clients, valid answers for every form, and what must hold after."""

import datetime
from collections.abc import Iterator, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.test import Client
from django.urls import reverse

from awas import chance
from awas.ledger import checkpoints
from awas.ledger import services as ledger
from awas.ledger.verify import verify_log
from awas.ui.acts import Act, ActForm
from awas.ui.asks import Asked, LocalInstantField, PhotosField
from awas.warehouse.acts import ACTS
from awas.warehouse.forms.lines import LinesField, SealsField
from awas.warehouse.pages.forms import _ABOUT
from tests.browser.people import DISTRICT, HERE, HOUR, District

ZONE = ZoneInfo("Asia/Jakarta")
LOG = f"awas/{DISTRICT}"

Values = dict[str, Any]


class Gate:
    """One warehouse, its forms, and who may send them."""

    def __init__(self, district: District) -> None:
        self.district = district
        self.clients: dict[str, Client] = {}
        for who, person in district.people.items():
            self.clients[who] = Client(raise_request_exception=False)
            self.clients[who].force_login(person)
        self.furnish()

    def furnish(self) -> None:
        """Everything that can be put on record at a desk is, once: later acts find something to be about."""
        self.district.begins_duty("wati")
        for act in ACTS.values():
            if not act.about or act.or_new:
                self.post(act, self.valid(act))

    # ------------------------------------------------------------ forms

    def asked(self) -> Asked:
        return Asked(place=HERE, now=self.district.clock(), zone=ZONE)

    def valid(self, act: Act) -> Values:
        """Answers that the form takes, whatever the record then says to them."""
        values: Values = {"nonce": chance.nonce(self.district.clock())}
        for name, field in self.fields(act).items():
            values |= self._answer(name, field)
        return values

    def fields(self, act: Act) -> Mapping[str, forms.Field]:
        fields = dict(ActForm(act, self.asked()).fields)
        del fields["nonce"]
        return fields

    def _answer(self, name: str, field: forms.Field) -> Values:  # noqa: PLR0911 - one line for each kind of field
        if isinstance(field, LinesField):
            return {f"{name}-0-item": "box", f"{name}-0-units": "5"}
        if isinstance(field, forms.ChoiceField):
            codes = [str(code) for code, _label in field.choices if code]
            return {name: codes[:1] if isinstance(field, forms.MultipleChoiceField) else (codes or [""])[0]}
        if isinstance(field, LocalInstantField):
            return {name: local(self.district.clock() + HOUR)}
        if isinstance(field, SealsField):
            return {name: "KPU-000123"}
        if isinstance(field, forms.IntegerField):
            return {name: str(max(field.min_value or 0, 1))}
        if isinstance(field, forms.BooleanField):
            return {name: "on"}
        if isinstance(field, forms.FileField | PhotosField):
            return {}
        return {name: "A1"[: getattr(field, "max_length", None)]}

    def url(self, act: Act, place: str = HERE) -> str:
        """The address of a form, about something that there is; an address that isn't there for what there isn't."""
        if not act.about:
            return reverse("warehouse:act", args=[place, act.slug])
        name = "0"
        if act.about in _ABOUT:
            keys = _ABOUT[act.about].objects.filter(key__startswith=f"{place}/").values_list("key", flat=True)
            name = str(next(iter(keys), f"{place}/none")).rpartition("/")[2]
        return reverse("warehouse:act-about", args=[place, act.slug, name])

    def who(self, act: Act) -> Client:
        """Somebody who may send this form."""
        return self.clients["wati" if act.permission == "record_at_site" else "dewi"]

    def post(self, act: Act, values: Values, url: str = "") -> Any:
        return self.who(act).post(url or self.url(act), values)

    # ------------------------------------------------------------ what must hold

    def size(self) -> int:
        return ledger.size_of(LOG)

    def must_be_sound(self) -> None:
        """The whole record is checked against its keys, from the stored bytes up."""
        if not self.size():
            return
        checkpoints.sign(LOG, self.district.clock())
        report = verify_log(checkpoints.DatabaseReader(), LOG, [checkpoints.verifier_of(LOG)])
        assert report.sound, report

    def pages(self) -> Iterator[tuple[str, str]]:
        """Every page on which words of the record are shown, as (address, text)."""
        for name in ("watch", "log", "inside", "person-out", "vehicles", "deliveries", "seals", "building", "round",
                     "shifts", "handover", "access"):  # fmt: skip
            yield self.page(reverse(f"warehouse:{name}", args=[HERE]))
        yield self.page(reverse("warnings:list"))
        yield self.page("/")

    def page(self, url: str) -> tuple[str, str]:
        """A page that must be there, as (address, text)."""
        answer = self.clients["dewi"].get(url)
        assert answer.status_code in (200, 302, 404), f"{url}: {answer.status_code} {why(answer)}"
        return url, answer.content.decode()


def local(at: int) -> str:
    return datetime.datetime.fromtimestamp(at / 1000, ZONE).strftime("%Y-%m-%dT%H:%M")


def why(answer: Any) -> str:
    """Where a failed answer failed."""
    found = getattr(answer, "exc_info", None)
    if not found:
        return ""
    trace = found[2]
    while trace.tb_next:
        trace = trace.tb_next
    return f"{found[0].__name__}: {str(found[1])[:160]} at {trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}"


__all__ = ["HERE", "LOG", "Gate", "local", "why"]
