"""Who is on duty while a group of commands goes by."""

from collections.abc import Iterable
from typing import Any

from awas.roster.commands import AcceptHandover, EndDuty, StartDuty
from awas.roster.models import Duty, Handover


class Watches:
    """Who is on duty at some places, as the commands of a group go by.

    A phone that was offline sends the beginning of a duty and what its officer saw in one batch: what comes after it
    must know that somebody is there. A command that is refused in the end still counts here; that costs a number.
    """

    def __init__(self, commands: Iterable[tuple[str, str, Any]]) -> None:
        """`commands` are the whole group's, as (place, actor, command)."""
        self._changes = [one for one in commands if isinstance(one[2], StartDuty | EndDuty | AcceptHandover)]
        places = {place for place, _actor, _command in self._changes}
        self._people: dict[str, dict[str, str]] = {place: {} for place in places}
        running = Duty.objects.filter(place__in=places, state="on") if places else ()
        for duty in running:
            self._people[duty.place][duty.key] = duty.person
        taken = {command.handover_id for *_, command in self._changes if isinstance(command, AcceptHandover)}
        offers = Handover.objects.filter(key__in=taken) if taken else ()
        self._givers = {offer.key: offer.duty_id for offer in offers}

    def after(self, place: str, actor: str, command: Any) -> int | None:
        """How many are on duty at a place once this command is done; None where the group changes nothing there."""
        people = self._people.get(place)
        if people is None:
            return None
        if isinstance(command, StartDuty) and command.person not in people.values():
            people[command.duty_id] = command.person
        elif isinstance(command, EndDuty):
            people.pop(command.duty_id, None)
        elif isinstance(command, AcceptHandover):
            if not command.giver_stays:
                people.pop(self._givers.get(command.handover_id, ""), None)
            if actor not in people.values():
                people[command.duty_id] = actor
        return len(people)
