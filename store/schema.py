"""Bringing a database to the schema of this version; Alembic is loaded only when there is something to do."""

from functools import cache
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, text

from provenance.errors import StoreDamaged, StoreNotWritable, StoreTooNew
from store import dialect

REVISIONS = ("0001", "0002", "0003")
"""Every revision that this version knows, oldest first."""
HEAD = REVISIONS[-1]
_MIGRATIONS = Path(__file__).with_name("migrations")


def revision(connection: Connection, path: Path) -> str | None:
    """The revision of a database, None for a fresh one.

    Raises:
        StoreDamaged: it belongs to another program, or has lost its revision.
        StoreTooNew: it was written by a newer version.
    """
    if not dialect.is_ours(connection, path):
        return None
    numbers = connection.execute(text("SELECT version_num FROM alembic_version")).scalars().all()
    if len(numbers) != 1:
        raise StoreDamaged(f"{path}: it has lost the number of its schema, or has several", "restore a backup")
    found = numbers[0]
    if found not in REVISIONS:
        raise StoreTooNew(
            f"{path}: its schema is {found}, this version knows up to {HEAD}", "install the newer version of this program"
        )
    return str(found)


def ensure(engine: Engine, path: Path, *, read_only: bool) -> None:
    """Upgrade a database where it is needed, in one transaction; a second process waits and then finds it done.

    Raises:
        StoreTooNew: it was written by a newer version.
        StoreNotWritable: it is of an older version and may only be read.
    """
    with engine.connect() as connection:
        found = revision(connection, path)
    if found == HEAD:
        return
    if read_only:
        raise StoreNotWritable(
            f"{path}: its schema is {found or 'empty'}, this version needs {HEAD}", "open it once with write permission"
        )
    dialect.use_wal(engine)
    with engine.execution_options(immediate=True).begin() as connection:
        if revision(connection, path) != HEAD:
            _upgrade(connection)


def altered(connection: Connection) -> str:
    """What of tables, indexes and triggers is missing, too many or defined otherwise than here; empty when nothing.

    A column whose type was changed, or a trigger that was taken away, lets through what a check of the rows alone cannot see.
    """
    there, wanted = dialect.definitions(connection), _wanted()
    told = dict.fromkeys(wanted.keys() - there.keys(), "missing")
    told |= dict.fromkeys(there.keys() - wanted.keys(), "not of this schema")
    told |= {name: "defined otherwise" for name in wanted.keys() & there.keys() if wanted[name] != there[name]}
    return "; ".join(f"{name} is {what}" for name, what in sorted(told.items()))


@cache
def _wanted() -> dict[str, str]:
    """The definitions of a fresh record."""
    engine = create_engine("sqlite://")
    try:
        with engine.begin() as connection:
            _upgrade(connection)
            return dialect.definitions(connection)
    finally:
        engine.dispose()


def _upgrade(connection: Connection) -> None:
    from alembic import command  # noqa: PLC0415 - slow to import, and needed once in the life of a store
    from alembic.config import Config  # noqa: PLC0415 - the same

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, HEAD)
