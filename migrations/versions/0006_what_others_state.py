"""What others state: additions to a partner's record, whose rows they are, and what partners named in it say.

The new columns of old tables carry no foreign key: SQLite would copy each table for one, and lose by cascade what hangs
on its rows.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

STATED = ("project_organizations", "project_locations", "beneficiaries", "contributions", "identifiers")
STATED += ("project_documents",)


def document():
    return sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade():
    for table in STATED:
        op.add_column(table, sa.Column("stated_by", sa.String(length=32), nullable=True))
    op.add_column(
        "contributions", sa.Column("counted", sa.Boolean(), nullable=False, server_default=sa.true())
    )
    op.add_column("projects", sa.Column("added", document(), nullable=False, server_default="{}"))
    op.add_column("submissions", sa.Column("base", document(), nullable=True))
    op.add_column("submissions", sa.Column("adds_to", sa.String(length=36), nullable=True))
    op.create_index("ix_submissions_adds_to", "submissions", ["adds_to"])
    op.add_column("submission_comments", sa.Column("answers", sa.Integer(), nullable=True))
    op.create_table(
        "mentions",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("project_id", sa.String(length=36), nullable=False),
        sa.Column("partner", sa.String(length=32), nullable=False),
        sa.Column("verdict", sa.String(length=32), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("stands", sa.Boolean(), nullable=False),
        sa.Column("author_id", sa.String(length=36), nullable=True),
        sa.Column("author", sa.String(length=500), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by", sa.String(length=500), nullable=True),
        sa.Column("settlement", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["author_id"], ["accounts.id"], name=op.f("fk_mentions_author_id")),
        sa.ForeignKeyConstraint(["partner"], ["partners.code"], name=op.f("fk_mentions_partner")),
        sa.ForeignKeyConstraint(
            ["project_id"], ["projects.id"], name=op.f("fk_mentions_project_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentions")),
        sa.UniqueConstraint("project_id", "partner", name=op.f("uq_mentions_project_id_partner")),
    )
    op.create_index("ix_mentions_partner", "mentions", ["partner"])


def downgrade():
    op.drop_table("mentions")
    op.drop_column("submission_comments", "answers")
    op.drop_index("ix_submissions_adds_to", table_name="submissions")
    op.drop_column("submissions", "adds_to")
    op.drop_column("submissions", "base")
    op.drop_column("projects", "added")
    op.drop_column("contributions", "counted")
    for table in STATED:
        op.drop_column(table, "stated_by")
