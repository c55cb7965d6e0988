"""Names near a name, in its own script and in others."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hufu.engines.detection import REASONS, Mark
from hufu.engines.detection.crossing import near_names
from hufu.engines.detection.index import Index

OTHERS = ("青山溪", "大众银行", "Fictionia", "Brown Bear Books", "ヤマト運輸", "喜茶")


@pytest.mark.parametrize(
    ("name", "mark"),
    [
        ("Adidas", "阿迪达斯"),
        ("McDonald's", "麦当劳"),
        ("Bank of Shanghai", "上海银行"),
        ("Nagoya Subway", "名古屋地下铁"),
        ("Burger King", "漢堡王"),
        ("阿迪达斯", "Adidas"),
        ("上海银行", "Bank of Shanghai"),
        ("Fictlonia", "Fictionia"),
    ],
)
def test_a_name_finds_the_mark_that_renders_it(name, mark):
    index = Index.build(Mark(text, text) for text in {*OTHERS, mark})
    found = near_names(index, name)
    assert found[0].mark_id == mark
    for match in found:
        assert 0 < match.score < 1
        for reason in match.reasons:
            assert REASONS[reason.code] % reason.params


def test_a_withdrawn_mark_renders_nothing():
    index = Index.build([Mark("a", "阿迪达斯"), Mark("b", "青山溪")])
    gone = index.changed(withdraw=["a"])
    assert "a" in [match.mark_id for match in near_names(index, "Adidas")]
    assert "a" not in [match.mark_id for match in near_names(gone, "Adidas")]


def test_every_holder_of_a_name_is_told():
    index = Index.build([Mark("a", "阿迪达斯"), Mark("b", "阿迪达斯")])
    assert {match.mark_id for match in near_names(index, "Adidas")} == {"a", "b"}


@given(st.text(max_size=40), st.lists(st.text(max_size=12), max_size=5))
@settings(deadline=None, max_examples=80)
def test_any_name_is_answered(name, marks):
    index = Index.build(Mark(str(at), text) for at, text in enumerate(marks))
    found = near_names(index, name)
    assert [m.score for m in found] == sorted((m.score for m in found), reverse=True)
