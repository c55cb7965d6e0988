"""`./hufu sweep`: files in, Parquet out, in processes or on a cluster."""

import gzip
import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from hufu.doors.cli import index
from hufu.doors.cli.sweeping.__main__ import main
from hufu.engines.detection import REASONS

COLUMNS = ("offer_id", "title", "classes")
OFFERS = [
    ("a", "new fictlonia boots", "25"),
    ("b", "plain garden hose", ""),
    ("c", "青山溪 冲锋衣", ""),
]
ROWS = [dict(zip(COLUMNS, row, strict=True)) for row in OFFERS]
DASK = Path(sys.executable).with_name("dask")


@pytest.fixture(scope="module")
def marks(tmp_path_factory):
    folder = tmp_path_factory.mktemp("index")
    register = folder / "marks.csv"
    register.write_text("mark_id,wordmark\n1,Fictionia\n2,青山溪\n")
    into = folder / "index"
    assert index.main(["build", "--marks", str(register), "--folder", str(into)]) == 0
    return into


@pytest.fixture
def sweep(marks, tmp_path):
    def run(what, *more):
        words = [what, "--index", marks, "--out", tmp_path / "out", *more]
        return main([str(word) for word in words])

    return run


def found(folder):
    return sorted(
        (row["offer_id"], row["mark_id"])
        for path in folder.glob("*.parquet")
        for row in pq.read_table(path).to_pylist()
    )


def as_csv():
    lines = [",".join(COLUMNS), *(",".join(row) for row in OFFERS)]
    return "\n".join(lines).encode()


def as_jsonl():
    return b"\n".join(json.dumps(row).encode() for row in ROWS)


def as_parquet():
    out = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(ROWS), out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("o.csv", as_csv()),
        ("o.jsonl", as_jsonl()),
        ("o.parquet", as_parquet()),
        ("o.csv.gz", gzip.compress(as_csv(), mtime=0)),
        ("o.jsonl.gz", gzip.compress(as_jsonl(), mtime=0)),
    ],
)
def test_every_form_of_a_file_gives_the_same_matches(sweep, tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    assert sweep(tmp_path / name) == 0
    assert found(tmp_path / "out") == [("a", "1"), ("c", "2")]
    (path,) = (tmp_path / "out").iterdir()
    reasons = json.loads(pq.read_table(path).to_pylist()[0]["reasons"])
    assert REASONS[reasons[0]["code"]] % reasons[0]["params"]


def test_standard_input_is_read(sweep, tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(as_jsonl())))
    assert sweep("-") == 0
    assert found(tmp_path / "out") == [("a", "1"), ("c", "2")]


def test_domains_come_one_a_line_from_a_zone_or_in_a_column(sweep, tmp_path):
    folder = tmp_path / "zones"
    folder.mkdir()
    (folder / "new.txt").write_text("fictionia-shop.com\n\ngarden.example\n")
    (folder / "com.zone").write_text(
        "$ORIGIN com.\n; a comment\nfictlonia.com. 86400 IN NS ns1.example.\n"
    )
    (folder / "log.jsonl").write_text('{"domain": "login.fictionia.net.example"}\n')
    (folder / "log.csv").write_text("seen,domain\n2026,my-fictionia.org\n")
    assert sweep(folder, "--domains", "--least", "0.1", "--processes", "1") == 0
    assert [mark for _, mark in found(tmp_path / "out")] == ["1"] * 4


def test_a_bad_record_is_told_by_its_line_and_the_rest_goes_on(sweep, tmp_path, capsys):
    rows = [b'{"offer_id": "x", "title": "Fictionia", "price": "dear"}', b"{", b"[1]"]
    path = tmp_path / "o.jsonl"
    path.write_bytes(b"\n".join([*rows, as_jsonl()]))
    assert sweep(path) == 0
    said = capsys.readouterr().out
    assert "3 rejected" in said
    assert "o.jsonl, line 1: price: “dear” is not a number" in said
    assert found(tmp_path / "out") == [("a", "1"), ("c", "2")]


