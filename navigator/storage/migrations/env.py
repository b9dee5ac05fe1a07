"""Run migrations on the connection that `Database.migrate` hands over."""

from alembic import context

from navigator.storage.tables import TableRow

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=TableRow.metadata,
    render_as_batch=connection.dialect.name == "sqlite",
)
with context.begin_transaction():
    context.run_migrations()
