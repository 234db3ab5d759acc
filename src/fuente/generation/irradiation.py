"""Radiotherapy episodes: dose and fractions as cited, dates by the working week."""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from fuente.documents.citation import Citation
from fuente.dosing.disease_words import asks_for_residue
from fuente.dosing.reference import DoseReference, Irradiation, ReferenceKind
from fuente.generation.body import Measurement
from fuente.generation.case import Case, plus
from fuente.generation.choices import Choice, Option, choose_leaf
from fuente.generation.leaf import Leaf, cited, derived, sampled
from fuente.generation.schedule import whole

# Two fractions a day from this many, as total body irradiation is given. Source: the conditioning
# facts of the project (12 Gy in 6 fractions over 3 days). Confidence: medium.
_TWICE_DAILY_TARGETS: Final = frozenset({"whole_body"})
_DEVICE: Final = "With which machine is the patient irradiated?"
_DEVICES: Final = (
    Option("linac_mv", "photons of a linear accelerator"),
    Option("proton", "protons"),
)
_ISOTOPES: Final = {"I-131": "I-131", "131I-MIBG": "131I-MIBG"}


@dataclass(frozen=True, slots=True)
class Field:
    """One irradiation to give: the reference, which diagnosis it treats, and why.

    `boosted` is whether the boost is given, where the reference states one.
    """

    reference: DoseReference
    diagnosis_number: Leaf
    intent: Leaf
    measurement: Measurement
    boosted: bool = True


def margins_for_boost(reference: DoseReference) -> frozenset[str]:
    """The margins after which the stated boost is given; empty when after all, or none is stated.

    A table prints the condition before the amount: `Macroscopic residual: 10.8 Gy`.
    """
    what = reference.irradiation
    if what is None or what.boost_gy is None:
        return frozenset()
    amount = re.escape(str(what.boost_gy)).replace(r"\.", "[.,]")
    before = re.search(rf"(?P<words>[^\d.;]*?)\s*{amount}\s*Gy", reference.quote)
    return asks_for_residue(before["words"]) if before else frozenset()


def pick_irradiation(
    case: Case, references: tuple[DoseReference, ...], scope: str
) -> DoseReference:
    """The field for this patient: the model chooses when the document allows several."""
    options = tuple(Option(one.reference_id, _label(one)) for one in references)
    question = "Which radiotherapy fits this patient?"
    leaf = choose_leaf(case.chooser, Choice(f"{scope}/radiotherapy", question, options))
    return next(one for one in references if one.reference_id == leaf.value)


def episode(case: Case, number: int, field: Field, start: Leaf, scope: str) -> dict[str, Any]:
    """One row of the radiotherapy block, beginning on a working day."""
    if field.reference.kind is ReferenceKind.METABOLIC:
        return _metabolic(case, number, field, start, scope)
    what = field.reference.irradiation
    if what is None:
        raise ValueError(f"reference {field.reference.reference_id} states no irradiation")
    citation = case.bundle.citation(field.reference)
    tree = _head(number, field, citation)
    if what.technique == "brachytherapy":
        return tree | _brachytherapy(case, what, start, citation, scope)
    first = derived(_working_day(start.value), "first working day", start)
    if not field.boosted:
        what = replace(what, boost_gy=None, boost_fractions=None)
    end = _last_day(what, first, citation)
    return tree | {
        "start_date": first,
        "end_date": end,
        "type": cited("external_beam", citation),
        "device": choose_leaf(case.chooser, Choice(f"{scope}/device", _DEVICE, _DEVICES)),
        "target_site": [cited(what.target or "primary", citation)],
        **_doses(what, citation),
    }


def body_episode(case: Case, number: int, field: Field, start: Leaf) -> dict[str, Any]:
    """Whole body irradiation of a conditioning: consecutive days, two fractions a day."""
    what = field.reference.irradiation
    if what is None:
        raise ValueError(f"reference {field.reference.reference_id} states no irradiation")
    citation = case.bundle.citation(field.reference)
    days = days_of_body_irradiation(field.reference)
    first = derived(start.value, "first day of the conditioning", start)
    return _head(number, field, citation) | {
        "start_date": first,
        "end_date": derived(
            plus(start.value, days - 1), f"{days} days of two fractions each", first
        ),
        "type": cited("external_beam", citation),
        "device": derived("linac_mv", "whole body irradiation is given by photons"),
        "target_site": [cited("whole_body", citation)],
        **_doses(what, citation),
    }


def is_whole_body(reference: DoseReference) -> bool:
    """Whether the field is the whole body."""
    return reference.irradiation is not None and reference.irradiation.target == "whole_body"


