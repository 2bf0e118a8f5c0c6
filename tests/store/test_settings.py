"""The settings: defaults, environment, and values that cannot be used."""

from pathlib import Path

import pytest

from provenance.errors import UsageError
from provenance.settings import Settings, current_user, load_settings


def test_the_defaults_need_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a word said, the record lies in the user's data folder and the user stands by each change."""
    for name in ("DB", "BLOBS", "WHO", "USER_AGENT", "OFFLINE"):
        monkeypatch.delenv(f"PROVENANCE_{name}", raising=False)
    settings = load_settings()
    assert settings.db.startswith("sqlite:///")
    assert settings.db.endswith("provenance.db")
    assert (settings.blobs, settings.offline, settings.who) == (None, False, current_user())
    assert settings.user_agent.startswith("provenance-desk/")


def test_the_environment_is_heard(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each value has a variable; an empty one counts as not set."""
    given = {"DB": "/tmp/a.db", "BLOBS": "/tmp/b", "WHO": "Ada", "USER_AGENT": "desk", "OFFLINE": "true"}
    for name, value in given.items():
        monkeypatch.setenv(f"PROVENANCE_{name}", value)
    expected = Settings(db="/tmp/a.db", blobs=Path("/tmp/b"), who="Ada", user_agent="desk", offline=True)
    assert load_settings() == expected
    monkeypatch.setenv("PROVENANCE_WHO", "")
    assert load_settings().who == current_user()


def test_a_wrong_value_names_its_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    """What cannot be understood is told, not replaced by a default."""
    monkeypatch.setenv("PROVENANCE_OFFLINE", "perhaps")
    with pytest.raises(UsageError, match="PROVENANCE_OFFLINE"):
        load_settings()


def test_a_user_without_a_name_is_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a bare container nobody is named, and nothing breaks."""
    monkeypatch.setattr("getpass.getuser", lambda: (_ for _ in ()).throw(KeyError("uid")))
    assert current_user() == "unknown"
