"""How many dose references of real pages are found, and how many found ones are none.

Reads the labelled documents as `fuente ingest` does, without the engine: reader, passages,
references. A reference is right when a label on its page lies in its span and states the same
numbers in the same unit. It answers for one label; one that lists several days answers for as many,
since a treatment sheet prints the amount of each day, and a field answers for all its fractions.
International units and units count as one here, since which is meant depends on the drug.

    python benchmarks/reference_precision.py --documents DIR [--labels FILE.jsonl] [--show]

The labels and the rules they were made by: tests/data/labels/README.md.
"""

import argparse
import json
import random
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import sqrt
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

from fuente.adapters.page_reader import FileReader
from fuente.documents.split import split_pages
from fuente.dosing.drugs import load_vocabulary
from fuente.dosing.extraction import extract_references
from fuente.dosing.reference import DoseReference, ReferenceKind, TextSource
from fuente.patients.catalogue import load_catalogue

ROOT = Path(__file__).resolve().parent.parent
Numbers = tuple[Decimal, ...]
# The two-sided 95 % point of the normal distribution.
Z = 1.96
RESAMPLES = 2000
SEED = 20261127


@dataclass(frozen=True)
class Label:
    """A number on a page, and what it was seen to be."""

    file: str
    page: int
    start: int
    end: int
    language: str
    layout: str
    numbers: Numbers
    unit: str
    is_trap: bool
    kind: str
    drug: str | None


@dataclass(frozen=True)
class Found:
    """A reference the extractor gave on a labelled page."""

    reference: DoseReference
    language: str

    @property
    def numbers(self) -> Numbers:
        """Its value, or both ends of its range."""
        own = self.reference
        stated = (own.value,) if own.value is not None else (own.minimum, own.maximum)
        return tuple(number for number in stated if number is not None)


@dataclass(frozen=True)
class Pair:
    """A reference and the label it answers, either of which may be missing.

    `is_further` where the reference has a pair already: it then counts as found, not as given.
    """

    found: Found | None
    label: Label | None
    is_further: bool = False

    @property
    def place(self) -> tuple[str, int]:
        """File and page."""
        if self.label is not None:
            return self.label.file, self.label.page
        assert self.found is not None
        return self.found.reference.file, self.found.reference.page

    @property
    def language(self) -> str:
        """The document's language."""
        own = self.label or self.found
        assert own is not None
        return own.language

    @property
    def layout(self) -> str:
        """Whether the number stands in a table or in running text."""
        if self.label is not None:
            return "table" if self.label.layout == "table" else "text"
        assert self.found is not None
        return "table" if self.found.reference.source is TextSource.TABLE else "text"

    @property
    def kind(self) -> str:
        """The kind the page states, else the kind the extractor took it for."""
        if self.label is not None:
            return self.label.kind
        assert self.found is not None
        return self.found.reference.kind.value


Judge = Callable[[Pair], bool]
Free = dict[tuple[str, int], list[Label]]


def main() -> None:
    """Measure and print."""
    options = _options()
    labels = list(_read_labels(options.labels))
    found = [each for path in _documents(options.documents, labels) for each in _extract(path)]
    pages = {(label.file, label.page) for label in labels}
    found = [each for each in found if (each.reference.file, each.reference.page) in pages]
    pairs = _paired(found, [label for label in labels if not label.is_trap])
    traps = [label for label in labels if label.is_trap]
    taken = _taken(pairs, traps)
    _print(pairs, traps, taken)
    if options.show:
        _show(pairs, taken)


def _paired(found: Sequence[Found], labels: Sequence[Label]) -> list[Pair]:
    """Each reference with its labels, then the references and the labels left over."""
    free: Free = defaultdict(list)
    for label in labels:
        free[label.file, label.page].append(label)
    first = [_answer(each, free) for each in found]
    further = [pair for pair in first for pair in _further(pair, free)]
    missed = (label for near in free.values() for label in near)
    return [*first, *further, *(Pair(None, label) for label in missed)]


def _answer(found: Found, free: Free) -> Pair:
    near = free[found.reference.file, found.reference.page]
    fitting = [label for label in near if _states(found, label)]
    best = min(fitting, key=lambda label: _distance(found, label), default=None)
    if best is not None:
        near.remove(best)
    return Pair(found, best)


