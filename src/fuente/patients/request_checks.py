"""What cannot be met as stated, and what is unusual though possible, in a request that was read.

A concern with a question asks back; a warning alone lets the request through. Nothing is repaired
by guessing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from fuente.patients.anatomy import site_fits_sex
from fuente.patients.catalogue import Catalogue
from fuente.patients.diagnosis import Diagnosis, Frequency
from fuente.patients.request import Block, Flags, RequestedBlocks
from fuente.patients.request_age import Ages
from fuente.patients.request_people import People
from fuente.patients.request_tumour import Named, Tumour

# The oldest age in scope: adolescents and young adults under paediatric protocols. Source: the
# project's rule DEM-03. Confidence: high.
OLDEST: Final = 21
MOST_PATIENTS: Final = 1000
_ADENOSARCOMA: Final = "ADENOSARC"


@dataclass(frozen=True, slots=True)
class Concern:
    """A reason to warn or, when `reason` names a question, to ask back."""

    warning: str = ""
    reason: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything read from a request, before it is judged."""

    ages: Ages
    people: People
    named: Named
    other_disease: bool
    blocks: RequestedBlocks
    conflicts: tuple[Block, ...]
    flags: Flags
    everything: bool
    only_diagnosis: bool
    second_wanted: bool
    second_unknown: tuple[str, ...]
    risk_stated: bool
    unread: str = ""

    @property
    def tumour(self) -> Tumour | None:
        """The one tumour meant, if exactly one is."""
        return self.named.tumours[0] if len(self.named.tumours) == 1 else None


def concerns(reading: Reading, catalogue: Catalogue) -> tuple[Concern, ...]:
    """All concerns about a request, those that ask back included."""
    found = [*_age(reading), *_tumour_known(reading), *_people(reading), *_contradictions(reading)]
    tumour = reading.tumour
    if tumour is not None:
        diagnosis = catalogue.diagnosis(tumour.id)
        found += [*_fit(reading, tumour, diagnosis), *_unusual(reading, diagnosis)]
    asks = any(concern.reason for concern in found)
    return (*found, *_notes(reading, asks))


def _age(reading: Reading) -> Iterator[Concern]:
    ages = reading.ages
    highest = max((a for a in (ages.lowest, ages.maximum) if a is not None), default=Decimal(0))
    if highest > OLDEST or ages.adult_wording or (ages.at_diagnosis or 0) > OLDEST:
        yield Concern("OUT_OF_SCOPE_AGE", "OUT_OF_SCOPE_AGE")
    if ages.at_diagnosis is not None and ages.years is not None and ages.at_diagnosis > ages.years:
        yield Concern("AGE_ORDER", "AGE_ORDER", str(ages.at_diagnosis))


def _tumour_known(reading: Reading) -> Iterator[Concern]:
    named = reading.named
    unknown = (*named.unknown, *reading.second_unknown)
    if unknown:
        yield Concern("NOT_IN_CATALOGUE", "NOT_IN_CATALOGUE", ", ".join(unknown))
    elif reading.other_disease and not named.tumours:
        yield Concern("NOT_IN_CATALOGUE", "NOT_IN_CATALOGUE", "-")
    if len(named.tumours) > 1:
        detail = ", ".join(tumour.id for tumour in named.tumours)
        yield Concern("AMBIGUOUS_DIAGNOSIS", "AMBIGUOUS_DIAGNOSIS", detail)
    elif named.ambiguous and not unknown:
        yield Concern("AMBIGUOUS_DIAGNOSIS", "AMBIGUOUS_DIAGNOSIS", named.ambiguous[0])


def _people(reading: Reading) -> Iterator[Concern]:
    if reading.people.described > 1 or len(reading.ages.current) > 1:
        yield Concern("SEVERAL_PATIENTS", "SEVERAL_PATIENTS")
    if reading.people.count > MOST_PATIENTS:
        yield Concern("TOO_MANY_PATIENTS", "TOO_MANY")


def _contradictions(reading: Reading) -> Iterator[Concern]:
    if reading.conflicts:
        detail = ", ".join(reading.conflicts)
        yield Concern(f"CONTRADICTION {detail}", "CONTRADICTION", detail)
    every = {"chemotherapy", "radiotherapy", "hsct", "surgery", "relapse", "other"}
    if reading.only_diagnosis or every <= set(reading.blocks.excluded):
        yield Concern("NO_TREATMENT_BLOCK", "NO_TREATMENT_BLOCK")