def days_of_body_irradiation(reference: DoseReference | None) -> int:
    """How many days the irradiation takes; none when there is none."""
    if reference is None or reference.irradiation is None:
        return 0
    return -(-(reference.irradiation.fractions or 1) // 2)


def _head(number: int, field: Field, citation: Citation) -> dict[str, Any]:
    return {
        "episode": derived(number, "order of the episodes"),
        "block_used": derived(False, "no shielding block planned"),
        "boost_given": derived(False, "no boost stated"),
        "intent": field.intent,
        "relates_to_diagnosis": field.diagnosis_number,
        "citation_id": derived(citation.citation_id, "citation of dose and fractions"),
    }


def _doses(what: Irradiation, citation: Citation) -> dict[str, Any]:
    total = cited(what.total_gy, citation)
    tree: dict[str, Any] = {"total_dose": total, "total_dose_unit": cited("Gy", citation)}
    if what.fractions:
        fractions = cited(what.fractions, citation)
        tree |= {
            "fractions": fractions,
            "dose_per_fraction": _per_fraction(what, total, fractions, citation),
            "dose_per_fraction_unit": cited("Gy", citation),
        }
    if what.boost_gy:
        tree |= {
            "boost_given": cited(True, citation),
            "boost_site": cited(what.boost_target or "tumour_bed", citation),
            "boost_dose": cited(what.boost_gy, citation),
            "boost_dose_unit": cited("Gy", citation),
        }
    if what.boost_gy and what.boost_fractions:
        tree["boost_fractions"] = cited(what.boost_fractions, citation)
    return tree


def _per_fraction(what: Irradiation, total: Leaf, fractions: Leaf, citation: Citation) -> Leaf:
    if what.fraction_gy is not None:
        return cited(what.fraction_gy, citation)
    value = (what.total_gy / Decimal(what.fractions or 1)).quantize(Decimal("0.01"))
    return derived(whole(value), "total dose / fractions, 2 decimals", total, fractions)


def _brachytherapy(
    case: Case, what: Irradiation, start: Leaf, citation: Citation, scope: str
) -> dict[str, Any]:
    hours = case.draws.integer(f"{scope}/plaque_hours", 40, 90)
    return {
        "start_date": derived(start.value, "day of placement", start),
        "end_date": derived(start.value + timedelta(hours=hours), "placement + hours", start),
        "type": cited("brachytherapy", citation),
        "target_site": [cited(what.target or "eye", citation)],
        "total_dose": cited(what.total_gy, citation),
        "total_dose_unit": cited("Gy", citation),
        "brachy_technique": derived("surface_plaque", "plaque on the eye"),
        "brachy_isotope": cited(what.isotope or "Ru-106", citation),
        "brachy_reference_point": derived("tumour_apex", "dose prescribed to the apex"),
        "brachy_duration_h": sampled(hours, "uniform integer 40 to 90 h"),
    }


def _metabolic(case: Case, number: int, field: Field, start: Leaf, scope: str) -> dict[str, Any]:
    reference = field.reference
    citation = case.bundle.citation(reference)
    low = reference.minimum if reference.minimum is not None else reference.value
    stated = cited(whole(low or Decimal(0)), citation)
    nuclide = "131I-MIBG" if reference.drug == "iobenguane (131I)" else "I-131"
    target = "whole_body" if nuclide == "131I-MIBG" else "thyroid"
    tree = _head(number, field, citation) | {
        "start_date": derived(start.value, "day of administration", start),
        "end_date": derived(start.value, "day of administration", start),
        "type": cited("metabolic", citation),
        "target_site": [derived(target, "organ the radionuclide goes to")],
        "radionuclide": cited(_ISOTOPES[nuclide], citation),
        "courses": sampled(case.draws.integer(f"{scope}/courses", 1, 2), "uniform integer 1 to 2"),
    }
    if reference.unit != "MBq/kg":
        return tree | {"activity_mbq": stated}
    weight = field.measurement.weight
    activity = (stated.value * weight.value).quantize(Decimal(1))
    formula = "activity per kg * weight, whole MBq"
    return tree | {
        "activity_per_kg": stated,
        "activity_mbq": derived(whole(activity), formula, stated, weight),
    }


def _last_day(what: Irradiation, first: Leaf, citation: Citation) -> Leaf:
    fractions = (what.fractions or 1) + (what.boost_fractions or 0)
    a_day = 2 if what.target in _TWICE_DAILY_TARGETS else 1
    days = -(-fractions // a_day)
    count = cited(what.fractions or 1, citation)
    formula = f"{days} treatment days, Monday to Friday"
    return derived(_after_working_days(first.value, days), formula, first, count)


def _working_day(day: date) -> date:
    while day.weekday() >= 5:
        day += timedelta(days=1)
    return day


def _after_working_days(first: date, days: int) -> date:
    day = first
    for _ in range(days - 1):
        day = _working_day(day + timedelta(days=1))
    return day


def _label(reference: DoseReference) -> str:
    what = reference.irradiation
    if what is None:
        return reference.quote[:80]
    condition = reference.population.text if reference.population else ""
    return f"{what.target_text or what.target} {what.total_gy} Gy {condition}".strip()[:80]
