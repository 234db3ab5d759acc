"""How fast and in how much memory documents become searchable: the usual recipe and fuente.

The recipe is what LangChain's PyPDF loader, RecursiveCharacterTextSplitter (1000 characters, 200 of
overlap), sentence-transformers with its defaults and Chroma do together: text and vectors, nothing
else. fuente reads each page twice, finds its tables, extracts dose references and regimens, and
commits each document. Both use the same files, model and cores, in turn, each in a process of its
own; the clock starts when the model is loaded. Pages that are pictures are left out on both sides.

    python benchmarks/ingest_speed.py [--documents corpus] [--rounds 3] [--growth 100,1000]

`--growth` instead makes documents of so many pages and shows how the cost grows.
"""

import argparse
import json
import logging
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from statistics import median

os.environ.update(HF_HUB_OFFLINE="1", TRANSFORMERS_OFFLINE="1", ANONYMIZED_TELEMETRY="False")
os.environ["FUENTE_OCR"] = "off"
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

SYSTEMS = ("recipe", "fuente", "fuente, unchanged")
PAGES_IN_A_DOCUMENT = 50
ROWS_OF_A_PAGE = 12
CHROMA_BATCH = 5_000
Figures = dict[str, float]
logging.getLogger("pypdf").setLevel(logging.ERROR)


def main() -> None:
    """Measure, or be one of the measured processes."""
    options = _options()
    if options.run:
        print(json.dumps(RUNS[options.run](options.documents, Path(options.data))))
    elif options.growth:
        _print_growth([int(one) for one in options.growth.split(",")])
    else:
        _print_comparison(options.documents, options.rounds)


def _print_comparison(documents: Path, rounds: int) -> None:
    measured: dict[str, list[Figures]] = {name: [] for name in SYSTEMS}
    for _ in range(rounds):
        for name, figures in _one_round(documents).items():
            measured[name].append(figures)
    print(f"{'':<20}{'pages':>8}{'seconds':>10}{'pages/s':>10}{'peak MiB':>10}")
    for name, rows in measured.items():
        figures = {
            "pages": rows[0]["pages"],
            "seconds": median(row["seconds"] for row in rows),
            "peak_mib": max(row["peak_mib"] for row in rows),
        }
        print(f"{name:<20}{_row(figures)}")
    recipe, fuente, again = (measured[name] for name in SYSTEMS)
    _print_ratio("recipe seconds / fuente seconds", recipe, fuente)
    _print_ratio("first seconds / unchanged seconds", fuente, again)


def _print_ratio(name: str, one: Sequence[Figures], other: Sequence[Figures]) -> None:
    ratios = [a["seconds"] / b["seconds"] for a, b in zip(one, other, strict=True)]
    each = ", ".join(f"{ratio:.2f}" for ratio in ratios)
    print(f"ratio {name}: {median(ratios):.2f} (each round: {each})")


def _print_growth(sizes: Sequence[int]) -> None:
    print(f"{'pages':>8}{'seconds':>10}{'pages/s':>10}{'peak MiB':>10}{'MiB on disk':>13}")
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            documents, data = Path(folder, "documents"), Path(folder, "data")
            make_documents(documents, size)
            row = _measured("fuente", documents, data)
            disk = sum(one.stat().st_size for one in data.rglob("*") if one.is_file()) / 2**20
        print(_row(row) + f"{disk:>13.1f}", flush=True)


def _row(figures: Figures) -> str:
    pages, seconds = figures["pages"], figures["seconds"]
    return f"{pages:>8.0f}{seconds:>10.2f}{pages / seconds:>10.1f}{figures['peak_mib']:>10.0f}"


def _one_round(documents: Path) -> dict[str, Figures]:
    with tempfile.TemporaryDirectory() as folder:
        recipe, fuente = Path(folder, "recipe"), Path(folder, "fuente")
        return {
            "recipe": _measured("recipe", documents, recipe),
            "fuente": _measured("fuente", documents, fuente),
            "fuente, unchanged": _measured("fuente", documents, fuente),
        }