def _further(pair: Pair, free: Free) -> Iterator[Pair]:
    """The other labels a reference of several days answers for."""
    if pair.found is None or pair.label is None:
        return
    own = pair.found.reference
    near = free[own.file, own.page]
    alike = [each for each in near if _states(pair.found, each) and each.drug == pair.label.drug]
    for label in (
        alike if own.kind is ReferenceKind.RADIOTHERAPY else alike[: max(0, len(own.days) - 1)]
    ):
        near.remove(label)
        yield Pair(pair.found, label, is_further=True)


def _states(found: Found, label: Label) -> bool:
    span = found.reference.span
    inside = span.start < label.end and label.start < span.end
    return inside and found.numbers == label.numbers and _unit(found) == label.unit


def _unit(found: Found) -> str:
    return found.reference.unit.replace("[iU]", "U")


def _distance(found: Found, label: Label) -> tuple[bool, bool, int]:
    """How badly a label fits a reference; drug first, then kind, then the order of the page."""
    own = found.reference
    return own.drug != label.drug, own.kind.value != label.kind, label.start


def _taken(pairs: Sequence[Pair], traps: Sequence[Label]) -> list[tuple[Found, Label]]:
    """The false references that state a trap's number, each with its trap."""
    free = list(traps)
    taken: list[tuple[Found, Label]] = []
    for found in (pair.found for pair in pairs if pair.label is None):
        assert found is not None
        place = found.reference.file, found.reference.page
        span = found.reference.span
        for trap in free:
            inside = span.start < trap.end and trap.start < span.end
            if (trap.file, trap.page) == place and inside and trap.numbers == found.numbers:
                free.remove(trap)
                taken.append((found, trap))
                break
    return taken


def _stated(pair: Pair) -> bool:
    return pair.found is not None and pair.label is not None


def _not_mistaken(pair: Pair) -> bool:
    """The drug is the label's, or left open because the vocabulary does not hold it."""
    if pair.found is None or pair.label is None:
        return False
    own, meant = pair.found.reference.drug, pair.label.drug
    return own == meant or (own is None and meant not in _KNOWN)


def _named(pair: Pair) -> bool:
    return _stated(pair) and pair.found.reference.drug == pair.label.drug  # type: ignore[union-attr]


_KNOWN = frozenset(drug.inn for drug in load_vocabulary())
JUDGES: dict[str, Judge] = {
    "number, unit, page": _stated,
    "and drug, or rightly left open": _not_mistaken,
    "and drug named": _named,
}


def _print(
    pairs: Sequence[Pair], traps: Sequence[Label], taken: Sequence[tuple[Found, Label]]
) -> None:
    for name, judge in JUDGES.items():
        print(f"{name:<44} {_line(pairs, judge)}")
        print(f"{'  95 % by resampling pages':<44} {_resampled(pairs, judge)}")
    for title, group in _groups().items():
        print(f"\nby {title} (number, unit, page; drug or rightly open)")
        for value in sorted({group(pair) for pair in pairs}):
            chosen = [pair for pair in pairs if group(pair) == value]
            print(f"  {value:<34} {_line(chosen, _stated)} | {_line(chosen, _not_mistaken)}")
    both = [pair for pair in pairs if _stated(pair) and not pair.is_further]
    alike = sum(pair.found.reference.kind.value == pair.kind for pair in both)  # type: ignore[union-attr]
    print(f"\nkind right where found  {alike}/{len(both)}")
    print(f"traps taken             {len(taken)}/{len(traps)} {_interval(len(taken), len(traps))}")
    for kind in sorted({trap.kind for trap in traps}):
        own = [trap for _, trap in taken if trap.kind == kind]
        print(f"  {kind:<20}  {len(own)}/{sum(trap.kind == kind for trap in traps)}")


def _groups() -> dict[str, Callable[[Pair], str]]:
    return {
        "language": lambda pair: pair.language,
        "layout": lambda pair: pair.layout,
        "kind": lambda pair: pair.kind,
        "document": lambda pair: pair.place[0],
    }


def _line(pairs: Sequence[Pair], judge: Judge) -> str:
    right, given, found, wanted = _counts(pairs, judge)
    return f"P {_share(right, given)}  R {_share(found, wanted)}"


