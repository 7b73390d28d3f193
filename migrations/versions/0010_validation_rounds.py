"""Validation rounds and the answers to each of their records."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def document():
    return sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade():
    op.create_table(
        "validation_rounds",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("reference", sa.String(length=32), nullable=False),
        sa.Column("title", sa.String(length=500), nullable=False),
        sa.Column("scope", document(), nullable=False),
        sa.Column("deadline", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("figures", document(), nullable=True),
        sa.Column("author_id", sa.String(length=36), nullable=True),
        sa.Column("author", sa.String(length=500), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["accounts.id"], name=op.f("fk_validation_rounds_author_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_validation_rounds")),
        sa.UniqueConstraint("reference", name=op.f("uq_validation_rounds_reference")),
    )
    with op.batch_alter_table("validation_rounds", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_validation_rounds_state"), ["state"], unique=False)
        batch_op.create_index(batch_op.f("ix_validation_rounds_opened_at"), ["opened_at"], unique=False)
    op.create_table(
        "round_records",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("round_id", sa.String(length=36), nullable=False),
        sa.Column("project_id", sa.String(length=36), nullable=False),
        sa.Column("partner", sa.String(length=32), nullable=False),
        sa.Column("answer", sa.String(length=32), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("submission_id", sa.String(length=36), nullable=True),
        sa.Column("author", sa.String(length=500), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["partner"], ["partners.code"], name=op.f("fk_round_records_partner")),
        sa.ForeignKeyConstraint(
            ["project_id"], ["projects.id"], name=op.f("fk_round_records_project_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["round_id"],
            ["validation_rounds.id"],
            name=op.f("fk_round_records_round_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"],
            ["submissions.id"],
            name=op.f("fk_round_records_submission_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round_records")),
        sa.UniqueConstraint("round_id", "project_id", name=op.f("uq_round_records_round_id_project_id")),
    )
    with op.batch_alter_table("round_records", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_round_records_partner"), ["partner"], unique=False)
        batch_op.create_index(batch_op.f("ix_round_records_project_id"), ["project_id"], unique=False)


def downgrade():
    op.drop_table("round_records")
    op.drop_table("validation_rounds")
