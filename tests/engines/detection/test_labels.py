"""What domain names play on beside the whole of a mark: its parts and its sound."""

import pytest

from hufu.engines.detection import Mark, Offer
from hufu.engines.detection.index import Index
from hufu.engines.detection.labels import parts_of


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Fictionia", {"fictio", "tionia"}),
        ("Alba & Bruno", {"alba", "bruno", "albabr", "abruno", "albaandbruno"}),
        ("Zelvo.com", {"zelvo", "lvocom"}),
        ("青山溪", set()),
        ("AB", set()),
        ("", set()),
    ],
)
def test_a_name_has_these_parts(name, parts):
    assert set(parts_of(name)) == parts


@pytest.mark.parametrize(
    ("mark", "domain", "code"),
    [
        ("Veuve Fictionia", "champagne-fictonia.com", "part_misspelt"),
        ("Zelvorian", "zelvorcoinmining.com", "part_in_domain"),
        ("Portabella", "cakerabella.shop", "part_in_domain"),
        ("Mountain Airlines", "mountainmiles.com", "part_in_domain"),
        ("Fict & Ionia", "fictandionia.com", "part_in_domain"),
        ("Nikera", "mynyckera.com", "sounds_inside"),
        ("Zelv", "zelalounge.com", "typo_inside"),
    ],
)
def test_what_a_domain_does_to_a_monitored_mark_is_said(mark, domain, code):
    index = Index.build([Mark("m", mark, watched=True)])
    (found,) = index.match(Offer("o", "", domain=domain))
    assert found.reasons[0].code == code


@pytest.mark.parametrize(
    ("mark", "title"),
    [
        ("Fict & Ionia", "boots fictandionia new"),
        ("Nikera", "boots mynyckera new"),
        ("Portabella", "boots rabella new"),
    ],
)
def test_a_title_is_not_compared_with_what_domains_play_on(mark, title):
    index = Index.build([Mark("m", mark, watched=True)])
    assert index.match(Offer("o", title)) == []


def test_only_monitored_marks_are_found_by_a_part():
    index = Index.build([Mark("m", "Zelvorian")])
    assert index.match(Offer("o", "", domain="zelvorcoinmining.com")) == []


def test_a_part_alone_opens_no_lead():
    index = Index.build([Mark("m", "Zelvorian", watched=True)])
    (found,) = index.match(Offer("o", "", domain="zelvorhats.com"))
    assert found.score < 0.5
