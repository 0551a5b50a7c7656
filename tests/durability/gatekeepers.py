"""A process that does nothing but record at gates until it is killed: several phones at once, in two districts.

Whatever a phone sends is given by its name and number alone, so that after a restart it sends the same thing again.
"""

import hashlib
import json
import os
import threading
from collections.abc import Iterator

from awas.ledger import services as ledger
from awas.ledger.desk import Desk
from awas.ledger.fact import Receipt
from awas.ledger.naming import key_at, log_of
from awas.ledger.sequencer import ThreadedSequencer
from awas.warehouse import commands as ask
from awas.warehouse.services import record_from_device, somebody
from awas.warnings import services as warnings

PHONES = {
    "phone1": "36.02-G1",
    "phone2": "36.02-G1",
    "phone3": "36.02.05-G1",
    "phone4": "36.03-G1",
    "phone5": "36.03-G1",
    "phone6": "36.03.02-G1",
}
"""Where each phone keeps the gate."""

TURNSTILES = {"phone1", "phone4"}
"""Where people come and go. The other phones only let in, and people of the whole district: who is inside elsewhere is
closed there by the same command, and warned of."""

PEOPLE = 5
"""So many people there are, over and over."""


def submission(phone, seq):
    """What a phone sends under a number; at a turnstile, even ones let out whom the one before let in."""
    place = PHONES[phone]
    number, digits = (
        ((seq + 1) // 2, f"{phone[-1]}{(seq + 1) // 2 % PEOPLE:03}")
        if phone in TURNSTILES
        else (seq, f"{seq % PEOPLE:04}")
    )
    drawn = iter(hashlib.sha256(f"{phone}/{seq}/{turn}".encode()).hexdigest() for turn in range(20))
    desk = Desk(
        place=place,
        actor="p1",
        device=phone,
        now=ledger.sequencer().clock(),
        salt=lambda: bytes.fromhex(next(drawn)[:32]),
        reference=lambda: next(drawn)[:20],
    )
    person, name, identity = somebody(desk, "Orang Contoh", "ktp", digits)
    visit = key_at(place, f"{phone}-{number}")
    if seq % 2 or phone not in TURNSTILES:
        command = ask.EnterPerson(
            visit_id=visit, person=person, name=name, role="guest", purpose="visit", identity_kind="ktp",
            identity=identity,
        )  # fmt: skip
    else:
        command = ask.LeavePerson(visit_id=visit)
    return desk.submission(command, seq=seq, digest=hashlib.sha256(f"{phone}/{seq}".encode()).digest())


def sizes(phone, first) -> Iterator[int]:
    """How many entries a phone brings at once: mostly one, now and then what it gathered offline."""
    turn = first
    while True:
        yield 7 if turn % 11 == 0 else 1
        turn += 1


def keep_gate(phone, seq, written, first_ack):
    """Sends from `seq` on. A receipt is written down after it is given and before the next command is sent."""
    for size in sizes(phone, seq):
        batch = [submission(phone, number) for number in range(seq, seq + size)]
        for sent, outcome in zip(batch, record_from_device(batch), strict=True):
            if not isinstance(outcome, Receipt):
                os.write(written, _line(phone=phone, seq=sent.seq, failed=repr(outcome)))
                return
            os.write(
                written,
                _line(
                    phone=phone, seq=outcome.seq, log=outcome.log, index=outcome.index, count=outcome.count,
                    leaf=outcome.leaf, replayed=outcome.replayed,
                ),
            )  # fmt: skip
        first_ack()
        seq += size


def work(last_acknowledged, written, signal):
    """Runs every phone from the number after its last receipt. Returns only if all of them failed."""
    assert isinstance(ledger.sequencer(), ThreadedSequencer)
    os.write(written, _line(unjudged=warnings.bench().due()))
    told = threading.Event()

    def first_ack():
        if not told.is_set():
            told.set()
            os.write(signal, b"!")

    threads = [
        threading.Thread(target=keep_gate, args=(phone, last_acknowledged.get(phone, 0) + 1, written, first_ack))
        for phone in PHONES
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def logs():
    """The logs that the phones write to."""
    return sorted({log_of(place) for place in PHONES.values()})


def _line(**fields):
    return json.dumps(fields).encode() + b"\n"
