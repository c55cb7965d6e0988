"""From the key of a row to how the journal writes it."""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import CharField, Func
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
