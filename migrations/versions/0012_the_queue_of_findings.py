"""Where a finding stands and how much it weighs, reckoned by the database, with an index for each question."""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

STANDS = (
    "CASE WHEN state IN ('decided', 'stated') THEN 'decided' WHEN state = 'gone' THEN 'gone' "
    "WHEN kind IN ('record_duplicate', 'same_money', 'component', 'continuation') THEN 'record' "
    "ELSE 'coordination' END"
)
PLACE = ["queue", "weight", "score", "reference"]


def upgrade():
    sqlite = op.get_context().dialect.name == "sqlite"
    kept, number = ("VIRTUAL", "BIGINT") if sqlite else ("STORED", "NUMERIC(27, 7)")
    # SQLite can add a column that it reckons when it is read; PostgreSQL knows only those that are kept.
    op.execute(f"ALTER TABLE findings ADD COLUMN queue VARCHAR(32) GENERATED ALWAYS AS ({STANDS}) {kept}")
    weight = "coalesce(stake, 0) * score"
    op.execute(f"ALTER TABLE findings ADD COLUMN weight {number} GENERATED ALWAYS AS ({weight}) {kept}")
    op.drop_index("ix_findings_group_key", table_name="findings")
    op.create_index("ix_findings_queue", "findings", PLACE)
    op.create_index("ix_findings_group_key", "findings", ["group_key", *PLACE])
    op.create_index("ix_findings_counts", "findings", ["queue", "kind", "state", "group_key"])


def downgrade():
    for name in ("counts", "group_key", "queue"):
        op.drop_index(f"ix_findings_{name}", table_name="findings")
    op.create_index("ix_findings_group_key", "findings", ["group_key"])
    op.execute("ALTER TABLE findings DROP COLUMN weight")
    op.execute("ALTER TABLE findings DROP COLUMN queue")
