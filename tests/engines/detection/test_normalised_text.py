"""Normalised text."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hufu.engines.detection.text import normalise, runs, units

HAN = st.text(alphabet="华為耐克運動茅臺小米裏髮后", min_size=1, max_size=8)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("NIKE", "nike"),
        ("\uff2e\uff29\uff2b\uff25", "nike"),
        ("Ni\u200bke", "nike"),
        ("Ni\u00adke", "nike"),
        ("\u202eNike\u202c", "nike"),
        ("Niké", "nike"),
        ("Nike\u0301", "nike"),
        ("Łódź Øre", "lodz ore"),
        ("Straße", "strasse"),
        ("McDonald's", "mcdonalds"),
        ("McDonald\u2019s", "mcdonalds"),
        ("Coca-Cola® Zero", "coca cola zero"),
        ("華為技術", "华为技术"),
        ("貴州茅臺酒", "贵州茅台酒"),
        ("  \t M&S \n", "m s"),
        ("…!?", ""),
        ("", ""),
        ("Hermès\u00a0Paris", "hermes paris"),
        ("がぎ 한국", "がぎ 한국"),
        ("nul\x00byte", "nul byte"),
    ],
)
def test_two_spellings_of_one_name_become_equal(written, meant):
    assert normalise(written) == meant


@given(st.text(max_size=60))
@example("İ")
@example("ŉ'a")
@example("a\u0345")
def test_normalising_twice_changes_nothing(text):
    once = normalise(text)
    assert normalise(once) == once


@given(st.text(max_size=40))
def test_normalised_text_has_no_doubled_or_outer_spaces(text):
    assert normalise(text) == " ".join(normalise(text).split())


@given(HAN, HAN, HAN)
def test_a_part_of_a_han_name_stays_a_part_of_it(before, name, after):
    assert normalise(name) in normalise(before + name + after)


@given(st.text(max_size=40))
def test_units_and_runs_hold_the_same_letters(text):
    folded = normalise(text)
    letters = folded.replace(" ", "")
    assert "".join(units(folded)) == letters
    assert "".join(runs(folded)) == letters


def test_words_are_units_and_so_is_each_han_character():
    assert units("tcl王牌 tv") == ("tcl", "王", "牌", "tv")
    assert runs("tcl王牌 tv") == ("tcl", "王牌", "tv")
