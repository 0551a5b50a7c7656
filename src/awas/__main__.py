"""`awas`: the command line."""

import os


def main() -> None:
    """Runs the command line; Django is set up by the commands that need it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "awas.config.settings")
    from awas.config.cli import awas  # noqa: PLC0415 - the settings' name must stand before anything reads it

    awas(prog_name="awas")


if __name__ == "__main__":
    main()
