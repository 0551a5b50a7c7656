"""The findings over printed figures in plain words, in both languages. Pure."""

from collections.abc import Iterator, Mapping

from awas.logistics.reconcile.corrections import Correction
from awas.logistics.reconcile.published import Finding, Published
from awas.warnings.rule import Words

OUTCOMES: Mapping[str, Words] = {
    "adds_up": Words("cocok", "adds up"),
    "differs": Words("TIDAK COCOK", "DOES NOT ADD UP"),
    "impossible": Words("ANGKA MUSTAHIL", "IMPOSSIBLE NUMBER"),
    "incomplete": Words("rincian tidak lengkap", "incomplete list"),
    "not_understood": Words("tidak dipahami", "not understood"),
    "unreadable": Words("TIDAK TERBACA", "UNREADABLE"),
}


def published_lines(found: Published) -> Iterator[Words]:
    """Everything but what adds up, case by case, and the counts at the end."""
    for finding in found.findings:
        if finding.outcome != "adds_up":
            yield _line(finding)
            yield from (_correction(one) for one in finding.corrections)
    counts = [(OUTCOMES[outcome], count) for outcome, count in sorted(found.outcomes.items())]
    yield Words(
        f"{found.cases} kasus: " + ", ".join(f"{count} {words.id}" for words, count in counts),
        f"{found.cases} cases: " + ", ".join(f"{count} {words.en}" for words, count in counts),
    )


def _line(finding: Finding) -> Words:
    outcome = OUTCOMES[finding.outcome]
    where = f"{finding.id} ({finding.region})" if finding.region else finding.id
    note = f" [{finding.note}]" if finding.note else ""
    return Words(
        f"{where}: {outcome.id}: {finding.check}" + (f"; selisih {finding.by}" if finding.by else "") + note,
        f"{where}: {outcome.en}: {finding.check}" + (f"; off by {finding.by}" if finding.by else "") + note,
    )


def _correction(one: Correction) -> Words:
    change = f"    {one.figure}: {one.printed} -> {one.would_balance}"
    if one.likely:
        return Words(f"{change} (paling mungkin)", f"{change} (most likely)")
    return Words(f"{change} (akan cocok)", f"{change} (would balance)")
