"""What one has been told, and what one wants to be told."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from awas.access.models import Person
from awas.access.policy import NATION, Permission
from awas.access.require import signed_in
from awas.access.services import areas_of
from awas.delivery import receipts, services
from awas.delivery.forms import SubscriptionForm
from awas.ledger.area import Refused
from awas.ui.refusals import in_words
from awas.ui.sent import sent_from


def _self(request: HttpRequest) -> Person:
    assert isinstance(request.user, Person)
    return request.user


@signed_in
@require_http_methods(["GET", "POST"])
def messages(request: HttpRequest) -> HttpResponse:
    """One's messages, newest first; POST marks them as seen up to `seen`."""
    person = _self(request)
    if request.method == "POST":
        seen = request.POST.get("seen", "")
        if seen.isascii() and seen.isdigit() and len(seen) < 19:
            services.mark_seen(person, int(seen), settings.AWAS_NOW())
        return redirect("delivery:messages")
    found = services.on_screen(person)
    linked = [(message, reverse("delivery:open", args=[message.message_id])) for message in found]
    now = settings.AWAS_NOW()
    page = {
        "linked": linked,
        "newest": max((m.pk for m in found), default=0),
        "regions": [
            area for area in areas_of(person, Permission.PLAN_SHIFTS, now) if len(area) <= 5 and area != NATION
        ],
        "places": [area for area in areas_of(person, Permission.VIEW_PERSONAL, now) if "-" in area],
        "keeps_channels": bool(areas_of(person, Permission.MANAGE_CHANNELS, now)),
    }
    return render(request, "delivery/messages.html", page)


@signed_in
@require_GET
def open_message(request: HttpRequest, message: str) -> HttpResponse:
    """Leads on from a message's link, which is the receipt that it was read; a digest is shown."""
    person = _self(request)
    found = receipts.opened(person, message, settings.AWAS_NOW())
    if found is None:
        raise Http404
    carried = list(found.carries.order_by("pk"))
    if not carried:
        return redirect(services.page_of(found))
    linked = [(one, services.page_of(one)) for one in carried]
    return render(request, "delivery/digest.html", {"message": found, "linked": linked})


@signed_in
@require_http_methods(["GET", "POST"])
def subscriptions(request: HttpRequest) -> HttpResponse:
    """What one asked to be told, and the form to ask."""
    person, form = _self(request), SubscriptionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.subscribe(person, **form.cleaned_data, now=settings.AWAS_NOW())
        except Refused as refused:
            form.add_error("area", in_words(refused))
        else:
            return redirect("delivery:subscriptions")
    page = {"form": form, "subscriptions": person.subscriptions.order_by("area")}
    return render(request, "delivery/subscriptions.html", page, status=400 if form.errors else 200)


@signed_in
@sent_from("delivery:subscriptions")
def unsubscribe(request: HttpRequest) -> HttpResponse:
    """Back to what one's duties are told of an area."""
    services.unsubscribe(_self(request), request.POST.get("area", "")[:24])
    return redirect("delivery:subscriptions")
