"""Pictures of the bench of detection: kinds, recall and false leads, reliability."""

import altair as alt
import numpy as np

from hufu.engines.detection.evaluation import interval


def draw(told, folder):
    """Write the pictures as SVG."""
    folder.mkdir(parents=True, exist_ok=True)
    for what, facts in told.items():
        name = what.replace(" ", "-")
        _bars(facts, what).save(folder / f"detection-kinds-{name}.svg")
        _curve(facts, what).save(folder / f"detection-curve-{name}.svg")
        _reliability(facts, what).save(folder / f"detection-reliability-{name}.svg")


def _bars(facts, what):
    rows = []
    for kind, (found, total, _) in facts["recall"].items():
        low, high = interval(found, total)
        rows.append({"kind": kind, "recall": found / total, "low": low, "high": high})
    base = alt.Chart(alt.Data(values=rows), title=f"Recall by kind, {what}")
    kinds = alt.Y("kind:N", sort=None, title=None)
    bars = base.mark_bar().encode(
        y=kinds, x=alt.X("recall:Q", scale=alt.Scale(domain=[0, 1]))
    )
    lines = base.mark_rule(color="black").encode(y=kinds, x="low:Q", x2="high:Q")
    return bars + lines


def _curve(facts, what):
    planted, clean = facts["planted"], facts["clean"]
    best = clean.best[clean.kinds == "clean"]
    rows = [
        {
            "false leads per 1,000": float(1000 * (best >= at).mean()),
            "recall": float((planted.right >= at).mean()),
            "score": float(at),
        }
        for at in np.linspace(0.01, 0.999, 150)
    ]
    return (
        alt.Chart(alt.Data(values=rows), title=f"Recall and false leads, {what}")
        .mark_line(point=True)
        .encode(
            x=alt.X("false leads per 1,000:Q", scale=alt.Scale(type="symlog")),
            y=alt.Y("recall:Q", scale=alt.Scale(domain=[0, 1])),
            order="score:Q",
        )
    )


def _reliability(facts, what):
    best = np.concatenate([facts["planted"].best, facts["clean"].best])
    right = np.concatenate(
        [facts["planted"].best_is_right, np.zeros(len(facts["clean"].best), bool)]
    )
    rows = [
        {
            "score": float(best[chosen].mean()),
            "right": float(right[chosen].mean()),
            "offers": int(chosen.sum()),
        }
        for low in np.arange(0, 1, 0.1)
        if (chosen := (best > 0) & (best >= low) & (best < low + 0.1)).sum() >= 20
    ]  # fmt: skip
    points = (
        alt.Chart(
            alt.Data(values=rows), title=f"Score and share that was right, {what}"
        )
        .mark_point(filled=True)
        .encode(
            x=alt.X("score:Q", scale=alt.Scale(domain=[0, 1])),
            y=alt.Y("right:Q", scale=alt.Scale(domain=[0, 1])),
            size="offers:Q",
        )
    )
    ends = alt.Data(values=[{"score": 0, "right": 0}, {"score": 1, "right": 1}])
    return points + alt.Chart(ends).mark_line(color="gray").encode(
        x="score:Q", y="right:Q"
    )
