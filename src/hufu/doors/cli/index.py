"""`./hufu index build|check`: the indexes that offers and names are searched in.

Exit codes: 0, in order; 1, an index that must not be used; 2, not understood.
"""

import argparse
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import django
from django.conf import settings
from django.db import DatabaseError

from hufu.doors.cli.detection.rows import RowFault, read_marks
from hufu.doors.storage.indexfolder import IndexFolder
from hufu.engines.detection import Mark
from hufu.engines.detection.evaluation import TIER, mark_of
from hufu.engines.detection.files import IndexFileError, open_index
from hufu.engines.detection.index import Index

FAULT, MISUSE = 1, 2


def main(words: list[str] | None = None) -> int:
    """Do what is asked."""
    asked = _parser().parse_args(words)
    named = "register-index" if asked.register else "index"
    folder = asked.folder or settings.HUFU_HOME / named
    try:
        return int(asked.act(asked, folder))
    except RowFault as fault:
        return _refuse(str(fault), MISUSE)
    except IndexFileError as error:
        return _refuse(f"{error}; build it with `./hufu index build`", FAULT)
    except DatabaseError as error:
        what = "run `./hufu manage prepare` first, or give --marks"
        return _refuse(f"the database cannot be read ({error}); {what}", MISUSE)
    except OSError as error:
        return _refuse(f"{error.filename}: {error.strerror}", MISUSE)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="hufu index", description="Keep the index.")
    acts = parser.add_subparsers(required=True, metavar="build|check")
    build = acts.add_parser("build", help="from the rights monitored and in force")
    chosen = build.add_mutually_exclusive_group()
    chosen.add_argument(
        "--marks",
        type=Path,
        metavar="CSV",
        help="a register of one's own instead: mark_id, wordmark; may have"
        " nice_classes, owner, monitored",
    )
    build.set_defaults(act=_build)
    check = acts.add_parser("check", help="compare every file with its hash")
    check.set_defaults(act=_check)
    for group in (chosen, check):
        group.add_argument(
            "--register",
            action="store_true",
            help="every name that stands on the public register: what the page that"
            " checks a name and the API search; the worker renews it",
        )
    for act in (build, check):
        act.add_argument(
            "--folder", type=Path, help="where it lies; in HUFU_HOME by default"
        )
    return parser


def _refuse(message: str, code: int) -> int:
    sys.stderr.write(f"hufu index: {message}\n")
    return code


def _build(asked: argparse.Namespace, folder: Path) -> int:
    """Build an index and put it in force; sweeps that run go on with the old one."""
    begun = time.perf_counter()
    if asked.register:
        index, version = _of_register(folder)
    else:
        index = Index.build(_marks(asked.marks))
        version = IndexFolder(folder).write(index)
    took = time.perf_counter() - begun
    sys.stdout.write(f"{len(index):,} marks in {took:.1f} s: {version}\n{folder}\n")
    return 0


def _marks(path: Path | None) -> Iterable[Mark]:
    """Give the marks of a file, or those this installation watches today."""
    return _of_file(path) if path else _watched()


def _of_file(path: Path) -> Iterator[Mark]:
    for at, row in enumerate(read_marks(path)):
        yield mark_of(row, at < TIER)


def _watched() -> list[Mark]:
    django.setup()
    from hufu.domain.watch.marks import marks_on  # noqa: PLC0415 - models want Django first
    from hufu.doors.identity import today  # noqa: PLC0415 - models want Django first

    return list(marks_on(today()))


def _of_register(folder: Path) -> tuple[Index, str]:
    django.setup()
    from hufu.doors.identity import today  # noqa: PLC0415 - models want Django first
    from hufu.doors.storage.registerindex import build_register_index  # noqa: PLC0415 - models want Django first

    return build_register_index(folder, today())


def _check(_asked: argparse.Namespace, folder: Path) -> int:
    """Open every file, which compares it with its hash."""
    index = open_index(folder)
    matcher, parts = index.weights.matcher, len(index.segments)
    sys.stdout.write(
        f"{folder}: in order, {len(index):,} marks, {parts} files, {matcher}\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
