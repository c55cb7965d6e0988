"""Why this date: the days counted and skipped, each with its reason."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from hufu.engines.law.clocks import Count, Length
from hufu.engines.law.ruling import Bilingual

DAY = timedelta(days=1)
UNIT_WORDS = {
    "working_day": Bilingual("working days", "个工作日"),
    "day": Bilingual("calendar days", "日"),
    "month": Bilingual("months", "个月"),
    "year": Bilingual("years", "年"),
    "hour": Bilingual("hours", "小时"),
}
EVENT = Bilingual("the day of the event is not counted", "期间开始之日不计算在内")
EVENT_COUNTED = Bilingual("the day of the event is counted", "期间开始之日计算在内")
COUNTED = Bilingual("counted", "计入")
PAUSED = Bilingual("clock stopped: {ground}", "中止计算：{ground}")
MOVED = Bilingual(
    "the period ends on {day} ({why}) and is carried to the next working day",
    "期间届满日 {day} 为{why}，顺延至其后第一个工作日",
)
MOVED_BACK = Bilingual(
    "{day} is a rest day ({why}); the act is due on the working day before",
    "{day} 为{why}，应提前至其前一个工作日",
)
STAYS = Bilingual(
    "the period ends on {day} ({why}); this rule does not carry it over",
    "期间届满日 {day} 为{why}，本规则不顺延",
)
STARTS = Bilingual("The clock starts with the event on {day}", "期间自 {day} 起算")
RUNS = Bilingual("The limit is {n} {unit}", "期限为 {n}{unit}")
RUNS_MONTHLY = Bilingual(
    "Due on day {n} of the following month", "应于次月 {n} 日前完成"
)
RUNS_BACK = Bilingual(
    "The act must come {n} {unit} before {day}", "应于 {day} 的 {n}{unit}前完成"
)
EXTENDED = Bilingual("Extended by {n} {unit}: {ground}", "延长 {n}{unit}：{ground}")
STOPPED = Bilingual(
    "Stopped from {first} to {last}: {ground}", "{first} 至 {last} 不计入：{ground}"
)
SKIPPED = Bilingual("{n} rest days were not counted", "扣除休息日 {n} 天")
DUE = Bilingual("Last day: {day}", "届满日：{day}")
PROVISIONAL = Bilingual(
    "The official calendar of a year concerned is not published yet: only weekends "
    "were taken out, the date may move",
    "所涉年度的节假日安排尚未公布，仅扣除周末，日期可能变动",
)
UNCONFIRMED = Bilingual(
    "Not confirmed in the text of the law: {title}", "尚未经法律文本核实：{title}"
)
BASIS = Bilingual("Basis: {cite}", "依据：{cite}")


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the count; `number` is None for a day that did not count."""

    on: date
    number: int | None
    code: str
    reason: Bilingual


@dataclass(frozen=True, slots=True)
class Explanation:
    """The count in sentences, and day by day.

    `steps` are the sentences about the count alone, without those that cite the law.
    """

    sentences: tuple[Bilingual, ...]
    days: tuple[Day, ...]
    steps: tuple[Bilingual, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the explanation as plain JSON."""
        return {
            "sentences": [s.as_json() for s in self.sentences],
            "days": [
                {
                    "on": d.on.isoformat(),
                    "number": d.number,
                    "code": d.code,
                    "reason": d.reason.as_json(),
                }
                for d in self.days
            ],
        }


def explain(count: Count) -> Explanation:
    """Derive why a deadline falls on its day."""
    days = tuple(_backwards(count) if count.runs_backwards else _days(count))
    steps = tuple(_sentences(count, days))
    return Explanation((*steps, *_authority(count)), days, steps)


def _sentences(count: Count, days: tuple[Day, ...]) -> Iterator[Bilingual]:
    if count.runs_backwards:
        yield _words(RUNS_BACK, count.length, day=count.start_on)
    else:
        yield STARTS.filled(day=count.start_on)
        yield _event_rule(count)
        yield _limit(count.length)
    titles = _ground_titles(count)
    for extension, length in zip(count.extensions, count.lengths[1:], strict=True):
        yield _words(EXTENDED, length, ground=titles[extension.ground])
    for pause in count.pauses:
        yield STOPPED.filled(
            first=pause.from_on, last=pause.to_on, ground=titles[pause.ground]
        )
    skipped = sum(d.code in ("weekend", "holiday") for d in days)
    if skipped and count.length.unit == "working_day":
        yield SKIPPED.filled(n=skipped)
    yield from _ending(count)
    yield DUE.filled(day=count.due_on)


def _event_rule(count: Count) -> Bilingual:
    counted = count.clock.counting.value["event_day"] == "counted"
    return EVENT_COUNTED if counted else EVENT


def _limit(length: Length) -> Bilingual:
    if length.unit == "day_of_next_month":
        return RUNS_MONTHLY.filled(n=length.n)
    return _words(RUNS, length)


def _words(sentence: Bilingual, length: Length, **blanks: object) -> Bilingual:
    return sentence.filled(n=length.n, unit=UNIT_WORDS[length.unit], **blanks)


def _ground_titles(count: Count) -> dict[str, Bilingual]:
    value = count.ruling.value
    known = (*value.get("pauses", ()), *value.get("extensions", ()))
    return {g["ground"]: Bilingual.of(g["title"]) for g in known}


def _ending(count: Count) -> Iterator[Bilingual]:
    end = count.counted_on
    special = count.clock.workdays.reason(end)
    if special is None or special[0] == "make_up":
        return
    if count.due_on == end:
        yield STAYS.filled(day=end, why=special[1])
    else:
        moved = MOVED_BACK if count.runs_backwards else MOVED
        yield moved.filled(day=end, why=special[1])


def _authority(count: Count) -> Iterator[Bilingual]:
    for ruling in count.rulings:
        source = ruling.source
        cite = Bilingual(source.cite("en"), source.cite("zh"))
        yield BASIS.filled(cite=cite)
        if not ruling.is_confirmed:
            yield UNCONFIRMED.filled(title=ruling.title)
    if count.is_provisional:
        yield PROVISIONAL


def _days(count: Count) -> Iterator[Day]:
    counts_event = count.clock.counting.value["event_day"] == "counted"
    if not counts_event:
        yield Day(count.start_on, None, "event", EVENT)
    day = count.start_on if counts_event else count.start_on + DAY
    number = 0
    while day <= count.counted_on:
        code, reason, counts = _verdict(count, day)
        number += counts
        yield Day(day, number if counts else None, code, reason)
        day += DAY
    while day <= count.due_on:
        special = count.clock.workdays.reason(day)
        yield Day(day, None, "carried", special[1] if special else COUNTED)
        day += DAY


def _verdict(count: Count, day: date) -> tuple[str, Bilingual, bool]:
    for pause in count.pauses:
        if pause.from_on <= day <= pause.to_on:
            title = _ground_titles(count)[pause.ground]
            return "paused", PAUSED.filled(ground=title), False
    special = count.clock.workdays.reason(day)
    if count.length.unit != "working_day" or special is None:
        return "counted", COUNTED, True
    return special[0], special[1], special[0] == "make_up"


def _backwards(count: Count) -> Iterator[Day]:
    yield Day(count.start_on, None, "event", EVENT)
    day, number = count.start_on - DAY, 0
    while day >= count.due_on:
        code, reason, counts = _verdict(count, day)
        number += counts
        yield Day(day, number if counts else None, code, reason)
        day -= DAY
