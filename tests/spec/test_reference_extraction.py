"""What rows of dose tables state: caption and cells on one side, the references on the other."""

from decimal import Decimal

import pytest
from tests.factories_extraction import make_document, make_row

from fuente.documents.source import Language
from fuente.dosing.extraction import extract_references
from fuente.dosing.reference import DoseReference, ReferenceKind, Route

EN, ES, PT = Language.ENGLISH, Language.SPANISH, Language.PORTUGUESE

# id, language, caption, cells by header, what the first reference states
ROWS = [
    (
        "every column in its place",
        EN,
        "Table 2. Maintenance A",
        {"Drug": "Cisplatin", "Dose": "75 mg/m2", "Route": "IV", "Days": "1", "Infusion": "6 h"},
        {
            "drug": "cisplatin",
            "value": 75,
            "unit": "mg/m2",
            "route": Route.IV,
            "days": (1,),
            "infusion_h": 6,
        },
    ),
    (
        "columns in another order",
        ES,
        "Tabla 2. OEPA",
        {
            "Días": "1, 8 y 15",
            "Vía": "i.v.",
            "Fármaco": "Vincristina",
            "Máximo": "2 mg",
            "Dosis": "1,5 mg/m²",
        },
        {
            "drug": "vincristine",
            "value": Decimal("1.5"),
            "unit": "mg/m2",
            "days": (1, 8, 15),
            "cap": (2, "mg"),
        },
    ),
    (
        "the unit stands in the header",
        EN,
        "Table 3",
        {"Drug": "Doxorubicin", "Dose (mg/m2)": "37.5", "Days": "1-2"},
        {"drug": "doxorubicin", "value": Decimal("37.5"), "unit": "mg/m2", "days": (1, 2)},
    ),
    (
        "the unit stands in a column of its own",
        EN,
        "Table 3",
        {"Drug": "Asparaginase", "Dose": "6,000", "Unit": "IU/m2", "Route": "IM", "Days": "2, 9"},
        {
            "drug": "asparaginase",
            "value": 6000,
            "unit": "[iU]/m2",
            "route": Route.IM,
            "days": (2, 9),
        },
    ),
    (
        "merged header cells give a path",
        ES,
        "Tabla 4",
        {
            "Medicación / Fármaco": "Citarabina",
            "Medicación / Dosis": "75 mg/m²",
            "Administración / Días": "38 al 41 y 45 al 48",
        },
        {"drug": "cytarabine", "value": 75, "days": (38, 39, 40, 41, 45, 46, 47, 48)},
    ),
    (
        "thousands are grouped by a dot in Spanish",
        ES,
        "Tabla 5",
        {"Fármaco": "Metotrexato", "Dosis": "5.000 mg/m2", "Días": "8, 22"},
        {"drug": "methotrexate", "value": 5000, "unit": "mg/m2", "days": (8, 22)},
    ),
    (
        "thousands are grouped by a comma in English",
        EN,
        "Table 5",
        {"Drug": "Cyclophosphamide", "Dose": "1,200 mg/m2", "Days": "1"},
        {"drug": "cyclophosphamide", "value": 1200, "unit": "mg/m2"},
    ),
    (
        "twice daily is two doses a day",
        EN,
        "Table 6",
        {"Drug": "Cytarabine", "Dose": "100 mg/m2 twice daily", "Days": "1-3"},
        {"drug": "cytarabine", "value": 100, "times_per_day": 2, "per": "dose", "days": (1, 2, 3)},
    ),
    (
        "every twelve hours is two doses a day",
        EN,
        "Table 6",
        {"Drug": "Cytarabine", "Dose": "3,000 mg/m2 every 12 h", "Days": "1, 2"},
        {"drug": "cytarabine", "value": 3000, "times_per_day": 2},
    ),
    (
        "a daily dose that is divided stays the dose of the day",
        ES,
        "Tabla 6",
        {
            "Fármaco": "Prednisona",
            "Dosis": "60 mg/m2",
            "Días": "1-2",
            "Observaciones": "Repartida en 3 tomas",
        },
        {"drug": "prednisone", "value": 60, "per": "day", "times_per_day": None},
    ),
    (
        "doses per dose and their number a day",
        ES,
        "Tabla 6",
        {"Fármaco": "Tretinoína", "Dosis": "12,5 mg/m² por dosis, 2 dosis al día", "Días": "1-2"},
        {"drug": "tretinoin", "value": Decimal("12.5"), "times_per_day": 2, "per": "dose"},
    ),
    (
        "a range keeps both ends",
        EN,
        "Table 7",
        {"Drug": "Busulfan", "Dose": "0.8-1.2 mg/kg", "Days": "-6 to -3"},
        {
            "drug": "busulfan",
            "value": None,
            "minimum": Decimal("0.8"),
            "maximum": Decimal("1.2"),
            "days": (-6, -5, -4, -3),
        },
    ),
    (
        "the cap stands in the dose cell",
        EN,
        "Table 8",
        {"Drug": "Vincristine", "Dose": "1.5 mg/m2 (max. 2 mg)", "Days": "1"},
        {"drug": "vincristine", "value": Decimal("1.5"), "cap": (2, "mg")},
    ),
    (
        "weeks are read as their first days",
        EN,
        "Table 9. Pre-operative AV",
        {"Drug": "Dactinomycin", "Dose": "45 mcg/kg", "Weeks": "1, 3"},
        {"drug": "dactinomycin", "value": 45, "unit": "ug/kg", "days": (1, 15)},
    ),
    (
        "the caption gives route and population",
        EN,
        "Table 10. Infants under 12 months: intravenous doses",
        {"Drug": "Etoposide", "Dose": "3.3 mg/kg"},
        {
            "drug": "etoposide",
            "value": Decimal("3.3"),
            "unit": "mg/kg",
            "route": Route.IV,
            "age_months_max": 12,
        },
    ),
    (
        "infusion time in minutes by the header",
        EN,
        "Table 11",
        {"Drug": "Daunorubicin", "Dose": "50 mg/m2", "Days": "1", "Infusion (min)": "15"},
        {"drug": "daunorubicin", "infusion_h": Decimal("0.25")},
    ),
    (
        "Portuguese headers and names",
        PT,
        "Tabela 2. Manutenção",
        {"Medicamento": "Ciclofosfamida", "Dose": "1,0 g/m2", "Via": "EV", "Dias": "1 e 2"},
        {"drug": "cyclophosphamide", "value": 1, "unit": "g/m2", "route": Route.IV, "days": (1, 2)},
    ),
    (
        "an activity is metabolic",
        ES,
        "Tabla 3. Actividades",
        {
            "Radiofármaco": "Yoduro sódico (131I)",
            "Actividad": "1.110 a 3.700 MBq",
            "Indicación": "Restos tiroideos",
        },
        {"kind": ReferenceKind.METABOLIC, "minimum": 1110, "maximum": 3700, "unit": "MBq"},
    ),
    (
        "a cumulative limit",
        ES,
        "Tabla 9. Límites de dosis acumulada",
        {
            "Fármaco": "Cisplatino",
            "Límite": "600 mg/m2",
            "Contexto": "Revisar por encima de 400 mg/m2",
        },
        {"kind": ReferenceKind.CUMULATIVE, "drug": "cisplatin", "value": 600, "per": None},
    ),
    (
        "the drug stands in the header and the unit above it",
        EN,
        "Dose modifications for FOLFOX",
        {"Toxicity": "Neutrophils below 1.0", "Initial doses (mg/m2) / Oxaliplatin 85": "65"},
        {"kind": ReferenceKind.REDUCTION, "drug": "oxaliplatin", "value": 65, "unit": "mg/m2"},
    ),
]


