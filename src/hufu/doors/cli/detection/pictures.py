"""Pictures of a report of the evaluation, as SVG: kinds, false leads, reliability."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import altair as alt

Report = Mapping[str, Any]
Chart = alt.LayerChart | alt.FacetChart
_SHARE = alt.Scale(domain=[0, 1])


def draw(report: Report, folder: Path) -> list[Path]:
    """Write the pictures of one report; give their files."""
    folder.mkdir(parents=True, exist_ok=True)
    charts = {
        "kinds": _kinds(report["recall"]["kinds"]),
        "false-leads": _false_leads(report["false_leads_per_1000_clean"]),
        "reliability": _reliability(report["calibration"]),
    }
    paths = []
    for name, chart in charts.items():
        path = folder / f"{name}.svg"
        chart.save(path)
        paths.append(path)
    return paths


def draw_verdicts(report: Report, folder: Path) -> list[Path]:
    """Write the picture of what people said of leads, month by month."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = [
        {"month": month["month"], "precision": kept["value"], **kept}
        for month in report["months"]
        if (kept := month["precision"])["n"]
    ]
    base = _chart(rows, "Leads that were worth a look")
    month = alt.X("month:O", title=None)
    points = base.mark_line(point=True).encode(
        x=month, y=alt.Y("precision:Q", scale=_SHARE)
    )
    path = folder / "verdicts.svg"
    (points + base.mark_rule().encode(x=month, y="low:Q", y2="high:Q")).save(path)
    return [path]


def _kinds(kinds: Report) -> Chart:
    """Draw recall at 1 and at 10 of each kind, with the interval of the first."""
    rows = [
        {"kind": kind or "(none)", "at 1": at["at_1"]["value"], **at["at_1"]}
        | {"at 10": at["at_10"]["value"]}
        for kind, at in kinds.items()
    ]
    base = _chart(rows, "Recall by kind (at 1; tick: at 10)")
    kind = alt.Y("kind:N", sort=None, title=None)
    bars = base.mark_bar().encode(
        y=kind, x=alt.X("at 1:Q", scale=_SHARE, title="recall")
    )
    lines = base.mark_rule(color="black").encode(y=kind, x="low:Q", x2="high:Q")
    ticks = base.mark_tick(color="firebrick").encode(y=kind, x="at 10:Q")
    return alt.layer(bars, lines, ticks)


def _false_leads(levels: Report) -> Chart:
    """Draw what each threshold finds against what it wrongly reports."""
    rows = [
        {
            "threshold": threshold,
            "false": at["per_1000"]["value"],
            "recall": at["recall"]["value"],
        }
        for threshold, at in levels.items()
        if at["n"] and at["recall"]["n"]
    ]
    base = _chart(rows, "Recall and false leads, by threshold").encode(
        x=alt.X(
            "false:Q",
            scale=alt.Scale(type="symlog"),
            title="false leads per 1,000 clean queries",
        ),
        y=alt.Y("recall:Q", scale=_SHARE),
    )
    named = base.mark_text(dy=-8).encode(text="threshold:N")
    return alt.layer(base.mark_line(point=True), named)


def _reliability(tenths: list[Report]) -> Chart:
    """Draw the share that was right against the score that was given."""
    rows = [
        {"score": at["score"], "share right": at["right"]["value"], **at["right"]}
        for at in tenths
    ]
    base = _chart(rows, "Score and share that was right")
    score = alt.X("score:Q", scale=_SHARE)
    points = base.mark_point(filled=True).encode(
        x=score, y=alt.Y("share right:Q", scale=_SHARE), size="n:Q"
    )
    spread = base.mark_rule().encode(x=score, y="low:Q", y2="high:Q")
    ends = [{"score": 0, "share right": 0}, {"score": 1, "share right": 1}]
    line = _chart(ends, "").mark_line(color="gray")
    ideal = line.encode(x=score, y="share right:Q")
    return alt.layer(ideal, spread, points)


def _chart(rows: list[dict[str, Any]], title: str) -> alt.Chart:
    """Begin a picture of rows that stand in the file itself."""
    return alt.Chart(alt.InlineData(values=rows), title=title)
