"""Ten thousand warnings' notices through the outbox, with senders that fail at random: nothing lost, none told twice.

The same code as the suite's small soak (tests.delivery.soak). Chance is seeded; time is the program's own. Run as a
process of its own (`python -m benchmarks.soak`) with an empty AWAS_HOME; prints JSON; exit code 1 when something was
lost, told twice or out of order.
"""

import json
import os
import random
import sys
import time


def main(quick: bool) -> None:
    os.environ |= {"AWAS_SEQUENCER": "inline", "DJANGO_SETTINGS_MODULE": "awas.config.settings"}
    import django

    django.setup()
    from tests.delivery.soak import soaked

    from awas.config import serving

    serving.prepare()
    began = time.perf_counter()
    found = soaked(warnings=500 if quick else 10_000, chance=random.Random(20240214), per_step=40)
    found["seconds"] = time.perf_counter() - began
    print(json.dumps(found))
    if found["lost"] or found["twice"] or found["out_of_order"]:
        raise SystemExit(1)


if __name__ == "__main__":
    main("--quick" in sys.argv)
