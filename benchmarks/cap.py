"""CAP 1.2: messages written, held against the schema, signed and read, beside what lxml does bare in the same run.

The bare work is lxml parsing and validating documents of the same bytes: what any writer must pay that checks what it
writes. One core, no database. Run as a process of its own (`python -m benchmarks.cap`); --quick does a tenth. Prints
JSON; exit code 1 when a message is not valid, not read back, or its signature doesn't hold. Without the schema beside
the checkout nothing is validated, and the figures that need it are null.
"""

import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

MESSAGES = 20_000
SIGNED = 2_000
SCHEMA = Path(__file__).resolve().parents[2] / "shared" / "data" / "cap" / "CAP-v1.2.xsd"


def rate(count: int, work: Callable[[int], Any]) -> float:
    """Times a second."""
    began = time.perf_counter()
    for number in range(count):
        work(number)
    return count / (time.perf_counter() - began)


def measure(count: int, signed_count: int) -> dict[str, Any]:
    from lxml import etree

    from awas.warehouse.rules import RULES
    from awas.warnings.cap import writing
    from awas.warnings.cap.chain import Issue
    from awas.warnings.cap.composing import Publisher, Where, composed
    from awas.warnings.cap.reading import read
    from awas.warnings.cap.signing import require_signed_by, seal_in

    rules = [rule for rule in RULES if not rule.names]
    who = Publisher(sender="awas@bawaslu.example", name="Bawaslu", url="https://awas.example")
    where = Where(code="36.02-G1", name="Gudang", district="Lebak", latitude_e6=-6_350_000, longitude_e6=106_250_000)
    names = ("plate", "minutes", "count", "door", "number", "place", "units", "hours", "wanted", "first", "working")
    facts = tuple((name, number) for number, name in enumerate(names))

    def alert(number: int) -> Any:
        rule = rules[number % len(rules)]
        at = 1_707_789_600_000 + number * 1000
        issue = Issue(
            index=number, renewal=0, kind="Alert", phase="stands", sent_at=at, effective_at=at, onset_at=at,
            warning=f"{number:016x}", rule=rule.id, key=f"36.02-G1/{number}", level=rule.level.value, facts=facts,
            evidence=(number - 1,),
        )  # fmt: skip
        return composed(issue, (), rule, where, who)

    documents = [writing.written(alert(number)) for number in range(1000)]
    schema = etree.XMLSchema(etree.parse(SCHEMA)) if SCHEMA.is_file() else None
    faults: list[str] = []

    def validated(number: int) -> None:
        if not schema.validate(etree.fromstring(writing.written(alert(number)))):
            faults.append(f"{number}: {schema.error_log}")

    def bare(number: int) -> None:
        schema.validate(etree.fromstring(documents[number % 1000]))

    with tempfile.TemporaryDirectory(prefix="awas-bench-") as home:
        seal = seal_in(Path(home), name="awas@bawaslu.example")
    elements = [writing.element_of(alert(number)) for number in range(1000)]
    signed = rate(signed_count, lambda number: writing.bytes_of(seal.sign(elements[number % 1000])))
    require_signed_by(etree.fromstring(writing.bytes_of(seal.sign(elements[0]))), seal.certificate_pem)
    faults += [str(n) for n in range(0, 1000, 50) if read(documents[n]).identifier != f"awas:36.02:{n}"]
    bare_rate = rate(count, bare) if schema is not None else None
    both = rate(count, validated) if schema is not None else None
    return {
        "bytes": sum(map(len, documents)) // len(documents),
        "written_per_s": rate(count, lambda number: writing.written(alert(number))),
        "written_and_validated_per_s": both,
        "bare_validated_per_s": bare_rate,
        "ratio_to_bare": both / bare_rate if both and bare_rate else None,
        "signed_per_s": signed,
        "read_per_s": rate(count, lambda number: read(documents[number % 1000])),
        "faults": faults[:5],
    }


def main(arguments: list[str]) -> int:
    quick = "--quick" in arguments
    found = measure(MESSAGES // 10 if quick else MESSAGES, SIGNED // 10 if quick else SIGNED)
    print(json.dumps(found))
    return 1 if found["faults"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
