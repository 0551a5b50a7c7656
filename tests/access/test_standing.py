"""What is kept in memory of people and devices: for a moment only, and never what a change has overtaken."""

from awas.access.standing import FRESH_S, Memory


class Source:
    """Rows that change, and a clock."""

    def __init__(self) -> None:
        self.value, self.loads, self.age = "first", 0, 0.0

    def load(self, number: int) -> str | None:
        self.loads += 1
        return self.value if number == 1 else None


def test_a_copy_is_used_while_it_is_fresh():
    source = Source()
    memory = Memory(source.load, lambda: source.age)
    assert memory.get(1) == "first"
    source.value, source.age = "second", FRESH_S / 2 - 0.01
    assert (memory.get(1), source.loads) == ("first", 1)
    source.age = FRESH_S
    assert (memory.get(1), source.loads) == ("second", 2)


def test_a_forgotten_one_is_read_anew_and_others_are_kept():
    source = Source()
    memory = Memory(source.load, lambda: source.age)
    memory.get(1)
    assert memory.get(2) is None
    source.value = "second"
    memory.forget(1)
    assert memory.get(1) == "second"
    memory.get(2)
    assert source.loads == 3


def test_a_load_that_a_change_overtakes_is_not_kept():
    source = Source()

    def slow(number: int) -> str | None:
        found = source.load(number)
        if source.loads == 1:
            source.value = "second"
            memory.forget(1)  # somebody else's change, while this reader still holds the old row
        return found

    memory = Memory(slow, lambda: source.age)
    assert memory.get(1) == "first"
    assert memory.get(1) == "second"
