"""How one is told: the phone's push messages, one's own address at a messenger, choices, and a test of each."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from awas.access.devices import SESSION_KEY
from awas.access.models import Person
from awas.access.require import signed_in
from awas.access.services import number_in
from awas.delivery import own
from awas.delivery.audience import Channel
from awas.delivery.failure import DeliveryFailed
from awas.delivery.forms import MessengerForm, PreferenceForm, as_time
from awas.delivery.models import MessageKind, MessageState, Messenger, OutboxMessage, Preference
from awas.delivery.vapid import public_key
from awas.delivery.words import result_of
from awas.ledger.area import Refused
from awas.ui.live import live
from awas.ui.refusals import in_words
from awas.ui.sent import sent_from


def _self(request: HttpRequest) -> Person:
    assert isinstance(request.user, Person)
    return request.user


def _settled(request: HttpRequest) -> object:
    """Changes with the last test's outcome, and with what one has."""
    person = _self(request)
    codes = [person.code, *(one.code for one in person.messengers.all())]
    tests = OutboxMessage.objects.filter(address__in=codes, kind=MessageKind.TEST).order_by("-pk")
    last = list(tests.values_list("pk", "state")[:10])
    return last, person.push_subscriptions.count(), len(codes)


@signed_in
@never_cache
@live(_settled)
def means(request: HttpRequest) -> HttpResponse:
    """One's own channels with the proof that they work, and what one chose."""
    return _shown(request)


def _shown(request: HttpRequest, **tried: Any) -> HttpResponse:
    person = _self(request)
    messengers = list(person.messengers.filter(active=True).order_by("pk"))
    addresses = [(Channel.EMAIL.value, person.code), (Channel.PUSH.value, person.code)]
    tests = own.last_tests([*addresses, *((Channel.MESSENGER.value, one.code) for one in messengers)])
    waiting = any(one.state == MessageState.WAITING for one in tests.values())
    page = {
        "person": person,
        "browsers": person.push_subscriptions.order_by("pk"),
        "messengers": [(one, _said(tests.get((Channel.MESSENGER.value, one.code)))) for one in messengers],
        "push_test": _said(tests.get(addresses[1])),
        "email_test": _said(tests.get(addresses[0])),
        "waiting": waiting,
        "public_key": _public_key(),
        "messenger_form": MessengerForm(auto_id="messenger-%s"),
        "form": PreferenceForm(initial=_chosen(person)),
    }
    return render(request, "delivery/means.html", page | tried, status=400 if tried else 200)


def _public_key() -> str:
    """Empty where the key can't be used: the page must not fail for it, and every push message says why."""
    try:
        return public_key()
    except DeliveryFailed:
        return ""


def _said(test: OutboxMessage | None) -> dict[str, Any] | None:
    return None if test is None else {"at": test.created_at, "result": result_of(test), "seen": test.seen_at}


def _chosen(person: Person) -> dict[str, Any]:
    found = Preference.objects.filter(person=person).first()
    if found is None:
        return {"language": person.language}
    return {
        "language": person.language,
        "push_from": found.push_from,
        "email_from": found.email_from,
        "messenger_from": found.messenger_from,
        "quiet_from": as_time(found.quiet_from),
        "quiet_until": as_time(found.quiet_until),
        "quiet_up_to": found.quiet_up_to,
    }


@signed_in
@sent_from("delivery:means")
def choose(request: HttpRequest) -> HttpResponse:
    """Keeps what one chose."""
    form = PreferenceForm(request.POST)
    if not form.is_valid():
        return _shown(request, form=form)
    own.choose(_self(request), **form.chosen())
    return redirect("delivery:means")


@signed_in
@sent_from("delivery:means")
def let_in(request: HttpRequest) -> HttpResponse:
    """This browser is to be told; sent by the page's script."""
    sent = {name: request.POST.get(name, "")[:1000] for name in ("endpoint", "p256dh", "auth")}
    own.let_browser_in(
        _self(request),
        **sent,
        device=request.session.get(SESSION_KEY),
        label=request.headers.get("User-Agent", ""),
        now=settings.AWAS_NOW(),
    )
    return redirect("delivery:means")


@signed_in
@sent_from("delivery:means")
def shut_out(request: HttpRequest, browser: int) -> HttpResponse:
    """One of one's browsers is told no more."""
    own.shut_browser_out(_self(request), browser)
    return redirect("delivery:means")


@signed_in
@sent_from("delivery:means")
def add_messenger(request: HttpRequest) -> HttpResponse:
    """An address of one's own at a messenger."""
    form = MessengerForm(request.POST, auto_id="messenger-%s")
    if form.is_valid():
        try:
            own.add_messenger(form.cleaned_data["url"], now=settings.AWAS_NOW(), by=_self(request))
        except Refused as refused:
            form.add_error("url", in_words(refused))
        else:
            return redirect("delivery:means")
    return _shown(request, messenger_form=form)


@signed_in
@sent_from("delivery:means")
def stop_messenger(request: HttpRequest, address: str) -> HttpResponse:
    """One of one's addresses is told no more."""
    own.stop_messenger(_mine(request, address))
    return redirect("delivery:means")


@signed_in
@sent_from("delivery:means")
def test(request: HttpRequest, channel: str) -> HttpResponse:
    """Sends a marked message to oneself: `push`, `email`, or the code of one's address at a messenger."""
    person = _self(request)
    if channel in (Channel.PUSH.value, Channel.EMAIL.value):
        kind, address = Channel(channel), person.code
    else:
        kind, address = Channel.MESSENGER, _mine(request, channel).code
    own.send_test(kind, address, language=person.language, now=settings.AWAS_NOW(), source=settings.AWAS_URL)
    return redirect("delivery:means")


def _mine(request: HttpRequest, code: str) -> Messenger:
    found = Messenger.objects.filter(pk=number_in(code, "m") or 0, person=_self(request), active=True).first()
    if found is None:
        raise Http404
    return found
