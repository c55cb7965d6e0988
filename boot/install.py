"""Make .venv what the lock says. Standard library only: nothing else is there yet.

Safe when two run at once (a lock that the system frees when its holder dies) and when
killed midway (a folder that was not finished is made anew).
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BOOT, VENV = ROOT / ".boot", ROOT / ".venv"
FILES = {"run": ROOT / "requirements.txt"}
FILES |= {kind: ROOT / f"requirements-{kind}.txt" for kind in ("dev", "bench")}
# dev holds all that run does, bench all that dev does
COVERS = {"run": ("run", "dev", "bench"), "dev": ("dev", "bench"), "bench": ("bench",)}
COMPILE = ["pip", "compile", "-q", "--universal", "--python-version", "3.11"]
COMPILE += ["--generate-hashes", "--no-header", "--no-annotate", "--no-emit-index-url"]
Words = list[str | Path]


def digest(file: Path) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


def is_current(folder: Path, stamp: str, file: Path) -> bool:
    """Say whether `folder` was finished from this very file, and still runs."""
    mark, python = folder / f".hufu-{stamp}", folder / "bin/python"
    if not mark.is_file() or mark.read_text() != digest(file):
        return False
    return works(python)


def works(python: Path) -> bool:
    """Say whether an interpreter starts: an upgrade of the system may break it."""
    if not python.exists():
        return False
    return subprocess.run([python, "-c", ""], check=False).returncode == 0


@contextmanager
def unfinished(folder: Path) -> Iterator[None]:
    """Mark a folder as being changed; one found marked was left by a killed run."""
    mark = BOOT / f"unfinished-{folder.name}"
    if mark.exists():
        shutil.rmtree(folder, ignore_errors=True)
    mark.touch()
    yield
    mark.unlink()


def run(command: Words, env: dict[str, str] | None = None) -> None:
    """Run a program in the repository, or end with a word about what to do."""
    done = subprocess.run(command, check=False, cwd=ROOT, env=env)
    if done.returncode:
        words = " ".join(map(str, command[:4]))
        sys.exit(f"hufu: set-up stopped at `{words} ...`; see above. Run it again.")


def boot_uv() -> Path:
    """Install uv, pinned by hash, in a small environment of its own."""
    venv, lock = BOOT / "venv", ROOT / "boot/requirements.txt"
    if not is_current(venv, "uv", lock):
        print("hufu: fetching the installer", file=sys.stderr)
        with unfinished(venv):
            run([sys.executable, "-m", "venv", venv])
            pip = [venv / "bin/pip", "install", "-q", "--disable-pip-version-check"]
            run([*pip, "--require-hashes", "--only-binary=:all:", "-r", lock])
            (venv / ".hufu-uv").write_text(digest(lock))
    return venv / "bin/uv"


def index_settings() -> dict[str, str]:
    """Let uv use the index that pip is set to use, unless uv has settings itself."""
    env = {**os.environ, "UV_PYTHON_DOWNLOADS": "never"}
    if any(name.startswith("UV_") and "INDEX" in name for name in os.environ):
        return env
    command = [BOOT / "venv/bin/pip", "config", "list"]
    for line in subprocess.check_output(command, text=True).splitlines():
        name, _, value = line.partition("=")
        if name.split(".")[-1] == "index-url":
            env["UV_DEFAULT_INDEX"] = value.strip("'\"")
    return env


def install(kind: str) -> None:
    """Bring .venv to the state of the lock, if it is not there yet."""
    if any(is_current(VENV, stamp, FILES[stamp]) for stamp in COVERS[kind]):
        return
    uv = boot_uv()
    print(f"hufu: installing what {FILES[kind].name} lists", file=sys.stderr)
    env = {**index_settings(), "VIRTUAL_ENV": str(VENV)}
    with unfinished(VENV):
        if not works(VENV / "bin/python"):
            run(
                [uv, "venv", "-q", "--clear", "--python", sys.executable, VENV], env=env
            )
        pip = [uv, "pip", "sync", "-q", "--require-hashes", FILES[kind]]
        run(pip, env=env)
        for stamp in FILES:
            (VENV / f".hufu-{stamp}").unlink(missing_ok=True)
        (VENV / f".hufu-{kind}").write_text(digest(FILES[kind]))


def lock() -> None:
    """Compile both locks anew."""
    uv, env = boot_uv(), index_settings()
    for file in FILES.values():
        source = file.with_suffix(".in")
        run([uv, *COMPILE, source.name, "-o", file.name], env=env)


if __name__ == "__main__":
    BOOT.mkdir(exist_ok=True)
    with (BOOT / "lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        lock() if sys.argv[1] == "lock" else install(sys.argv[1])
