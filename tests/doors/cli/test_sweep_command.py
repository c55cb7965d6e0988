"""`./hufu sweep`: files in, Parquet out, in processes or on a cluster."""

import contextlib
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
from hufu.doors.cli.sweeping import cuts
from hufu.doors.cli.sweeping.__main__ import main
from hufu.doors.cli.sweeping.cuts import SIZE
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
    """Give the matches of the one run whose folder lies here."""
    runs = [path for path in folder.glob("*") if path.name[0] != "."]
    rows = pq.read_table(*runs).to_pylist() if runs else []
    return sorted((row["offer_id"], row["mark_id"]) for row in rows)


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
    (path,) = (tmp_path / "out").iterdir()  # and nothing that was unpacked
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


def part(number):
    """Give the offers of a partition, and what is found in them."""
    rows = [{**row, "offer_id": f"{number}{row['offer_id']}"} for row in ROWS] * 40
    return rows, [(f"{number}{key}", mark) for key, mark in ("a1", "c2")] * 40


def as_folder(place, count):
    """Lay partitions out as the files of a folder; give what is found in them."""
    place.mkdir()
    for number in range(count):
        lines = (json.dumps(row) for row in part(number)[0])
        (place / f"{number:03}.jsonl").write_text("\n".join(lines))
    return sorted(row for number in range(count) for row in part(number)[1])


def as_one_file(place, count):
    """Lay partitions out as one file; give what is found in them."""
    padding = "x" * (SIZE // len(part(0)[0]))
    with place.open("w") as file:
        for number in range(count):
            for row in part(number)[0]:
                file.write(json.dumps({**row, "note": padding}) + "\n")
    return sorted(row for number in range(count) for row in part(number)[1])


@pytest.fixture
def small(monkeypatch):
    """Cut after few bytes and rows."""
    monkeypatch.setattr(cuts, "SIZE", 1000)
    monkeypatch.setattr(cuts, "ROWS", 20)


def run_of(folder):
    (run,) = folder.iterdir()
    return run


def many(form):
    """Give a table of 200 offers in a form; every fourth is a match."""
    rows = [{**ROWS[n % 4 and 1], "offer_id": f"{n:03}"} for n in range(200)]
    if form == "parquet":
        out = io.BytesIO()
        pq.write_table(pa.Table.from_pylist(rows), out)
        return out.getvalue()
    lines = [",".join(COLUMNS), *(",".join(row.values()) for row in rows)]
    return "\n".join(lines).encode()


@pytest.mark.parametrize("name", ["o.csv", "o.csv.gz", "o.parquet"])
@pytest.mark.parametrize("processes", [1, 2])
def test_one_file_is_many_partitions_in_its_order(
    sweep, small, tmp_path, name, processes
):
    content = many("parquet" if "parquet" in name else "csv")
    packed = gzip.compress(content, mtime=0) if name.endswith(".gz") else content
    (tmp_path / name).write_bytes(packed)
    assert sweep(tmp_path / name, "--processes", processes) == 0
    run = run_of(tmp_path / "out")
    assert len(list(run.iterdir())) >= 5
    rows = pq.read_table(run).to_pylist()
    first = 1 if "parquet" in name else 2
    assert [row["line"] for row in rows] == list(range(first, 200 + first, 4))
    assert [row["offer_id"] for row in rows] == [f"{n:03}" for n in range(0, 200, 4)]


def test_standard_input_is_cut_as_a_file_is(sweep, small, tmp_path, monkeypatch):
    packed = gzip.compress(many("csv"), mtime=0)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(packed)))
    assert sweep("-", "--format", "csv", "--processes", "1") == 0
    assert len(list(run_of(tmp_path / "out").iterdir())) >= 5
    assert len(found(tmp_path / "out")) == 50


