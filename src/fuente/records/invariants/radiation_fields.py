"""Rules about what is irradiated: the field belongs to the tumour, the shield does not."""

from collections.abc import Iterator
from typing import Final

from fuente.patients.clinical import Diagnosis, Radiotherapy
from fuente.patients.fields import field_fits, lies_inside
from fuente.records.finding import Severity
from fuente.records.invariants.facts import diagnosis_of, entry_of, months_old
from fuente.records.invariants.registry import Breach, invariant
from fuente.records.record import Record

# Organs that are shielded. Source: invariant RT-07. Confidence: high.
_SHIELDED: Final = frozenset(
    {"kidney", "ovary", "testis", "larynx", "spinal_cord", "lens", "lung", "eye"}
)
_CRANIOSPINAL: Final = frozenset({"MB", "GERMINOMA", "ATRT", "PINEOBL", "ALL_B", "ALL_T", "AML"})
_LUNG: Final = "C34"
# Ages in months below which radiation is avoided. Source: invariant RT-10. Confidence: high.
_BEAM_MONTHS: Final = 12
_CRANIOSPINAL_MONTHS: Final = 36


@invariant("RT-04")
def boost_lies_in_the_field(record: Record) -> Iterator[Breach]:
    """A boost lies inside the target and has a fraction at least."""
    for index, row in enumerate(record.radiotherapy):
        pointer = f"/radiotherapy/{index}"
        if row.boost_site is not None and not lies_inside(row.boost_site, row.target_site):
            yield f"{pointer}/boost_site", f"not inside {', '.join(row.target_site)}"
        if row.boost_given and row.boost_site is None:
            yield f"{pointer}/boost_site", "a boost has a site"
        if row.boost_fractions is not None and row.boost_fractions < 1:
            yield f"{pointer}/boost_fractions", f"{row.boost_fractions} fractions"


@invariant("RT-07")
def shield_spares_something_else(record: Record) -> Iterator[Breach]:
    """A shield covers an organ worth sparing that is not the target."""
    for index, row in enumerate(record.radiotherapy):
        pointer = f"/radiotherapy/{index}/block_site"
        if row.block_used != (row.block_site is not None):
            yield pointer, "stated if and only if a block is used"
        elif row.block_site is not None and row.block_site in row.target_site:
            yield pointer, "the target itself cannot be shielded"
        elif row.block_site is not None and row.block_site not in _SHIELDED:
            yield pointer, f"{row.block_site} is not an organ that is shielded"


@invariant("RT-08", Severity.WARNING)
def neuraxis_is_irradiated_for_few(record: Record) -> Iterator[Breach]:
    """The whole neuraxis is irradiated for tumours that spread along it, and few others."""
    for pointer, row, tumour in _treated(record):
        entry = entry_of(tumour)
        if "craniospinal" in row.target_site and entry and entry.id not in _CRANIOSPINAL:
            yield f"{pointer}/target_site", f"unusual for {entry.name_en}"


@invariant("RT-09")
def wide_fields_have_a_reason(record: Record) -> Iterator[Breach]:
    """The whole body is irradiated for a transplant, whole lungs for metastases in them."""
    for pointer, row, tumour in _treated(record):
        if row.type != "external_beam":
            continue
        if "whole_body" in row.target_site and not record.hsct:
            yield f"{pointer}/target_site", "whole body without a transplant"
        sites = (*tumour.metastasis_sites, tumour.topography, *_relapse_sites(record))
        if "whole_lung" in row.target_site and not any(one.startswith(_LUNG) for one in sites):
            yield f"{pointer}/target_site", "whole lungs without metastases in the lungs"


@invariant("RT-10", Severity.WARNING)
def infants_are_not_irradiated(record: Record) -> Iterator[Breach]:
    """No external beam before 12 months of age, no craniospinal radiation before 36."""
    for index, row in enumerate(record.radiotherapy):
        if row.type != "external_beam":
            continue
        wide = "craniospinal" in row.target_site
        limit = _CRANIOSPINAL_MONTHS if wide else _BEAM_MONTHS
        months = months_old(record, row.start_date)
        if 0 <= months < limit:
            yield f"/radiotherapy/{index}/start_date", f"at {int(months)} months of age"


@invariant("RT-11")
def field_belongs_to_the_tumour(record: Record) -> Iterator[Breach]:
    """The target is the tumour, where it spread or came back, its nodes, or a wide field."""
    for pointer, row, tumour in _treated(record):
        sites = (tumour.topography, *tumour.metastasis_sites, *_relapse_sites(record))
        for place, target in enumerate(row.target_site):
            if not field_fits(target, sites, tumour.iccc3_group):
                message = f"{target} is no field for a tumour at {', '.join(sites)}"
                yield f"{pointer}/target_site/{place}", message


def _treated(record: Record) -> Iterator[tuple[str, Radiotherapy, Diagnosis]]:
    for index, row in enumerate(record.radiotherapy):
        tumour = diagnosis_of(record, row.relates_to_diagnosis)
        if tumour is not None:
            yield f"/radiotherapy/{index}", row, tumour


def _relapse_sites(record: Record) -> tuple[str, ...]:
    return tuple(site for one in record.relapse for site in one.sites)