def _measured(system: str, documents: Path, data: Path) -> Figures:
    """Run one system in its own process; the peak is that of its largest process."""
    command = [sys.executable, __file__, "--run", system]
    command += ["--documents", str(documents), "--data", str(data)]
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(command, stdout=output)
        _, status, usage = os.wait4(process.pid, 0)
        if status:
            raise SystemExit(f"{system} failed with status {status}")
        output.seek(0)
        figures: Figures = json.loads(output.read().splitlines()[-1])
    return figures | {"peak_mib": usage.ru_maxrss / 1024}


def run_recipe(documents: Path, data: Path) -> Figures:
    """Text by pypdf, cut, embedded, added to Chroma."""
    import chromadb
    from langchain_text_splitters import RecursiveCharacterTextSplitter
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(_embedder_folder()), device="cpu")
    model.encode(["loaded"])
    begun = time.perf_counter()
    splitter = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200)
    pages, chunks = 0, []
    for text in _pypdf_pages(documents):
        pages += bool(text.strip())
        chunks += splitter.split_text(text)
    vectors = model.encode(chunks, show_progress_bar=False)
    collection = chromadb.PersistentClient(str(data)).create_collection("recipe")
    for start in range(0, len(chunks), CHROMA_BATCH):
        batch = range(start, min(start + CHROMA_BATCH, len(chunks)))
        collection.add(
            ids=[str(one) for one in batch],
            embeddings=vectors[batch.start : batch.stop],
            documents=chunks[batch.start : batch.stop],
        )
    return {"pages": pages, "seconds": time.perf_counter() - begun}


def run_fuente(documents: Path, data: Path) -> Figures:
    """Ingest as the command does, into this data folder."""
    from fuente.assembly import open_application
    from fuente.workflows.ingest import ingest_paths

    application = open_application(data)
    services = application.ingesting()
    application.embedder.embed(["loaded"])
    begun = time.perf_counter()
    results = list(ingest_paths(sorted(documents.rglob("*.pdf")), services))
    seconds = time.perf_counter() - begun
    application.close()
    pages = sum(one.pages - len(one.pages_without_text) for one in results)
    return {
        "pages": pages,
        "seconds": seconds,
        "references": sum(one.references for one in results),
    }


RUNS = {"recipe": run_recipe, "fuente": run_fuente}


def make_documents(folder: Path, pages: int) -> None:
    """Protocols of made-up drugs and doses, so many pages in all, every page another."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    folder.mkdir(parents=True)
    for first in range(0, pages, PAGES_IN_A_DOCUMENT):
        canvas = Canvas(str(folder / f"protocol-{first:06d}.pdf"), pagesize=A4)
        for page in range(first, min(first + PAGES_IN_A_DOCUMENT, pages)):
            for row, line in enumerate(_lines_of(page)):
                canvas.drawString(60, 780 - 16 * row, line)
            canvas.showPage()
        canvas.save()


def _lines_of(page: int) -> Iterator[str]:
    yield f"Section {page}. Wilms tumour, phase {page % 7 + 1}"
    for row in range(ROWS_OF_A_PAGE):
        amount = (page * 37 + row * 11) % 900 / 10 + 1
        yield f"Vincristine {amount:.1f} mg/m2 IV on day {row + 1}, given in unit {page}-{row}."


def _pypdf_pages(documents: Path) -> Iterator[str]:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    for path in sorted(documents.rglob("*.pdf")):
        with suppress(PyPdfError):
            yield from (page.extract_text() for page in PdfReader(path).pages)


def _embedder_folder() -> Path:
    from fuente.adapters.model_registry import ModelRegistry
    from fuente.settings import load_settings

    settings = load_settings()
    return ModelRegistry(settings.models).resolve_embedder(settings.embedder).folder


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--documents", type=Path, default=Path("corpus"), help="folder of PDFs")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--growth", default="", help="page counts, such as 100,1000,10000")
    parser.add_argument("--run", choices=sorted(RUNS), help=argparse.SUPPRESS)
    parser.add_argument("--data", default="", help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    main()
