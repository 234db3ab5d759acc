"""What sentences state about drugs, and the amounts in them that are no doses."""

from decimal import Decimal

import pytest
from tests.factories_extraction import make_document, make_passage

from fuente.documents.source import Language
from fuente.dosing.extraction import extract_references
from fuente.dosing.reference import DoseReference, ReferenceKind, Route

EN, ES, PT = Language.ENGLISH, Language.SPANISH, Language.PORTUGUESE

SENTENCES = [
    (
        EN,
        "Cisplatin 75 mg/m2 is infused over 6 hours on day 1.",
        [("cisplatin", 75, "mg/m2", {"infusion_h": 6, "days": (1,)})],
    ),
    (
        ES,
        "El rescate con folinato cálcico, 15 mg/m2 cada 6 horas, empieza a las 24 horas.",
        [
            (
                "calcium folinate",
                15,
                "mg/m2",
                {"times_per_day": 4, "per": "dose", "infusion_h": None},
            )
        ],
    ),
    (
        PT,
        "Vimblastina 6, 0mg/m2 EV em bolo (max 10mg)",
        [("vinblastine", 6, "mg/m2", {"route": Route.IV, "kind": ReferenceKind.DOSE})],
    ),
    (
        ES,
        "Lactantes y niños de menos de 10 kg: vinblastina 0,2 mg/kg por dosis.",
        [("vinblastine", Decimal("0.2"), "mg/kg", {"per": "dose"})],
    ),
    (
        EN,
        "Give 1.5 mg/m2 of vincristine and 30 mg/m2 of doxorubicin.",
        [("vincristine", Decimal("1.5"), "mg/m2", {}), ("doxorubicin", 30, "mg/m2", {})],
    ),
    (
        PT,
        "Vimblastina semanal. Se neutropenia, reduzir dose para 5mg/m2.",
        [("vinblastine", 5, "mg/m2", {"kind": ReferenceKind.REDUCTION})],
    ),
    (
        EN,
        "Methotrexate, oral, 7.5 mg once per week.",
        [("methotrexate", Decimal("7.5"), "mg", {"per": "week", "route": Route.PO})],
    ),
    (
        EN,
        "The total of doxorubicin is 250 mg/m2.",
        [("doxorubicin", 250, "mg/m2", {"kind": ReferenceKind.CUMULATIVE, "per": "course"})],
    ),
    (
        EN,
        "131I-MIBG 444 MBq/kg is given with stem-cell support.",
        [("iobenguane (131I)", 444, "MBq/kg", {"kind": ReferenceKind.METABOLIC})],
    ),
    (
        ES,
        "La dosis de melfalán no pasa de 0,5 mg/kg.",
        [("melphalan", Decimal("0.5"), "mg/kg", {"kind": ReferenceKind.CAP})],
    ),
]

# Amounts that are nobody's dose: every one stands in a sentence of a protocol's kind.
TRAPS = [
    (EN, "Bilirubin above 3 mg/dL: stop vincristine."),
    (ES, "Vincristina: suspender con bilirrubina directa mayor de 3 mg/dL."),
    (ES, "Asparaginasa: retrasar hasta 100 mg/dL de fibrinógeno."),
    (EN, "Lomustine capsules hold 10 mg, 40 mg or 100 mg."),
    (EN, "Capsules of 5, 20, 100 and 250 mg of temozolomide are combined."),
    (ES, "La tretinoína: las cápsulas son de 10 mg y pueden abrirse."),
    (ES, "Mercaptopurina en comprimidos de 50 mg."),
    (EN, "Mesna is diluted to 20 mg/mL."),
    (EN, "Methotrexate levels at 48 hours exceed 0.4 micromol/L."),
    (EN, "The risk of azoospermia after cyclophosphamide rises above 7,500 mg/m2."),
    (ES, "Ciclofosfamida: azoospermia probable por encima de 7.500 mg/m²."),
    (EN, "Methotrexate rises by 50 mg/m2 at each dose."),
    (EN, "Bleomycin: 15 USP units are 15,000 IU."),
    (EN, "Cisplatin needs creatinine clearance above 60 mL/min and 3 litres of fluid."),
    (EN, "Temozolomide is combined to within 5 mg of the calculated dose."),
    (ES, "Hidratación de 3 litros por metro cuadrado y día con rasburicasa."),
    (EN, "Patients with less than 1.5 cm2 of residue receive vincristine."),
    (EN, "One vial of asparaginase contains 10,000 IU."),
    (ES, "La creatinina sérica no llega a 1,2 mg/dL antes de cisplatino."),
    (EN, "Neutrophils above 750 per microlitre before carboplatin."),
]


@pytest.mark.parametrize(
    ("language", "sentence", "expected"), SENTENCES, ids=[row[1][:40] for row in SENTENCES]
)
def test_sentence(language, sentence, expected):
    """A sentence states each drug with the amount its words give it."""
    found = [each for each in _extract(sentence, language) if not _restates(each)]

    assert [(each.drug, each.value, each.unit) for each in found] == [row[:3] for row in expected]
    for reference, (*_, stated) in zip(found, expected, strict=True):
        assert {name: getattr(reference, name) for name in stated} == stated


@pytest.mark.parametrize(("language", "sentence"), TRAPS, ids=[row[1][:48] for row in TRAPS])
def test_trap(language, sentence):
    """An amount that is a level, a strength, a threshold or a step is no reference."""
    assert _extract(sentence, language) == ()


