"""Entries of the journal are found by their kind and subject: the history of one watch among all."""

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the index; no row changes."""
    op.create_index("ix_journal_what_subject", "journal", ["what", "subject"])
