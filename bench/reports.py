"""Reports of 20 people at once, by HTTP, to `./hufu serve` on the embedded database.

    .venv/bin/python bench/reports.py

Starts server and worker in a home of their own. Every client writes ten reports, page
by page, as slowly as the product asks; every third adds a picture, every second reads
Chinese. Then each receipt is followed and the database is counted. Ends with an error
when a report or a receipt is lost, or 200 reports take longer than a minute.
"""

import http.client
import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlencode

import measure
from measure import ROOT, Timing

CLIENTS, EACH, MINUTE = 20, 10, 60
DWELL = 2.1  # seconds between first and last page; the product asks for two
CODE = re.compile(r"\b(?:[0-9A-Z]{3}-){8}[0-9A-Z]{3}\b")
FORM = "application/x-www-form-urlencoded"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c"
    "49444154789c63f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)


@dataclass
class Client:
    """Somebody with a browser: one connection, no cookie."""

    port: int
    language: str
    spent: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Connect."""
        self.line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def ask(self, path: str, body: bytes = b"", kind: str = FORM) -> tuple[str, str]:
        """Send a request; return where it leads on to and the page."""
        headers = {"Accept-Language": self.language, "Content-Type": kind}
        begun = time.perf_counter()
        self.line.request("POST" if body else "GET", path, body or None, headers)
        answer = self.line.getresponse()
        text = answer.read().decode()
        self.spent.append(1000 * (time.perf_counter() - begun))
        if answer.status not in (200, 302):
            raise RuntimeError(f"{answer.status} {path}")
        return answer.headers.get("Location", ""), text

    def report(self, number: int) -> str:
        """Write a report on three pages; return the code of its receipt."""
        first, _ = self.ask("/report/")
        self.ask(first)
        second, _ = self.ask(first, urlencode(_what(number)).encode())
        begun = time.monotonic()
        self.ask(second)
        third, _ = self.ask(second, *_details(number))
        self.ask(third)
        time.sleep(max(0, DWELL - (time.monotonic() - begun)))
        who = urlencode({"naming": "anonymous", "true": "on"}).encode()
        receipt, page = self.ask(third, who)
        if not receipt.endswith("/receipt/"):
            raise RuntimeError(f"not taken: {page[-2000:]}")
        _, page = self.ask(receipt)
        return CODE.search(page)[0]

    def follows(self, code: str) -> bool:
        """Say whether a receipt leads to its report."""
        _, page = self.ask("/follow/", urlencode({"code": code}).encode())
        return code in page and ("The office has it" in page or "受理" in page)


def _what(number: int) -> dict[str, str]:
    return {
        "act": "counterfeit_mark",
        "title": f"Copied tea tins 仿冒茶叶罐 {number}",
        "right_kind": "trademark",
        "region": "440300",
        "seller": f"Stall {number}",
    }


def _details(number: int) -> tuple[bytes, str]:
    words = {"details": "Two hundred tins. 两百罐。", "goods": "tea", "quantity": "200"}
    if number % 3:
        return urlencode(words).encode(), FORM
    edge = secrets.token_hex(12)
    parts = [
        f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in words.items()
    ]
    file = (
        f'--{edge}\r\nContent-Disposition: form-data; name="uploads"; '
        f'filename="photo-{number}.png"\r\nContent-Type: image/png\r\n\r\n'
    )
    body = "".join([*parts, file]).encode() + PNG + f"\r\n--{edge}--\r\n".encode()
    return body, f"multipart/form-data; boundary={edge}"


def write(port: int, number: int) -> tuple[list[str], list[float]]:
    """Be one client; return the codes and how long each page took."""
    client = Client(port, "zh-Hans" if number % 2 else "en")
    codes = [client.report(EACH * number + i) for i in range(EACH)]
    return codes, client.spent


@contextmanager
def served(port: int):
    """Run server and worker as an operator does."""
    env = {**os.environ, "HUFU_BIND": f"127.0.0.1:{port}", "HUFU_ENV": "demo"}
    programs = [
        subprocess.Popen(["./hufu", name], cwd=ROOT, env=env, start_new_session=True)
        for name in ("serve", "worker")
    ]
    try:
        _wait(port, programs[0])
        yield
    finally:
        for program in programs:
            os.killpg(program.pid, signal.SIGTERM)
        for program in programs:
            program.wait(timeout=30)


def _wait(port: int, server: subprocess.Popen) -> None:
    for _ in range(600):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            assert server.poll() is None, "the server ended"
            time.sleep(0.2)
        else:
            return
    raise RuntimeError("the server does not answer")


def free_port() -> int:
    """Find a port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def found_office() -> None:
    """Found the agency that takes reports for the place."""
    from hufu.domain.people.actors import Clockwork
    from hufu.domain.people.models import Agency
    from hufu.domain.people.services import found_agency
    from hufu.doors.identity import now

    office = Agency(
        code="bench", kind="market", name_en="Office", name_zh="局", region="440300"
    )
    found_agency(actor=Clockwork(), at=now(), agency=office)


def main() -> None:
    """Serve, report, follow, count."""
    from hufu.domain.leads.models import Attachment, Lead

    found_office()
    port, wanted = free_port(), CLIENTS * EACH
    with served(port):
        print(measure.machine())
        begun = time.perf_counter()
        with ThreadPoolExecutor(CLIENTS) as pool:
            done = list(pool.map(lambda n: write(port, n), range(CLIENTS)))
        took = time.perf_counter() - begun
        codes = [code for some, _ in done for code in some]
        reader = Client(port, "en")
        followed = sum(reader.follows(code) for code in codes)
    pages = Timing.of([one for _, spent in done for one in spent])
    stored, files = Lead.objects.count(), Attachment.objects.count()
    row = (len(codes), f"{took:.1f}", f"{60 * len(codes) / took:.0f}")
    shown = (f"{pages.p50:.0f}", f"{pages.p95:.0f}", f"{pages.most:.0f}")
    heads = ("reports", "seconds", "a minute", "page p50 ms", "p95", "max")
    heads += ("followed", "stored", "files")
    measure.table([(*row, *shown, followed, stored, files)], *heads)
    measure.judge(
        {
            f"{wanted} different receipts": len(set(codes)) == wanted,
            f"{followed} of {wanted} receipts lead to a report": followed == wanted,
            f"{stored} of {wanted} reports are stored": stored == wanted,
            f"{took:.1f} s of at most {MINUTE}": took <= MINUTE,
        }
    )


if __name__ == "__main__":
    with measure.installed():
        sys.stdout.reconfigure(line_buffering=True)
        main()