def _counts(pairs: Sequence[Pair], judge: Judge) -> tuple[int, int, int, int]:
    """Right and all references, found and all labels."""
    first = [pair for pair in pairs if not pair.is_further]
    given = sum(pair.found is not None for pair in first)
    wanted = sum(pair.label is not None for pair in pairs)
    return sum(map(judge, first)), given, sum(map(judge, pairs)), wanted


def _share(right: int, count: int) -> str:
    shown = f"{right / count:.3f}" if count else "-"
    return f"{shown:>5} {right:>3}/{count:<3} {_interval(right, count):<13}"


def _interval(right: int, count: int) -> str:
    """Wilson's interval for a share."""
    if not count:
        return ""
    share, square = right / count, Z * Z / count
    centre = (share + square / 2) / (1 + square)
    half = Z * sqrt(share * (1 - share) / count + square / (4 * count)) / (1 + square)
    return f"[{max(0, centre - half):.3f},{min(1, centre + half):.3f}]"


def _resampled(pairs: Sequence[Pair], judge: Judge) -> str:
    """Intervals that allow for the numbers of one page being alike."""
    by_page: dict[tuple[str, int], list[Pair]] = defaultdict(list)
    for pair in pairs:
        by_page[pair.place].append(pair)
    counts = [_counts(page, judge) for page in by_page.values()]
    draw = random.Random(SEED)
    shares: list[tuple[float, float]] = []
    for _ in range(RESAMPLES):
        drawn = draw.choices(counts, k=len(counts))
        right, given, found, wanted = map(sum, zip(*drawn, strict=True))
        shares.append((right / given, found / wanted))
    precision, recall = (sorted(each) for each in zip(*shares, strict=True))
    return f"P {_middle(precision)}  R {_middle(recall)}"


def _middle(shares: Sequence[float]) -> str:
    cut = len(shares) // 40
    return f"[{shares[cut]:.3f},{shares[-cut - 1]:.3f}]"


def _show(pairs: Sequence[Pair], taken: Sequence[tuple[Found, Label]]) -> None:
    """Every pair that is not wholly right, by page."""
    traps = {id(found): trap.kind for found, trap in taken}
    for pair in sorted(pairs, key=lambda pair: pair.place):
        if not _not_mistaken(pair):
            mark = f"trap {traps[id(pair.found)]}" if id(pair.found) in traps else ""
            print(*pair.place, _shown_label(pair.label), "<>", _shown_found(pair.found), mark)


def _shown_label(label: Label | None) -> str:
    if label is None:
        return "nothing"
    return f"{'-'.join(map(str, label.numbers))} {label.unit} {label.drug} {label.kind}"


def _shown_found(found: Found | None) -> str:
    if found is None:
        return "missed"
    own = found.reference
    numbers = "-".join(map(str, found.numbers))
    return f"{numbers} {own.unit} {own.drug} {own.kind.value} {' '.join(own.quote.split())[:90]!r}"


def _extract(path: Path) -> Iterator[Found]:
    read = FileReader().read(path)
    references = extract_references(read.source, split_pages(read), load_catalogue().names())
    for reference in references:
        yield Found(reference, read.source.language.value)


def _documents(folder: Path, labels: Sequence[Label]) -> list[Path]:
    """The labelled files, in order; a missing one would pass for pages without a reference."""
    paths = [folder / name for name in sorted({label.file for label in labels})]
    missing = [path.name for path in paths if not path.exists()]
    if missing:
        raise SystemExit(f"{folder} lacks {', '.join(missing)}")
    return paths


def _read_labels(path: Path) -> Iterator[Label]:
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        stated = [row["value"]] if "value" in row else [row["min"], row["max"]]
        yield Label(
            **{key: row[key] for key in ("file", "page", "start", "end", "language", "layout")},
            numbers=tuple(map(Decimal, stated)),
            unit=row["unit"],
            is_trap=row["label"] == "trap",
            kind=row.get("kind") or row["category"],
            drug=row.get("drug"),
        )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--documents", type=Path, required=True, help="folder with the files")
    parser.add_argument("--labels", type=Path, default=ROOT / "tests/data/labels/pages.jsonl")
    parser.add_argument("--show", action="store_true", help="also list what is wrong")
    return parser.parse_args()


if __name__ == "__main__":
    main()
