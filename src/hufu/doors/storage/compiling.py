"""The native code of detection, compiled by a process of its own while others go on.

Compiling takes a minute once for each version of the sources; afterwards the
process only looks. Its output goes to the lock that it holds.
"""

import fcntl
import os
import sys
from pathlib import Path

from django.conf import settings


def _lock() -> Path:
    return Path(settings.HUFU_HOME) / "compiling.lock"


def begin_compiling() -> None:
    """Start compiling, unless another process does; return at once."""
    with _lock().open("a") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        held.truncate(0)
        # The child keeps the lock; the system frees it however the child ends.
        output = [(os.POSIX_SPAWN_DUP2, held.fileno(), number) for number in (1, 2)]
        words = [sys.executable, "-m", __name__]
        os.posix_spawn(
            sys.executable, words, os.environ, file_actions=output, setpgroup=0
        )


def is_compiling() -> bool:
    """Say whether a process compiles now: whoever searches would wait for it."""
    with _lock().open("a") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def wait_compiled() -> None:
    """Wait for the process that compiles, so that nothing is compiled twice."""
    with _lock().open("a") as held:
        fcntl.flock(held, fcntl.LOCK_SH)


if __name__ == "__main__":
    from hufu.engines.detection import Mark
    from hufu.engines.detection.index import Index, warm_up
    from hufu.engines.detection.near import check_name

    warm_up()
    check_name(Index.build([Mark("a", "Fictionia")]), "青山溪")
