"""A scene for the load: Banten's eight warehouses, watchers on duty with devices and sessions. All fictional.

Run as a process of its own (`python -m benchmarks.scene COUNT`) in the AWAS_HOME to fill; prints the clients as JSON.
"""

import json
import sys
from typing import Any

PLACES = tuple(f"36.{district:02}-G1" for district in (1, 2, 3, 4, 71, 72, 73, 74))


def main(count: int) -> None:
    import django

    django.setup()
    from awas.config import serving

    serving.prepare()
    print(json.dumps(clients(count)))


def clients(count: int) -> list[dict[str, str]]:
    """`count` signed-in watchers spread over the warehouses, each with a session and an enrolled device."""
    from django.conf import settings
    from django.test import Client

    from awas import chance
    from awas.access.devices import enrol_device
    from awas.access.policy import Role
    from awas.access.services import assign_duty, create_person
    from awas.places.services import load_banten

    load_banten()
    now = settings.AWAS_NOW()
    made = []
    for number in range(count):
        place = PLACES[number % len(PLACES)]
        person = create_person(
            username=f"beban{number}",
            display_name=f"Petugas Uji {number}",
            home=place,
            password=None,
            now=now - 1000,
            must_change_password=False,
        )
        assign_duty(person, Role.WATCHER, place, from_at=now - 1000)
        _device, token = enrol_device(person, label="uji", secret=chance.token(32), now=now)
        browser = Client(SERVER_NAME="localhost")
        browser.force_login(person)
        begin(browser, place)
        session = browser.cookies[settings.SESSION_COOKIE_NAME].value
        made.append({"place": place, "token": token, "session": session})
    return made


def begin(browser: Any, place: str) -> None:
    """The watcher takes up duty, by the form."""
    from django.conf import settings

    from awas import chance

    answer = browser.post(f"/gudang/{place}/catat/mulai-piket/", {"nonce": chance.nonce(settings.AWAS_NOW())})
    if answer.status_code != 302:
        raise SystemExit(f"duty could not begin at {place}: {answer.status_code}")


if __name__ == "__main__":
    main(int(sys.argv[1]))
