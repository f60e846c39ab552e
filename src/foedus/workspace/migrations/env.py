"""Run by Alembic: migrate over the connection, and in the transaction, that the caller opened."""

from alembic import context

from foedus.workspace.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
