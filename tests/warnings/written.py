"""A rule of an office, line by line, for tests that change one of its lines."""

RULE = """\
id: OWN-BANTEN-01
title: {id: Barang rusak diterima, en: Damaged goods came in}
level: siaga
question: Mengapa barang rusak diterima?
basis: Instruksi kantor, tanpa pasal
runbook:
  - Hitung ulang bersama KPU
when: goods.received
group_by: [consignment_id]
message: "Rusak {damaged_units} satuan dari {consignment_id}"
"""


def rule(*more, without=(), **changed):
    """The text with some lines changed, left out or added."""
    lines = []
    for line in RULE.splitlines():
        name = line.partition(":")[0]
        if name in changed:
            lines.append(f"{name}: {changed.pop(name)}")
        elif name not in without and not (line.startswith("  ") and "runbook" in without):
            lines.append(line)
    lines += [f"{name}: {value}" for name, value in changed.items()]
    return "\n".join([*lines, *more]) + "\n"
