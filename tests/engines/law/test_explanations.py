from datetime import date

from engines.law.packs import cn
from hufu.engines.law import Extension, Pause


def explained(name, start, pauses=(), extensions=()):
    return cn().deadline(f"deadlines.{name}", start, pauses, extensions).explain()


def test_it_says_why_each_day_counted_or_did_not():
    days = {d.on: d for d in explained("customs.holder_reply", date(2026, 2, 13)).days}
    assert days[date(2026, 2, 13)].code == "event"
    assert days[date(2026, 2, 14)].code == "make_up"
    assert days[date(2026, 2, 14)].number == 1
    assert days[date(2026, 2, 17)].reason.zh == "春节"
    assert days[date(2026, 2, 25)].number == 3


def test_the_last_counted_day_bears_the_number_of_the_limit():
    told = explained("penalty.case_filing", date(2026, 4, 1))
    assert max(d.number or 0 for d in told.days) == 15


def test_extensions_go_on_counting():
    told = explained(
        "penalty.case_filing",
        date(2026, 4, 1),
        extensions=[Extension("head_approval")],
    )
    assert max(d.number or 0 for d in told.days) == 30
    assert any("Extended by 15 working days" in s.en for s in told.sentences)


def test_a_stopped_clock_names_its_ground():
    stop = Pause(date(2026, 4, 8), date(2026, 4, 10), "appraisal")
    told = explained("penalty.case_filing", date(2026, 4, 1), [stop])
    stopped = [d for d in told.days if d.code == "paused"]
    assert [d.on.day for d in stopped] == [8, 9, 10]
    assert "检测、检验、检疫、鉴定" in stopped[0].reason.zh


def test_a_period_carried_over_a_holiday_says_so_in_both_languages():
    told = explained("penalty.payment", date(2026, 9, 20))
    assert any("carried to the next working day" in s.en for s in told.sentences)
    assert any("国庆节" in s.zh and "顺延" in s.zh for s in told.sentences)


def test_every_article_behind_the_date_is_cited():
    english = " ".join(
        s.en for s in explained("penalty.case_filing", date(2026, 4, 1)).sentences
    )
    assert "Art. 18" in english
    assert "Art. 80" in english
    assert "holidays 2026" in english


def test_an_unconfirmed_rule_is_called_so():
    told = explained("copyright.acceptance", date(2026, 4, 1))
    assert any(s.en.startswith("Not confirmed") for s in told.sentences)
    assert any("尚未经法律文本核实" in s.zh for s in told.sentences)


def test_a_backward_count_is_told_backwards():
    told = explained("penalty.hearing_notice", date(2026, 10, 12))
    numbers = [d.number for d in told.days if d.number]
    assert numbers == [1, 2, 3, 4, 5, 6, 7]
    assert told.days[-1].on == date(2026, 9, 24)


def test_no_sentence_is_left_with_an_open_blank():
    for name in cn().names("deadlines."):
        told = cn().deadline(name, date(2026, 4, 1)).explain()
        for sentence in told.sentences:
            assert "{" not in sentence.en + sentence.zh, name
