"""Gives the package its dependencies from run.in, so that they are listed in one place."""

from pathlib import Path

from hatchling.metadata.plugin.interface import MetadataHookInterface

BUILD_ONLY = ("hatchling", "editables")


class Dependencies(MetadataHookInterface):
    def update(self, metadata: dict) -> None:
        lines = (Path(self.root) / "requirements" / "run.in").read_text(encoding="utf-8").splitlines()
        wanted = [line.split("#")[0].strip() for line in lines]
        metadata["dependencies"] = [line for line in wanted if line and not line.startswith(BUILD_ONLY)]
