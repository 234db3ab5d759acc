"""What an ingest tells the person who ran it, and the pharmacist."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from tests.factories_store import make_event, make_prepared
from tests.fakes_store import MemoryStore

from fuente.cli.ingest_report import html_report, report_of, result_line, summary_lines
from fuente.documents.source import DocumentStatus
from fuente.workflows.ingest import IngestResult

READY = IngestResult("a.pdf", "/p/a.pdf", "a" * 64, DocumentStatus.READY, "", 3, (), 9, 5)
PARTIAL = replace(
    READY, file="b.pdf", status=DocumentStatus.PARTIAL, reason="no text on 1 pages: 2",
    pages_without_text=(2,),
)  # fmt: skip
REJECTED = IngestResult("c.pdf", "/p/c.pdf", "", DocumentStatus.REJECTED, "c.pdf: it is damaged.")


def report(*results, warnings=()):
    """A report over a store with one document of one reference."""
    store, held = MemoryStore(), make_prepared("Vincristine <1.5> mg/m2")
    reference = replace(held.references[0], warnings=warnings)
    store.add_document(replace(held, references=(reference,)), make_event())
    document = replace(READY, sha256=held.read.source.sha256)
    return report_of([document, *results], store)


def test_a_line_says_what_became_of_a_file():
    """Counts where it is held, the reason where it is not, and what to know beside the counts."""
    assert result_line(READY) == "ready     a.pdf: 3 pages, 5 references"
    assert result_line(PARTIAL) == ("partial   b.pdf: 3 pages, 5 references; no text on 1 pages: 2")
    assert result_line(REJECTED) == "rejected  c.pdf: it is damaged."


def test_the_summary_counts_files_pages_and_doubts():
    """By status, with the pages nobody could read."""
    lines = list(summary_lines(report(PARTIAL, REJECTED, warnings=("read by OCR",))))
    assert lines == [
        "3 files: 1 partial, 1 ready, 1 rejected",
        "6 pages, 1 of them without text",
        "1 dose references, 1 of them with a warning",
    ]


def test_the_report_lists_documents_and_doubtful_references():
    """With page, quote and warning, escaped: what a document says is never markup."""
    page = html_report(
        report(PARTIAL, REJECTED, warnings=("ten times another <edition>",)), datetime(2025, 3, 1)
    )
    assert "2025-03-01 00:00" in page
    assert "<td>b.pdf</td><td>partial</td><td class='n'>3</td><td class='n'>2</td>" in page
    assert "<td class='bad'>rejected</td>" in page
    assert "<td>vincristine</td><td>1.5 mg/m2</td><td>dose</td>" in page
    assert "&lt;1.5&gt; mg/m2" in page
    assert "ten times another &lt;edition&gt;" in page
    assert "<1.5>" not in page


def two_documents():
    """A store where one document prints ten times what the other does; and their results."""
    store = MemoryStore()
    first, second = (make_prepared("Vincristine", file=name) for name in ("a.pdf", "b.pdf"))
    tenfold = replace(second.references[0], value=Decimal(15))
    store.add_document(first, make_event())
    store.add_document(replace(second, references=(tenfold,)), make_event())
    sources = (first.read.source, second.read.source)
    return [replace(READY, file=one.file, sha256=one.sha256) for one in sources], store


def test_values_that_another_document_contradicts_are_counted():
    """Beside those read with a doubt, and both pages are named in the report."""
    results, store = two_documents()
    told = report_of(results, store)
    assert list(summary_lines(told))[-1] == (
        "2 dose references, 2 of them with a warning, 2 of them doubtful beside another document"
    )
    page = html_report(told, datetime(2025, 3, 1))
    assert "doubtful: ten times what a.pdf, page 1 (1.5 mg/m2) states" in page
    assert "doubtful: a tenth of what b.pdf, page 1 (15 mg/m2) states" in page


def test_only_the_documents_of_the_run_are_counted():
    """What is held from before is compared with, and not counted again."""
    results, store = two_documents()
    told = report_of(results[1:], store)
    assert [one.file for one in told.references] == ["b.pdf"]
    assert told.contradicted == 1


def test_a_report_without_doubts_says_so():
    """The table is not simply empty."""
    assert "<p>None.</p>" in html_report(report(), datetime(2025, 3, 1))


def test_nothing_read_is_a_report_too():
    """An empty folder."""
    assert next(summary_lines(report_of([], MemoryStore()))) == "0 files: "
