"""Composing one patient over the store: the same call when generating and when verifying."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from fuente.documents.citation import Citation, citation_id
from fuente.documents.passage import PassageKind
from fuente.documents.span import Span
from fuente.dosing.drugs import Vocabulary
from fuente.dosing.reference import DoseReference
from fuente.dosing.regimen import Regimen
from fuente.errors import NotFound
from fuente.evidence.bundle import Bundle
from fuente.generation.case import Case
from fuente.generation.choices import Chooser
from fuente.generation.compose import Composer
from fuente.generation.leaf import Unwrapped, derived
from fuente.generation.planning import Plan
from fuente.patients.catalogue import Catalogue
from fuente.patients.request import Request
from fuente.patients.sampling import Draws
from fuente.ports import DocumentStore
from fuente.records.canonical import json_line
from fuente.records.record import json_values

RULES: Final = "fuente-rules/1"
"""The version of the composition. It changes whenever the same inputs give another record."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a patient is a function of, besides evidence and choices."""

    request: Request
    seed: int
    as_of: date
    plan: Plan


@dataclass(frozen=True, slots=True)
class Evidence:
    """Regimens, references, and the store whose pages they are cut from."""

    regimens: tuple[Regimen, ...]
    references: Mapping[str, DoseReference]
    store: DocumentStore


def compose_patient(
    inputs: Inputs,
    evidence: Evidence,
    chooser: Chooser,
    catalogue: Catalogue,
    vocabulary: Vocabulary,
) -> Unwrapped:
    """The clinical part with its origins and citations."""
    bundle = Bundle(evidence.regimens, evidence.references, Citer(evidence.store).cite)
    case = Case(
        inputs.request,
        Draws(inputs.seed, f"patient/{_digest(inputs.request)}"),
        chooser,
        bundle,
        catalogue,
        vocabulary,
        derived(inputs.as_of, "reference date of the run"),
    )
    return Composer(case, inputs.plan).compose()


def _digest(request: Request) -> str:
    """Two requests with one seed give two people."""
    return hashlib.sha256(json_line(json_values(request.as_json()))).hexdigest()[:16]


class Citer:
    """Cuts citations from the stored pages; each page and document is fetched once."""

    def __init__(self, store: DocumentStore) -> None:
        self._store = store
        self._made: dict[tuple[str, int, Span], Citation] = {}
        self._tables: dict[str, frozenset[tuple[int, Span]]] = {}

    def cite(self, document_sha256: str, page: int, span: Span) -> Citation:
        """The citation with its quote as the page has it.

        Raises:
            NotFound: the store does not hold that page.
        """
        key = (document_sha256, page, span)
        if key not in self._made:
            self._made[key] = self._cut(document_sha256, page, span)
        return self._made[key]

    def _cut(self, document_sha256: str, number: int, span: Span) -> Citation:
        document = self._store.document(document_sha256)
        page = self._store.page(document_sha256, number)
        if document is None or page is None:
            raise NotFound(f"page {number} of document {document_sha256[:16]} is not held.")
        if page.source_of(span) == "ocr":
            source = "ocr"
        else:
            source = "table" if self._is_row(document_sha256, number, span) else "text"
        return Citation(
            citation_id(document_sha256, number, span),
            document_sha256,
            document.file,
            document.edition,
            number,
            page.label,
            span,
            span.cut(page.text),
            source,
        )

    def _is_row(self, document_sha256: str, page: int, span: Span) -> bool:
        if document_sha256 not in self._tables:
            self._tables[document_sha256] = frozenset(
                (one.page, one.span)
                for one in self._store.passages_of(document_sha256)
                if one.kind is PassageKind.TABLE_ROW
            )
        return (page, span) in self._tables[document_sha256]
