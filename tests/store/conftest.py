"""A store in a folder of its own, and the factory of what goes into it."""

import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from store import Store

HERE = Path(__file__).resolve().parent


@pytest.fixture(scope="session")
def make() -> ModuleType:
    """The factory module; child processes import it by the same name from the folder that their script lies in."""
    sys.path.insert(0, str(HERE))
    try:
        import factory
    finally:
        sys.path.remove(str(HERE))
    return factory


@pytest.fixture
def store(tmp_path: Path, make: ModuleType) -> Iterator[Store]:
    with make.opened(tmp_path) as opened:
        yield opened
