"""Indexes that follow the questions: a partner's records and a queue of submissions without reading whole rows."""

from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

LISTED = ["owner", "merged_into", "visibility", "status", "created_at", "id"]
BEFORE = ["merged_into", "visibility", "owner", "status", "created_at", "id"]
NARROW = ("visibility", "owner", "merged_into")
"""Columns with a few values each, whose own indexes led to reading most records one by one."""


def upgrade():
    for name in NARROW:
        op.drop_index(f"ix_projects_{name}", table_name="projects")
    op.drop_index("ix_projects_listed", table_name="projects")
    op.create_index("ix_projects_listed", "projects", LISTED)
    op.create_index("ix_projects_seen", "projects", ["id", "merged_into", "visibility", "owner", "status"])
    op.drop_index("ix_submissions_state", table_name="submissions")
    op.create_index("ix_submissions_queue", "submissions", ["state", "partner", "updated_at", "id"])


def downgrade():
    op.drop_index("ix_submissions_queue", table_name="submissions")
    op.create_index("ix_submissions_state", "submissions", ["state"])
    op.drop_index("ix_projects_seen", table_name="projects")
    op.drop_index("ix_projects_listed", table_name="projects")
    op.create_index("ix_projects_listed", "projects", BEFORE)
    for name in NARROW:
        op.create_index(f"ix_projects_{name}", "projects", [name])
