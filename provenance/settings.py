"""What a desk sets once: where the record is, who works, how we name ourselves to servers.

Every value can be given in the environment with the prefix `PROVENANCE_` (`PROVENANCE_DB`, `PROVENANCE_BLOBS`,
`PROVENANCE_BLOBS_COPY`, `PROVENANCE_JOURNAL_NAME`, `PROVENANCE_JOURNAL_KEY`, `PROVENANCE_TIMESTAMP_ROOTS`,
`PROVENANCE_WHO`, `PROVENANCE_USER_AGENT`, `PROVENANCE_CONTACT`, `PROVENANCE_OFFLINE`, `PROVENANCE_ROBOTS`,
`PROVENANCE_ENVIRONMENT_PROXIES`).
"""

import getpass
from pathlib import Path

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from provenance import __version__
from provenance.defaults import APPLICATION, default_database
from provenance.errors import UsageError

_SENDABLE = r"^[\x21-\x7e]([\x20-\x7e]{0,198}[\x21-\x7e])?$"  # what a header may hold; not a line break


def current_user() -> str:
    """The name that the operating system knows the user by, or `unknown`."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "unknown"


class Settings(BaseSettings):
    """The settings of one run.

    Attributes:
        db: address of the database, `sqlite:///path`, or a plain path.
        blobs: folder of the bytes; None stands for the folder beside the SQLite file.
        blobs_copy: folder of a second copy of the bytes, best on another disk; None for none.
        journal_name: the name that checkpoints of the journal carry, such as the desk's domain.
        journal_key: file of the Ed25519 key (PEM) that signs them; None where they are not signed.
        timestamp_roots: root certificates (PEM) of time-stamp authorities, separated as PATH is.
        user_agent: how we name ourselves to servers; an honest one names the tool.
        contact: how the desk can be reached, a mail or web address; servers are told it with our name.
        offline: nothing is fetched, whatever is asked.
        robots: whether robots.txt is honoured.
        environment_proxies: whether HTTP_PROXY, HTTPS_PROXY and NO_PROXY are used; the proxy then decides which addresses
            can be reached, and they are not checked here.
        who: the name that the journal keeps for every change.
    """

    model_config = SettingsConfigDict(env_prefix="PROVENANCE_", env_ignore_empty=True, extra="ignore", frozen=True)

    db: str = Field(default_factory=default_database)
    blobs: Path | None = None
    blobs_copy: Path | None = None
    journal_name: str = Field(default="provenance-desk", pattern=r"^[^\s+]{1,200}$")
    journal_key: Path | None = None
    timestamp_roots: str = ""
    user_agent: str = Field(default=f"{APPLICATION}/{__version__}", pattern=_SENDABLE)
    contact: str | None = Field(default=None, pattern=_SENDABLE)
    offline: bool = False
    robots: bool = True
    environment_proxies: bool = False
    who: str = Field(default_factory=current_user, min_length=1, max_length=200)


def load_settings() -> Settings:
    """The settings from the environment and the defaults.

    Raises:
        UsageError: a variable holds a value that cannot be used; the message names the variable.
    """
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = "PROVENANCE_" + "_".join(str(part) for part in first["loc"]).upper()
        raise UsageError(f"{name}: {first['msg']}", "correct or unset the variable") from error
