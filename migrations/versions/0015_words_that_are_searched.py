"""Words of every record for the databases' own full-text search, and indexes for the orders of lists."""

import json

import sqlalchemy as sa
from alembic import op

from adam.domain.additions import merged
from adam.domain.searches import texts

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

BATCH = 1_000
COLUMNS = ("title", "names", "body")
INDEXES = {
    "title": "string_to_array(title, ' ')",
    "named": "string_to_array(title, ' ') || string_to_array(names, ' ')",
    "whole": "string_to_array(title, ' ') || string_to_array(names, ' ') || string_to_array(body, ' ')",
}
PROJECTS = {
    "listed": ("merged_into", "visibility", "owner", "status", "created_at", "id"),
    "newest": ("created_at", "id"),
    "updated": ("updated_at", "id"),
}


def upgrade():
    op.create_table(
        "search_texts",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("project_id", sa.String(length=36), nullable=False),
        sa.Column("heading", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in COLUMNS),
        sa.ForeignKeyConstraint(
            ["project_id"], ["projects.id"], name=op.f("fk_search_texts_project_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_texts")),
        sa.UniqueConstraint("project_id", name=op.f("uq_search_texts_project_id")),
    )
    with op.batch_alter_table("search_texts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_search_texts_heading"), ["heading"], unique=False)
    fill(op.get_bind())
    postgresql() if op.get_bind().dialect.name == "postgresql" else sqlite()
    for name, columns in PROJECTS.items():
        op.create_index(f"ix_projects_{name}", "projects", list(columns))
    op.create_index("ix_identifiers_value", "identifiers", ["value"])


def postgresql():
    for name, words in INDEXES.items():
        op.execute(
            f"CREATE INDEX ix_search_texts_{name} ON search_texts USING gin (array_to_tsvector({words}))"
        )


def sqlite():
    """Words are folded and cut before they come here: the tokenizer only splits at spaces."""
    op.execute(
        "CREATE VIRTUAL TABLE search_index USING fts5(title, names, body, content='search_texts', content_rowid='id', "
        "tokenize='ascii', detail='column', columnsize=0, prefix='3')"
    )
    op.execute("INSERT INTO search_index(search_index) VALUES ('rebuild')")
    new = (
        "INSERT INTO search_index(rowid, title, names, body) VALUES (new.id, new.title, new.names, new.body);"
    )
    old = (
        "INSERT INTO search_index(search_index, rowid, title, names, body) "
        "VALUES ('delete', old.id, old.title, old.names, old.body);"
    )
    for verb, does in (("insert", new), ("delete", old), ("update", old + new)):
        op.execute(
            f"CREATE TRIGGER search_texts_{verb} AFTER {verb.upper()} ON search_texts BEGIN {does} END"
        )


def fill(connection):
    """The words of the records that are there already, as services/searches.py keeps them afterwards."""
    countries, bodies = names_of(connection)
    merged_here = {}
    for other, reference in connection.execute(
        sa.text(
            "SELECT merged_into, reference FROM projects WHERE merged_into IS NOT NULL ORDER BY reference"
        )
    ):
        merged_here.setdefault(other, []).append(reference)
    target = sa.table("search_texts", *(sa.column(name) for name in ("project_id", "heading", *COLUMNS)))
    page = sa.text(
        "SELECT id, reference, document, added FROM projects WHERE id > :last ORDER BY id LIMIT :most"
    )
    last = ""
    while found := connection.execute(page, {"last": last, "most": BATCH}).all():
        named = bodies_of(connection, bodies, (found[0].id, found[-1].id))
        rows = []
        for row in found:
            document = merged(read(row.document), read(row.added))
            places = [name for one in document["countries"] for name in countries.get(one["country"], ())]
            more = [*places, *named.get(row.id, ()), *merged_here.get(row.id, ())]
            rows.append({"project_id": row.id} | texts(document, row.reference, more))
        connection.execute(sa.insert(target), rows)
        last = found[-1].id


def read(value):
    return json.loads(value) if isinstance(value, str) else value


def names_of(connection):
    """Country → its names, and organization → its names."""
    countries, bodies = {}, {}
    for code, name in connection.execute(sa.text("SELECT country, name FROM country_names")):
        countries.setdefault(code, []).append(name)
    for code, name in connection.execute(sa.text("SELECT code, name FROM countries")):
        countries.setdefault(code, []).append(name)
    for key, code, name in connection.execute(sa.text("SELECT id, code, name FROM organizations")):
        bodies[key] = [name, *([code] if code else [])]
    aliases = sa.text("SELECT organization_id, name FROM organization_aliases")
    for key, name in connection.execute(aliases):
        bodies.setdefault(key, []).append(name)
    return countries, bodies


def bodies_of(connection, bodies, span):
    """Record → the names of its organizations, of the records between two ids."""
    found = {}
    query = sa.text(
        "SELECT project_id, organization_id FROM project_organizations "
        "WHERE project_id BETWEEN :first AND :last ORDER BY id"
    )
    for key, body in connection.execute(query, {"first": span[0], "last": span[1]}):
        found.setdefault(key, []).extend(bodies.get(body, ()))
    return found


def downgrade():
    op.drop_index("ix_identifiers_value", "identifiers")
    for name in PROJECTS:
        op.drop_index(f"ix_projects_{name}", "projects")
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE search_index")
    op.drop_table("search_texts")
