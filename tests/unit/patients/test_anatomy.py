"""Operations fit sites, and toxicities fit drugs."""

from typing import get_args

import pytest

from fuente.patients.anatomy import (
    is_paired,
    operations_at,
    organs_at,
    procedures_at,
    site_fits_sex,
)
from fuente.patients.catalogue import load_catalogue
from fuente.patients.clinical.events import Other
from fuente.patients.clinical.local import Surgery
from fuente.patients.toxicity import toxicities_of, toxicities_of_any

CODES = sorted({code for d in load_catalogue().all() for code in d.topographies})


@pytest.mark.parametrize("code", CODES)
def test_every_site_has_an_operation_in_record_words(code):
    """Each site of the catalogue has an operation whose procedure code the record knows."""
    known = get_args(Surgery.model_fields["procedure"].annotation)
    assert operations_at(code)
    assert set(procedures_at(code)) <= set(known)
    assert organs_at(code)


@pytest.mark.parametrize("code", CODES)
def test_organ_removals_state_what_is_lost(code):
    """Procedures that remove an organ name it, others name none (rule SUR-02)."""
    removing = {
        "nephrectomy",
        "oophorectomy",
        "orchidectomy",
        "enucleation",
        "thyroidectomy",
        "splenectomy",
        "amputation",
    }
    for operation in operations_at(code):
        assert bool(operation.sacrificed) == (operation.procedure in removing)
        assert operation.description("en") != operation.description("es")


def test_a_kidney_tumour_is_not_enucleated():
    """Procedures of other organs are not offered."""
    assert "enucleation" not in procedures_at("C64.9")
    assert "nephrectomy" in procedures_at("C64.9")


def test_unknown_sites_offer_only_a_biopsy():
    """A site without operations still allows a biopsy and is not paired."""
    assert procedures_at("C80.9") == ("biopsy",)
    assert not is_paired("C99.9")
    assert site_fits_sex("C99.9", "male")


def test_toxicities_belong_to_their_drug():
    """Cisplatin harms hearing; an unknown drug has no listed toxicity."""
    assert any("hearing" in t.name("en") for t in toxicities_of("cisplatin"))
    assert any("ototoxicidad" in t.name("es") for t in toxicities_of("cisplatin"))
    assert toxicities_of("nothing") == ()


def test_any_intensive_chemotherapy_can_cause_sepsis():
    """Toxicities of every myelosuppressive drug are kept apart."""
    assert any("septic" in t.name_en for t in toxicities_of_any())


def test_toxicity_outcomes_are_the_records():
    """Every outcome is a value of the record and onsets are ordered."""
    annotation = str(Other.model_fields["toxicity_outcome"].annotation)
    for toxicity in (*toxicities_of("busulfan"), *toxicities_of("cisplatin"), *toxicities_of_any()):
        assert all(f"'{outcome}'" in annotation for outcome in toxicity.outcomes)
        assert toxicity.onset_days_from <= toxicity.onset_days_to
