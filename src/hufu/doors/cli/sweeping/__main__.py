"""`./hufu sweep FILE|DIR|-`: offers or domain names compared with an index.

Exit codes: 0, done; 1, an index that must not be used, or a process that was killed;
2, not understood; 130, stopped.
"""

import argparse
import hashlib
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from hufu.base.imports import opened
from hufu.doors.cli.sweeping.cuts import cut
from hufu.doors.cli.sweeping.files import (
    KINDS,
    LIMITS,
    FileFault,
    Piece,
    kind_of,
    named,
    packed,
)
from hufu.doors.cli.sweeping.partitions import SHOWN, Done, Partition, Question
from hufu.doors.cli.sweeping.runs import Means, Run
from hufu.engines.detection.files import MANIFEST, IndexFileError, open_index

FAULT, MISUSE, STOPPED = 1, 2, 130
WIDTH = 30


def main(words: list[str] | None = None) -> int:
    """Sweep what is asked for."""
    asked = _parser().parse_args(words)
    try:
        question = _question(asked)
        asked.out.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=asked.out, prefix=".unpacked-") as kept:
            run = _run(asked, question, Path(kept))
            done = run.carry_out(Means(asked.processes, asked.cluster))
            _tell(list(_shown(done, len(run.partitions))), run)
    except IndexFileError as error:
        return _refuse(f"{error}; build it with `./hufu index build`", FAULT)
    except FileFault as error:
        return _refuse(str(error), MISUSE)
    except BrokenProcessPool:
        return _refuse("a process was killed; run it again, it goes on behind", FAULT)
    except KeyboardInterrupt:
        return _refuse("stopped; run it again, it goes on behind", STOPPED)
    except OSError as error:
        return _refuse(f"{error.filename}: {error.strerror or error}", MISUSE)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="hufu sweep",
        description="Compare offers or domain names with an index. Files are cut into"
        " partitions of 2 MiB; when the same is asked once more, what is done is not"
        " done again. The matches of a run lie in a folder of its own, as Parquet files"
        " in the order of the file.",
    )
    parser.add_argument("what", help="a file, a folder of files, or - (standard input)")
    parser.add_argument(
        "--domains",
        action="store_true",
        help="domain names: one a line, a zone file, or a column `domain`",
    )
    parser.add_argument("--index", type=Path, default=settings.HUFU_HOME / "index")
    parser.add_argument(
        "--out",
        type=Path,
        default=Path("matches"),
        metavar="FOLDER",
        help="where the folder of the run goes, and for the time of the run what a"
        " packed file (.gz) unpacks to",
    )
    parser.add_argument("--format", choices=KINDS, help="where the name does not tell")
    parser.add_argument("--least", type=float, default=0.5, help="least score; 0.5")
    parser.add_argument(
        "--cluster",
        metavar="tcp://…",
        help="a Dask scheduler; all see the same folders",
    )
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    return parser


def _refuse(message: str, code: int) -> int:
    sys.stderr.write(f"hufu sweep: {message}\n")
    return code


def _question(asked: argparse.Namespace) -> Question:
    index = asked.index.resolve()
    open_index(index)  # a damaged one is refused before anything is read
    version = hashlib.sha256((index / MANIFEST).read_bytes()).hexdigest()
    return Question(str(index), version, asked.least, asked.domains)


def _run(asked: argparse.Namespace, question: Question, kept: Path) -> Run:
    """Cut what is asked for into partitions, each file in its order."""
    partitions = [
        Partition(str(path.resolve()), name, kind, number, piece, question)
        for name, kind, path in _files(asked, kept)
        for number, piece in enumerate(_pieces(name, kind, path, question), 1)
    ]
    what = "stdin" if asked.what == "-" else Path(asked.what).resolve().name
    return Run(asked.out.resolve(), what, partitions)


def _files(asked: argparse.Namespace, kept: Path) -> Iterator[tuple[str, str, Path]]:
    """Give each file by name, form and place: what comes packed alone, plain."""
    what = Path(asked.what)
    if asked.what == "-":
        kind = asked.format or ("names" if asked.domains else "jsonl")
        yield "stdin", kind, _plain("stdin", sys.stdin.buffer, kept)
    elif what.is_dir():
        inside = sorted(p for p in what.iterdir() if p.is_file() and p.name[0] != ".")
        if not inside:
            raise FileFault(f"{what}: no files in it")
        for path in inside:
            yield str(path), asked.format or kind_of(path), path
    else:
        kind = asked.format or kind_of(what)
        with what.open("rb") as file:
            place = _plain(str(what), file, kept) if packed(what) else what
        yield str(what), kind, place


def _plain(name: str, stream: BinaryIO, kept: Path) -> Path:
    place = kept / "plain"
    with named(name), place.open("wb") as file:
        for content in opened(stream, limits=LIMITS):
            shutil.copyfileobj(content, file)
    return place


def _pieces(name: str, kind: str, path: Path, question: Question) -> Iterator[Piece]:
    if kind == "names" and not question.domains:
        raise FileFault(f"{name}: domain names are compared with --domains")
    with named(name):
        yield from cut(path, kind, domains=question.domains)


def _shown(done: Iterator[Done], total: int) -> Iterator[Done]:
    """Draw a bar on stderr while partitions end."""
    _draw(0, total)
    try:
        for count, one in enumerate(done, 1):
            _draw(count, total)
            yield one
    finally:
        sys.stderr.write("\n")


def _draw(count: int, total: int) -> None:
    bar = "#" * (WIDTH * count // total)
    sys.stderr.write(f"\r[{bar:<{WIDTH}}] {count}/{total}")
    sys.stderr.flush()


def _tell(done: list[Done], run: Run) -> None:
    """Sum up, say where the matches are, and show the first lines rejected."""
    read, found, rejected = (
        f"{sum(getattr(one, name) for one in done):,}"
        for name in ("read", "matches", "rejected")
    )
    sys.stdout.write(
        f"{read} read, {found} matches, {rejected} rejected: {run.folder}\n"
    )
    names = {one.part: one.name for one in run.partitions}
    in_order = sorted(done, key=lambda one: one.part)
    told = (f"{names[one.part]}, {row}" for one in in_order for row in one.told)
    for row in islice(told, SHOWN):
        sys.stdout.write(f"  {row}\n")


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    sys.exit(main())
