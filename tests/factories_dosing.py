"""Makers of dosing values with sane defaults, for tests."""

from decimal import Decimal
from typing import Any

from fuente.documents.span import Span
from fuente.dosing.reference import DoseReference, ReferenceKind, TextSource


def make_reference(**stated: Any) -> DoseReference:
    """Give a dose reference that states what the test says; without a value, a range or one."""
    place: dict[str, Any] = {
        "reference_id": "r_1",
        "document_sha256": "0" * 64,
        "file": "protocol.pdf",
        "page": 1,
        "page_label": "1",
        "span": Span(0, 1),
        "quote": "q",
        "kind": ReferenceKind.DOSE,
        "unit": "mg/m2",
        "passage_id": "p_1",
        "source": TextSource.TABLE,
    }
    if "minimum" not in stated:
        place["value"] = Decimal(1)
    return DoseReference(**{**place, **stated})
