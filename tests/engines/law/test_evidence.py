from datetime import date

import pytest

from engines.law.packs import cn

DAY = date(2026, 1, 1)
CHANNELS = [n.removeprefix("evidence.") for n in cn().names("evidence.")]


@pytest.mark.parametrize("channel", CHANNELS)
def test_every_channel_says_what_is_missing_and_how_to_cure_it(channel):
    found = cn().evidence(channel, DAY, set(), {"electronic", "blockchain"})
    assert found.missing
    assert not found.is_complete
    assert all(i.cure.en and i.cure.zh for i in found.items)


@pytest.mark.parametrize("channel", CHANNELS)
def test_with_everything_present_nothing_is_missing(channel):
    everything = {i.code for i in cn().evidence(channel, DAY, set()).items}
    assert cn().evidence(channel, DAY, everything).is_complete


def test_paper_is_not_asked_for_a_hash():
    paper = {i.code for i in cn().evidence("civil", DAY, set()).items}
    electronic = {
        i.code for i in cn().evidence("civil", DAY, set(), {"electronic"}).items
    }
    assert "hash" not in paper
    assert "hash" in electronic


def test_blockchain_evidence_must_also_show_its_truth_before_the_chain():
    found = cn().evidence("civil", DAY, set(), {"electronic", "blockchain"})
    assert "before_chain" in {i.code for i in found.missing}


def test_what_is_only_advised_does_not_make_a_list_incomplete():
    found = cn().evidence("administrative", DAY, set())
    needed = {i.code for i in found.items if i.is_required}
    complete = cn().evidence("administrative", DAY, needed)
    assert complete.is_complete
    assert complete.advised


def test_all_seven_channels_are_there():
    assert {
        "administrative",
        "arbitration",
        "civil",
        "criminal",
        "customs",
        "mediation",
        "platform_notice",
    } <= set(CHANNELS)
