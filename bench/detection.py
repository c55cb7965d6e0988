"""Detection against its bounds: recall, false leads, domains, lawful naming, speed.

    .venv/bin/python bench/detection.py [--marks N] [--out FOLDER] [--speed N …]

Thresholds are chosen on the development half; every figure is of the evaluation half.
A mark, a listing and a domain belong to a half by their hash (`halves.py`). The
register beyond 36,663 real names is invented (`register.py`); Chinese offers are
invented as well and are reported by themselves.
"""

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "src"))

import detection_pictures as pictures
import detection_speed as speed
import offers
import quality
from measure import judge, machine, table
from quality import share

WAYS = ("Han and kana by Latin names", "Latin by Han and kana names")
LATIN_BOUND, CHINESE_BOUND, TWO_BOUND = 0.97, 0.95, 0.80


def tell_names(told):
    """Print recall by kind and false leads; give the bounds."""
    bounds = {}
    for what, facts in told.items():
        clean, budget = facts["clean"], quality.BUDGETS[what]
        least = facts["threshold"]
        print(f"\n{what}: threshold {least:.4f}, chosen on the development half\n")
        rows = [
            (kind, share(found, total), *(share(r, total) for r in ranks))
            for kind, (found, total, ranks) in facts["recall"].items()
        ]
        table(rows, "kind", "above the threshold", "at 1", "at 5", "at 10")
        for kind in ("clean", "clean_zh"):
            best = clean.best[clean.kinds == kind]
            wrong = int((best >= least).sum())
            per = 1000 * wrong / len(best)
            part = share(wrong, len(best))
            print(f"{kind}: {per:.1f} false leads per 1,000, {part}")
            if kind == "clean":
                bounds[f"{what}: at most {budget} false leads per 1,000"] = (
                    wrong * 1000 <= budget * len(best)
                )
        for name, bound in (
            ("Latin single tricks", LATIN_BOUND),
            ("Chinese single tricks", CHINESE_BOUND),
            ("two_edits", TWO_BOUND),
        ):
            found, total, _ = facts["recall"][name]
            bounds[f"{what}: {name} {found / total:.3f} of {bound}"] = (
                found / total >= bound
            )
    return bounds


def tell_rest():
    """Print domains and lawful naming; give the bounds."""
    own, other, least = quality.decisions()
    found = [sum(score >= least for score in own[half]) for half in (True, False)]
    print(f"\nUDRP: the threshold {least:.6f} is reached by 1 % of {len(other):,}")
    print("pairs of a domain and the mark of another case")
    print(
        "transfers found, both halves:", share(sum(found), sum(map(len, own.values())))
    )
    print("transfers found, evaluation half:", share(found[1], len(own[False])))
    squats = quality.squats()
    every = [score for scores in squats.values() for score in scores]
    for kind, scores in squats.items():
        print(
            f"squat domains ({kind}) found:",
            share(int((scores > 0).sum()), len(scores)),
        )
    lawful = quality.lawful()
    for what, scores in lawful.items():
        flagged = share(int((scores >= 0.5).sum()), len(scores))
        print(f"lawful naming flagged at 0.5, {what}: {flagged}")
    uses = quality.use_as_mark()
    print(
        "own brand in the title, flagged at 0.5:",
        share(int((uses >= 0.5).sum()), len(uses)),
    )
    known, alone = lawful["brand known"], lawful["title alone"]
    crossed = [quality.renderings(*way) for way in (("latin", "han"), ("han", "latin"))]
    for way, (right, total, spent) in zip(WAYS, crossed, strict=True):
        per = f"{1000 * spent:.1f} ms each"
        print(f"{way}, recall at 5, no pair known: {share(right, total)}, {per}")
    right, total = (sum(told[at] for told in crossed) for at in (0, 1))
    print("both ways:", share(right, total))
    return {
        f"Latin-Han pairs {right / total:.3f} of 0.60": right >= 0.60 * total,
        "UDRP transfers found, at least 0.95": found[1] >= 0.95 * len(own[False]),
        "squat domains found, at least 0.95": sum(s > 0 for s in every)
        >= 0.95 * len(every),
        "lawful naming flagged, brand known, at most 3 %": (known >= 0.5).mean()
        <= 0.03,
        "lawful naming flagged, title alone, at most 3 %": (alone >= 0.5).mean()
        <= 0.03,
    }


def main():
    """Measure what the command line asks for."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--marks", type=int, default=1_000_000)
    asked.add_argument("--out", type=Path, help="a folder for the pictures")
    asked.add_argument("--peers", action="store_true")
    asked.add_argument("--speed", type=int, nargs="*", default=[])
    options = asked.parse_args()
    print(machine())
    bounds = {}
    if options.marks:
        rows = offers.cleaned(options.marks)
        index = quality.index_of(rows)
        print(f"{len(rows):,} marks of {options.marks:,}, offered brands taken out")
        told = quality.names(rows, index)
        bounds |= tell_names(told)
        if options.out:
            pictures.draw(told, options.out)
        del index
    bounds |= tell_rest()
    for count in options.speed:
        bounds |= speed.measure(count, peers=options.peers)
    judge(bounds)


if __name__ == "__main__":
    main()
