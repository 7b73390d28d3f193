"""Indexes that hold all that a question asks: records by title and by age, and whose records a finding is about."""

from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

SEEN = ["id", "merged_into", "visibility", "owner", "status"]
QUEUE = ["queue", "weight", "score", "reference"]
ASKED = ["a_id", "b_id", "group_key", "id"]
"""What decides who may see a finding, and whether another stands for it."""


def upgrade():
    op.drop_index("ix_projects_seen", table_name="projects")
    op.create_index("ix_projects_seen", "projects", [*SEEN, "created_at"])
    op.drop_index("ix_findings_queue", table_name="findings")
    op.create_index("ix_findings_queue", "findings", [*QUEUE, *ASKED])
    op.execute("CREATE INDEX ix_projects_title ON projects (lower(title), id)")


def downgrade():
    op.execute("DROP INDEX ix_projects_title")
    op.drop_index("ix_findings_queue", table_name="findings")
    op.create_index("ix_findings_queue", "findings", QUEUE)
    op.drop_index("ix_projects_seen", table_name="projects")
    op.create_index("ix_projects_seen", "projects", SEEN)
