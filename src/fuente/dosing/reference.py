"""A dose reference: what a document states about one drug or one radiation field, where it says so.

It is what the page says and nothing more: no patient, no arithmetic.
"""

import hashlib
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from fuente.documents.span import Span


class ReferenceKind(StrEnum):
    """What sort of statement it is."""

    DOSE = "dose"
    CAP = "cap"
    REDUCTION = "reduction"
    CUMULATIVE = "cumulative"
    RADIOTHERAPY = "radiotherapy"
    METABOLIC = "metabolic"


class Route(StrEnum):
    """Routes of administration; EDQM codes are attached at the edge."""

    IV = "IV"
    PO = "PO"
    IT = "IT"
    SC = "SC"
    IM = "IM"
    IA = "IA"


class TextSource(StrEnum):
    """How the words reached the stored page."""

    TEXT = "text"
    TABLE = "table"
    OCR = "ocr"


@dataclass(frozen=True, slots=True)
class Cap:
    """The most that may be given: `max 2 mg` per dose, or per day, cycle or course."""

    value: Decimal
    unit: str
    per: str = "dose"


@dataclass(frozen=True, slots=True)
class Population:
    """For whom the statement holds; a bound is None when the page states none.

    Ages in months (a page's `3 years` is 36), [minimum, maximum) half open; weight in kg and body
    surface in m2 with inclusive flags where the page writes `<=` or `>`. `metastatic` is None when
    not stated. `risk_groups` use the record's words (low, standard, intermediate, high, very_high).
    `either` is set where the page joins bounds by "or" (`under 12 months or below 10 kg`): one
    stated bound then suffices. `text` keeps the printed words.
    """

    text: str = ""
    age_months_min: Decimal | None = None
    age_months_max: Decimal | None = None
    weight_kg_min: Decimal | None = None
    weight_kg_max: Decimal | None = None
    weight_min_exclusive: bool = False
    weight_max_inclusive: bool = False
    bsa_m2_min: Decimal | None = None
    bsa_m2_max: Decimal | None = None
    bsa_min_exclusive: bool = False
    bsa_max_inclusive: bool = False
    metastatic: bool | None = None
    risk_groups: frozenset[str] = frozenset()
    either: bool = False

    def admits(self, age_months: Decimal, weight_kg: Decimal, bsa_m2: Decimal) -> bool:
        """Whether a patient of this age and size belongs to the population."""
        age = (self.age_months_min, self.age_months_max)
        weight = (self.weight_kg_min, self.weight_kg_max)
        bsa = (self.bsa_m2_min, self.bsa_m2_max)
        answers = [
            _inside(value, *bounds, *flags)
            for value, bounds, flags in (
                (age_months, age, (False, False)),
                (weight_kg, weight, (self.weight_min_exclusive, self.weight_max_inclusive)),
                (bsa_m2, bsa, (self.bsa_min_exclusive, self.bsa_max_inclusive)),
            )
            if bounds != (None, None)
        ]
        return any(answers) if self.either and answers else all(answers)


@dataclass(frozen=True, slots=True)
class Irradiation:
    """The radiation part of a reference: total in Gy, fractions, target, and a boost where stated.

    `target` is a site code of `fuente.patients.sites` (for example `craniospinal`), `target_text`
    the printed words. `boost_gy` is additional to `total_gy`.
    """

    total_gy: Decimal
    fractions: int | None = None
    fraction_gy: Decimal | None = None
    target: str = ""
    target_text: str = ""
    boost_gy: Decimal | None = None
    boost_fractions: int | None = None
    boost_target: str = ""
    technique: str = "external_beam"
    isotope: str = ""


@dataclass(frozen=True, slots=True)
class DoseReference:
    """One statement of a document, with the span it is cut from.

    Exactly one of `value` and (`minimum`, `maximum`) is set. `unit` is UCUM. `per` is dose, day,
    week, cycle or course where stated. `days` are the days of the cycle the page lists, day 1 the
    first (negative before an infusion). `times_per_day` divides nothing: the value is per dose when
    it is set and `per` is `dose`. `phase` names the part of the protocol (table caption or
    heading). `diagnoses` are catalogue ids of the document or section; empty when it names none.
    """

    reference_id: str
    document_sha256: str
    file: str
    page: int
    page_label: str
    span: Span
    quote: str
    kind: ReferenceKind
    unit: str
    passage_id: str
    source: TextSource
    drug: str | None = None
    value: Decimal | None = None
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    per: str | None = None
    times_per_day: int | None = None
    route: Route | None = None
    days: tuple[int, ...] = ()
    infusion_h: Decimal | None = None
    cap: Cap | None = None
    population: Population | None = None
    phase: str = ""
    diagnoses: tuple[str, ...] = ()
    irradiation: Irradiation | None = None
    warnings: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if (self.value is None) == (self.minimum is None or self.maximum is None):
            raise ValueError("a reference states either one value or a minimum and a maximum")


def reference_id(document_sha256: str, page: int, span: Span, ordinal: int) -> str:
    """A stable id; `ordinal` tells apart several statements cut from the same span."""
    key = f"{document_sha256}:{page}:{span.start}:{span.end}:{ordinal}"
    return "r_" + hashlib.sha256(key.encode()).hexdigest()[:20]


def _inside(
    value: Decimal,
    minimum: Decimal | None,
    maximum: Decimal | None,
    min_exclusive: bool,
    max_inclusive: bool,
) -> bool:
    above = minimum is None or (value > minimum if min_exclusive else value >= minimum)
    below = maximum is None or (value <= maximum if max_inclusive else value < maximum)
    return above and below
