"""The pages of messages, wishes and webhooks."""

import pytest
from django.test import Client
from django.urls import reverse

from awas.access.models import Person
from awas.access.policy import Role
from awas.delivery import services
from awas.delivery.models import Subscription, Webhook
from tests.access.people import somebody
from tests.delivery.steps import fired

pytestmark = pytest.mark.django_db


def client_of(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_messages_are_read_and_marked():
    watcher, other = somebody(Role.WATCHER), somebody(Role.DISTRICT_OFFICER)
    services.tell([fired("siaga")])
    client = client_of(watcher)
    page = client.get(reverse("delivery:messages"))
    message = services.on_screen(watcher)[0]
    assert f"/pesan/buka/{message.message_id}/" in page.text
    assert services.unseen_count(watcher) == 1
    assert client.post(reverse("delivery:messages"), {"seen": page.context["newest"]}).status_code == 302
    assert (services.unseen_count(watcher), services.unseen_count(other)) == (0, 1)


@pytest.mark.parametrize("seen", ["", "x", "-1", "9" * 40, "٣"])
def test_a_strange_mark_marks_nothing(seen):
    watcher = somebody(Role.WATCHER)
    services.tell([fired("siaga")])
    assert client_of(watcher).post(reverse("delivery:messages"), {"seen": seen}).status_code == 302
    assert services.unseen_count(watcher) == 1


def test_one_asks_and_takes_back():
    person = somebody(Role.PARTNER)
    client, url = client_of(person), reverse("delivery:subscriptions")
    asked = {"area": "36.02", "min_level": "siaga", "by_screen": "on"}
    assert client.post(url, asked).status_code == 302
    assert client.post(url, asked | {"min_level": "awas"}).status_code == 302
    kept = Subscription.objects.get()
    assert (kept.person, kept.min_level, kept.by_screen, kept.by_email) == (person, "awas", True, False)
    assert client_of(somebody()).post(reverse("delivery:unsubscribe"), {"area": "36.02"}).status_code == 302
    assert Subscription.objects.count() == 1
    assert client.post(reverse("delivery:unsubscribe"), {"area": "36.02"}).status_code == 302
    assert not Subscription.objects.exists()


@pytest.mark.parametrize("change", [{"area": "36.03"}, {"area": "kabupaten"}, {"min_level": "merah"}, {"area": ""}])
def test_what_nobody_can_ask(change):
    asked = {"area": "36.02", "min_level": "siaga", "by_screen": "on"} | change
    answer = client_of(somebody(Role.PARTNER)).post(reverse("delivery:subscriptions"), asked)
    assert answer.status_code == 400
    assert not Subscription.objects.exists()


def test_a_webhook_is_added_its_secret_shown_once_and_stopped():
    client, url = client_of(somebody(Role.ADMINISTRATOR)), reverse("delivery:channels")
    answer = client.post(url, {"url": "https://hook.example/awas", "area": "36.02", "min_level": "siaga"})
    hook = Webhook.objects.get()
    assert hook.secret.startswith("whsec_")
    assert hook.secret in answer.text
    assert "no-store" in answer["Cache-Control"]
    page = client.get(url)
    assert "hook.example/awas" in page.text
    assert hook.secret not in page.text
    assert client.post(reverse("delivery:stop", args=[hook.pk])).status_code == 302
    hook.refresh_from_db()
    assert not hook.active


@pytest.mark.parametrize(
    ("change", "status"),
    [({"url": "http://hook.example/"}, 400), ({"url": "x"}, 400), ({"area": "36.03"}, 404), ({"area": "?"}, 400)],
)
def test_what_makes_no_webhook(change, status, settings):
    settings.AWAS_WEBHOOK_ALLOW_PRIVATE = False
    asked = {"url": "https://hook.example/", "area": "36.02", "min_level": "siaga"} | change
    assert client_of(somebody(Role.ADMINISTRATOR)).post(reverse("delivery:channels"), asked).status_code == status
    assert not Webhook.objects.exists()
