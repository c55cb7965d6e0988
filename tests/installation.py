"""An installation of its own, driven by programs that can be killed."""

import atexit
import functools
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

ROOT = Path(__file__).parents[1]
STORAGE_KEY = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
CREATE = """
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    cursor.execute("CREATE DATABASE {name} TEMPLATE {pattern}")
"""


@dataclass(frozen=True)
class Installation:
    """A home, a database, and what else its programs find in their environment."""

    home: Path
    url: str
    paths: tuple[Path, ...] = (ROOT / "src",)
    more: tuple[tuple[str, str], ...] = ()

    def with_modules(self, folder):
        return replace(self, paths=(*self.paths, folder))

    def with_settings(self, **more):
        return replace(self, more=(*self.more, *more.items()))

    @property
    def env(self):
        kept = {k: v for k, v in os.environ.items() if not k.startswith("HUFU_")}
        return kept | {
            "PYTHONPATH": os.pathsep.join(map(str, self.paths)),
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "HUFU_HOME": str(self.home),
            "HUFU_DATABASE_URL": self.url,
            "HUFU_STORAGE_KEY": STORAGE_KEY,
            "HUFU_LOG_KEY": STORAGE_KEY,
            **dict(self.more),
        }

    def django(self, *arguments):
        """Run a management command; return how it ended and what it said."""
        command = [sys.executable, "-m", "django", *map(str, arguments)]
        return subprocess.run(
            command, env=self.env, check=False, capture_output=True, text=True
        )

    def python(self, code):
        """Run code in the installation; return what it printed."""
        command = [sys.executable, "-c", f"import django; django.setup()\n{code}"]
        return subprocess.run(
            command, env=self.env, check=True, stdout=subprocess.PIPE, text=True
        ).stdout

    def start(self, *arguments):
        """Start a management command and leave it running."""
        return subprocess.Popen(
            [sys.executable, "-m", "django", *arguments],
            env=self.env,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )


@functools.cache
def _pattern(server):
    """Migrate once a run; every installation is a copy of this one."""
    home = Path(tempfile.mkdtemp(prefix="hufu-pattern-"))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    made = Installation(home, f"sqlite:///{home / 'hufu.sqlite3'}")
    if server is not None:
        name = f"pattern_{os.getpid()}"
        Installation(home, server).python(CREATE.format(name=name, pattern="template1"))
        made = Installation(home, server.replace("/postgres?", f"/{name}?"))
    migrated = made.django("migrate", "--verbosity", "0")
    assert migrated.returncode == 0, migrated.stderr
    return made


def install(home, server, name):
    """Make an installation with empty tables, on SQLite or on a server."""
    home.mkdir(parents=True, exist_ok=True)
    pattern = _pattern(server)
    if server is None:
        shutil.copy(pattern.home / "hufu.sqlite3", home)
        return Installation(home, f"sqlite:///{home / 'hufu.sqlite3'}")
    create = CREATE.format(name=name, pattern=f"pattern_{os.getpid()}")
    Installation(home, server).python(create)
    return Installation(home, server.replace("/postgres?", f"/{name}?"))
