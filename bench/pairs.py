"""Write the known pairs that the product uses: the development half, by Latin name.

    .venv/bin/python bench/pairs.py

The other half is what a matcher is measured on and never given.
"""

import csv
import gzip
from pathlib import Path

from halves import is_development

DATA = Path(__file__).parents[1] / "data"

if __name__ == "__main__":
    source, target = DATA / "marks_latin_han_pairs.csv.gz", DATA / "known_pairs.csv"
    with gzip.open(source, "rt", encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        pairs = {(row["latin"], row["han"]) for row in rows}
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("latin", "han"))
        writer.writerows(sorted(pair for pair in pairs if is_development(pair[0])))
