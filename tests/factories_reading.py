"""What a whole document states, for tests of readers."""

from fuente.documents.source import ReadDocument
from fuente.documents.split import split_pages
from fuente.dosing.extraction import extract_references


def stated_doses(document: ReadDocument) -> set[tuple[str, str, str]]:
    """Give drug, value and unit of every reference."""
    found = extract_references(document.source, split_pages(document), ())
    return {(one.drug or "", str(one.value), one.unit) for one in found}
