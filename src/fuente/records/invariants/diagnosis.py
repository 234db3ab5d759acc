"""Rules about what the tumour is, where it lies and how far it has gone."""

import re
from collections.abc import Iterator
from typing import Final

from fuente.patients.anatomy import is_paired
from fuente.patients.catalogue import load_catalogue
from fuente.patients.clinical import Diagnosis
from fuente.patients.diagnosis import Diagnosis as Entry
from fuente.records.finding import Severity
from fuente.records.invariants.facts import entry_of
from fuente.records.invariants.registry import Breach, invariant
from fuente.records.record import Record

_MORPHOLOGY: Final = re.compile(r"[89]\d{3}/[0-3]")
_TOPOGRAPHY: Final = re.compile(r"C\d{2}\.\d")
# Codes of earlier revisions that ICD-O-3.2, the revision a record declares, gave up. Source:
# revision notes between 3.1 and 3.2 as listed in the catalogue's legacy codes. Confidence: high.
_GIVEN_UP: Final = frozenset({"9260/3", "9729/3", "9751/1", "9754/3", "9836/3"})
# The neuraxis: meninges, brain, spinal cord and other parts of the central nervous system.
_NEURAXIS: Final = ("C70", "C71", "C72")
_PROSTHESIS_SITES: Final = ("C40", "C41", "C49", "C69")
_INCIDENTAL: Final = "(incidental)"


@invariant("DX-01")
def morphology_is_a_code(record: Record) -> Iterator[Breach]:
    """The morphology is written as an ICD-O-3 code with behaviour, such as 9811/3."""
    for index, row in enumerate(record.diagnoses):
        if not _MORPHOLOGY.fullmatch(row.morphology):
            yield f"/diagnoses/{index}/morphology", f"{row.morphology!r} is no morphology code"


@invariant("DX-02")
def morphology_is_of_the_revision(record: Record) -> Iterator[Breach]:
    """The morphology is in the catalogue and not one that ICD-O-3.2 gave up (such as 9260/3)."""
    for index, row in enumerate(record.diagnoses):
        pointer = f"/diagnoses/{index}/morphology"
        if row.morphology in _GIVEN_UP:
            yield pointer, f"{row.morphology} is not a code of ICD-O-3.2"
        elif _MORPHOLOGY.fullmatch(row.morphology) and entry_of(row) is None:
            yield pointer, f"{row.morphology} is not in the catalogue"


@invariant("DX-03")
def site_fits_the_tumour(record: Record) -> Iterator[Breach]:
    """The site is one the catalogue knows for the morphology, unless the request asked for it."""
    for index, row in enumerate(record.diagnoses):
        pointer = f"/diagnoses/{index}/topography"
        if not _TOPOGRAPHY.fullmatch(row.topography):
            yield pointer, f"{row.topography!r} is no topography code"
        elif not _is_known_site(row) and not _is_requested_site(record, index):
            yield pointer, f"{row.morphology} is not known at {row.topography}"


@invariant("DX-04")
def group_is_computed(record: Record) -> Iterator[Breach]:
    """The ICCC-3 group is the one that follows from morphology and topography."""
    for index, row in enumerate(record.diagnoses):
        entry = entry_of(row)
        if entry is not None and row.iccc3_group != entry.iccc3_at(row.topography):
            expected = entry.iccc3_at(row.topography)
            yield f"/diagnoses/{index}/iccc3_group", f"the codes give {expected}"


@invariant("DX-05")
def paired_organs_have_a_side(record: Record) -> Iterator[Breach]:
    """A side is stated if and only if the site is a paired organ."""
    for index, row in enumerate(record.diagnoses):
        if is_paired(row.topography) != (row.laterality is not None):
            wanted = "a paired organ has a side" if is_paired(row.topography) else "no paired organ"
            yield f"/diagnoses/{index}/laterality", wanted


@invariant("DX-06")
def metastatic_has_sites(record: Record) -> Iterator[Breach]:
    """Metastatic if and only if sites of metastases are named."""
    for index, row in enumerate(record.diagnoses):
        if row.metastatic != bool(row.metastasis_sites):
            yield f"/diagnoses/{index}/metastatic", "does not agree with the sites of metastases"


@invariant("DX-07", Severity.WARNING)
def metastases_are_usual(record: Record) -> Iterator[Breach]:
    """Metastases lie where the tumour usually spreads, unless the request asked otherwise."""
    for index, row in enumerate(record.diagnoses):
        entry = entry_of(row)
        usual = (*entry.metastasis_topographies, *record.request.metastasis_sites) if entry else ()
        for place, site in enumerate(row.metastasis_sites):
            if entry is not None and not _is_brain(row) and site not in usual:
                pointer = f"/diagnoses/{index}/metastasis_sites/{place}"
                yield pointer, f"{entry.name_en} seldom spreads to {site}"


@invariant("DX-08")
def brain_tumours_stay_in_the_neuraxis(record: Record) -> Iterator[Breach]:
    """Tumours of the central nervous system spread within the neuraxis, unless requested."""
    for index, row in enumerate(record.diagnoses):
        for place, site in enumerate(row.metastasis_sites):
            asked = site in record.request.metastasis_sites
            if _is_brain(row) and not asked and not site.startswith(_NEURAXIS):
                pointer = f"/diagnoses/{index}/metastasis_sites/{place}"
                yield pointer, f"{site} lies outside the neuraxis"


@invariant("DX-11")
def genetic_disease_is_associated(record: Record) -> Iterator[Breach]:
    """A genetic disease has a name, and it goes with the tumour or is marked incidental."""
    for index, row in enumerate(record.diagnoses):
        name, entry = row.genetic_disease_name, entry_of(row)
        pointer = f"/diagnoses/{index}/genetic_disease_name"
        if row.genetic_disease != (name is not None):
            yield pointer, "a name is given if and only if there is a genetic disease"
        elif name is not None and entry is not None and not _is_associated(name, entry):
            yield pointer, f"{name} is not associated with {entry.name_en}"


@invariant("DX-12")
def prosthesis_is_described(record: Record) -> Iterator[Breach]:
    """A prosthesis has type, site and presence, after an operation or for a limb or eye tumour."""
    operated = {one.relates_to_diagnosis for one in record.surgery}
    for index, row in enumerate(record.diagnoses):
        described = (row.prosthesis_type, row.prosthesis_site, row.prosthesis_present)
        pointer = f"/diagnoses/{index}/prosthesis_placed"
        if any((one is not None) != row.prosthesis_placed for one in described):
            yield pointer, "type, site and presence go with a prosthesis, all three"
        elif row.prosthesis_placed and not _may_have_prosthesis(row, operated):
            yield pointer, f"no operation and no tumour of bone, limb or eye: {row.topography}"


def _may_have_prosthesis(row: Diagnosis, operated: set[int]) -> bool:
    return row.topography.startswith(_PROSTHESIS_SITES) or row.diagnosis_number in operated


def _is_associated(name: str, entry: Entry) -> bool:
    return name in entry.genetic_associations or name.endswith(_INCIDENTAL)


def _is_known_site(row: Diagnosis) -> bool:
    known = load_catalogue().with_morphology(row.morphology)
    return not known or any(row.topography in one.topographies for one in known)


def _is_requested_site(record: Record, index: int) -> bool:
    asked = record.request.diagnosis if index == 0 else None
    return asked is not None and asked.topography == record.diagnoses[index].topography


def _is_brain(row: Diagnosis) -> bool:
    return row.iccc3_group.startswith("III(") or row.iccc3_group == "X(a)"
