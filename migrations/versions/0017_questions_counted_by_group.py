"""The index that counts the questions of a queue goes by its groups."""

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade():
    op.drop_index("ix_findings_counts", table_name="findings")
    op.create_index("ix_findings_counts", "findings", ["queue", "group_key", "kind", "state"])


def downgrade():
    op.drop_index("ix_findings_counts", table_name="findings")
    op.create_index("ix_findings_counts", "findings", ["queue", "kind", "state", "group_key"])
