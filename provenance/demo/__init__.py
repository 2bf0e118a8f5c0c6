"""An invented case that ships with the program: what is planted in it is told in its own README."""

from importlib.resources import files
from pathlib import Path


def case_folder() -> Path:
    """The folder of the case: saved pages, their pictures, a Telegram export and a manifest, ready to be ingested."""
    return Path(str(files("provenance.demo") / "case"))
