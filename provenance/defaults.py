"""What holds where nobody has set anything; apart from the settings, whose library is slow to load."""

from platformdirs import user_data_path

APPLICATION = "provenance-desk"


def default_database() -> str:
    """The address of the SQLite file in the user's data folder; nothing is created."""
    return f"sqlite:///{user_data_path(APPLICATION) / 'provenance.db'}"
