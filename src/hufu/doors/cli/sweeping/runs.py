"""A run of a sweep: its partitions, the folder of its answer, and who does them."""

import functools
import hashlib
import shutil
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from hufu.doors.cli.sweeping.partitions import (
    Done,
    Partition,
    done_before,
    sweep_partition,
)
from hufu.doors.storage.arrivals import arriving


@dataclass(frozen=True)
class Means:
    """Who does it: processes of this machine, or a cluster at an address."""

    processes: int
    cluster: str | None


class Run:
    """What was asked, in partitions, and the folder that holds just their answers.

    The folder is named by them all, so answers of another question or of another state
    of the files lie in another one. It appears when nothing is missing in it.
    """

    def __init__(self, out: Path, name: str, partitions: list[Partition]) -> None:
        """Name the folder in `out`; nothing is written yet."""
        self.partitions = partitions
        parts = "\n".join(one.part for one in partitions)
        key = hashlib.sha256(parts.encode()).hexdigest()[:16]
        self.folder = out / f"{name}-{key}"
        self._begun = out / f".{name}-{key}"

    def carry_out(self, means: Means) -> Iterator[Done]:
        """Give what was done before, then what is left as it ends."""
        place = self.folder if self.folder.exists() else self._begun
        place.mkdir(exist_ok=True)
        known = {path.name: path for path in self.folder.parent.glob("*/*.parquet")}
        left = []
        for one in self.partitions:
            if one.part in known:
                yield _taken(known[one.part], place / one.part)
            else:
                left.append(one)
        yield from _swept(str(place), left, means)
        self._finish(place)

    def _finish(self, place: Path) -> None:
        """Let the folder appear, without what killed processes left in it."""
        wanted = {one.part for one in self.partitions}
        for path in place.iterdir():
            if path.name not in wanted:
                path.unlink()
        place.rename(self.folder)


def _taken(known: Path, target: Path) -> Done:
    """Take over a part that this run, or another, has finished."""
    if not target.exists():
        with known.open("rb") as held, arriving(target) as file:
            shutil.copyfileobj(held, file)
    return done_before(target)


def _swept(folder: str, left: list[Partition], means: Means) -> Iterator[Done]:
    if means.cluster and left:
        return _on_cluster(means.cluster, folder, left)
    if min(means.processes, len(left)) > 1:
        return _in_pool(means.processes, folder, left)
    return (sweep_partition(folder, one) for one in left)


def _in_pool(processes: int, folder: str, left: list[Partition]) -> Iterator[Done]:
    many = min(processes, len(left))
    with ProcessPoolExecutor(many, mp_context=get_context("spawn")) as pool:
        running = [pool.submit(sweep_partition, folder, one) for one in left]
        try:
            for future in as_completed(running):
                yield future.result()
        finally:
            pool.shutdown(cancel_futures=True)


def _on_cluster(address: str, folder: str, left: list[Partition]) -> Iterator[Done]:
    """Let a cluster do it; what a killed worker had in hand is given to another."""
    from distributed import Client  # noqa: PLC0415 - a second to import, seldom needed
    from distributed import as_completed as ended  # noqa: PLC0415 - as above

    work = functools.partial(sweep_partition, folder)
    with Client(address) as client:  # type: ignore[no-untyped-call]  # distributed has no types
        running = client.map(work, left, pure=False, retries=3)
        for future in ended(running):  # type: ignore[no-untyped-call]  # distributed has no types
            yield future.result()
