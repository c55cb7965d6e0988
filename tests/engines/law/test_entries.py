"""What to ask for an offence, who answers the telephone, which court is special."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from hufu import packs
from hufu.engines.law import Book, CrimeFacts, Goods

TODAY = date(2026, 5, 5)


@pytest.fixture(scope="module")
def book():
    return Book.read(Path(packs.folder("cn")))


def test_an_offence_names_the_figures_of_both_laws(book):
    old = book.figures("selling_counterfeits", date(2008, 1, 1))
    both = book.figures("selling_counterfeits", date(2008, 1, 1), TODAY)
    assert set(old) == {"sales_amount"}
    assert set(both) > {"sales_amount", "illegal_gains", "goods_value"}
    assert both["punished_within_2y_trademark"][1] == "fact"
    assert book.figures("mark_labels", TODAY)["label_count"][1] == "count"


def test_the_gap_asks_for_the_figures_that_want_a_review(book):
    assert "service_gains" in book.figures("counterfeit_mark", date(2022, 5, 1))


def test_unsold_goods_are_valued_by_the_order_of_each_law(book):
    goods = (Goods(500, labelled_price=Decimal(300), found_average_price=Decimal(400)),)
    facts = CrimeFacts(date(2015, 1, 1), {}, goods=goods, decided_on=TODAY)
    act, decision = book.crime("selling_counterfeits", facts).compared
    assert act.facts.figures["goods_value"] == 150_000
    assert decision.facts.figures["goods_value"] == 200_000


def test_unsold_goods_belong_to_the_volume_where_the_law_has_no_other_figure(book):
    goods = (Goods(100, labelled_price=Decimal(200)),)
    figures = {"illegal_business_volume": Decimal(30_000)}
    found = book.crime("counterfeit_mark", CrimeFacts(TODAY, figures, goods=goods))
    assert found.tier == "first"


def test_hotlines_and_special_courts_are_found_by_body_and_province(book):
    assert [line.number for line in book.hotlines({"customs"}, TODAY)] == ["12360"]
    courts = book.specialised_courts("441900", TODAY)
    assert [court.name.zh for court in courts] == ["广州知识产权法院"]
    assert not book.specialised_courts("440305", date(2014, 12, 1))


def test_a_court_whose_share_of_a_province_nobody_read_asks_for_a_person(book):
    before = book.specialised_courts("440305", date(2017, 12, 25))
    guangzhou, shenzhen = book.specialised_courts("440305", date(2017, 12, 26))
    assert before == (guangzhou,)
    assert "人工核实" in shenzhen.note.zh
    assert not shenzhen.ruling.is_confirmed


def test_a_municipality_has_bodies_of_its_own_name(book):
    assert book.regions.name("110100").en == "Beijing"
