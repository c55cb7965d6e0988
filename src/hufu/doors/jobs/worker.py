"""The loop that works on jobs, one at a time, and shows that it is alive."""

import logging
import signal
import threading
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from datetime import timedelta
from types import FrameType
from typing import Any

from django.db import OperationalError, close_old_connections, connections

from hufu.doors.identity import now
from hufu.doors.jobs import services
from hufu.doors.jobs.models import Lease
from hufu.doors.jobs.schedule import queue_due

log = logging.getLogger("hufu.jobs")


@dataclass
class Worker:
    """Reap, queue what is due, claim, work; until told to stop."""

    name: str
    term: timedelta = timedelta(seconds=60)
    interval: timedelta = timedelta(seconds=1)
    stopping: threading.Event = field(default_factory=threading.Event)

    def stop(self, *_: int | FrameType | None) -> None:
        """Finish the job at hand, then end; a second signal ends at once."""
        self.stopping.set()
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)

    def run(self) -> None:
        """Work until told to stop. A database that is away or busy is waited for."""
        with ThreadPoolExecutor(1, "job") as pool:
            while not self.stopping.is_set():
                close_old_connections()
                try:
                    worked = self.work_once(pool)
                except OperationalError:
                    log.warning("The database does not answer; trying again.")
                    worked = False
                if not worked:
                    self.stopping.wait(self.interval.total_seconds())

    def work_once(self, pool: ThreadPoolExecutor) -> bool:
        """Do one job, if one waits; say whether one did."""
        at = now()
        if reaped := services.reap_leases(at=at):
            log.warning("%d jobs taken back from workers that vanished.", reaped)
        queue_due(at=at)
        lease = services.claim_job(at=at, worker=self.name, term=self.term)
        if lease is None:
            return False
        future = pool.submit(_perform, lease)
        # A third of the term leaves two more chances to renew it.
        while not wait([future], timeout=self.term.total_seconds() / 3).done:
            if not services.renew_lease(at=now(), lease=lease, term=self.term):
                log.warning("The job %s was given to another worker.", lease.job_id)
        _settle(lease, future)
        return True


def _perform(lease: Lease) -> Any:
    """Call the job's function, in a thread with a connection of its own."""
    try:
        result = lease.job.task_result
        return result.task.call(*result.args, **result.kwargs)
    finally:
        connections.close_all()


def _settle(lease: Lease, future: Future[Any]) -> None:
    error = future.exception()
    if error is None:
        services.finish_job(at=now(), lease=lease, value=future.result())
        return
    log.error("%s: %s", lease.job.task_path, type(error).__name__)
    services.fail_job(at=now(), lease=lease, error=error)
