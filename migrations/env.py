"""Runs the migrations in one transaction, on SQLite too, so that an interrupted one leaves nothing half done."""

from alembic import context

from adam import settings
from adam.database import described, make_engine
from adam.models import Base
from adam.models.types import Exact, UtcMoment


def render_item(kind, obj, autogen_context):
    """Types are written into a migration as they were that day, never as a name from the models."""
    if kind == "type" and isinstance(obj, Exact):
        return f"exact({obj.precision}, {obj.scale})"
    if kind == "type" and isinstance(obj, UtcMoment):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and type(obj).__name__ == "JSON":
        return "document()"
    return False


def run(connection):
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        render_item=render_item,
        transactional_ddl=True,
        compare_type=True,
        include_name=described,
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    engine = make_engine(context.config.get_main_option("sqlalchemy.url") or settings.load().database_url)
    with engine.begin() as connection:
        run(connection)
    engine.dispose()
