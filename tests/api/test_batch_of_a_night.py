"""What a phone that was offline sends in one batch: each entry knows what came before it."""

import json

import pytest
from django.test import Client

from awas.ledger import services as ledger
from tests.api.conftest import HERE, item

LOG = "awas/36.02"


@pytest.fixture
def sends(token):
    def sending(*items):
        answer = Client(headers={"Authorization": f"Bearer {token}"}).post(
            f"/api/v1/sites/{HERE}/entries", json.dumps(items), content_type="application/json"
        )
        return [one.get("refused", "") for one in answer.json()["answers"]]

    return sending


def enters(seq, visit):
    return item(seq, "gate.enter_person@1", visit_id=f"{HERE}/{visit}", name=visit, role="guest", purpose="visit")


def watchers_counted():
    lines = [ledger.line(LOG, index) for index in range(ledger.size_of(LOG))]
    return [line.event.watch_count for line in lines if line.entry.kind == "gate.person_entered@1"]


def test_who_began_their_duty_in_the_same_batch_is_there(sends):
    refused = sends(
        enters(1, "v1"),
        item(2, "roster.start_duty@1", duty_id=f"{HERE}/d1"),
        enters(3, "v2"),
        item(4, "roster.end_duty@1", duty_id=f"{HERE}/d1"),
        enters(5, "v3"),
    )
    assert refused == [""] * 5
    assert watchers_counted() == [0, 1, 0]


def test_a_second_beginning_counts_nobody_twice(sends):
    assert sends(item(1, "roster.start_duty@1", duty_id=f"{HERE}/d1")) == [""]
    refused = sends(item(2, "roster.start_duty@1", duty_id=f"{HERE}/d2"), enters(2, "v1"), enters(3, "v2"))
    assert refused[0]
    assert watchers_counted() == [1, 1]
