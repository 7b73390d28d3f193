"""Meetings, the compendium of their recommendations, and saved scopes of reports."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def document():
    return sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade():
    op.create_table(
        "meetings",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("reference", sa.String(length=32), nullable=False),
        sa.Column("title", sa.String(length=500), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("pillar", sa.String(length=32), nullable=True),
        sa.Column("place", sa.String(length=500), nullable=True),
        sa.Column("host", sa.String(length=500), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("summary", sa.Text(), nullable=True),
        sa.Column("source", sa.String(length=500), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["pillar"], ["pillars.code"], name=op.f("fk_meetings_pillar")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meetings")),
        sa.UniqueConstraint("reference", name=op.f("uq_meetings_reference")),
    )
    with op.batch_alter_table("meetings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_meetings_starts_on"), ["starts_on"], unique=False)

    op.create_table(
        "recommendations",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("reference", sa.String(length=32), nullable=False),
        sa.Column("title", sa.String(length=500), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("pillar", sa.String(length=32), nullable=False),
        sa.Column("commitment", sa.String(length=32), nullable=True),
        sa.Column("assistance_type", sa.String(length=32), nullable=True),
        sa.Column("meeting_id", sa.String(length=36), nullable=True),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("source", sa.String(length=500), nullable=True),
        sa.Column("author_id", sa.String(length=36), nullable=True),
        sa.Column("author", sa.String(length=500), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assistance_type"], ["assistance_types.code"], name=op.f("fk_recommendations_assistance_type")
        ),
        sa.ForeignKeyConstraint(["author_id"], ["accounts.id"], name=op.f("fk_recommendations_author_id")),
        sa.ForeignKeyConstraint(
            ["commitment"], ["commitments.code"], name=op.f("fk_recommendations_commitment")
        ),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name=op.f("fk_recommendations_meeting_id")),
        sa.ForeignKeyConstraint(["pillar"], ["pillars.code"], name=op.f("fk_recommendations_pillar")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recommendations")),
        sa.UniqueConstraint("reference", name=op.f("uq_recommendations_reference")),
    )
    with op.batch_alter_table("recommendations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_recommendations_created_at"), ["created_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_recommendations_meeting_id"), ["meeting_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_recommendations_pillar"), ["pillar"], unique=False)
        batch_op.create_index(batch_op.f("ix_recommendations_status"), ["status", "due"], unique=False)

    op.create_table(
        "recommendation_countries",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("recommendation_id", sa.String(length=36), nullable=False),
        sa.Column("country", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["country"], ["countries.code"], name=op.f("fk_recommendation_countries_country")
        ),
        sa.ForeignKeyConstraint(
            ["recommendation_id"],
            ["recommendations.id"],
            name=op.f("fk_recommendation_countries_recommendation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recommendation_countries")),
        sa.UniqueConstraint(
            "recommendation_id", "country", name=op.f("uq_recommendation_countries_recommendation_id_country")
        ),
    )
    with op.batch_alter_table("recommendation_countries", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_recommendation_countries_country"), ["country"], unique=False)

    op.create_table(
        "recommendation_partners",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("recommendation_id", sa.String(length=36), nullable=False),
        sa.Column("partner", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["partner"], ["partners.code"], name=op.f("fk_recommendation_partners_partner")
        ),
        sa.ForeignKeyConstraint(
            ["recommendation_id"],
            ["recommendations.id"],
            name=op.f("fk_recommendation_partners_recommendation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recommendation_partners")),
        sa.UniqueConstraint(
            "recommendation_id", "partner", name=op.f("uq_recommendation_partners_recommendation_id_partner")
        ),
    )
    with op.batch_alter_table("recommendation_partners", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_recommendation_partners_partner"), ["partner"], unique=False)

    op.create_table(
        "recommendation_projects",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("recommendation_id", sa.String(length=36), nullable=False),
        sa.Column("project_id", sa.String(length=36), nullable=False),
        sa.Column("author", sa.String(length=500), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["projects.id"],
            name=op.f("fk_recommendation_projects_project_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["recommendation_id"],
            ["recommendations.id"],
            name=op.f("fk_recommendation_projects_recommendation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recommendation_projects")),
        sa.UniqueConstraint(
            "recommendation_id",
            "project_id",
            name=op.f("uq_recommendation_projects_recommendation_id_project_id"),
        ),
    )
    with op.batch_alter_table("recommendation_projects", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_recommendation_projects_project_id"), ["project_id"], unique=False
        )

    op.create_table(
        "saved_scopes",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=500), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("scope", document(), nullable=False),
        sa.Column("forms", document(), nullable=False),
        sa.Column("rhythm", sa.String(length=32), nullable=False),
        sa.Column("day", sa.Integer(), nullable=True),
        sa.Column("paused", sa.Boolean(), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("owner_id", sa.String(length=36), nullable=False),
        sa.Column("last_run_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_report_id", sa.String(length=36), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["last_report_id"], ["reports.id"], name=op.f("fk_saved_scopes_last_report_id")
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["accounts.id"], name=op.f("fk_saved_scopes_owner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_scopes")),
    )
    with op.batch_alter_table("saved_scopes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_saved_scopes_next_on"), ["next_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_saved_scopes_owner_id"), ["owner_id"], unique=False)


def downgrade():
    op.drop_table("saved_scopes")
    op.drop_table("recommendation_projects")
    op.drop_table("recommendation_partners")
    op.drop_table("recommendation_countries")
    op.drop_table("recommendations")
    op.drop_table("meetings")
