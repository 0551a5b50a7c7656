"""The phone's side of web push: let in from the page, told through the browser's own service worker, and led on.

The browser's push service is out of reach in a test; its part is played by one on loopback that opens what was sent,
and by the browser's debugger, which hands it to the service worker as the push service would.
"""

import json

import pytest

from awas.delivery import services
from awas.delivery.models import OutboxMessage, PushSubscription
from awas.delivery.outbox import deliver_due
from awas.delivery.webpush import send_push
from tests.delivery.test_webpush import Phone, PushService, b64

FAKE_SUBSCRIBE = """
PushManager.prototype.getSubscription = async () => null;
PushManager.prototype.subscribe = async (options) => {
  window.askedWith = options;
  return { toJSON: () => ({ endpoint: "%s", keys: { p256dh: "%s", auth: "%s" } }) };
};
"""


@pytest.fixture
def service(settings):
    settings.AWAS_WEBHOOK_ALLOW_PRIVATE = True
    made = PushService()
    yield made
    made.server.shutdown()
    made.server.server_close()


def test_a_phone_is_let_in_told_and_led_on(visits, district, service, settings, live_server):
    phone, wati = Phone(), visits("wati")
    settings.AWAS_URL = live_server.url
    wati.context.grant_permissions(["notifications"])
    wati.page.add_init_script(FAKE_SUBSCRIBE % (f"{service.origin}/a", b64(phone.public), b64(phone.secret)))
    wati.goes("/pesan/cara/")
    wati.presses("Tell me on this phone")
    wati.reads("nothing delivered yet")
    assert PushSubscription.objects.get().person == district.people["wati"]

    wati.presses("Send a test")
    deliver_due(1, senders={"push": send_push}, compose=services.compose)
    (_, _, body) = service.got[0]
    said = phone.reads(body)
    message = OutboxMessage.objects.get(kind="test")
    assert said["link"] == f"{live_server.url}/pesan/buka/{message.message_id}/"

    shown = handed_over(wati.page, live_server.url, said)
    assert shown == [{"title": said["title"], "tag": message.message_id, "link": said["link"]}]
    again = handed_over(wati.page, live_server.url, said)
    assert again == shown  # the same message replaces itself
    wati.goes(f"/pesan/buka/{message.message_id}/")
    message.refresh_from_db()
    assert message.seen_at is not None
    wati.reads("accepted by the gateway")


def handed_over(page, origin, said):
    """What the browser shows after its push service handed a message to our service worker."""
    debugger = page.context.new_cdp_session(page)
    found = []
    debugger.on("ServiceWorker.workerRegistrationUpdated", lambda event: found.extend(event["registrations"]))
    debugger.send("ServiceWorker.enable")
    while not found:
        page.evaluate("navigator.serviceWorker.getRegistrations()")  # lets the debugger's news in
    debugger.send(
        "ServiceWorker.deliverPushMessage",
        {"origin": origin, "registrationId": found[0]["registrationId"], "data": json.dumps(said)},
    )
    page.wait_for_function(
        "async () => (await (await navigator.serviceWorker.getRegistrations())[0].getNotifications()).length > 0"
    )
    return page.evaluate(
        "async () => (await (await navigator.serviceWorker.getRegistrations())[0].getNotifications())"
        ".map((one) => ({ title: one.title, tag: one.tag, link: one.data.link }))"
    )


def test_a_browser_that_was_told_no_says_so(visits):
    wati = visits("wati")
    wati.page.add_init_script("Notification.requestPermission = async () => 'denied';")
    wati.goes("/pesan/cara/")
    wati.presses("Tell me on this phone")
    wati.reads("This browser was told not to show messages. Allow them in its settings.")
    assert not PushSubscription.objects.exists()


def test_whom_to_ring_is_at_hand_from_the_watch(visits, district):
    type(district.people["wati"]).objects.filter(username="wati").update(phone="000-1234567")
    wati = visits("wati")
    wati.goes("/pesan/")
    wati.follows("Whom to ring")
    wati.reads("Wati Contoh")
    wati.presses("No answer")
    wati.reads("rang, no answer")
