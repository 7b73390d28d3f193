"""What of an imported row had no place; addresses of personal feeds."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def document():
    return sa.JSON(none_as_null=True).with_variant(
        postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), "postgresql"
    )


def upgrade():
    with op.batch_alter_table("import_rows", schema=None) as batch_op:
        batch_op.add_column(sa.Column("dropped", document(), nullable=False, server_default="{}"))
    op.create_table(
        "feed_keys",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("account_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("secret_hash", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_feed_keys_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feed_keys")),
        sa.UniqueConstraint("account_id", "kind", name=op.f("uq_feed_keys_account_id_kind")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_feed_keys_secret_hash")),
    )


def downgrade():
    op.drop_table("feed_keys")
    with op.batch_alter_table("import_rows", schema=None) as batch_op:
        batch_op.drop_column("dropped")
