"""Database triggers: the journal is append-only, and no state moves without it.

SQLite drops a table's triggers when a migration rebuilds the table; a house test
compares the database with `Tracked` models, so a migration that forgets to call
`guard_states` again fails there. Where the triggers stand it changes nothing.
"""

from collections.abc import Callable

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import StateApps

Run = Callable[[StateApps, BaseDatabaseSchemaEditor], None]

POSTGRES_FUNCTIONS = (
    """
    CREATE OR REPLACE FUNCTION hufu_append_only() RETURNS trigger
    LANGUAGE plpgsql AS $$ BEGIN
      RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
    END $$
    """,
    """
    CREATE OR REPLACE FUNCTION hufu_never_deleted() RETURNS trigger
    LANGUAGE plpgsql AS $$ BEGIN
      RAISE EXCEPTION '% is never deleted', TG_TABLE_NAME;
    END $$
    """,
    """
    CREATE OR REPLACE FUNCTION hufu_state_needs_entry() RETURNS trigger
    LANGUAGE plpgsql AS $$
    DECLARE was text := ''; last bigint := 0;
    BEGIN
      IF TG_OP = 'UPDATE' THEN
        IF NEW.state = OLD.state AND NEW.entry_id = OLD.entry_id
        THEN RETURN NEW; END IF;
        was := OLD.state; last := OLD.entry_id;
      END IF;
      IF NEW.entry_id <= last OR NOT EXISTS (
        SELECT 1 FROM base_entry e WHERE e.id = NEW.entry_id
        AND e.subject_kind = TG_ARGV[0] AND e.subject_id = NEW.id::text
        AND e.before = was AND e.after = NEW.state)
      THEN RAISE EXCEPTION '%: a state change needs its journal entry', TG_TABLE_NAME;
      END IF;
      RETURN NEW;
    END $$
    """,
)


def keep_append_only(*tables: str) -> Operation:
    """Return an operation after which rows of `tables` can only be added."""

    def run(_: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        if editor.connection.vendor == "postgresql":
            statements = list(POSTGRES_FUNCTIONS) + [
                f"CREATE TRIGGER {table}_append_only"
                f" BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}"
                " FOR EACH STATEMENT EXECUTE FUNCTION hufu_append_only()"
                for table in tables
            ]
        else:
            statements = [
                f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table}"
                f" BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
                for table in tables
                for act in ("UPDATE", "DELETE")
            ]
        _execute(editor, statements)

    return migrations.RunPython(run, migrations.RunPython.noop)


def lift_append_only(*tables: str) -> Operation:
    """Return an operation that lifts it again, so that a migration rewrites rows.

    `keep_append_only` must follow in the same migration.
    """

    def run(_: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        drop = "DROP TRIGGER IF EXISTS"
        if editor.connection.vendor == "postgresql":
            statements = [f"{drop} {table}_append_only ON {table}" for table in tables]
        else:
            statements = [
                f"{drop} {table}_no_{act}"
                for table in tables
                for act in ("update", "delete")
            ]
        _execute(editor, statements)

    return migrations.RunPython(run, migrations.RunPython.noop)


def keep_columns(table: str, *columns: str) -> Operation:
    """Return an operation after which rows of `table` keep what stands in `columns`."""

    def run(_: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        of, postgres = ", ".join(columns), editor.connection.vendor == "postgresql"
        other = "IS DISTINCT FROM" if postgres else "IS NOT"
        changed = " OR ".join(f"NEW.{one} {other} OLD.{one}" for one in columns)
        act = (
            "EXECUTE FUNCTION hufu_append_only()"
            if postgres
            else f"BEGIN SELECT RAISE(ABORT, '{table}: {of} stay'); END"
        )
        statement = (
            f"CREATE TRIGGER {table}_columns BEFORE UPDATE OF {of} ON {table}"
            f" FOR EACH ROW WHEN ({changed}) {act}"
        )
        _execute(editor, [statement])

    return migrations.RunPython(run, migrations.RunPython.noop)


def guard_states(**kinds: str) -> Operation:
    """Return an operation that guards tracked tables, given as `table="app.model"`."""

    def run(_: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        make = _postgres if editor.connection.vendor == "postgresql" else _sqlite
        for table, kind in kinds.items():
            _execute(editor, make(table, kind))

    return migrations.RunPython(run, migrations.RunPython.noop)


def _execute(editor: BaseDatabaseSchemaEditor, statements: list[str]) -> None:
    for statement in statements:
        editor.execute(statement, None)  # a percent sign is no placeholder here


def _postgres(table: str, kind: str) -> list[str]:
    return [
        (
            f"CREATE OR REPLACE TRIGGER {table}_state"
            f" BEFORE INSERT OR UPDATE ON {table}"
            f" FOR EACH ROW EXECUTE FUNCTION hufu_state_needs_entry('{kind}')"
        ),
        (
            f"CREATE OR REPLACE TRIGGER {table}_kept"
            f" BEFORE DELETE OR TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION hufu_never_deleted()"
        ),
    ]


def _sqlite(table: str, kind: str) -> list[str]:
    unbacked = (
        "NOT EXISTS (SELECT 1 FROM base_entry e WHERE e.id = NEW.entry_id"
        f" AND e.subject_kind = '{kind}' AND replace(e.subject_id, '-', '') = NEW.id"
        " AND e.before = {was} AND e.after = NEW.state)"
    )
    refuse = f"SELECT RAISE(ABORT, '{table}: a state change needs its journal entry')"
    return [
        (
            f"CREATE TRIGGER IF NOT EXISTS {table}_state_insert"
            f" BEFORE INSERT ON {table}"
            f" WHEN {unbacked.format(was=chr(39) * 2)} BEGIN {refuse}; END"
        ),
        (
            f"CREATE TRIGGER IF NOT EXISTS {table}_state_update"
            f" BEFORE UPDATE ON {table}"
            " WHEN (NEW.state <> OLD.state OR NEW.entry_id <> OLD.entry_id)"
            f" AND (NEW.entry_id <= OLD.entry_id OR {unbacked.format(was='OLD.state')})"
            f" BEGIN {refuse}; END"
        ),
        (
            f"CREATE TRIGGER IF NOT EXISTS {table}_kept BEFORE DELETE ON {table}"
            f" BEGIN SELECT RAISE(ABORT, '{table} is never deleted'); END"
        ),
    ]
