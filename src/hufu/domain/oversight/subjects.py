"""From the key of a row to how the journal writes it, and back."""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import CharField, Func, UUIDField
from django.db.models.sql.compiler import SQLCompiler

# Where the hyphens of a UUID stand, as starts and lengths in its 32 figures.
GROUPS = ((1, 8), (9, 4), (13, 4), (17, 4), (21, 12))


class SubjectId(Func):
    """A row's UUID as `Entry.subject_id` has it: text with hyphens.

    PostgreSQL stores a UUID and writes it with hyphens; SQLite stores its 32
    figures without them.
    """

    output_field = CharField()
    arity = 1
    template = "CAST(%(expressions)s AS text)"

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any
    ) -> Any:
        """Put the hyphens in."""
        groups = (f"substr(%(expressions)s,{at},{size})" for at, size in GROUPS)
        return self.as_sql(
            compiler, connection, template="||'-'||".join(groups), **context
        )


class RowKey(Func):
    """The key of the row that an entry is about, from `Entry.subject_id`.

    Where few entries are asked for, their rows are then found by an index.
    """

    output_field = UUIDField()
    arity = 1
    template = "CAST(%(expressions)s AS uuid)"

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any
    ) -> Any:
        """Take the hyphens out."""
        return self.as_sql(
            compiler, connection, template="replace(%(expressions)s,'-','')", **context
        )
