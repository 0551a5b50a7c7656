"""Webhooks, offices' messengers and what could not be delivered, for those who keep the channels of an area."""

import base64
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from awas.access.models import Person
from awas.access.policy import Permission
from awas.access.require import ANYWHERE, needs
from awas.access.services import areas_of, number_in
from awas.clock import shown_at
from awas.delivery import own, services
from awas.delivery.audience import Channel
from awas.delivery.forms import OfficeMessengerForm, WebhookForm
from awas.delivery.models import Messenger, OutboxMessage, Webhook, WorkerHeartbeat
from awas.delivery.undelivered import require_sent_again, send_again, undelivered_in
from awas.delivery.words import CHANNELS, result_of, why
from awas.ledger.area import Refused
from awas.ui.refusals import in_words
from awas.ui.sent import sent_from


def area_of(request: HttpRequest, webhook: int) -> str:
    """The area whose channels the webhook belongs to."""
    return _webhook(webhook).area


def _webhook(number: int) -> Webhook:
    found = Webhook.objects.filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def _asker(request: HttpRequest) -> Person:
    assert isinstance(request.user, Person)
    return request.user


def _secret() -> str:
    """A fresh secret in the form of Standard Webhooks."""
    return "whsec_" + base64.b64encode(settings.AWAS_TOKEN(24).encode()).decode("ascii")


@needs(Permission.MANAGE_CHANNELS, place=ANYWHERE)
@never_cache
@require_http_methods(["GET", "POST"])
def channels(request: HttpRequest) -> HttpResponse:
    """The webhooks of one's areas and how they fare; POST adds one, whose secret is shown once."""
    person, now, form = _asker(request), settings.AWAS_NOW(), WebhookForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        secret = _secret()
        try:
            hook = services.add_webhook(**form.cleaned_data, secret=secret, now=now, by=person)
        except Refused as refused:
            form.add_error(None, in_words(refused))
        else:
            return render(request, "delivery/secret.html", {"hook": hook, "secret": secret})
    return _shown(request, form=form)


def _shown(request: HttpRequest, form: WebhookForm, office_form: OfficeMessengerForm | None = None) -> HttpResponse:
    areas = areas_of(_asker(request), Permission.MANAGE_CHANNELS, settings.AWAS_NOW())
    hooks, offices = services.webhooks_in(areas), own.office_messengers(areas)
    tests = own.last_tests(
        [(Channel.WEBHOOK.value, one.code) for one in hooks] + [(Channel.MESSENGER.value, one.code) for one in offices]
    )
    page = {
        "form": form,
        "office_form": office_form or OfficeMessengerForm(auto_id="office-%s"),
        "hooks": [(one, _said(tests.get((Channel.WEBHOOK.value, one.code)))) for one in hooks],
        "offices": [(one, _said(tests.get((Channel.MESSENGER.value, one.code)))) for one in offices],
        "undelivered_count": len(undelivered_in(areas, limit=100)),
        "jobs": WorkerHeartbeat.objects.all(),
    }
    is_wrong = form.errors or (office_form is not None and office_form.errors)
    return render(request, "delivery/channels.html", page, status=400 if is_wrong else 200)


def _said(test: OutboxMessage | None) -> dict[str, Any] | None:
    return None if test is None else {"at": test.created_at, "result": result_of(test)}


def area_of_address(request: HttpRequest, address: str) -> str:
    """The area whose channels a webhook's or an office's address belongs to."""
    area = own.owner_area(address)
    if area is None:
        raise Http404
    return area


@needs(Permission.MANAGE_CHANNELS, place=ANYWHERE)
@sent_from("delivery:channels")
def add_office(request: HttpRequest) -> HttpResponse:
    """An office's address at a messenger."""
    form = OfficeMessengerForm(request.POST, auto_id="office-%s")
    if form.is_valid():
        try:
            own.add_messenger(**form.cleaned_data, now=settings.AWAS_NOW(), by=_asker(request))
        except Refused as refused:
            form.add_error("url", in_words(refused))
        else:
            return redirect("delivery:channels")
    return _shown(request, WebhookForm(), form)


@needs(Permission.MANAGE_CHANNELS, place=area_of_address)
@sent_from("delivery:channels")
def stop_office(request: HttpRequest, address: str) -> HttpResponse:
    """Tells an office's messenger no more."""
    found = Messenger.objects.filter(pk=number_in(address, "m") or 0).exclude(area="").first()
    if found is None:
        raise Http404
    own.stop_messenger(found)
    return redirect("delivery:channels")


@needs(Permission.MANAGE_CHANNELS, place=area_of_address)
@sent_from("delivery:channels")
def test(request: HttpRequest, address: str) -> HttpResponse:
    """Sends a marked message to a webhook or an office's messenger."""
    channel = own.channel_of(address)
    if channel is None:
        raise Http404
    own.send_test(channel, address, language="id", now=settings.AWAS_NOW(), source=settings.AWAS_URL)
    return redirect("delivery:channels")


@needs(Permission.MANAGE_CHANNELS, place=ANYWHERE)
@never_cache
@require_http_methods(["GET", "POST"])
def undelivered(request: HttpRequest) -> HttpResponse:
    """What could not be delivered in one's areas; POST sends one (`number`) or all of them again."""
    person, now = _asker(request), settings.AWAS_NOW()
    areas = areas_of(person, Permission.MANAGE_CHANNELS, now)
    if request.method == "POST":
        number = request.POST.get("number", "")
        numbers = [int(number)] if number.isascii() and number.isdigit() and len(number) < 19 else []
        if request.POST.get("all"):
            numbers = [one.message.pk for one in undelivered_in(areas, limit=10_000)]
        require_sent_again(send_again(numbers, areas=areas, by=person.code, now=now))
        return redirect("delivery:undelivered")
    found = undelivered_in(areas)
    names = services.names_of([one.message.address for one in found])
    rows = [
        {
            "message": one.message,
            "area": one.area,
            "at": shown_at(one.message.failed_at or 0),
            "to": names[one.message.address],
            "channel": CHANNELS[one.message.channel],
            "why": why(one.message.last_error),
        }
        for one in found
    ]
    return render(request, "delivery/undelivered.html", {"rows": rows})


@needs(Permission.MANAGE_CHANNELS, place=area_of)
@sent_from("delivery:channels")
def stop(request: HttpRequest, webhook: int) -> HttpResponse:
    """Tells another system no more."""
    services.stop_webhook(_webhook(webhook), now=settings.AWAS_NOW(), by=_asker(request))
    return redirect("delivery:channels")
