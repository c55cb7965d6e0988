from datetime import date

import pytest

from hufu.domain.people.actors import Clockwork
from hufu.domain.rights import queries, services
from hufu.domain.rights.imports import RightRow
from hufu.domain.rights.nice import class_label, contents

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)


def made(now, name, **facts):
    row = RightRow(kind=facts.pop("kind", "trademark"), name=name, source="t",
                   source_id=name or "x", **facts)  # fmt: skip
    return services.record_right(actor=Clockwork(), at=now, row=row)


def found(**asked):
    result = queries.search_rights(queries.Search(day=DAY, **asked))
    return [right.name for right in result.rights(0, 50, day=DAY)]


@pytest.fixture(autouse=True)
def register(now):
    made(now, "青岚茶业", number="30-1", classes=(30,), registered_on=DAY)
    made(now, "岚青", holder_name="北京青岚公司", classes=(35,))
    made(now, "Qinglan", number="30-2", classes=(30, 35), holder_name="Acme Tea")
    made(now, "Qinglan Tea House", registered_on=date(2015, 1, 1),
         expires_on=date(2025, 1, 1))  # fmt: skip
    made(now, "Recipe", kind="trade_secret", extra={"secret_sha256": "b" * 64})


def test_two_chinese_characters_find_a_name_and_their_order_counts():
    assert found(text="青岚") == ["青岚茶业"]
    assert found(text="茶业") == ["青岚茶业"]


def test_the_beginning_of_a_word_suffices_and_the_whole_name_comes_first():
    assert found(text="qingl") == ["Qinglan", "Qinglan Tea House"]
    assert found(text="QINGLAN") == ["Qinglan", "Qinglan Tea House"]
    assert found(text="tea hou") == ["Qinglan Tea House"]


def test_number_holder_class_and_kind_narrow():
    assert found(number="30-2") == ["Qinglan"]
    assert found(holder="acme") == ["Qinglan"]
    assert found(holder="青岚") == ["岚青"]
    assert sorted(found(nice=35)) == ["Qinglan", "岚青"]
    assert found(text="qinglan", nice=30) == ["Qinglan"]
    assert found(kind="design") == []


def test_the_status_is_that_of_the_day_asked():
    assert found(status="in_force") == ["青岚茶业"]
    assert found(status="expired") == ["Qinglan Tea House"]
    old = queries.Search(day=date(2020, 1, 1), status="in_force")
    assert len(queries.search_rights(old).keys) == 1


@pytest.mark.parametrize("text", ["%", "'", "   ", "!!!", "\x00", "_" * 200])
def test_signs_without_letters_find_nothing_and_break_nothing(text):
    names = found(text=text)
    assert names == [] or not text.strip()


def test_a_trade_secret_is_not_in_the_public_register():
    assert found(text="Recipe") == []


def test_a_class_is_named_by_what_it_holds():
    assert sorted(contents()) == list(range(1, 46))
    assert all(english and chinese for english, chinese in contents().values())
    assert class_label(25, chinese=False) == "25 · Clothing, footwear, headgear"
    assert class_label(25, chinese=True) == "25 · 服装、鞋、帽"
