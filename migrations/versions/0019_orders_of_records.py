"""Indexes for the orders of the list of records, and for the few that were merged."""

from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

INDEXES = {
    "start": "(begins DESC{last}, id DESC)",
    "money": "(usd DESC{last}, id DESC)",
    "gone": "(merged_into, id) WHERE merged_into IS NOT NULL",
}


def upgrade():
    # What is missing comes last: by itself on SQLite, whose indexes can't be told so.
    last = " NULLS LAST" if op.get_context().dialect.name == "postgresql" else ""
    for name, what in INDEXES.items():
        op.execute(f"CREATE INDEX ix_projects_{name} ON projects {what.format(last=last)}")


def downgrade():
    for name in INDEXES:
        op.execute(f"DROP INDEX ix_projects_{name}")
