"""A consistent copy of the database in one file, and back."""

import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from django.core.management.base import CommandError
from django.db import DatabaseError, connection

from hufu.base.models import Entry
from hufu.domain.people.models import Account

CLIENT = "apt-get install postgresql-client"


def is_empty() -> bool:
    """Say whether nobody has worked with this database yet."""
    tables = connection.introspection.table_names()
    if Entry._meta.db_table not in tables:  # noqa: SLF001 - Django's public _meta
        return True
    return not (Entry.objects.exists() or Account.objects.exists())


def migrations() -> list[str]:
    """Name the migrations the database has had."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT app, name FROM django_migrations ORDER BY app, name")
        return [f"{app}.{name}" for app, name in cursor.fetchall()]


def dump(target: Path) -> None:
    """Copy the database as it stood at one instant, while others go on writing."""
    if connection.vendor == "postgresql":
        _run_client("pg_dump", "--format=custom", "--no-owner", f"--file={target}")
        return
    with (
        closing(sqlite3.connect(_sqlite_file())) as source,
        closing(sqlite3.connect(target)) as copy,
    ):
        source.backup(copy)


def load(source: Path) -> None:
    """Put a dump in the place of the present database."""
    connection.close()
    if connection.vendor == "postgresql":
        options = ("--clean", "--if-exists", "--no-owner", "--single-transaction")
        _run_client("pg_restore", *options, "--exit-on-error", str(source))
        return
    check_dump(source)
    place = _sqlite_file()
    for rest in ("-wal", "-shm"):
        place.with_name(place.name + rest).unlink(missing_ok=True)
    shutil.move(source, place)


def check_dump(source: Path) -> None:
    """Refuse a file that the database could not open in full."""
    if connection.vendor == "postgresql":
        _run_client("pg_restore", "--list", str(source))
        return
    # Through Django, whose functions the constraints of the tables call.
    other = connection.copy()
    other.settings_dict["NAME"] = str(source)
    try:
        with closing(other), other.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check")
            found = cursor.fetchone()[0]
    except DatabaseError as error:
        raise CommandError("The backup is not of an SQLite database.") from error
    if found != "ok":
        raise CommandError(f"The database in the backup is damaged: {found}")


def _sqlite_file() -> Path:
    return Path(str(connection.settings_dict["NAME"]))


def _run_client(program: str, *options: str) -> None:
    """Run a client program of PostgreSQL against this database."""
    homes = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"))
    found = str(homes[-1]) if homes else shutil.which(program)
    if found is None:
        raise CommandError(f"{program} is missing: {CLIENT}")
    parameters = connection.get_connection_params()
    env = {
        f"PG{ours}": str(parameters[theirs])
        for ours, theirs in {
            "HOST": "host",
            "PORT": "port",
            "USER": "user",
            "PASSWORD": "password",
            "SSLMODE": "sslmode",
        }.items()
        if parameters.get(theirs)
    }
    # pg_restore would write to its output without being told the database.
    target = [] if "--list" in options else [f"--dbname={parameters['dbname']}"]
    done = subprocess.run(  # noqa: S603 - the arguments are our own
        [found, *options, *target], env=env, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise CommandError(f"{program}: {done.stderr.strip()}")
