"""Rules about a transplant itself: donor, blood groups, cells, conditioning, graft versus host."""

from collections.abc import Iterator
from typing import Final

from fuente.patients.clinical import Hsct
from fuente.records.invariants.registry import Breach, invariant
from fuente.records.record import Record

_RELATIVES: Final = ("sibling", "mother", "father", "other_relative")
_UNRELATED: Final = ("matched_unrelated", "mismatched_unrelated", "cord_unrelated")
_RELATED: Final = ("matched_related", "mismatched_related", "haploidentical")
# Who can share half or all of the tissue type. Source: invariant HSC-07. Confidence: high.
_RELATIONS: Final = {
    "haploidentical": ("mother", "father", "sibling"),
    "matched_unrelated": ("unrelated",),
    "cord_unrelated": ("unrelated",),
    "matched_related": _RELATIVES,
}
# Windows of acute and chronic disease in days after the infusion. Source: invariant HSC-04.
# Confidence: high.
_ACUTE_UNTIL: Final = 100
_CHRONIC_AFTER: Final = 90
# Drugs that empty the marrow at conditioning doses. Source: definition of myeloablative
# conditioning (CIBMTR working definitions, from general knowledge). Confidence: medium.
_MYELOABLATIVE: Final = frozenset({"busulfan", "carmustine", "melphalan", "thiotepa", "treosulfan"})


@invariant("HSC-01")
def autologous_cells_are_ones_own(record: Record) -> Iterator[Breach]:
    """An autologous transplant has the patient as donor and leaves the blood group unchanged."""
    for pointer, row in _transplants(record, "autologous"):
        if row.donor_type not in ("self", None) or row.donor_relationship not in ("self", None):
            yield f"{pointer}/donor_type", "the donor of an autologous transplant is the patient"
        before = (row.blood_group_before, row.rh_before)
        if before != (row.blood_group_after, row.rh_after):
            yield f"{pointer}/blood_group_after", "unchanged by an autologous transplant"


@invariant("HSC-02")
def allogeneic_donors_are_known(record: Record) -> Iterator[Breach]:
    """An allogeneic donor has a type; related donors are relatives, unrelated ones are not."""
    for pointer, row in _transplants(record, "allogeneic"):
        if row.donor_type in (None, "self"):
            yield f"{pointer}/donor_type", "an allogeneic transplant has a donor"
        elif row.donor_type in _RELATED and row.donor_relationship not in _RELATIVES:
            yield f"{pointer}/donor_relationship", f"a {row.donor_type} donor is a relative"
        elif row.donor_type in _UNRELATED and row.donor_relationship != "unrelated":
            yield f"{pointer}/donor_relationship", f"a {row.donor_type} donor is no relative"


@invariant("HSC-03")
def blood_group_becomes_the_donors(record: Record) -> Iterator[Breach]:
    """After an allogeneic transplant the blood group is the donor's."""
    for pointer, row in _transplants(record, "allogeneic"):
        donor = row.donor_blood_group
        if donor is not None and row.blood_group_after != donor:
            yield f"{pointer}/blood_group_after", f"the donor has group {donor}"


@invariant("HSC-04")
def graft_versus_host_needs_a_donor(record: Record) -> Iterator[Breach]:
    """Graft-versus-host disease follows allogeneic transplants, acute up to day 100."""
    for index, row in enumerate(record.hsct):
        pointer = f"/hsct/{index}"
        acute = row.gvhd_acute_grade not in (None, "0")
        chronic = row.gvhd_chronic_grade not in (None, "none")
        if row.gvhd and row.type != "allogeneic":
            yield f"{pointer}/gvhd", f"not after an {row.type} transplant"
        if row.gvhd != (acute or chronic):
            yield f"{pointer}/gvhd", "present if and only if a grade says so"
        if row.gvhd_acute_onset is not None:
            days = (row.gvhd_acute_onset - row.date).days
            if not 0 <= days <= _ACUTE_UNTIL:
                yield f"{pointer}/gvhd_acute_onset", f"day {days} is not acute"
        if chronic and (record.generated_at - row.date).days <= _CHRONIC_AFTER:
            yield f"{pointer}/gvhd_chronic_grade", f"before day {_CHRONIC_AFTER}"


@invariant("HSC-05")
def allogeneic_transplants_are_suppressed(record: Record) -> Iterator[Breach]:
    """An allogeneic transplant goes with immunosuppression, and its drugs are named."""
    for index, row in enumerate(record.hsct):
        pointer = f"/hsct/{index}"
        if row.type == "allogeneic" and not row.immunosuppression:
            yield f"{pointer}/immunosuppression", "an allogeneic transplant needs it"
        elif row.immunosuppression != bool(row.immunosuppressants):
            yield f"{pointer}/immunosuppressants", "named if and only if they are given"


@invariant("HSC-06")
def cells_fit_the_transplant(record: Record) -> Iterator[Breach]:
    """Cord blood is allogeneic; autologous cells come from blood or bone marrow."""
    for pointer, row in _transplants(record, "autologous"):
        if row.cell_source == "cord":
            yield f"{pointer}/cell_source", "cord blood is not autologous"


@invariant("HSC-07")
def relation_fits_the_match(record: Record) -> Iterator[Breach]:
    """A half-matched donor is a parent or sibling; cord blood comes from a cord donor."""
    for index, row in enumerate(record.hsct):
        allowed = _RELATIONS.get(row.donor_type or "")
        stranger = row.donor_relationship == "unrelated"
        # A relative where none may be, or none where one must be, is HSC-02's to say.
        if allowed is None or stranger != (allowed == ("unrelated",)):
            continue
        if row.donor_relationship not in allowed:
            message = f"{row.donor_relationship} cannot be a {row.donor_type} donor"
            yield f"/hsct/{index}/donor_relationship", message


@invariant("HSC-09")
def conditioning_empties_the_marrow(record: Record) -> Iterator[Breach]:
    """Conditioning has a myeloablative drug or total body irradiation, or is called reduced."""
    for index, row in enumerate(record.hsct):
        drugs = {one.drug_inn for one in row.conditioning}
        ablative = bool(drugs & _MYELOABLATIVE) or row.tbi_gy is not None
        if not ablative and row.conditioning_intensity != "reduced":
            named = ", ".join(sorted(drugs)) or "nothing"
            yield f"/hsct/{index}/conditioning", f"{named} alone is not myeloablative"


def _transplants(record: Record, kind: str) -> Iterator[tuple[str, Hsct]]:
    for index, row in enumerate(record.hsct):
        if row.type == kind:
            yield f"/hsct/{index}", row
