"""Checking a name before it is filed or bought."""

import pytest

from hufu.doors.identity import now, today
from hufu.doors.storage.registerindex import renew_register_index
from names import registered

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HUFU_HOME = tmp_path


@pytest.fixture
def register():
    right = registered(now(), "Fictionia")
    registered(now(), "青山溪", extra={"not_a_registration": "yes"})
    renew_register_index(today())
    return right


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", ["1 name is near", "look-alike letters", "in force", "against"]),
        ("zh-hans", ["有1个近似名称", "有效", "反对", "不是完整的在先权利检索"]),
    ],
)
def test_a_near_name_is_shown_with_its_trick_and_reasons(ask, register, language, told):
    page = ask("names", language, name="fict1onia", classes="25")
    assert all(words in page for words in ["Fictionia", "F Ltd", *told])


def test_the_near_name_leads_to_the_page_of_the_right(client, register):
    page = client.get("/tools/names/?name=fictionia")
    assert f"/rights/{register.pk}/" in page.text


def test_a_name_in_use_is_called_so(ask, register):
    assert "not a registration" in ask("names", name="qing shan xi")


def test_nothing_near_is_said_with_what_was_not_searched(ask, register):
    page = ask("names", name="zzqqxx")
    assert "No name on this register is near" in page
    assert "not a full clearance search" in page


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"name": ""}, "Write the name"),
        ({"name": "x" * 101}, "at most 100 characters"),
        ({"name": "!!! ---"}, "at least one letter or digit"),
        ({"name": "a\x00b"}, "Null characters"),
        ({"name": "Fictionia", "classes": "46"}, "from 1 to 45"),
        ({"name": "Fictionia", "classes": "shoes"}, "from 1 to 45"),
    ],
)
def test_what_cannot_be_checked_is_explained(ask, register, facts, told):
    assert told in ask("names", **facts)


@pytest.mark.parametrize(
    "name", ["\u202efictionia", "e\u0301" * 50, "<b>Fictionia</b>", "'; drop", "😀a"]
)
def test_odd_names_are_answered(ask, register, name):
    assert "Compared with 2 names" in ask("names", name=name)


def test_what_was_typed_stays_in_the_form(client, register):
    page = client.get("/tools/names/", {"name": "Fictionia", "classes": "99"})
    assert 'value="Fictionia"' in page.text
    assert 'value="99"' in page.text


def test_without_an_index_the_page_says_what_to_do(client):
    registered(now(), "Fictionia")
    page = client.get("/tools/names/", {"name": "Fictionia"})
    assert "./hufu index build --register" in page.text
    assert 'value="Fictionia"' in page.text