@pytest.mark.parametrize(
    ("language", "caption", "cells", "stated"),
    [row[1:] for row in ROWS],
    ids=[row[0] for row in ROWS],
)
def test_row(language, caption, cells, stated):
    """A row states what its columns and its caption say, and nothing else."""
    reference = _extract(cells, caption, language)[0]

    assert {name: _stated(reference, name) for name in stated} == stated


def test_each_band_is_a_reference_of_its_own():
    """Bands as columns give one reference per drug and band, closed where the next begins."""
    cells = {"Drug (mg)": "Methotrexate", "1-2 years": "8", "2-3 years": "10", ">=3 years": "12"}

    references = _extract(cells, "Table 9. Intrathecal doses by age", EN)

    assert [(each.value, each.unit, each.route) for each in references] == [
        (8, "mg", Route.IT),
        (10, "mg", Route.IT),
        (12, "mg", Route.IT),
    ]
    assert [_months(each) for each in references] == [(12, 24), (24, 36), (36, None)]


def test_combination_under_bands_is_split_by_drug():
    """`8 / 8 / 16` under a band belongs to the three drugs of the row in their order."""
    cells = {
        "Drug (mg)": "Methotrexate / hydrocortisone / cytarabine",
        "<1 year": "8 / 8 / 16",
        ">=1 year": "10 / 10 / 20",
    }

    references = _extract(cells, "Table 5. Triple intrathecal doses by age", EN)

    assert [(each.drug, each.value) for each in references] == [
        ("methotrexate", 8),
        ("hydrocortisone", 8),
        ("cytarabine", 16),
        ("methotrexate", 10),
        ("hydrocortisone", 10),
        ("cytarabine", 20),
    ]


