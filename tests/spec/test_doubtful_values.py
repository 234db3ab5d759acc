"""Which printed values contradict other documents, and which differ for a reason.

A doubt only names the other page: nothing is corrected, and what is given differently on purpose
is not compared.
"""

from dataclasses import replace
from decimal import Decimal

import pytest
from tests.factories_store import make_event, make_passage, make_prepared, make_reference
from tests.fakes_store import MemoryStore

from fuente.dosing.reference import Population, ReferenceKind, Route
from fuente.evidence.doubts import doubts_about, subject_of
from fuente.workflows.list_references import list_references

OWN = {"value": "15", "per": "day", "quote": "Vincristine 15 mg/m2"}
INFANTS = Population("infants", age_months_max=Decimal(12))

# What the other document states, by how it differs from 1.5 mg/m2 a day of vincristine.
CONTRADICTED = {
    "the same, ten times less": {},
    "ten times more": {"value": "150", "quote": "Vincristine 150 mg/m2"},
    "in another unit of mass": {"value": "1500", "unit": "ug/m2", "quote": "1500 ug/m2"},
    "its period not stated": {"per": None},
    "its days not stated beside stated ones": {"days": (1,)},
}
GIVEN_OTHERWISE = {
    "a single dose beside a daily one": {"per": "dose", "times_per_day": 2},
    "a weekly dose beside a daily one": {"per": "week"},
    "a dose of the cycle": {"per": "cycle"},
    "a cumulative limit": {"kind": ReferenceKind.CUMULATIVE},
    "a cap": {"kind": ReferenceKind.CAP},
    "a reduced step": {"kind": ReferenceKind.REDUCTION},
    "by another route": {"route": Route.IT},
    "over more days": {"days": (1, 2, 3, 4, 5)},
    "for infants": {"population": INFANTS},
    "for adults": {"quote": "Adults: vincristine 1.5 mg/m2"},
    "a loading dose": {"quote": "Vincristine loading dose 1.5 mg/m2"},
    "a low dose": {"quote": "Low-dose vincristine 1.5 mg/m2"},
    "in maintenance": {"phase": "Maintenance"},
    "of another disease": {"diagnoses": ("OS",)},
    "five times less": {"value": "3", "quote": "Vincristine 3 mg/m2"},
}


@pytest.mark.parametrize("differs", CONTRADICTED.values(), ids=CONTRADICTED)
def test_ten_times_or_a_tenth_is_doubtful(differs):
    """The warning says how the value differs and names the other value, document and page."""
    own, other = _own(days=(1,) if "days" in differs else ()), _other(**differs)

    (doubt,) = doubts_about(own, [own, other])

    assert ("a tenth of" if other.value == 150 else "ten times") in doubt
    assert f"other.pdf, page 7 ({other.value} {other.unit})" in doubt


@pytest.mark.parametrize("differs", GIVEN_OTHERWISE.values(), ids=GIVEN_OTHERWISE)
def test_what_is_given_otherwise_is_not_compared(differs):
    """Another period, route, course, population, phase or disease is no contradiction."""
    usual = {"phase": "Induction", "diagnoses": ("ALL",), "days": (1,)}
    own, other = _own(**usual), _other(**{**usual, **differs})

    assert doubts_about(own, [own, other]) == ()


def test_high_dose_methotrexate_is_not_compared_with_a_low_dose():
    """5 g/m2 is ten times 500 mg/m2, and both are meant: another document gives as much."""
    high = _own(drug="methotrexate", value="5", unit="g/m2", per=None, quote="5 g/m2")
    low = _other(drug="methotrexate", value="500", per=None, quote="500 mg/m2")
    third = _other(drug="methotrexate", value="5000", per=None, quote="5000", file="third.pdf")

    assert doubts_about(high, [high, low]) != ()
    assert doubts_about(high, [high, low, third]) == ()
    own = _own(drug="methotrexate", value="3", unit="g/m2", per=None, quote="3 g/m2", page=9)
    assert doubts_about(high, [high, low, own]) == ()


