"""Build the packaged tables of divisions and occupations from their source tables.

`python tools/build_tables.py SOURCE` reads `regions_cn_2025.csv` and `occupations_2022.csv` in the
folder SOURCE and writes `matching/data/divisions.tsv` and `matching/data/occupations.csv`: codes, names,
levels and points only, no definitions. It is run by hand when a new edition comes out; the other files
of that folder are written by hand. `matching/data/SOURCES.md` tells where the source tables come from.
"""

import argparse
import csv
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "matching" / "data"


def build_divisions(source: Path) -> None:
    """Write the divisions, parents first, points to 4 decimals (11 m)."""
    with source.open(encoding="utf-8", newline="") as lines:
        rows = sorted(csv.DictReader(lines), key=lambda row: row["code"])
    with (TARGET / "divisions.tsv").open("w", encoding="utf-8", newline="\n") as out:
        out.write("code\tname\tlat\tlng\n")
        for row in rows:
            out.write(
                "\t".join((row["code"], row["name"], _degrees(row["lat"]), _degrees(row["lng"]))) + "\n"
            )


def _degrees(text: str) -> str:
    return f"{float(text):.4f}" if text else ""


def build_occupations(source: Path) -> None:
    """Write code, name, level and parent of each occupation class."""
    columns = ("code", "name", "level", "parent")
    with source.open(encoding="utf-8", newline="") as lines:
        # The source repeats four codes; the first row of each counts.
        rows = {row["code"]: {c: row[c] for c in columns} for row in reversed(list(csv.DictReader(lines)))}
    for row in list(rows.values()):
        # A class with others below it is no 细类, whatever its row says (6-20-03-00).
        above = rows.get(row["parent"])
        if above is not None and above["level"] == row["level"]:
            above["level"] = str(int(row["level"]) - 1)
    with (TARGET / "occupations.csv").open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(reversed(rows.values()))


def main() -> None:
    """Build both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=Path, help="folder of the source tables")
    source: Path = parser.parse_args().source
    build_divisions(source / "regions_cn_2025.csv")
    build_occupations(source / "occupations_2022.csv")


if __name__ == "__main__":
    main()
