"""Radiotherapy as rows and sentences print it: total, fractions, boost and target."""

from decimal import Decimal

import pytest
from tests.factories_extraction import make_document, make_passage, make_row

from fuente.documents.source import Language
from fuente.dosing.extraction import extract_references
from fuente.dosing.reference import DoseReference, ReferenceKind

EN, ES, PT = Language.ENGLISH, Language.SPANISH, Language.PORTUGUESE
D = Decimal

# language, sentence, (total, fractions, per fraction, target, boost, boost fractions, its target)
SENTENCES = [
    (
        EN,
        "CSI 23.4 Gy (13 x 1.8 Gy) plus posterior fossa boost 30.6 Gy in 17 fractions",
        (D("23.4"), 13, D("1.8"), "craniospinal", D("30.6"), 17, "posterior_fossa"),
    ),
    (
        EN,
        "Craniospinal irradiation to 36 Gy in 20 fractions of 1.8 Gy, followed by a boost to the "
        "posterior fossa of 19.8 Gy in 11 fractions (total 55.8 Gy)",
        (36, 20, D("1.8"), "craniospinal", D("19.8"), 11, "posterior_fossa"),
    ),
    (
        ES,
        "23,4 Gy al eje craneoespinal más sobreimpresión de 30,6 Gy en lecho tumoral",
        (D("23.4"), None, None, "craniospinal", D("30.6"), None, "tumour_bed"),
    ),
    (
        ES,
        "irradiación pulmonar total 15 Gy en 10 fracciones de 1,5 Gy",
        (15, 10, D("1.5"), "whole_lung", None, None, ""),
    ),
    (
        EN,
        "Total body irradiation 12 Gy in 6 fractions of 2 Gy twice daily",
        (12, 6, 2, "whole_body", None, None, ""),
    ),
    (
        PT,
        "redução da dose da RT para o neuro-eixo para 2340 cGY",
        (D("23.4"), None, None, "craniospinal", None, None, ""),
    ),
    (EN, "54 Gy in 30 fractions", (54, 30, None, "", None, None, "")),
]


@pytest.mark.parametrize(
    ("language", "sentence", "expected"), SENTENCES, ids=[row[1][:40] for row in SENTENCES]
)
def test_sentence(language, sentence, expected):
    """A sentence gives one prescription with everything its words say of it."""
    reference = _prescriptions(_of_sentence(sentence, language))[0]
    found = reference.irradiation

    assert (
        found.total_gy,
        found.fractions,
        found.fraction_gy,
        found.target,
        found.boost_gy,
        found.boost_fractions,
        found.boost_target,
    ) == expected


@pytest.mark.parametrize(
    ("language", "cells", "expected"),
    [
        (
            EN,
            {
                "Target": "Craniospinal",
                "Total dose (Gy)": "23.4",
                "Fractions": "13",
                "Dose per fraction (Gy)": "1.8",
                "Boost": "Posterior fossa: 30.6 Gy in 17 fractions",
                "Indication": "Standard risk",
            },
            (D("23.4"), 13, D("1.8"), "craniospinal", D("30.6"), 17),
        ),
        (
            ES,
            {
                "Volumen": "Órbita",
                "Dosis total (Gy)": "45",
                "Fracciones": "25",
                "Dosis por fracción (Gy)": "1,8",
            },
            (45, 25, D("1.8"), "orbit", None, None),
        ),
        (
            EN,
            {"Volume": "Whole lung", "Dose": "1500 cGy", "Fractionation": "10 x 1.5 Gy"},
            (15, 10, D("1.5"), "whole_lung", None, None),
        ),
    ],
    ids=["with boost", "Spanish", "centigray"],
)
def test_row(language, cells, expected):
    """A row of a radiotherapy table gives one prescription."""
    (reference,) = _of_row(cells, language)
    found = reference.irradiation

    assert (
        found.total_gy,
        found.fractions,
        found.fraction_gy,
        found.target,
        found.boost_gy,
        found.boost_fractions,
    ) == expected
    assert (reference.value, reference.unit) == (found.total_gy, "Gy")


def test_indication_is_the_population():
    """The indication column says for whom a field is; words without a bound are kept."""
    cells = {"Target": "Craniospinal", "Dose (Gy)": "36", "Fractions": "20"}

    (metastatic,) = _of_row({**cells, "Indication": "High risk: metastatic disease"}, EN)
    (other,) = _of_row({**cells, "Indication": "Poor response"}, EN)

    assert metastatic.population.metastatic is True
    assert metastatic.population.risk_groups == {"high"}
    assert other.population.text == "Poor response"


def test_plaque_is_brachytherapy_with_its_isotope():
    """A plaque is no external beam, and its isotope is kept."""
    cells = {"Volumen": "Ojo (placa de Ru-106)", "Dosis total (Gy)": "45", "Fracciones": "-"}

    (reference,) = _of_row(cells, ES)

    assert (reference.irradiation.technique, reference.irradiation.isotope) == (
        "brachytherapy",
        "Ru-106",
    )


def test_two_totals_are_for_two_populations():
    """The total that follows is for whom its own words say, at the same target."""
    sentence = (
        "The tumour bed receives 59.4 Gy (children of 18 months and older) "
        "or 54 Gy (12 to 18 months)."
    )

    older, younger = _prescriptions(_of_sentence(sentence, EN))

    assert (older.value, older.population.age_months_min) == (D("59.4"), 18)
    assert (younger.value, younger.population.age_months_min) == (54, 12)
    assert younger.irradiation.target == "tumour_bed"


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (EN, "The lungs are shielded to 10 Gy."),
        (ES, "La médula espinal se limita a 45 Gy."),
        (EN, "Mean heart dose must not exceed 15 Gy."),
    ],
)
def test_constraint_of_an_organ_is_no_prescription(language, sentence):
    """What an organ may receive at most prescribes nothing."""
    assert _of_sentence(sentence, language) == ()


def test_total_with_the_boost_is_stated_alone():
    """`completing 54 Gy` is stated, and is no second prescription."""
    references = _of_sentence(
        "36 Gy to the neuraxis with a boost completing 54 Gy of total dose", EN
    )

    assert [each.value for each in references] == [36, 54]
    assert len(_prescriptions(references)) == 1


def _of_sentence(sentence: str, language: Language) -> tuple[DoseReference, ...]:
    return extract_references(make_document(language=language), (make_passage(sentence),))


def _of_row(cells: dict[str, str], language: Language) -> tuple[DoseReference, ...]:
    row = make_row(cells, caption="Radiotherapy")
    return extract_references(make_document(language=language), (row,))


def _prescriptions(references: tuple[DoseReference, ...]) -> list[DoseReference]:
    assert all(each.kind is ReferenceKind.RADIOTHERAPY for each in references)
    return [each for each in references if each.irradiation is not None]
