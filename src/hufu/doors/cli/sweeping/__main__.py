"""`./hufu sweep FILE|DIR|-`: offers or domain names compared with an index.

Exit codes: 0, done; 1, an index that must not be used; 2, not understood.
"""

import argparse
import hashlib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from pathlib import Path

from django.conf import settings

from hufu.doors.cli.sweeping.partitions import (
    Done,
    Partition,
    done_before,
    sweep_partition,
)
from hufu.doors.cli.sweeping.records import KINDS, FileFault, kind_of
from hufu.engines.detection.files import MANIFEST, IndexFileError, open_index

FAULT, MISUSE = 1, 2
SHOWN = 10
WIDTH = 30


def main(words: list[str] | None = None) -> int:
    """Sweep what is asked for."""
    asked = _parser().parse_args(words)
    try:
        with tempfile.TemporaryDirectory() as kept:
            partitions = list(_partitions(asked, Path(kept)))
            asked.out.mkdir(parents=True, exist_ok=True)
            _tell(list(_shown(_all(asked, partitions), len(partitions))), asked.out)
    except IndexFileError as error:
        return _refuse(f"{error}; build it with `./hufu index build`", FAULT)
    except FileFault as error:
        return _refuse(str(error), MISUSE)
    except BrokenProcessPool:
        return _refuse("a process was killed; run it again, it goes on behind", FAULT)
    except OSError as error:
        return _refuse(f"{error.filename}: {error.strerror or error}", MISUSE)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="hufu sweep", description="Compare offers or domain names with an index."
    )
    parser.add_argument("what", help="a file, a folder of files (partitions), or -")
    parser.add_argument(
        "--domains",
        action="store_true",
        help="domain names: one a line, a zone file, or a column `domain`",
    )
    parser.add_argument("--index", type=Path, default=settings.HUFU_HOME / "index")
    parser.add_argument("--out", type=Path, default=Path("matches"), metavar="FOLDER")
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


def _partitions(asked: argparse.Namespace, kept: Path) -> Iterator[Partition]:
    """Name each partition by its content and all that its answer depends on."""
    index = asked.index.resolve()
    open_index(index)  # a damaged one is refused before anything is read
    version = hashlib.sha256((index / MANIFEST).read_bytes()).hexdigest()
    for path in _files(asked, kept):
        kind = asked.format or kind_of(path)
        with path.open("rb") as file:
            content = hashlib.file_digest(file, "sha256").hexdigest()
        told = f"{content} {kind} {version} {asked.least} {asked.domains}"
        key = hashlib.sha256(told.encode()).hexdigest()[:16]
        target = asked.out.resolve() / f"{path.stem}-{key}.parquet"
        yield Partition(
            str(path.resolve()),
            kind,
            str(target),
            str(index),
            version,
            asked.least,
            asked.domains,
        )


def _files(asked: argparse.Namespace, kept: Path) -> list[Path]:
    if asked.what == "-":
        names = "names" if asked.domains else "jsonl"
        path = kept / f"stdin.{asked.format or names}"
        asked.format = asked.format or names
        with path.open("wb") as file:
            shutil.copyfileobj(sys.stdin.buffer, file)
        return [path]
    path = Path(asked.what)
    if not path.is_dir():
        return [path]
    inside = sorted(p for p in path.iterdir() if p.is_file() and p.name[0] != ".")
    if not inside:
        raise FileFault(f"{path}: no files in it")
    return inside


def _all(asked: argparse.Namespace, partitions: list[Partition]) -> Iterator[Done]:
    """Give what was done before, then what is left as it ends."""
    left = []
    for one in partitions:
        target = Path(one.target)
        if target.exists():
            yield done_before(target)
        else:
            left.append(one)
    if not left:
        return
    if asked.cluster:
        yield from _on_cluster(asked.cluster, left)
    elif asked.processes == 1 or len(left) == 1:
        yield from map(sweep_partition, left)
    else:
        yield from _in_pool(asked.processes, left)


def _in_pool(processes: int, left: list[Partition]) -> Iterator[Done]:
    many = min(processes, len(left))
    with ProcessPoolExecutor(many, mp_context=get_context("spawn")) as pool:
        running = [pool.submit(sweep_partition, one) for one in left]
        for future in as_completed(running):
            yield future.result()


def _on_cluster(address: str, left: list[Partition]) -> Iterator[Done]:
    """Let a cluster do it; what a killed worker had in hand is given to another."""
    from distributed import Client  # noqa: PLC0415 - a second to import, seldom needed
    from distributed import as_completed as ended  # noqa: PLC0415 - as above

    with Client(address) as client:  # type: ignore[no-untyped-call]  # distributed has no types
        running = client.map(sweep_partition, left, pure=False, retries=3)
        for future in ended(running):  # type: ignore[no-untyped-call]  # distributed has no types
            yield future.result()


def _shown(done: Iterator[Done], total: int) -> Iterator[Done]:
    """Draw a bar on stderr while partitions end."""
    for count, one in enumerate(done, 1):
        bar = "#" * (WIDTH * count // total)
        sys.stderr.write(f"\r[{bar:<{WIDTH}}] {count}/{total}")
        sys.stderr.flush()
        yield one
    sys.stderr.write("\n")


def _tell(done: list[Done], out: Path) -> None:
    rejected = [row for one in done for row in one.rejected]
    read, found = (sum(getattr(x, name) for x in done) for name in ("read", "matches"))
    sys.stdout.write(
        f"{read:,} read, {found:,} matches, {len(rejected):,} rejected: {out}\n"
    )
    for row in rejected[:SHOWN]:
        sys.stdout.write(f"  {row}\n")


if __name__ == "__main__":
    sys.exit(main())
