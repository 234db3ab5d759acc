"""The usual recipe and fuente on the same documents and questions, side by side in one run.

The recipe is the text of each page by pypdf (what LangChain's PyPDF loader gives), cut by
RecursiveCharacterTextSplitter into 1000 characters with 200 of overlap, embedded by the same model,
nearest first. A question counts as found when a passage of a right page is among the first k.

    python benchmarks/recipe_comparison.py --corpus DIR --questions FILE.jsonl

Each question is a JSON line with `question`, `lang`, `file`, `page`, optionally `alt_locations`,
and `expected`, which is null for one the documents do not answer (left out here).
"""

import argparse
import json
import logging
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

os.environ.update(HF_HUB_OFFLINE="1", TRANSFORMERS_OFFLINE="1", ANONYMIZED_TELEMETRY="False")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

from langchain_text_splitters import RecursiveCharacterTextSplitter
from pypdf import PdfReader as PypdfReader
from pypdf.errors import PyPdfError

from fuente.adapters.exact_index import ExactIndex
from fuente.assembly import Application, open_application
from fuente.ports import Embedder
from fuente.workflows.ask import ask
from fuente.workflows.ingest import ingest_paths

Place = tuple[str, int]
Search = Callable[[str], list[Place]]
RANKS = (1, 5, 10)
# pypdf warns of every font it cannot fully decode; the text is what counts here.
logging.getLogger("pypdf").setLevel(logging.ERROR)


@dataclass(frozen=True)
class Case:
    """A question and the pages that answer it."""

    text: str
    language: str
    right: frozenset[Place]


def main() -> None:
    """Measure both and print a table and one line per ratio."""
    options = _options()
    cases = list(_read_cases(options.questions))
    with tempfile.TemporaryDirectory() as folder:
        fuente = open_application(Path(folder))
        systems = {
            "recipe": _recipe(options.corpus, fuente.embedder),
            "fuente": _fuente(options.corpus, fuente),
        }
        figures = {name: _measure(find, cases) for name, find in systems.items()}
        fuente.close()
    _print(figures)


def _measure(find: Search, cases: Sequence[Case]) -> dict[str, float]:
    begun = time.perf_counter()
    ranks = [(_rank(find(case.text), case.right), case.language) for case in cases]
    seconds = time.perf_counter() - begun
    figures = {"ms_per_question": 1000 * seconds / len(cases)}
    for language in ("all", *sorted({case.language for case in cases})):
        chosen = [rank for rank, own in ranks if language in ("all", own)]
        for top in RANKS:
            hits = sum(1 for rank in chosen if rank and rank <= top)
            figures[f"hit@{top} {language}"] = hits / len(chosen)
    return figures


def _rank(places: Sequence[Place], right: frozenset[Place]) -> int:
    return next((rank for rank, place in enumerate(places, 1) if place in right), 0)


def _recipe(corpus: Path, embedder: Embedder) -> Search:
    splitter = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200)
    places: list[Place] = []
    texts: list[str] = []
    for file, page, text in _pypdf_pages(corpus):
        for chunk in splitter.split_text(text):
            places.append((file, page))
            texts.append(chunk)
    vectors = embedder.embed(texts)
    index = ExactIndex((f"{number:06d}", vector) for number, vector in enumerate(vectors))

    def find(question: str) -> list[Place]:
        nearest = index.nearest(embedder.embed([question])[0], max(RANKS))
        return [places[int(number)] for number, _ in nearest]

    return find


def _pypdf_pages(corpus: Path) -> Iterator[tuple[str, int, str]]:
    for path in sorted(corpus.rglob("*.pdf")):
        with suppress(PyPdfError):
            for number, page in enumerate(PypdfReader(path).pages, 1):
                yield path.name, number, page.extract_text()


def _fuente(corpus: Path, application: Application) -> Search:
    for result in ingest_paths(sorted(corpus.rglob("*.pdf")), application.ingesting()):
        print(f"{result.status} {result.file} {result.reason}".strip(), file=sys.stderr)
    services = application.asking()

    def find(question: str) -> list[Place]:
        return [(hit.file, hit.passage.page) for hit in ask(question, services).hits]

    return find


def _print(figures: dict[str, dict[str, float]]) -> None:
    recipe, fuente = figures["recipe"], figures["fuente"]
    print(f"{'figure':<20} {'recipe':>8} {'fuente':>8}")
    for name in recipe:
        print(f"{name:<20} {recipe[name]:>8.3f} {fuente[name]:>8.3f}")
    for name in recipe:
        ratio = fuente[name] / recipe[name] if recipe[name] else float("inf")
        print(f"ratio {name.replace(' ', '_')} {ratio:.3f}")


def _read_cases(path: Path) -> Iterator[Case]:
    for line in path.read_text("utf-8").splitlines():
        row: dict[str, Any] = json.loads(line)
        if row.get("expected") is None:
            continue
        others = row.get("alt_locations", [])
        places = [(row["file"], row["page"]), *((one["file"], one["page"]) for one in others)]
        yield Case(row["question"], row["lang"], frozenset(places))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--corpus", type=Path, required=True, help="folder with the PDF files")
    parser.add_argument("--questions", type=Path, required=True, help="JSON lines of questions")
    return parser.parse_args()


if __name__ == "__main__":
    main()
