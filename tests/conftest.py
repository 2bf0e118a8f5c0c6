"""Fixtures that several test modules share."""

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of shared material beside the project; tests that ask for it are skipped without it."""
    if not SHARED.is_dir():
        pytest.skip("no shared material beside the project")
    return SHARED
