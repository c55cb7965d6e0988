"""Rules of the house that no linter knows."""

import ast
import re
import subprocess
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection

from hufu.base.models import Batch, Entry, Place, Tracked

ROOT = Path(__file__).parents[1]
HUFU = ROOT / "src/hufu"
WRITES = {
    "save",
    "create",
    "bulk_create",
    "bulk_update",
    "delete",
    "get_or_create",
    "update_or_create",
}
WRITERS = {"services.py", "models.py", "workflow.py"}
JUNK = {"utils", "helpers", "common", "extras", "misc", "manager", "managers"}
DOOR_VERBS = {"jobs", "storage", "cli", "look", "letters"}
WEB = ("django.http", "django.shortcuts", "django.views", "django.urls", "ninja")


def modules():
    return [p for p in HUFU.rglob("*.py") if "migrations" not in p.parts]


def tracked_models():
    return [m for m in apps.get_models() if issubclass(m, Tracked)]


def name(path):
    return str(path.relative_to(HUFU))


def tree_of(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(tree):
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return [node for node in ast.walk(tree) if isinstance(node, kinds)]


@pytest.mark.parametrize("path", modules(), ids=name)
def test_only_services_write_rows(path):
    inside = path.relative_to(HUFU).parts
    if inside[0] not in {"domain", "doors"} or inside[1] in DOOR_VERBS:
        return
    if path.name in WRITERS or "services" in inside:
        return
    calls = [n for n in ast.walk(tree_of(path)) if isinstance(n, ast.Call)]
    written = [
        call.lineno
        for call in calls
        if isinstance(call.func, ast.Attribute)
        and call.func.attr in WRITES
        and "objects" in ast.unparse(call.func)
    ]
    assert not written


@pytest.mark.parametrize("path", modules(), ids=name)
def test_files_and_functions_stay_small(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400
    for node in functions(tree_of(path)):
        assert node.end_lineno - node.lineno < 40, node.name


@pytest.mark.parametrize("path", modules(), ids=name)
def test_functions_take_at_most_five_things_beside_actor_and_hour(path):
    free = {"self", "cls", "actor", "at"}
    for node in functions(tree_of(path)):
        given = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
        assert len([a for a in given if a.arg not in free]) <= 5, node.name


@pytest.mark.parametrize("path", modules(), ids=name)
def test_only_doors_speak_http(path):
    if "doors" in path.parts:
        return
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.ImportFrom) and node.module:
            assert not node.module.startswith(WEB)


@pytest.mark.parametrize("path", modules(), ids=name)
def test_from_another_room_only_its_services_queries_and_models_are_taken(path):
    inside = path.relative_to(HUFU).parts
    if inside[0] != "domain":
        return
    for node in ast.walk(tree_of(path)):
        if not isinstance(node, ast.ImportFrom) or not node.module:
            continue
        parts = node.module.split(".")
        if parts[:2] != ["hufu", "domain"] or len(parts) < 3 or parts[2] == inside[1]:
            continue
        taken = parts[3:4] or [alias.name for alias in node.names]
        open_ = {"services", "queries", "models"}
        if parts[2] == "people":
            open_ |= {"permissions", "actors", "uscc"}
        assert set(taken) <= open_, f"line {node.lineno}"


@pytest.mark.parametrize("path", modules(), ids=name)
def test_a_module_says_what_it_holds_and_is_named_by_a_noun(path):
    assert path.stem not in JUNK
    text = path.read_text(encoding="utf-8").strip()
    if text and path.name not in {"apps.py", "__init__.py"}:
        assert ast.get_docstring(ast.parse(text)), "first line: what is in here"


@pytest.mark.parametrize("path", modules(), ids=name)
def test_nothing_is_caught_wholesale_and_nothing_is_left_to_do(path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\b(TODO|FIXME|XXX)\b", text)
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ExceptHandler):
            caught = ast.unparse(node.type) if node.type else "everything"
            assert caught not in {"everything", "Exception", "BaseException"}


@pytest.mark.parametrize("path", modules(), ids=name)
def test_every_exception_to_a_rule_gives_its_reason(path):
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        found = re.search(r"# (noqa|type: ignore)(.*)", line)
        if found:
            assert re.search(r"[A-Z]+\d+|\[[a-z-]+", found[2]), f"line {number}: code"
            assert re.search(r"( - |  # ).{8,}", found[2]), f"line {number}: reason"


@pytest.mark.django_db
def test_every_record_with_a_state_is_guarded_by_its_triggers():
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT DISTINCT event_object_table || ' ' || trigger_name"
                " FROM information_schema.triggers"
            )
        else:
            cursor.execute(
                "SELECT tbl_name || ' ' || name FROM sqlite_master"
                " WHERE type = 'trigger'"
            )
        present = {row[0] for row in cursor.fetchall()}
    wanted = set()
    for model in tracked_models():
        table = model._meta.db_table
        ends = (
            ["state"]
            if connection.vendor == "postgresql"
            else ["state_insert", "state_update", "kept"]
        )
        wanted |= {f"{table} {table}_{end}" for end in ends}
    for model in (Entry, Batch, Place):
        table = model._meta.db_table
        ends = (
            ["append_only"]
            if connection.vendor == "postgresql"
            else ["no_update", "no_delete"]
        )
        wanted |= {f"{table} {table}_{end}" for end in ends}
    assert wanted <= present


def tracked_files():
    listed = subprocess.run(
        ["git", "ls-files", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout
    return [ROOT / entry.decode() for entry in listed.split(b"\0") if entry]


def test_the_repository_names_no_package_host_and_no_path_of_a_machine():
    hosts = re.compile(rb"(pypi\.org|files\.pythonhosted|registry\.npmjs|/shared/)")
    mine = Path(__file__)
    bad = [
        str(path.relative_to(ROOT))
        for path in tracked_files()
        if path.is_file()
        and path != mine
        and "vendor" not in path.parts
        and path.suffix in {".py", ".md", ".txt", ".toml", ".yaml", ".html", ""}
        and hosts.search(path.read_bytes())
    ]
    assert not bad


def test_every_room_has_a_readme_that_fits_on_a_screen():
    for room in sorted((HUFU / "domain").iterdir()):
        if (room / "models.py").exists():
            lines = (room / "README.md").read_text(encoding="utf-8").splitlines()
            assert 3 <= len(lines) <= 20, room.name
