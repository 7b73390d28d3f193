"""An index for what changed last: feeds and lists in that order."""

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade():
    op.create_index(op.f("ix_projects_updated_at"), "projects", ["updated_at"])


def downgrade():
    op.drop_index(op.f("ix_projects_updated_at"), table_name="projects")
