"""Measure every row, or those whose names hold a word, and print the table."""

import argparse
import json
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.benchmarks import bulk, lookups, startup, streams
from tests.benchmarks.measuring import BARE, Command, DidNotWorkError, Figure, race
from tests.benchmarks.rows import Contest, NotMeasurable, Row

ROWS = (*startup.ROWS, *lookups.ROWS, *streams.ROWS, *bulk.ROWS)
HEADING = ("what", "paycli", "peer", "", "ratio", "of cpu", "wanted", "bare", "to bare", "peak", "")


@dataclass(frozen=True)
class Measured:
    """A row with its figures; without any, why."""

    row: str
    peer: str
    target: float | None
    figures: dict[str, Figure]
    note: str

    @property
    def ratio(self) -> float | None:
        """How much longer paycli takes than its peer, by the medians."""
        return self._against("peer")

    @property
    def to_bare(self) -> float | None:
        """How much longer paycli takes than an interpreter that does nothing."""
        return self._against("bare")

    @property
    def ratio_of_cpu(self) -> float | None:
        """How much more of the processor paycli takes than its peer; what else runs on the machine changes it less."""
        return self._against("peer", "cpu")

    def _against(self, other: str, unit: str = "seconds") -> float | None:
        ours, theirs = self.figures.get("paycli"), self.figures.get(other)
        return getattr(ours, unit) / getattr(theirs, unit) if ours and theirs else None


def measure(row: Row, runs: int | None) -> Measured:
    """Return the figures of a row, or why there are none."""
    with tempfile.TemporaryDirectory() as place:
        home = Path(place)
        try:
            with row.contest(home) as contest:
                figures = race(_runners(contest), runs or row.runs, home)
                said = [contest.missing, contest.note()]
        except (NotMeasurable, DidNotWorkError) as problem:
            figures, said = {}, [str(problem)]
    return Measured(row.name, row.peer, row.target, figures, "; ".join(filter(None, said)))


def _runners(contest: Contest) -> dict[str, Command]:
    others = {"peer": contest.peer} if contest.peer else {}
    return {**others, "paycli": contest.ours, "bare": Command(BARE), **contest.others}


def line(measured: Measured) -> tuple[str, ...]:
    """Return the cells of a row."""
    found = measured.figures
    kib = [f"{found[name].kib / 1024:.0f}" for name in ("paycli", "few") if name in found]
    return (
        measured.row,
        _seconds(found.get("paycli")),
        _seconds(found.get("peer")),
        measured.peer if "peer" in found else "",
        _times(measured.ratio),
        _times(measured.ratio_of_cpu),
        _times(measured.target),
        _seconds(found.get("bare")),
        _times(measured.to_bare),
        " from ".join(kib) + " MiB" if kib else "",
        measured.note,
    )


def _seconds(found: Figure | None) -> str:
    return f"{found.seconds * 1000:.1f} ms" if found else ""


def _times(ratio: float | None) -> str:
    return "" if ratio is None else f"{ratio:.2f}"


def as_text(cells: list[tuple[str, ...]]) -> str:
    """Return the rows as a table."""
    widths = [max(len(row[place]) for row in cells) for place in range(len(HEADING))]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in cells)
    return "\n".join(lines)


def ratios(one: Measured) -> dict[str, float | None]:
    """Return how a row stands to its peer and to an interpreter that does nothing."""
    return {"ratio": one.ratio, "ratio_of_cpu": one.ratio_of_cpu, "to_bare": one.to_bare}


def as_json(found: list[Measured]) -> str:
    """Return the rows as JSON, with every figure."""
    return json.dumps([{**asdict(one), **ratios(one)} for one in found], indent=2)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("words", nargs="*", help="only rows whose names hold one of these")
    parser.add_argument("--runs", type=int, help="how often each command runs; the default differs from row to row")
    parser.add_argument("--json", action="store_true", help="print every figure as JSON")
    asked = parser.parse_args()
    chosen = [row for row in ROWS if not asked.words or any(word in row.name for word in asked.words)]
    found = []
    for row in chosen:
        sys.stderr.write(f"… {row.name}\n")
        found.append(measure(row, asked.runs))
    told = as_json(found) if asked.json else as_text([HEADING, *map(line, found)])
    sys.stdout.write(f"{told}\n")


main()
