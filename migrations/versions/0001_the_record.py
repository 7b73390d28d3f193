"""The record: vocabulary, partners, projects, submissions, findings, reports, accounts, history."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def exact(precision, scale):
    return sa.Numeric(precision, scale).with_variant(sa.BigInteger(), "sqlite")


def document():
    return sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


APPEND_ONLY = "the history is append-only"


def protect_history():
    """Triggers that refuse to change or remove what history says."""
    if op.get_bind().dialect.name == "sqlite":
        for event in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER history_no_{event.lower()} BEFORE {event} ON history "
                f"BEGIN SELECT RAISE(ABORT, '{APPEND_ONLY}'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION history_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{APPEND_ONLY}'; END $$"
    )
    op.execute(
        "CREATE TRIGGER history_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON history "
        "FOR EACH STATEMENT EXECUTE FUNCTION history_is_append_only()"
    )


def release_history():
    """Take the triggers away, so that the table can go."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER history_no_update")
        op.execute("DROP TRIGGER history_no_delete")
        return
    op.execute("DROP TRIGGER history_no_change ON history")
    op.execute("DROP FUNCTION history_is_append_only()")


def upgrade():
    op.create_table(
        "assistance_types",
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("title", sa.String(length=500), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_assistance_types")),
    )
    op.create_table(
        "beneficiary_kinds",
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("title", sa.String(length=500), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_beneficiary_kinds")),
    )
    op.create_table(
        "counters",
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_counters")),
    )
    op.create_table(
        "countries",
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("iso3", sa.String(length=32), nullable=False),
        sa.Column("region", sa.String(length=500), nullable=False),
        sa.Column("subregion", sa.String(length=500), nullable=True),
        sa.Column("priority", sa.Boolean(), nullable=False),
        sa.Column("name", sa.String(length=500), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_countries")),
    )
    op.create_table(
        "currencies",
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=500), nullable=False),
        sa.Column("minor_units", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_currencies")),
    )
    op.create_table(
        "history",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.String(length=36), nullable=True),
        sa.Column("actor", sa.String(length=500), nullable=False),
        sa.Column("action", sa.String(length=32), nullable=False),
        sa.Column("entity", sa.String(length=32), nullable=False),
        sa.Column("entity_id", sa.String(length=500), nullable=False),
        sa.Column("before", document(), nullable=True),
        sa.Column("after", document(), nullable=True),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_history")),
    )
    with op.batch_alter_table("history", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_history_entity"), ["entity", "entity_id"], unique=False)

    op.create_table(
        "pillars",
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("title", sa.String(length=500), nullable=False),
        sa.Column("short_title", sa.String(length=500), nullable=False),
        sa.Column("source", sa.String(length=500), nullable=True),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_pillars")),
    )
    op.create_table(
        "result_areas",
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("parent", sa.String(length=32), nullable=True),
        sa.Column("depth", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=500), nullable=False),
        sa.Column("source", sa.String(length=500), nullable=True),
        sa.ForeignKeyConstraint(["parent"], ["result_areas.code"], name=op.f("fk_result_areas_parent")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_result_areas")),
    )
    op.create_table(
        "sectors",
        sa.Column("vocabulary", sa.String(length=32), nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("title", sa.String(length=500), nullable=False),
        sa.PrimaryKeyConstraint("vocabulary", "code", name=op.f("pk_sectors")),
    )
    op.create_table(
        "action_plans",
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("title", sa.String(length=500), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=500), nullable=True),
        sa.Column("pillar", sa.String(length=32), nullable=True),
        sa.Column("source", sa.String(length=500), nullable=True),
        sa.ForeignKeyConstraint(["pillar"], ["pillars.code"], name=op.f("fk_action_plans_pillar")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_action_plans")),
    )
    op.create_table(
        "commitments",
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("pillar", sa.String(length=32), nullable=False),
        sa.Column("title", sa.String(length=500), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=500), nullable=True),
        sa.ForeignKeyConstraint(["pillar"], ["pillars.code"], name=op.f("fk_commitments_pillar")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_commitments")),
    )
    op.create_table(
        "country_names",
        sa.Column("country", sa.String(length=32), nullable=False),
        sa.Column("language", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(["country"], ["countries.code"], name=op.f("fk_country_names_country")),
        sa.PrimaryKeyConstraint("country", "language", name=op.f("pk_country_names")),
    )
    op.create_table(
        "partners",
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=500), nullable=False),
        sa.Column("country", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(["country"], ["countries.code"], name=op.f("fk_partners_country")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_partners")),
    )
    op.create_table(
        "rates",
        sa.Column("currency", sa.String(length=32), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("usd", exact(24, 10), nullable=False),
        sa.Column("source", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(["currency"], ["currencies.code"], name=op.f("fk_rates_currency")),
        sa.PrimaryKeyConstraint("currency", "day", name=op.f("pk_rates")),
    )
    op.create_table(
        "accounts",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("email", sa.String(length=500), nullable=False),
        sa.Column("name", sa.String(length=500), nullable=False),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("partner", sa.String(length=32), nullable=True),
        sa.Column("password_hash", sa.String(length=500), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["partner"], ["partners.code"], name=op.f("fk_accounts_partner")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts")),
        sa.UniqueConstraint("email", name=op.f("uq_accounts_email")),
    )
    with op.batch_alter_table("accounts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_accounts_partner"), ["partner"], unique=False)

    op.create_table(
        "memberships",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("partner", sa.String(length=32), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("source", sa.String(length=500), nullable=True),
        sa.ForeignKeyConstraint(["partner"], ["partners.code"], name=op.f("fk_memberships_partner")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_memberships")),
    )
    with op.batch_alter_table("memberships", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_memberships_partner"), ["partner"], unique=False)

    op.create_table(
        "needs",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("country", sa.String(length=32), nullable=False),
        sa.Column("pillar", sa.String(length=32), nullable=False),
        sa.Column("commitment", sa.String(length=32), nullable=True),
        sa.Column("assistance_type", sa.String(length=32), nullable=True),
        sa.Column("statement", sa.String(length=500), nullable=False),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        sa.Column("source", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(
            ["assistance_type"], ["assistance_types.code"], name=op.f("fk_needs_assistance_type")
        ),
        sa.ForeignKeyConstraint(["commitment"], ["commitments.code"], name=op.f("fk_needs_commitment")),
        sa.ForeignKeyConstraint(["country"], ["countries.code"], name=op.f("fk_needs_country")),
        sa.ForeignKeyConstraint(["pillar"], ["pillars.code"], name=op.f("fk_needs_pillar")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_needs")),
        sa.UniqueConstraint(
            "country",
            "pillar",
            "commitment",
            "statement",
            name=op.f("uq_needs_country_pillar_commitment_statement"),
        ),
    )
    op.create_table(
        "organizations",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("code", sa.String(length=32), nullable=True),
        sa.Column("name", sa.String(length=500), nullable=False),
        sa.Column("normalized", sa.String(length=500), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=True),
        sa.Column("partner", sa.String(length=32), nullable=True),
        sa.Column("country", sa.String(length=32), nullable=True),
        sa.Column("listed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["country"], ["countries.code"], name=op.f("fk_organizations_country")),
        sa.ForeignKeyConstraint(["partner"], ["partners.code"], name=op.f("fk_organizations_partner")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organizations")),
        sa.UniqueConstraint("code", name=op.f("uq_organizations_code")),
    )
    with op.batch_alter_table("organizations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_organizations_normalized"), ["normalized"], unique=False)
        batch_op.create_index(batch_op.f("ix_organizations_partner"), ["partner"], unique=False)

    op.create_table(
        "projects",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("reference", sa.String(length=32), nullable=False),
        sa.Column("owner", sa.String(length=32), nullable=False),
        sa.Column("title", sa.String(length=500), nullable=False),
        sa.Column("language", sa.String(length=32), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("visibility", sa.String(length=32), nullable=False),
        sa.Column("start_planned", sa.Date(), nullable=True),
        sa.Column("end_planned", sa.Date(), nullable=True),
        sa.Column("start_actual", sa.Date(), nullable=True),
        sa.Column("end_actual", sa.Date(), nullable=True),
        sa.Column("begins", sa.Date(), nullable=True),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.Column("usd", exact(20, 2), nullable=True),
        sa.Column("usd_kind", sa.String(length=32), nullable=True),
        sa.Column("without_rate", sa.Integer(), nullable=False),
        sa.Column("document", document(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("merged_into", sa.String(length=36), nullable=True),
        sa.Column("last_confirmed_on", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["merged_into"], ["projects.id"], name=op.f("fk_projects_merged_into")),
        sa.ForeignKeyConstraint(["owner"], ["partners.code"], name=op.f("fk_projects_owner")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_projects")),
        sa.UniqueConstraint("reference", name=op.f("uq_projects_reference")),
    )
    with op.batch_alter_table("projects", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_projects_begins"), ["begins"], unique=False)
        batch_op.create_index(batch_op.f("ix_projects_ends"), ["ends"], unique=False)
        batch_op.create_index(batch_op.f("ix_projects_merged_into"), ["merged_into"], unique=False)
        batch_op.create_index(batch_op.f("ix_projects_owner"), ["owner"], unique=False)
        batch_op.create_index(batch_op.f("ix_projects_status"), ["status"], unique=False)
        batch_op.create_index(batch_op.f("ix_projects_visibility"), ["visibility"], unique=False)

    op.create_table(
        "assignments",
        sa.Column("pillar", sa.String(length=32), nullable=False),
        sa.Column("commitment", sa.String(length=32), nullable=True),
        sa.Column("share", exact(5, 2), nullable=True),
        sa.Column("rationale", sa.Text(), nullable=True),
        sa.Column("proposed", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("project_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["commitment"], ["commitments.code"], name=op.f("fk_assignments_commitment")),
        sa.ForeignKeyConstraint(["pillar"], ["pillars.code"], name=op.f("fk_assignments_pillar")),
        sa.ForeignKeyConstraint(
            ["project_id"], ["projects.id"], name=op.f("fk_assignments_project_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignments")),
    )
    with op.batch_alter_table("assignments", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_assignments_commitment"), ["commitment"], unique=False)
        batch_op.create_index(batch_op.f("ix_assignments_pillar"), ["pillar"], unique=False)
        batch_op.create_index(batch_op.f("ix_assignments_project_id"), ["project_id"], unique=False)

    op.create_table(
        "beneficiaries",
        sa.Column("name", sa.String(length=500), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=True),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("project_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["kind"], ["beneficiary_kinds.code"], name=op.f("fk_beneficiaries_kind")),
        sa.ForeignKeyConstraint(
            ["project_id"], ["projects.id"], name=op.f("fk_beneficiaries_project_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_beneficiaries")),
    )
    with op.batch_alter_table("beneficiaries", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_beneficiaries_project_id"), ["project_id"], unique=False)

    op.create_table(
        "contributions",
        sa.Column("organization_id", sa.String(length=36), nullable=True),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("amount", exact(20, 2), nullable=False),
        sa.Column("currency", sa.String(length=32), nullable=False),
        sa.Column("value_date", sa.Date(), nullable=True),
        sa.Column("usd", exact(20, 2), nullable=True),
        sa.Column("rate", exact(24, 10), nullable=True),
        sa.Column("rate_date", sa.Date(), nullable=True),
        sa.Column("provider_activity", sa.String(length=500), nullable=True),
        sa.Column("receiver_activity", sa.String(length=500), nullable=True),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("project_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["currency"], ["currencies.code"], name=op.f("fk_contributions_currency")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_contributions_organization_id")
        ),
        sa.ForeignKeyConstraint(
            ["project_id"], ["projects.id"], name=op.f("fk_contributions_project_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contributions")),
    )
    with op.batch_alter_table("contributions", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_contributions_organization_id"), ["organization_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_contributions_project_id"), ["project_id"], unique=False)

    op.create_table(
        "findings",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("reference", sa.String(length=32), nullable=False),
        sa.Column("subject", sa.String(length=500), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("a_id", sa.String(length=36), nullable=True),
        sa.Column("b_id", sa.String(length=36), nullable=True),
        sa.Column("country", sa.String(length=32), nullable=True),
        sa.Column("pillar", sa.String(length=32), nullable=True),
        sa.Column("assistance_type", sa.String(length=32), nullable=True),
        sa.Column("score", exact(6, 5), nullable=False),
        sa.Column("prior", exact(12, 6), nullable=False),
        sa.Column("evidence", document(), nullable=False),
        sa.Column("stake", exact(20, 2), nullable=True),
        sa.Column("stake_reason", sa.Text(), nullable=True),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("group_key", sa.String(length=36), nullable=True),
        sa.Column("rules_version", sa.String(length=32), nullable=False),
        sa.Column("first_seen", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["a_id"], ["projects.id"], name=op.f("fk_findings_a_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["b_id"], ["projects.id"], name=op.f("fk_findings_b_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_findings")),
        sa.UniqueConstraint("reference", name=op.f("uq_findings_reference")),
        sa.UniqueConstraint("subject", name=op.f("uq_findings_subject")),
    )
    with op.batch_alter_table("findings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_findings_a_id"), ["a_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_findings_b_id"), ["b_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_findings_group_key"), ["group_key"], unique=False)
        batch_op.create_index(batch_op.f("ix_findings_state"), ["state", "kind"], unique=False)

    op.create_table(
        "focal_points",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("partner", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=500), nullable=False),
        sa.Column("email", sa.String(length=500), nullable=True),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("account_id", sa.String(length=36), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_focal_points_account_id")),
        sa.ForeignKeyConstraint(["partner"], ["partners.code"], name=op.f("fk_focal_points_partner")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_focal_points")),
    )
    with op.batch_alter_table("focal_points", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_focal_points_partner"), ["partner"], unique=False)

    op.create_table(
        "identifiers",
        sa.Column("scheme", sa.String(length=32), nullable=False),
        sa.Column("value", sa.String(length=500), nullable=False),
        sa.Column("owner", sa.String(length=500), nullable=True),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("project_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["projects.id"], name=op.f("fk_identifiers_project_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identifiers")),
    )
    with op.batch_alter_table("identifiers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_identifiers_project_id"), ["project_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_identifiers_scheme"), ["scheme", "value"], unique=False)

    op.create_table(
        "organization_aliases",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("organization_id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=500), nullable=False),
        sa.Column("normalized", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_organization_aliases_organization_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organization_aliases")),
        sa.UniqueConstraint(
            "organization_id", "normalized", name=op.f("uq_organization_aliases_organization_id_normalized")
        ),
    )
    with op.batch_alter_table("organization_aliases", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_organization_aliases_normalized"), ["normalized"], unique=False)

    op.create_table(
        "organization_identifiers",
        sa.Column("scheme", sa.String(length=32), nullable=False),
        sa.Column("value", sa.String(length=500), nullable=False),
        sa.Column("organization_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organizations.id"],
            name=op.f("fk_organization_identifiers_organization_id"),
        ),
        sa.PrimaryKeyConstraint("scheme", "value", name=op.f("pk_organization_identifiers")),
    )
    with op.batch_alter_table("organization_identifiers", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_organization_identifiers_organization_id"), ["organization_id"], unique=False
        )

    op.create_table(
        "project_action_plans",
        sa.Column("action_plan", sa.String(length=32), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("project_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["action_plan"], ["action_plans.code"], name=op.f("fk_project_action_plans_action_plan")
        ),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["projects.id"],
            name=op.f("fk_project_action_plans_project_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_action_plans")),
    )
    with op.batch_alter_table("project_action_plans", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_project_action_plans_project_id"), ["project_id"], unique=False)

    op.create_table(
        "project_assistance_types",
        sa.Column("assistance_type", sa.String(length=32), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("project_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["assistance_type"],
            ["assistance_types.code"],
            name=op.f("fk_project_assistance_types_assistance_type"),
        ),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["projects.id"],
            name=op.f("fk_project_assistance_types_project_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_assistance_types")),
    )
    with op.batch_alter_table("project_assistance_types", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_project_assistance_types_assistance_type"), ["assistance_type"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_project_assistance_types_project_id"), ["project_id"], unique=False
        )

    op.create_table(
        "project_countries",
        sa.Column("country", sa.String(length=32), nullable=False),
        sa.Column("share", exact(5, 2), nullable=True),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("project_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["country"], ["countries.code"], name=op.f("fk_project_countries_country")),
        sa.ForeignKeyConstraint(
            ["project_id"], ["projects.id"], name=op.f("fk_project_countries_project_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_countries")),
    )
    with op.batch_alter_table("project_countries", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_project_countries_country"), ["country"], unique=False)
        batch_op.create_index(batch_op.f("ix_project_countries_project_id"), ["project_id"], unique=False)

    op.create_table(
        "project_documents",
        sa.Column("title", sa.String(length=500), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("project_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["projects.id"], name=op.f("fk_project_documents_project_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_documents")),
    )
    with op.batch_alter_table("project_documents", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_project_documents_project_id"), ["project_id"], unique=False)

    op.create_table(
        "project_locations",
        sa.Column("country", sa.String(length=32), nullable=True),
        sa.Column("name", sa.String(length=500), nullable=False),
        sa.Column("latitude", exact(9, 6), nullable=True),
        sa.Column("longitude", exact(9, 6), nullable=True),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("project_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["country"], ["countries.code"], name=op.f("fk_project_locations_country")),
        sa.ForeignKeyConstraint(
            ["project_id"], ["projects.id"], name=op.f("fk_project_locations_project_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_locations")),
    )
    with op.batch_alter_table("project_locations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_project_locations_project_id"), ["project_id"], unique=False)

    op.create_table(
        "project_organizations",
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("organization_id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=500), nullable=True),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("project_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_project_organizations_organization_id")
        ),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["projects.id"],
            name=op.f("fk_project_organizations_project_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_organizations")),
    )
    with op.batch_alter_table("project_organizations", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_project_organizations_organization_id"), ["organization_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_project_organizations_project_id"), ["project_id"], unique=False)

    op.create_table(
        "project_result_areas",
        sa.Column("result_area", sa.String(length=32), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("project_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["projects.id"],
            name=op.f("fk_project_result_areas_project_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["result_area"], ["result_areas.code"], name=op.f("fk_project_result_areas_result_area")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_result_areas")),
    )
    with op.batch_alter_table("project_result_areas", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_project_result_areas_project_id"), ["project_id"], unique=False)

    op.create_table(
        "project_sectors",
        sa.Column("vocabulary", sa.String(length=32), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("share", exact(5, 2), nullable=True),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("project_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["projects.id"], name=op.f("fk_project_sectors_project_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_sectors")),
    )
    with op.batch_alter_table("project_sectors", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_project_sectors_code"), ["code"], unique=False)
        batch_op.create_index(batch_op.f("ix_project_sectors_project_id"), ["project_id"], unique=False)

    op.create_table(
        "project_texts",
        sa.Column("language", sa.String(length=32), nullable=False),
        sa.Column("title", sa.String(length=500), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("project_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["projects.id"], name=op.f("fk_project_texts_project_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_texts")),
    )
    with op.batch_alter_table("project_texts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_project_texts_project_id"), ["project_id"], unique=False)

    op.create_table(
        "relations",
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("other_id", sa.String(length=36), nullable=True),
        sa.Column("identifier", sa.String(length=500), nullable=True),
        sa.Column("role", sa.String(length=32), nullable=True),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("project_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["other_id"], ["projects.id"], name=op.f("fk_relations_other_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["project_id"], ["projects.id"], name=op.f("fk_relations_project_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_relations")),
    )
    with op.batch_alter_table("relations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_relations_identifier"), ["identifier"], unique=False)
        batch_op.create_index(batch_op.f("ix_relations_other_id"), ["other_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_relations_project_id"), ["project_id"], unique=False)

    op.create_table(
        "reports",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("reference", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("scope", document(), nullable=False),
        sa.Column("figures", document(), nullable=False),
        sa.Column("rules_version", sa.String(length=32), nullable=False),
        sa.Column("audience", sa.String(length=32), nullable=False),
        sa.Column("author_id", sa.String(length=36), nullable=True),
        sa.Column("author", sa.String(length=500), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["accounts.id"], name=op.f("fk_reports_author_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reports")),
        sa.UniqueConstraint("reference", name=op.f("uq_reports_reference")),
    )
    with op.batch_alter_table("reports", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reports_created_at"), ["created_at"], unique=False)

    op.create_table(
        "sign_in_links",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.String(length=36), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_sign_in_links_account_id")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_sign_in_links")),
    )
    with op.batch_alter_table("sign_in_links", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_in_links_account_id"), ["account_id"], unique=False)

    op.create_table(
        "sign_ins",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.String(length=36), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_sign_ins_account_id")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_sign_ins")),
    )
    with op.batch_alter_table("sign_ins", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_ins_account_id"), ["account_id"], unique=False)

    op.create_table(
        "stored_answers",
        sa.Column("account_id", sa.String(length=36), nullable=False),
        sa.Column("key", sa.String(length=500), nullable=False),
        sa.Column("fingerprint", sa.String(length=500), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("headers", document(), nullable=True),
        sa.Column("body", document(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_stored_answers_account_id")),
        sa.PrimaryKeyConstraint("account_id", "key", name=op.f("pk_stored_answers")),
    )
    with op.batch_alter_table("stored_answers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_stored_answers_created_at"), ["created_at"], unique=False)

    op.create_table(
        "submissions",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("reference", sa.String(length=32), nullable=False),
        sa.Column("partner", sa.String(length=32), nullable=False),
        sa.Column("source_ref", sa.String(length=500), nullable=True),
        sa.Column("project_id", sa.String(length=36), nullable=True),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("title", sa.String(length=500), nullable=False),
        sa.Column("document", document(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("once", sa.String(length=64), nullable=True),
        sa.Column("author_id", sa.String(length=36), nullable=True),
        sa.Column("origin", sa.String(length=32), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["accounts.id"], name=op.f("fk_submissions_author_id")),
        sa.ForeignKeyConstraint(["partner"], ["partners.code"], name=op.f("fk_submissions_partner")),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_submissions_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submissions")),
        sa.UniqueConstraint("once", name=op.f("uq_submissions_once")),
        sa.UniqueConstraint("reference", name=op.f("uq_submissions_reference")),
    )
    with op.batch_alter_table("submissions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_submissions_project_id"), ["project_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_submissions_state"), ["state"], unique=False)
        batch_op.create_index("uq_submissions_partner_source_ref", ["partner", "source_ref"], unique=True)

    op.create_table(
        "tokens",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.String(length=36), nullable=False),
        sa.Column("scopes", document(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_tokens_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tokens")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_tokens_token_hash")),
    )
    with op.batch_alter_table("tokens", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_tokens_account_id"), ["account_id"], unique=False)

    op.create_table(
        "focal_point_countries",
        sa.Column("focal_point_id", sa.String(length=36), nullable=False),
        sa.Column("country", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["country"], ["countries.code"], name=op.f("fk_focal_point_countries_country")
        ),
        sa.ForeignKeyConstraint(
            ["focal_point_id"], ["focal_points.id"], name=op.f("fk_focal_point_countries_focal_point_id")
        ),
        sa.PrimaryKeyConstraint("focal_point_id", "country", name=op.f("pk_focal_point_countries")),
    )
    op.create_table(
        "focal_point_pillars",
        sa.Column("focal_point_id", sa.String(length=36), nullable=False),
        sa.Column("pillar", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["focal_point_id"], ["focal_points.id"], name=op.f("fk_focal_point_pillars_focal_point_id")
        ),
        sa.ForeignKeyConstraint(["pillar"], ["pillars.code"], name=op.f("fk_focal_point_pillars_pillar")),
        sa.PrimaryKeyConstraint("focal_point_id", "pillar", name=op.f("pk_focal_point_pillars")),
    )
    op.create_table(
        "judgements",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("finding_id", sa.String(length=36), nullable=False),
        sa.Column("subject", sa.String(length=500), nullable=False),
        sa.Column("verdict", sa.String(length=32), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("author_id", sa.String(length=36), nullable=True),
        sa.Column("author", sa.String(length=500), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["accounts.id"], name=op.f("fk_judgements_author_id")),
        sa.ForeignKeyConstraint(
            ["finding_id"], ["findings.id"], name=op.f("fk_judgements_finding_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_judgements")),
    )
    with op.batch_alter_table("judgements", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_judgements_finding_id"), ["finding_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_judgements_subject"), ["subject"], unique=False)

    op.create_table(
        "submission_comments",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("submission_id", sa.String(length=36), nullable=False),
        sa.Column("author", sa.String(length=500), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("move", sa.String(length=32), nullable=True),
        sa.Column("pointer", sa.String(length=500), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["submission_id"],
            ["submissions.id"],
            name=op.f("fk_submission_comments_submission_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submission_comments")),
    )
    with op.batch_alter_table("submission_comments", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_submission_comments_submission_id"), ["submission_id"], unique=False
        )

    op.create_table(
        "submission_problems",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("submission_id", sa.String(length=36), nullable=False),
        sa.Column("pointer", sa.String(length=500), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["submission_id"],
            ["submissions.id"],
            name=op.f("fk_submission_problems_submission_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submission_problems")),
    )
    with op.batch_alter_table("submission_problems", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_submission_problems_submission_id"), ["submission_id"], unique=False
        )

    protect_history()


def downgrade():
    release_history()
    with op.batch_alter_table("submission_problems", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_submission_problems_submission_id"))

    op.drop_table("submission_problems")
    with op.batch_alter_table("submission_comments", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_submission_comments_submission_id"))

    op.drop_table("submission_comments")
    with op.batch_alter_table("judgements", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_judgements_subject"))
        batch_op.drop_index(batch_op.f("ix_judgements_finding_id"))

    op.drop_table("judgements")
    op.drop_table("focal_point_pillars")
    op.drop_table("focal_point_countries")
    with op.batch_alter_table("tokens", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_tokens_account_id"))

    op.drop_table("tokens")
    with op.batch_alter_table("submissions", schema=None) as batch_op:
        batch_op.drop_index("uq_submissions_partner_source_ref")
        batch_op.drop_index(batch_op.f("ix_submissions_state"))
        batch_op.drop_index(batch_op.f("ix_submissions_project_id"))

    op.drop_table("submissions")
    with op.batch_alter_table("stored_answers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_stored_answers_created_at"))

    op.drop_table("stored_answers")
    with op.batch_alter_table("sign_ins", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_ins_account_id"))

    op.drop_table("sign_ins")
    with op.batch_alter_table("sign_in_links", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_in_links_account_id"))

    op.drop_table("sign_in_links")
    with op.batch_alter_table("reports", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reports_created_at"))

    op.drop_table("reports")
    with op.batch_alter_table("relations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_relations_project_id"))
        batch_op.drop_index(batch_op.f("ix_relations_other_id"))
        batch_op.drop_index(batch_op.f("ix_relations_identifier"))

    op.drop_table("relations")
    with op.batch_alter_table("project_texts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_project_texts_project_id"))

    op.drop_table("project_texts")
    with op.batch_alter_table("project_sectors", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_project_sectors_project_id"))
        batch_op.drop_index(batch_op.f("ix_project_sectors_code"))

    op.drop_table("project_sectors")
    with op.batch_alter_table("project_result_areas", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_project_result_areas_project_id"))

    op.drop_table("project_result_areas")
    with op.batch_alter_table("project_organizations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_project_organizations_project_id"))
        batch_op.drop_index(batch_op.f("ix_project_organizations_organization_id"))

    op.drop_table("project_organizations")
    with op.batch_alter_table("project_locations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_project_locations_project_id"))

    op.drop_table("project_locations")
    with op.batch_alter_table("project_documents", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_project_documents_project_id"))

    op.drop_table("project_documents")
    with op.batch_alter_table("project_countries", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_project_countries_project_id"))
        batch_op.drop_index(batch_op.f("ix_project_countries_country"))

    op.drop_table("project_countries")
    with op.batch_alter_table("project_assistance_types", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_project_assistance_types_project_id"))
        batch_op.drop_index(batch_op.f("ix_project_assistance_types_assistance_type"))

    op.drop_table("project_assistance_types")
    with op.batch_alter_table("project_action_plans", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_project_action_plans_project_id"))

    op.drop_table("project_action_plans")
    with op.batch_alter_table("organization_identifiers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_organization_identifiers_organization_id"))

    op.drop_table("organization_identifiers")
    with op.batch_alter_table("organization_aliases", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_organization_aliases_normalized"))

    op.drop_table("organization_aliases")
    with op.batch_alter_table("identifiers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_identifiers_scheme"))
        batch_op.drop_index(batch_op.f("ix_identifiers_project_id"))

    op.drop_table("identifiers")
    with op.batch_alter_table("focal_points", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_focal_points_partner"))

    op.drop_table("focal_points")
    with op.batch_alter_table("findings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_findings_state"))
        batch_op.drop_index(batch_op.f("ix_findings_group_key"))
        batch_op.drop_index(batch_op.f("ix_findings_b_id"))
        batch_op.drop_index(batch_op.f("ix_findings_a_id"))

    op.drop_table("findings")
    with op.batch_alter_table("contributions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contributions_project_id"))
        batch_op.drop_index(batch_op.f("ix_contributions_organization_id"))

    op.drop_table("contributions")
    with op.batch_alter_table("beneficiaries", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_beneficiaries_project_id"))

    op.drop_table("beneficiaries")
    with op.batch_alter_table("assignments", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_assignments_project_id"))
        batch_op.drop_index(batch_op.f("ix_assignments_pillar"))
        batch_op.drop_index(batch_op.f("ix_assignments_commitment"))

    op.drop_table("assignments")
    with op.batch_alter_table("projects", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_projects_visibility"))
        batch_op.drop_index(batch_op.f("ix_projects_status"))
        batch_op.drop_index(batch_op.f("ix_projects_owner"))
        batch_op.drop_index(batch_op.f("ix_projects_merged_into"))
        batch_op.drop_index(batch_op.f("ix_projects_ends"))
        batch_op.drop_index(batch_op.f("ix_projects_begins"))

    op.drop_table("projects")
    with op.batch_alter_table("organizations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_organizations_partner"))
        batch_op.drop_index(batch_op.f("ix_organizations_normalized"))

    op.drop_table("organizations")
    op.drop_table("needs")
    with op.batch_alter_table("memberships", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_memberships_partner"))

    op.drop_table("memberships")
    with op.batch_alter_table("accounts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_accounts_partner"))

    op.drop_table("accounts")
    op.drop_table("rates")
    op.drop_table("partners")
    op.drop_table("country_names")
    op.drop_table("commitments")
    op.drop_table("action_plans")
    op.drop_table("sectors")
    op.drop_table("result_areas")
    op.drop_table("pillars")
    with op.batch_alter_table("history", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_history_entity"))

    op.drop_table("history")
    op.drop_table("currencies")
    op.drop_table("countries")
    op.drop_table("counters")
    op.drop_table("beneficiary_kinds")
    op.drop_table("assistance_types")