def test_cap_of_a_sentence_is_attached_and_found_by_itself():
    """`(max 10 mg)` caps the dose before it and is a reference of its own."""
    dose, cap = _extract("Vinblastine 6 mg/m2 (max 10 mg) weekly.", EN)

    assert (dose.cap.value, dose.cap.unit) == (10, "mg")
    assert (cap.kind, cap.value) == (ReferenceKind.CAP, 10)


@pytest.mark.parametrize(
    ("language", "sentence", "value"),
    [
        (EN, "Irinotecan 300 mg/m2 (maximum,600mg) on day 1.", 600),
        (EN, "Methotrexate 10 mg weekly. Increase the dose slowly to a maximum of 20 mg.", 20),
        (ES, "Metotrexato 10 mg. Aumentar la dosis poco a poco hasta un máximo de 20 mg.", 20),
        (PT, "Metotrexato 10 mg. Aumentar a dose aos poucos até o máximo de 20 mg.", 20),
    ],
)
def test_cap_without_a_space_or_after_a_rise(language, sentence, value):
    """A lost space hides no cap, and what a dose is raised to at most is no step."""
    *_, cap = _extract(sentence, language)

    assert (cap.kind, cap.value, cap.unit) == (ReferenceKind.CAP, value, "mg")


def test_a_dose_in_its_diluent_is_a_dose():
    """`250 mg in 50 mL over 30 minutes` is given, whatever it is given in."""
    (reference,) = _extract("Azactam, IV, 250 mg in 50 mL infused over 30 minutes.", EN)

    assert (reference.drug, reference.value) == (None, 250)


def test_unknown_drug_stays_open():
    """A drug the vocabulary does not hold is not guessed, and its dose is found all the same."""
    (reference,) = _extract("Gentamicin, IV, 6 mg/kg daily.", EN)

    assert (reference.drug, reference.value, reference.per) == (None, 6, "day")


def test_abbreviation_is_not_carried_into_the_next_sentence():
    """A dose is not given to a drug that the sentence before named by an abbreviation only."""
    references = _extract("Use ETO only if resistant. Take 25 mg daily in the morning.", EN)

    assert all(each.drug != "etoposide" for each in references)


def _extract(sentence: str, language: Language) -> tuple[DoseReference, ...]:
    return extract_references(make_document(language=language), (make_passage(sentence),))


def _restates(reference: DoseReference) -> bool:
    """A cap in brackets is listed once more after its dose."""
    return reference.kind is ReferenceKind.CAP and "max" in reference.quote


BANDS = [
    (EN, "All patients take pyridoxine:\n• 25mg/ day age 5-12 years; \n• 12,5MG <5 Years.", "12.5"),
    (ES, "Piridoxina:\n• 25 mg/día de 5 a 12 años;\n• 12,5 mg en menores de 5 años.", "12.5"),
    (PT, "Piridoxina:\n• 25 mg/dia de 5 a 12 anos;\n• 12,5 mg em menores de 5 anos.", "12.5"),
]


@pytest.mark.parametrize(("language", "text", "value"), BANDS, ids=[row[0].value for row in BANDS])
def test_the_next_band_of_a_list_is_a_dose(language, text, value):
    """An amount and an age alone are a dose where the item before gave one for another age."""
    first, second = _extract(text, language)

    assert (first.value, first.population.age_months_min) == (25, 60)
    assert (second.value, second.unit, second.per) == (Decimal(value), "mg", None)
    assert (second.population.age_months_min, second.population.age_months_max) == (None, 60)


@pytest.mark.parametrize(
    "text",
    [
        "• 12,5MG <5 Years.",
        "• Tablets are scored; \n• 12,5MG <5 Years.",
        "• 25mg/ day age 5-12 years; \n• 12,5 mL <5 Years.",
        "• 25mg/ day age 5-12 years; \n• a tablet of 12,5MG <5 Years.",
    ],
)
def test_an_amount_and_an_age_without_a_dose_before_are_none(text):
    """Without a dose for another age in the item before, such an amount may be anything."""
    assert all(each.value == 25 for each in _extract(text, EN))


COMBINED = [
    # Names and numbers pair, in order; an unknown drug stays open, a known one is named.
    (EN, "Amoxicillin/clavulanic acid, oral, 875/125 mg 12 hourly.", [(None, 875), (None, 125)]),
    (EN, "Lopinavir/ritonavir 300/75 mg twice daily.", [(None, 300), (None, 75)]),
    (
        ES,
        "Metotrexato/citarabina 12/30 mg cada semana.",
        [("methotrexate", 12), ("cytarabine", 30)],
    ),
    (PT, "Artemeter/lumefantrina, via oral, 20/120 mg por dia.", [(None, 20), (None, 120)]),
    # One name, or other numbers than names: whose they are cannot be told.
    (EN, "Cotrimoxazole 80/400 mg daily.", []),
    (EN, "Amoxicillin/clavulanic acid 875/125/30 mg daily.", []),
    (EN, "Prednisone 5 mg daily. Cotrimoxazole 80/400 mg daily.", [("prednisone", 5)]),
]


@pytest.mark.parametrize(
    ("language", "sentence", "expected"), COMBINED, ids=[row[1][:40] for row in COMBINED]
)
def test_a_combination_is_a_dose_of_each_drug_it_names(language, sentence, expected):
    """`a/b mg` is two doses where two names stand before it, and none where they do not pair."""
    found = _extract(sentence, language)

    assert [(each.drug, each.value) for each in found] == expected
    assert len({(each.unit, each.per, each.times_per_day) for each in found}) <= 1
