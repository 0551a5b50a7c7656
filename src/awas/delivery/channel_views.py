"""Webhooks, for those who keep the channels of an area."""

import base64

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from awas.access.models import Person
from awas.access.policy import Permission
from awas.access.require import ANYWHERE, needs
from awas.access.services import areas_of
from awas.delivery import services
from awas.delivery.forms import WebhookForm
from awas.delivery.models import Webhook, WorkerHeartbeat
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
    hooks = services.webhooks_in(areas_of(person, Permission.MANAGE_CHANNELS, now))
    page = {"form": form, "hooks": hooks, "stuck": services.undelivered(hooks), "jobs": WorkerHeartbeat.objects.all()}
    return render(request, "delivery/channels.html", page, status=400 if form.errors else 200)


@needs(Permission.MANAGE_CHANNELS, place=area_of)
@sent_from("delivery:channels")
def stop(request: HttpRequest, webhook: int) -> HttpResponse:
    """Tells another system no more."""
    services.stop_webhook(_webhook(webhook), now=settings.AWAS_NOW(), by=_asker(request))
    return redirect("delivery:channels")
