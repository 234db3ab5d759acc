"""Where a radiation field lies: which fields suit a tumour at which site.

Fields are the target codes of documents (`flank`, `posterior_fossa`); sites are ICD-O-3
topographies. It knows no dose and no tumour but by its site and ICCC-3 group.
"""

from collections.abc import Iterable
from typing import Final

ANYWHERE: Final = frozenset({"primary", "tumour_bed", "residual", "involved_nodes"})
"""Fields of no particular organ: the tumour itself, wherever it lies."""

WIDE: Final = frozenset({"craniospinal", "whole_lung", "whole_abdomen", "whole_body"})
"""Fields that follow from how a disease spreads rather than from where it lies."""

# Topographies each field of an organ covers. Source: general anatomy, by the topography labels.
# Confidence: high.
_SITES: Final[dict[str, tuple[str, ...]]] = {
    "bone": ("C40", "C41"),
    "brainstem": ("C71", "C72"),
    "cranial": ("C70", "C71", "C72", "C75", "C41.0"),
    "eye": ("C69",),
    "flank": ("C64", "C74", "C48", "C22", "C38.2"),
    "liver": ("C22",),
    "mediastinum": ("C37", "C38", "C77.1", "C77.8", "C34"),
    "nasopharynx": ("C11", "C30", "C49.0"),
    "neck": ("C11", "C73", "C77", "C49.0"),
    "orbit": ("C69", "C49.0"),
    "pelvis": ("C41.4", "C49.5", "C52", "C54", "C56", "C61", "C67", "C76.3", "C77.5", "C77.8"),
    "posterior_fossa": ("C71", "C70", "C72"),
    "spine": ("C72", "C41.2", "C70"),
    "spleen": ("C42", "C77"),
    "testis": ("C62", "C63", "C42"),
    "thyroid": ("C73",),
    "ventricles": ("C71", "C75"),
}
# Leukaemias and non-Hodgkin lymphomas are irradiated in the head for what hides there. Source:
# cranial radiotherapy notes of the corpus. Confidence: medium.
_HIDES_IN_HEAD: Final = ("I(", "II(b)", "II(c)")
# What lies inside a wide field or an organ's field.
_INSIDE: Final[dict[str, frozenset[str]]] = {
    "craniospinal": frozenset({"brainstem", "cranial", "posterior_fossa", "spine", "ventricles"}),
    "cranial": frozenset({"brainstem", "posterior_fossa", "ventricles"}),
    "posterior_fossa": frozenset({"brainstem"}),
    "whole_abdomen": frozenset({"flank", "liver", "spleen", "pelvis"}),
    "nasopharynx": frozenset({"neck"}),
    "neck": frozenset({"nasopharynx", "thyroid"}),
}


def field_fits(field: str, sites: Iterable[str], iccc3_group: str) -> bool:
    """Whether the field covers one of the sites, or is one that goes with the disease."""
    if field in ANYWHERE or field in WIDE:
        return True
    if field == "cranial" and iccc3_group.startswith(_HIDES_IN_HEAD):
        return True
    return any(site.startswith(_SITES.get(field, ())) for site in sites)


def lies_inside(part: str, fields: Iterable[str]) -> bool:
    """Whether a boost to the part stays inside one of the fields."""
    if part in ANYWHERE:
        return True
    return any(
        part == field or field in ANYWHERE or part in _INSIDE.get(field, frozenset())
        for field in fields
    )
