"""Remedies of verdicts that are carried out, merges that can be undone, and cases."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def document():
    return sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def moment():
    return sa.DateTime(timezone=True)


def foreign(table, column, target, **options):
    name = op.f(f"fk_{table}_{column}")
    return sa.ForeignKeyConstraint([column], [target], name=name, **options)


def upgrade():
    with op.batch_alter_table("judgements", schema=None) as batch_op:
        batch_op.add_column(sa.Column("terms", document(), nullable=True))
        batch_op.add_column(sa.Column("undone_at", moment(), nullable=True))
        batch_op.add_column(sa.Column("undone_by", sa.String(length=500), nullable=True))
        batch_op.add_column(sa.Column("undone_because", sa.Text(), nullable=True))
    _merges()
    _cases()
    _case_messages()


def _merges():
    op.create_table(
        "merges",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("finding_id", sa.String(length=36), nullable=False),
        sa.Column("stays_id", sa.String(length=36), nullable=False),
        sa.Column("absorbed_id", sa.String(length=36), nullable=False),
        *(
            sa.Column(name, document(), nullable=False)
            for name in ("choices", "before", "own", "after", "given", "moved")
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("author", sa.String(length=500), nullable=False),
        sa.Column("at", moment(), nullable=False),
        sa.Column("undone_at", moment(), nullable=True),
        sa.Column("undone_by", sa.String(length=500), nullable=True),
        sa.Column("kept", document(), nullable=True),
        foreign("merges", "finding_id", "findings.id", ondelete="CASCADE"),
        foreign("merges", "stays_id", "projects.id", ondelete="CASCADE"),
        foreign("merges", "absorbed_id", "projects.id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merges")),
    )
    _index("merges", "finding_id", "stays_id", "absorbed_id")


def _cases():
    op.create_table(
        "cases",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("reference", sa.String(length=32), nullable=False),
        sa.Column("finding_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("a_id", sa.String(length=36), nullable=False),
        sa.Column("b_id", sa.String(length=36), nullable=False),
        sa.Column("partner_a", sa.String(length=32), nullable=False),
        sa.Column("partner_b", sa.String(length=32), nullable=False),
        sa.Column("title", sa.String(length=500), nullable=False),
        sa.Column("seen", document(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("outcome", sa.String(length=32), nullable=True),
        sa.Column("outcome_text", sa.Text(), nullable=True),
        sa.Column("author", sa.String(length=500), nullable=False),
        sa.Column("opened_at", moment(), nullable=False),
        sa.Column("updated_at", moment(), nullable=False),
        sa.Column("closed_at", moment(), nullable=True),
        sa.Column("closed_by", sa.String(length=500), nullable=True),
        sa.Column("reminded_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        foreign("cases", "finding_id", "findings.id", ondelete="CASCADE"),
        foreign("cases", "a_id", "projects.id", ondelete="CASCADE"),
        foreign("cases", "b_id", "projects.id", ondelete="CASCADE"),
        foreign("cases", "partner_a", "partners.code"),
        foreign("cases", "partner_b", "partners.code"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cases")),
        sa.UniqueConstraint("reference", name=op.f("uq_cases_reference")),
    )
    _index("cases", "finding_id", "a_id", "b_id", "partner_a", "partner_b", "due_on", "state", "opened_at")


def _case_messages():
    op.create_table(
        "case_messages",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("move", sa.String(length=32), nullable=False),
        sa.Column("partner", sa.String(length=32), nullable=True),
        sa.Column("author_id", sa.String(length=36), nullable=True),
        sa.Column("author", sa.String(length=500), nullable=False),
        sa.Column("at", moment(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        foreign("case_messages", "case_id", "cases.id", ondelete="CASCADE"),
        foreign("case_messages", "author_id", "accounts.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_messages")),
    )
    _index("case_messages", "case_id")


def _index(table, *columns):
    with op.batch_alter_table(table, schema=None) as batch_op:
        for column in columns:
            batch_op.create_index(batch_op.f(f"ix_{table}_{column}"), [column], unique=False)


def downgrade():
    op.drop_table("case_messages")
    op.drop_table("cases")
    op.drop_table("merges")
    with op.batch_alter_table("judgements", schema=None) as batch_op:
        for column in ("undone_because", "undone_by", "undone_at", "terms"):
            batch_op.drop_column(column)