def test_a_misprint_that_another_edition_repeats_is_still_doubtful():
    """The same number under the same file name is no second source."""
    own, edition = _own(), _own(sha256="e" * 64)

    assert doubts_about(own, [own, edition, _other()]) != ()


def test_the_value_that_other_documents_confirm_is_not_doubted():
    """Of 15, 1.5 and 1.5 only the first is doubted."""
    own, other, third = _own(), _other(), _other(file="third.pdf", sha256="f" * 64)

    assert [bool(doubts_about(one, [own, other, third])) for one in (own, other, third)] == [
        True,
        False,
        False,
    ]


BY_SIZE = [
    # The value in question, what all other documents state, and whether that is doubtful.
    (("5", "mg/m2", None), [("5", "mg/kg", None)], True),
    (("5", "mg/kg", None), [("5", "mg/m2", None), ("10", "mg/m2", None)], True),
    (("5", "mg/m2", None), [("5", "mg/kg", None), ("6", "mg/m2", None)], False),
    # 0.05 mg/kg is what 1.5 mg/m2 comes to in a child: another way to say as much.
    (("1.5", "mg/m2", None), [("0.05", "mg/kg", None)], False),
    # Infants are given per kg what older children get per m2.
    (("0.5", "mg/kg", INFANTS), [("1.5", "mg/m2", None)], False),
    (("5", "mg/m2", None), [("5", "mg/kg", INFANTS)], False),
    (("5", "mg/m2", None), [("5", "mg", None)], False),
]


@pytest.mark.parametrize(("own", "others", "is_doubtful"), BY_SIZE)
def test_per_m2_where_all_others_are_per_kg(own, others, is_doubtful):
    """A dose by another size than all others is doubtful, unless it comes to as much."""
    mine = _by_size(_own, *own)
    pool = [mine, *(_by_size(_other, *one) for one in others)]

    doubts = doubts_about(mine, pool)

    assert bool(doubts) is is_doubtful
    assert all("every other document" in one and "other.pdf, page 7" in one for one in doubts)


def test_an_open_drug_is_compared_by_its_printed_name():
    """Which drug `lamivudine` is stays open; two documents that print it mean the same one."""
    own = _own(drug=None, value="3000", unit="mg", quote="Lamivudine, oral, 3000 mg daily")
    other = _other(drug=None, value="300", unit="mg", quote="TDF and lamivudine 300 mg daily")
    nameless = _other(drug=None, value="300", unit="mg", quote="then 300 mg daily")

    assert subject_of(own) == subject_of(other) == "lamivudine"
    assert doubts_about(own, [own, other]) != ()
    assert subject_of(nameless) == ""


def test_references_are_listed_with_their_doubts_as_printed():
    """The list carries the warning and leaves the value alone; a lone document has none."""
    store = MemoryStore()
    _hold(store, "own.pdf", "15")
    assert [row["warnings"] for row in list_references(store)] == [[]]

    _hold(store, "other.pdf", "1.5")
    rows = {row["file"]: row for row in list_references(store)}

    assert rows["own.pdf"]["value"] == 15
    assert rows["own.pdf"]["warnings"] == [
        "doubtful: ten times what other.pdf, page 1 (1.5 mg/m2) states; compare both pages"
    ]


def _hold(store: MemoryStore, file: str, value: str) -> None:
    held = make_prepared(f"Vincristine {value} mg/m2", file=file)
    references = tuple(make_reference(passage, value=value, file=file) for passage in held.passages)
    store.add_document(replace(held, references=references), make_event())


def _by_size(make, value, unit, population):
    return make(value=value, unit=unit, population=population, quote=f"Drug {value} {unit}")


def _own(**stated):
    return _made(**{"file": "own.pdf", "sha256": "a" * 64, "page": 3, **OWN, **stated})


def _other(**stated):
    usual = {"value": "1.5", "quote": "Vincristine 1.5 mg/m2"}
    return _made(**{"file": "other.pdf", "sha256": "b" * 64, "page": 7, **OWN, **usual, **stated})


def _made(*, quote, sha256, page, **stated):
    return make_reference(make_passage(quote, sha256=sha256, page=page), **stated)