def _fit(reading: Reading, tumour: Tumour, diagnosis: Diagnosis) -> Iterator[Concern]:
    sex = reading.people.sex
    if sex is not None and not _occurs_in(diagnosis, tumour, sex):
        yield Concern("SEX_MISMATCH", "SEX_MISMATCH", f"{diagnosis.id}, {sex}")
    if tumour.unusual_site:
        yield Concern(f"UNUSUAL_SITE {tumour.topography}")
    if _atypical_age(reading.ages, diagnosis):
        yield Concern("ATYPICAL_AGE")
        if diagnosis.id == _ADENOSARCOMA:
            yield Concern("AMBIGUOUS_TERM nephroblastoma 8960/3", "AMBIGUOUS_TERM")


def _occurs_in(diagnosis: Diagnosis, tumour: Tumour, sex: str) -> bool:
    if diagnosis.sex is not None and diagnosis.sex != sex:
        return False
    if tumour.topography is not None:
        return site_fits_sex(tumour.topography, sex)
    return bool(diagnosis.sites_for(sex))


def _atypical_age(ages: Ages, diagnosis: Diagnosis) -> bool:
    at_diagnosis = ages.at_diagnosis
    if at_diagnosis is not None:
        return not diagnosis.age.admits(at_diagnosis)
    if ages.months is not None:
        return not diagnosis.age.minimum <= Decimal(ages.months) / 12 <= diagnosis.age.maximum
    return ages.years is not None and not diagnosis.age.admits(ages.years)


def _unusual(reading: Reading, diagnosis: Diagnosis) -> Iterator[Concern]:
    for block in reading.blocks.required:
        if diagnosis.modalities.of(block) is Frequency.NEVER:
            yield Concern(f"UNUSUAL {block} in {diagnosis.id}")
    for block in reading.blocks.excluded:
        if diagnosis.modalities.of(block) is Frequency.ALWAYS:
            yield Concern(f"UNUSUAL no {block} in {diagnosis.id}")
    yield from _unusual_details(reading.flags, diagnosis)


def _unusual_details(flags: Flags, diagnosis: Diagnosis) -> Iterator[Concern]:
    always, never = Frequency.ALWAYS, Frequency.NEVER
    if flags.intrathecal is False and diagnosis.intrathecal_use is always:
        yield Concern(f"UNUSUAL no intrathecal treatment in {diagnosis.id}")
    if (flags.intrathecal or flags.intrathecal_triple) and diagnosis.intrathecal_use is never:
        yield Concern(f"UNUSUAL intrathecal treatment in {diagnosis.id}")
    if flags.corticosteroid_over_4w is False and diagnosis.corticosteroid_over_4w is always:
        yield Concern(f"UNUSUAL no corticosteroid in {diagnosis.id}")
    if flags.shunt and not diagnosis.is_intracranial:
        yield Concern(f"UNUSUAL shunt in {diagnosis.id}")
    usual = diagnosis.hsct_type
    if flags.hsct_type and usual and flags.hsct_type not in (usual, "syngeneic"):
        yield Concern(f"UNUSUAL {flags.hsct_type} transplant in {diagnosis.id}")


def _notes(reading: Reading, asks: bool) -> Iterator[Concern]:
    if reading.ages.months is not None:
        yield Concern("age given in months")
    if reading.everything and not reading.second_wanted:
        yield Concern('"everything" excludes second tumour by default')
    if reading.second_wanted:
        yield Concern("SEC-02 latency check")
    if not asks and _is_open(reading):
        if _is_undefined(reading):
            yield Concern("UNDEFINED", "UNDEFINED")
        else:
            yield Concern("underspecified: only demographics + diagnosis mandatory")


def _is_open(reading: Reading) -> bool:
    """Nothing is asked for beyond who the patient is."""
    asked: Sequence[object] = (
        reading.blocks.required,
        reading.blocks.excluded,
        reading.named.tumours,
    )
    return not any(asked) and reading.flags == Flags() and not reading.risk_stated


def _is_undefined(reading: Reading) -> bool:
    """Not even who the patient is can be told, or something was asked for that was not read."""
    ages, people = reading.ages, reading.people
    if reading.unread:
        return True
    known = ages.is_stated or ages.at_diagnosis is not None or people.sex or people.in_scope
    return not known