def test_a_packed_file_of_a_folder_stays_one_partition(sweep, small, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.csv.gz").write_bytes(gzip.compress(many("csv"), mtime=0))
    assert sweep(tmp_path / "in") == 0
    assert len(list(run_of(tmp_path / "out").iterdir())) == 1
    assert len(found(tmp_path / "out")) == 50


def test_lines_are_rejected_by_their_number_in_the_whole_file(
    sweep, small, tmp_path, capsys
):
    bad = b'{"offer_id": "x", "title": "Fictionia", "price": "dear"}'
    rows = [as_jsonl()] * 40
    (tmp_path / "o.jsonl").write_bytes(b"\n".join([*rows, bad, b"{}", *rows]))
    assert sweep(tmp_path / "o.jsonl", "--processes", "1") == 0
    _, *told = capsys.readouterr().out.splitlines()
    assert [row.partition(", ")[2] for row in told] == [
        "line 121: price: “dear” is not a number of zero or more.",
        "line 122: title: This field must not be empty.",
    ]


def times(run):
    return {path.name: path.stat().st_mtime_ns for path in run.glob("*.parquet")}


def test_what_another_run_has_done_is_taken_over_and_never_mixed(sweep, tmp_path):
    wanted, out = as_folder(tmp_path / "in", 3), tmp_path / "out"
    assert sweep(tmp_path / "in", "--processes", "2") == 0
    assert found(out) == wanted
    old = run_of(out)
    before = times(old)
    assert sweep(tmp_path / "in") == 0
    assert times(run_of(out)) == before

    (tmp_path / "in" / "000.jsonl").write_bytes(as_jsonl())
    assert sweep(tmp_path / "in") == 0
    (new,) = set(out.iterdir()) - {old}
    assert times(old) == before
    assert len(times(new).keys() & before.keys()) == 2
    assert len(pq.read_table(new)) == 162

    assert sweep(tmp_path / "in", "--least", "0.9") == 0
    (high,) = set(out.iterdir()) - {old, new}
    assert not times(high).keys() & (times(new).keys() | before.keys())


def begun(*words):
    """Start a sweep; give its words, and it, when a partition is finished."""
    program = [sys.executable, "-m", "hufu.doors.cli.sweeping", *map(str, words)]
    running = subprocess.Popen(program, env=environment(), stderr=subprocess.PIPE)
    out = words[words.index("--out") + 1]
    while running.poll() is None and not list(out.glob(".*/*.parquet")):
        time.sleep(0.01)
    return program, running


def test_a_sweep_that_is_stopped_leaves_nothing_unpacked(marks, tmp_path):
    as_one_file(tmp_path / "o.jsonl", 8)
    packed, out = tmp_path / "o.jsonl.gz", tmp_path / "out"
    packed.write_bytes(gzip.compress((tmp_path / "o.jsonl").read_bytes(), 1))
    _, running = begun(packed, "--index", marks, "--out", out, "--processes", "2")
    running.terminate()
    assert "stopped; run it again" in running.communicate()[1].decode()
    assert running.returncode == 130
    assert run_of(out).name.startswith(".o.jsonl.gz-")


def test_a_killed_process_loses_and_doubles_nothing(marks, tmp_path):
    wanted, out = as_one_file(tmp_path / "o.jsonl", 8), tmp_path / "out"
    words = [tmp_path / "o.jsonl", "--index", marks, "--out", out, "--processes", "2"]
    program, running = begun(*words)
    children = Path(f"/proc/{running.pid}/task/{running.pid}/children").read_text()
    os.kill(int(children.split()[-1]), signal.SIGKILL)
    assert "run it again" in running.communicate()[1].decode()
    assert running.returncode == 1
    assert run_of(out).name.startswith(".o.jsonl-")
    before = times(run_of(out))
    assert len(before) < 8
    again = subprocess.run(program, env=environment(), check=True, capture_output=True)
    assert "8/8" in again.stderr.decode()
    assert before.items() <= times(run_of(out)).items()
    assert len(list(run_of(out).iterdir())) == 8
    assert found(out) == wanted


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("empty.csv", b"", "The file is empty"),
        ("colours.csv", b"colour,size\nred,1\n", "The first line lacks the columns"),
        ("cut.csv.gz", gzip.compress(many("csv"))[:-20], "The compressed file ends"),
        ("cut.parquet", many("parquet")[:-9], "This is not a readable Parquet file"),
        ("names.txt", b"fictionia.example", "domain names are compared with --dom"),
    ],
    ids=["empty", "columns", "packed", "parquet", "names"],
)
def test_a_file_that_cannot_be_read_leaves_nothing(
    sweep, tmp_path, name, content, told
):
    (tmp_path / name).write_bytes(content)
    error = io.StringIO()
    with contextlib.redirect_stderr(error):
        assert sweep(tmp_path / name) == 2
    assert f"{name}: {told}" in error.getvalue()
    assert not list((tmp_path / "out").iterdir())


def test_a_damaged_piece_keeps_the_answer_from_appearing(
    sweep, small, tmp_path, capsys
):
    content = many("parquet")
    (tmp_path / "o.parquet").write_bytes(content[:4] + b"\xff" * 9 + content[13:])
    assert sweep(tmp_path / "o.parquet", "--processes", "1") == 2
    assert "o.parquet: This is not a readable" in capsys.readouterr().err
    assert run_of(tmp_path / "out").name.startswith(".")


def test_a_table_without_rows_has_no_matches(sweep, tmp_path, capsys):
    (tmp_path / "o.csv").write_bytes(b"offer_id,title\n")
    assert sweep(tmp_path / "o.csv") == 0
    assert capsys.readouterr().out.startswith("0 read, 0 matches, 0 rejected: ")
    assert len(pq.read_table(run_of(tmp_path / "out"))) == 0


def environment():
    source = str(Path(__file__).parents[3] / "src")
    settings = {"DJANGO_SETTINGS_MODULE": "config.settings", "PYTHONPATH": source}
    return os.environ | settings


@pytest.fixture
def cluster(tmp_path):
    """Start a scheduler and two workers on loopback; give its address and them."""
    about, log = tmp_path / "scheduler.json", (tmp_path / "log").open("w")

    def start(*words):
        return subprocess.Popen(
            [DASK, *words], env=environment(), cwd=tmp_path, stdout=log, stderr=log
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
    yield address, running[1:]
    for process in running:
        process.kill()
        process.wait()
    log.close()


@pytest.mark.parametrize(("laid", "many"), [(as_folder, 60), (as_one_file, 20)])
def test_a_killed_worker_of_the_cluster_loses_and_doubles_nothing(
    cluster, marks, tmp_path, laid, many
):
    address, (worker, _) = cluster
    wanted, out = laid(tmp_path / "in", many), tmp_path / "out"
    words = [tmp_path / "in", "--index", marks, "--out", out, "--cluster", address]
    words += ["--format", "jsonl"]
    _, running = begun(*words)
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    assert len(list(out.glob("*/*.parquet"))) < many
    said = running.communicate()[1].decode()
    assert running.returncode == 0, said
    assert f"{many}/{many}" in said
    assert found(out) == wanted
    assert len(list(run_of(out).iterdir())) == many
