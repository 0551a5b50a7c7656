"""The conditions of an own rule: a small closed set of comparisons, checked against the fields they ask. Pure."""

from collections.abc import Sequence

from awas.warnings.own import values
from awas.warnings.own.faults import Fault, fault, unknown
from awas.warnings.own.reading import Node
from awas.warnings.own.vocabulary import Field, Kind
from awas.warnings.own.written import TESTS, Condition, Conditions, Hours, Test, Value

MOST = 12
MOST_VALUES = 20


def conditions_of(node: Node | None, kinds: Sequence[Kind], faults: list[Fault]) -> Conditions:
    """All of the list must hold. What is wrong with it is added to `faults`."""
    if node is None:
        return ()
    found: list[Condition | Hours] = []
    listed = node.items if node.kind == "list" else (node,)
    if len(listed) > MOST:
        faults.append(fault(node.line, "too_many_of", name="if", most=MOST))
    for one in listed[:MOST]:
        if one.kind != "map":
            faults.append(fault(one.line, "not_a_map"))
        elif one.get("between") is not None:
            hours = _hours(one, faults)
            if hours is not None:
                found.append(hours)
        elif (condition := _condition(one, kinds, faults)) is not None:
            found.append(condition)
    return tuple(found)


def _hours(node: Node, faults: list[Fault]) -> Hours | None:
    faults += [unknown(line, "key_unknown", name, ("between",)) for name, line, _ in node.pairs if name != "between"]
    between = node.get("between")
    assert between is not None
    if len(between.items) != 2:
        faults.append(fault(between.line, "window_wrong"))
        return None
    ends = [values.clock(one.text) for one in between.items]
    for one, minute in zip(between.items, ends, strict=True):
        if minute is None:
            faults.append(fault(one.line, "clock_wrong", written=one.text))
    start, end = ends
    if start is None or end is None:
        return None
    if start == end:
        faults.append(fault(between.line, "window_wrong"))
    return Hours(start=start, end=end)


def _condition(node: Node, kinds: Sequence[Kind], faults: list[Fault]) -> Condition | None:
    keys = ("field", *TESTS, "between")
    faults += [unknown(line, "key_unknown", name, keys) for name, line, _ in node.pairs if name not in keys]
    named = node.get("field")
    if named is None or not named.text:
        faults.append(fault(node.line, "key_missing", name="field"))
        return None
    tests = [test for test in TESTS if node.get(test) is not None]
    if len(tests) != 1:
        faults.append(fault(node.line, "many_tests" if tests else "no_test"))
        return None
    field = _same_field(named, kinds, faults)
    value = node.get(tests[0])
    if field is None or value is None:
        return None
    return _compared(field, tests[0], value, named.line, faults)


def _same_field(named: Node, kinds: Sequence[Kind], faults: list[Fault]) -> Field | None:
    """The field in all of the kinds; it must hold the same in each."""
    found: Field | None = None
    for kind in kinds:
        field = kind.fields.get(named.text)
        if field is None:
            faults.append(unknown(named.line, "field_unknown", named.text, kind.fields, kind=kind.name))
            return None
        if field.personal:
            faults.append(fault(named.line, "field_personal", written=named.text))
            return None
        if found is not None and field.holds != found.holds:
            faults.append(fault(named.line, "kinds_differ", written=named.text, kind=kind.name))
            return None
        if found is None:
            found = field
            continue
        # Where one kind takes any text, no closed list of another binds.
        both = (*found.choices, *field.choices) if found.choices and field.choices else ()
        found = Field(field.name, field.holds, choices=tuple(dict.fromkeys(both)))
    return found


def _compared(field: Field, test: Test, value: Node, line: int, faults: list[Fault]) -> Condition | None:
    if test == "missing":
        asked = Field(field.name, "yes_no")  # of any field it can be asked whether there is something in it
    elif field.holds == "many":
        faults.append(fault(line, "field_not_single", written=field.name))
        return None
    elif field.holds == "instant" or (test in ("over", "under") and field.holds not in ("whole", "duration")):
        faults.append(fault(line, "not_compared", test=test, written=field.name))
        return None
    else:
        asked = field
    single = value.items if test == "in" else (value,)
    if not single or len(single) > MOST_VALUES:
        faults.append(fault(value.line, "too_many_of" if single else "not_a_list", name="in", most=MOST_VALUES))
        return None
    found = tuple(one for node in single if (one := _value(asked, node, faults)) is not None)
    return Condition(field=field.name, test=test, values=found) if len(found) == len(single) else None


def _value(field: Field, node: Node, faults: list[Fault]) -> Value | None:
    """What was written, as the field holds it."""
    text = node.text
    if node.kind != "text":
        faults.append(fault(node.line, "not_a_text"))
        return None
    found: Value | None
    if field.holds == "whole":
        found, code = values.whole(text), "not_a_number"
    elif field.holds == "duration":
        found, code = values.duration(text), "duration_wrong"
    elif field.holds == "yes_no":
        found, code = values.yes_no(text), "not_a_yes"
    else:
        found, code = text, ""
        if field.choices and text not in field.choices:
            faults.append(unknown(node.line, "value_unknown", text, field.choices, field=field.name))
            return None
    if found is None:
        faults.append(fault(node.line, code, written=text))
    return found
