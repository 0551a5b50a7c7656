"""Kills the program again and again while it records, then looks at what is left. Prints what it found as JSON.

AWAS_HOME=… AWAS_SEQUENCER=thread python -m tests.durability.controller ROUNDS SEED
"""

import json
import os
import sys

import django


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "awas.config.settings")
    django.setup()
    from tests.durability.killing import run  # after django.setup()

    print(json.dumps(run(int(sys.argv[1]), int(sys.argv[2]))))


if __name__ == "__main__":
    main()
