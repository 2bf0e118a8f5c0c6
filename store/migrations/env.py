"""Runs the migrations on the connection that the store hands over, inside its transaction."""

from alembic import context

from store.rows import Table

context.configure(connection=context.config.attributes["connection"], target_metadata=Table.metadata)
with context.begin_transaction():
    context.run_migrations()
