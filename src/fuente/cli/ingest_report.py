"""What an ingest brought, for the person who ran it and for the pharmacist who must trust it.

The summary is three lines on the terminal; the report is one HTML file that prints well: every
document, every page without text, and every reference that was read with a doubt or that another
document contradicts, beside its quote.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Final

from fuente.dosing.reference import DoseReference
from fuente.ports import DocumentStore, ReferenceFilter
from fuente.workflows.ask import unit_with_period
from fuente.workflows.doubts import Doubts
from fuente.workflows.ingest import IngestResult

_STYLE: Final = """
body { font: 11pt/1.4 sans-serif; margin: 2em auto; max-width: 60em; color: #1b2a2f; }
table { border-collapse: collapse; width: 100%; margin: .5em 0 1.5em; font-size: .9em; }
th, td { border: 1px solid #b8c4c8; padding: .25em .5em; text-align: left; vertical-align: top; }
th { background: #eef2f3; } td.n { text-align: right; } .bad { color: #a3231f; font-weight: bold; }
tr { break-inside: avoid; } blockquote { margin: 0; }
"""

_FILE_COLUMNS: Final = ("File", "Status", "Pages", "Without text", "References", "Remarks")
_DOUBT_COLUMNS: Final = ("File", "Page", "Drug", "Amount", "Kind", "Quote", "Warning")


@dataclass(frozen=True, slots=True)
class IngestReport:
    """The results of one run, and the references of its documents with all their warnings.

    `contradicted` counts the references whose value another held document makes doubtful.
    """

    results: tuple[IngestResult, ...]
    references: tuple[DoseReference, ...]
    contradicted: int = 0

    @property
    def doubtful(self) -> tuple[DoseReference, ...]:
        """The references that carry a warning."""
        return tuple(one for one in self.references if one.warnings)


def report_of(results: Sequence[IngestResult], store: DocumentStore) -> IngestReport:
    """The report of a run; documents that were held before count with what they hold."""
    held = frozenset(one.sha256 for one in results if one.status != "rejected")
    if not held:
        return IngestReport(tuple(results), ())
    doubts = Doubts(store)
    read = store.references(ReferenceFilter(document_sha256s=held))
    told = tuple(map(doubts.added_to, read))
    contradicted = sum(one != other for one, other in zip(read, told, strict=True))
    return IngestReport(tuple(results), told, contradicted)


def result_line(result: IngestResult) -> str:
    """One line of the terminal: status, file, counts, and what a person should know."""
    if result.status in ("rejected", "duplicate"):
        reason = result.reason.removeprefix(f"{result.file}: ")
        return f"{result.status:<9} {result.file}: {reason}"
    counts = f"{result.pages} pages, {result.references} references"
    return f"{result.status:<9} {result.file}: {counts}{result.reason and f'; {result.reason}'}"


def summary_lines(report: IngestReport) -> Iterator[str]:
    """Documents by status, pages and those without text, references, doubtful and contradicted."""
    results = report.results
    statuses = Counter(str(one.status) for one in results)
    told = ", ".join(f"{count} {status}" for status, count in sorted(statuses.items()))
    yield f"{len(results)} files: {told}"
    # A file found twice is one document.
    documents = {one.sha256: one for one in results}.values()
    uncovered = sum(len(one.pages_without_text) for one in documents)
    yield f"{sum(one.pages for one in documents)} pages, {uncovered} of them without text"
    contradicted = f", {report.contradicted} of them doubtful beside another document"
    yield (
        f"{len(report.references)} dose references, {len(report.doubtful)} of them with a warning"
        f"{contradicted if report.contradicted else ''}"
    )


def html_report(report: IngestReport, made: datetime) -> str:
    """The report as one HTML file without scripts or links."""
    summary = "".join(f"<li>{escape(line)}</li>" for line in summary_lines(report))
    parts = (
        "<!DOCTYPE html><html lang='en'><head><meta charset='utf-8'><title>Ingest report</title>",
        f"<style>{_STYLE}</style></head><body><h1>Ingest report</h1>",
        f"<p>{made:%Y-%m-%d %H:%M}</p><ul>{summary}</ul>",
        "<h2>Documents</h2>",
        _table(_FILE_COLUMNS, _files(report)),
        "<h2>References to check against their page</h2>",
        _table(_DOUBT_COLUMNS, _doubts(report)),
        "<p>A reference without a warning was read without doubt, which is not the same as being "
        "right: the page decides.</p></body></html>\n",
    )
    return "\n".join(parts)


def _files(report: IngestReport) -> Iterator[tuple[str, ...]]:
    for one in report.results:
        without = ", ".join(map(str, one.pages_without_text))
        counts = (str(one.pages), without, str(one.references))
        yield one.file, str(one.status), *counts, one.reason


def _doubts(report: IngestReport) -> Iterator[tuple[str, ...]]:
    for one in report.doubtful:
        quote = " ".join(one.quote.split())
        what = (one.drug or "not named", _amount(one), str(one.kind))
        yield one.file, _page(one), *what, quote, "; ".join(one.warnings)


def _page(reference: DoseReference) -> str:
    number, label = str(reference.page), reference.page_label
    return number if label in ("", number) else f"{number} (printed {label})"


def _amount(reference: DoseReference) -> str:
    amounts = (reference.value, reference.minimum, reference.maximum)
    printed = "–".join(format(one, "f") for one in amounts if one is not None)
    return f"{printed} {unit_with_period(reference)}"


def _table(names: Sequence[str], rows: Iterator[tuple[str, ...]]) -> str:
    head = "".join(f"<th>{escape(name)}</th>" for name in names)
    body = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in rows)
    if not body:
        return "<p>None.</p>"
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _cell(text: str) -> str:
    kind = " class='bad'" if text == "rejected" else " class='n'" if text.isdigit() else ""
    return f"<td{kind}>{escape(text)}</td>"
