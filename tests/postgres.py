"""A PostgreSQL for one test run: on a unix socket, without a password, then gone."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

INSTALL = "apt-get install postgresql"
OPTIONS = (
    "-c listen_addresses= -c fsync=off -c synchronous_commit=off "
    "-c full_page_writes=off -c max_connections=60"
)


def binaries() -> Path | None:
    """Find the folder with initdb: on the path, or where Debian hides it."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    known = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = sorted(known, key=lambda path: int(path.parts[-3]))
    return newest[-1].parent if newest else None


def _run(command: Sequence[str | Path]) -> None:
    # PostgreSQL refuses to run as root.
    as_owner = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    subprocess.run(
        [*as_owner, *map(str, command)], check=True, cwd="/", stdout=subprocess.DEVNULL
    )


@contextmanager
def cluster() -> Iterator[str]:
    """Start a server in a folder of its own, give its URL, remove both."""
    tools = binaries()
    if tools is None:
        raise RuntimeError(f"No PostgreSQL on this machine. {INSTALL}")
    folder = Path(tempfile.mkdtemp(prefix="hufu-pg-"))
    data, control = folder / "data", tools / "pg_ctl"
    try:
        folder.chmod(0o711)
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres")
        initdb = [tools / "initdb", "-D", data, "-U", "postgres", "-A", "trust"]
        _run([*initdb, "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"])
        start = [control, "-D", data, "-w", "-l", folder / "log", "start"]
        _run([*start, "-o", f"-k {folder} {OPTIONS}"])
        try:
            yield f"postgresql://postgres@/postgres?host={folder}"
        finally:
            _run([control, "-D", data, "-m", "immediate", "-w", "stop"])
    finally:
        shutil.rmtree(folder, ignore_errors=True)