@pytest.mark.parametrize(
    ("name", "told"),
    [("o.parquet", "not a readable Parquet file"), ("o.pdf", "unknown form '.pdf'")],
)
def test_a_file_that_is_not_what_it_says_is_refused(
    sweep, tmp_path, capsys, name, told
):
    (tmp_path / name).write_bytes(b"PAR1 and then nothing")
    assert sweep(tmp_path / name) == 2
    assert told in capsys.readouterr().err
    assert not found(tmp_path / "out")


def test_a_missing_index_or_file_says_what_to_do(tmp_path, sweep, capsys):
    assert main(["-", "--index", str(tmp_path / "none")]) == 1
    assert "./hufu index build" in capsys.readouterr().err
    assert sweep(tmp_path / "none.csv") == 2
    assert "none.csv" in capsys.readouterr().err


def parts(folder, count):
    folder.mkdir()
    for number in range(count):
        rows = [{**row, "offer_id": f"{number}{row['offer_id']}"} for row in ROWS]
        lines = (json.dumps(row) for row in rows * 40)
        (folder / f"{number:03}.jsonl").write_text("\n".join(lines))
    wanted = [(f"{n}{key}", mark) for n in range(count) for key, mark in ("a1", "c2")]
    return sorted(wanted * 40)


def test_a_finished_partition_is_not_done_again(sweep, tmp_path):
    wanted = parts(tmp_path / "in", 3)
    assert sweep(tmp_path / "in", "--processes", "2") == 0
    assert found(tmp_path / "out") == wanted
    first, *others = sorted((tmp_path / "out").iterdir())
    first.unlink()
    before = {path: path.stat().st_mtime_ns for path in others}
    assert sweep(tmp_path / "in") == 0
    assert {path: path.stat().st_mtime_ns for path in others} == before
    assert found(tmp_path / "out") == wanted


@pytest.fixture
def cluster(tmp_path):
    """Start a scheduler and two workers on loopback; give its address and them."""
    about, log = tmp_path / "scheduler.json", (tmp_path / "log").open("w")
    source = str(Path(__file__).parents[3] / "src")
    settings = {"DJANGO_SETTINGS_MODULE": "config.settings", "PYTHONPATH": source}
    env = os.environ | settings

    def start(*words):
        return subprocess.Popen(
            [DASK, *words], env=env, cwd=tmp_path, stdout=log, stderr=log
        )

    here = ["--host", "127.0.0.1", "--no-dashboard"]
    scheduler = ["scheduler", *here, "--port", "0", "--scheduler-file", str(about)]
    running = [start(*scheduler)]
    while not about.exists() or not about.read_text():
        assert running[0].poll() is None
        time.sleep(0.05)
    address = json.loads(about.read_text())["address"]
    worker = ["worker", address, *here, "--no-nanny", "--nthreads", "1"]
    running += [start(*worker), start(*worker)]
    yield address, running[1:], env
    for process in running:
        process.kill()
        process.wait()
    log.close()


def test_a_killed_worker_of_the_cluster_loses_and_doubles_nothing(
    cluster, marks, tmp_path
):
    address, (worker, _), env = cluster
    wanted, out = parts(tmp_path / "in", 60), tmp_path / "out"
    words = [tmp_path / "in", "--index", marks, "--out", out, "--cluster", address]
    program = [sys.executable, "-m", "hufu.doors.cli.sweeping", *map(str, words)]
    running = subprocess.Popen(program, env=env, stderr=subprocess.PIPE)
    while running.poll() is None and not list(out.glob("*.parquet")):
        time.sleep(0.01)
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    assert len(list(out.glob("*.parquet"))) < 60
    said = running.communicate()[1].decode()
    assert running.returncode == 0, said
    assert "60/60" in said
    assert found(out) == wanted
    assert not list(out.glob(".arriving*"))
