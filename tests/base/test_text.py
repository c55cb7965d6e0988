"""Search terms of names."""

from hypothesis import given
from hypothesis import strategies as st

from hufu.base.text import index_terms, names, query_terms
from hufu.engines.detection.text import is_han, normalise, runs

NAMES = st.text(
    alphabet=st.one_of(
        st.sampled_from("华為耐克運動茅臺小米abcdeklnorst  -'"), st.characters()
    ),
    max_size=40,
)


def test_two_chinese_characters_are_enough():
    assert query_terms("茅台") <= index_terms("贵州茅臺酒股份有限公司")
    assert query_terms("台茅") - index_terms("贵州茅臺酒股份有限公司")


def test_one_chinese_character_is_enough():
    assert query_terms("茅") <= index_terms("贵州茅台")


def test_a_beginning_of_a_word_finds_it():
    assert query_terms("coc") <= index_terms("The Coca-Cola Company")
    assert names("coca col", "The Coca-Cola Company")


def test_what_shares_the_terms_only_is_dropped_by_the_words():
    assert query_terms("cocaine") - index_terms("Coca-Cola")
    assert query_terms("coc") <= index_terms("Columbia coal")
    assert not names("coc", "Columbia coal")


def test_an_empty_query_has_no_terms_and_names_nothing():
    assert query_terms(" … ") == frozenset()
    assert not names(" … ", "Coca-Cola")


@given(NAMES, st.data())
def test_a_part_of_a_han_run_has_terms_among_the_names(text, data):
    han = [run for run in runs(normalise(text)) if is_han(run)]
    if not han:
        return
    run = data.draw(st.sampled_from(han))
    start = data.draw(st.integers(0, len(run) - 1))
    part = run[start : data.draw(st.integers(start + 1, len(run)))]
    assert query_terms(part) <= index_terms(text)
    assert names(part, text)


@given(NAMES, st.data())
def test_a_beginning_of_a_word_has_terms_among_the_names(text, data):
    words = [run for run in runs(normalise(text)) if not is_han(run)]
    if not words:
        return
    word = data.draw(st.sampled_from(words))
    size = data.draw(st.integers(min(2, len(word)), len(word)))
    begun = word[:size]
    if normalise(begun) != begun:
        return
    assert query_terms(begun) <= index_terms(text)
    assert names(begun, text)


@given(NAMES)
def test_a_name_finds_itself(text):
    assert query_terms(text) <= index_terms(text)


@given(NAMES)
def test_terms_are_few_and_short(text):
    terms = index_terms(text)
    assert len(terms) <= 3 * max(1, len(text)) + 60
    assert all(len(term) <= 6 for term in terms)