def test_bands_as_rows_with_drugs_as_columns():
    """A table turned round gives the same references."""
    cells = {"Age (years)": "1-2", "Methotrexate (mg)": "8", "Cytarabine (mg)": "20"}

    references = _extract(cells, "Intrathecal doses", EN)

    assert [(each.drug, each.value, each.unit, _months(each)) for each in references] == [
        ("methotrexate", 8, "mg", (12, 24)),
        ("cytarabine", 20, "mg", (12, 24)),
    ]


def test_weight_bands_keep_which_end_belongs_to_them():
    """`9-<16 kg` and `>34 kg` keep open and closed ends as printed."""
    cells = {"Drug (mg/kg)": "Busulfan", "<9 kg": "1.0", "9-<16 kg": "1.2", ">34 kg": "0.8"}

    first, second, last = (each.population for each in _extract(cells, "Busulfan by weight", EN))

    assert (first.weight_kg_max, first.weight_max_inclusive) == (9, False)
    assert (second.weight_kg_min, second.weight_kg_max) == (9, 16)
    assert (last.weight_kg_min, last.weight_min_exclusive) == (34, True)


def test_row_that_sends_its_amount_elsewhere_states_no_dose():
    """`by age, see Table 9` is no amount."""
    cells = {"Drug": "Methotrexate", "Dose": "by age, see Table 9", "Route": "IT", "Days": "1, 8"}

    assert _extract(cells, "Table 2. Induction", EN) == ()


def test_cap_is_also_a_reference_of_its_own():
    """The cap of a row is found by itself, with the drug it caps."""
    cells = {"Drug": "Vincristine", "Dose": "1.5 mg/m2", "Days": "1", "Maximum": "2 mg"}

    dose, cap = _extract(cells, "Table 2", EN)

    assert (dose.kind, dose.cap.value) == (ReferenceKind.DOSE, 2)
    assert (cap.kind, cap.drug, cap.value, cap.unit) == (ReferenceKind.CAP, "vincristine", 2, "mg")


def test_note_about_another_drug_is_an_aside():
    """`or pegaspargase 2500 IU/m2` in the notes is stated, after the row's own dose."""
    cells = {
        "Drug": "Asparaginase",
        "Dose": "5,000 IU/m2",
        "Days": "12, 15",
        "Notes": "or pegaspargase 2,500 IU/m2 (max 3,750 IU) on day 12",
    }

    own, other, cap = _extract(cells, "Table 2", EN)

    assert (own.drug, own.value) == ("asparaginase", 5000)
    assert (other.drug, other.value, other.days) == ("pegaspargase", 2500, (12,))
    assert cap.value == 3750


@pytest.mark.parametrize(
    ("caption", "cells"),
    [
        (
            "Dose modifications",
            {"Finding": "Bilirubin 1.4 to 3 mg/dL", "Drug": "Vincristine", "Action": "Stop"},
        ),
        ("Stage", {"Stage": "M1", "Finding": "Residue above 1.5 cm2"}),
        ("Presentations", {"Drug": "Lomustine", "Capsule": "10 mg, 40 mg", "Store": "Below 25 C"}),
        ("Order of courses", {"Course": "1", "Type": "A", "Weeks": "6"}),
        ("Blood counts", {"Neutrophils": "above 750 per microlitre", "Platelets": "75,000"}),
    ],
    ids=["level", "size", "strength", "order", "counts"],
)
def test_numbers_that_are_no_doses(caption, cells):
    """Levels, sizes, strengths, orders and counts are no references."""
    assert _extract(cells, caption, EN) == ()


def _extract(cells: dict[str, str], caption: str, language: Language) -> tuple[DoseReference, ...]:
    row = make_row(cells, caption=caption)
    return extract_references(make_document(language=language), (row,))


def _stated(reference: DoseReference, name: str) -> object:
    if name == "cap":
        return (reference.cap.value, reference.cap.unit) if reference.cap else None
    if name == "age_months_max":
        return reference.population.age_months_max if reference.population else None
    return getattr(reference, name)


def _months(reference: DoseReference) -> tuple[Decimal | None, Decimal | None]:
    population = reference.population
    assert population is not None
    return population.age_months_min, population.age_months_max
