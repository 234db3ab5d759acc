"""What administrations add up to: the course, its totals, intrathecal and steroid blocks."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

from fuente.dosing.reference import Route
from fuente.dosing.regimen import Regimen
from fuente.generation.case import Case
from fuente.generation.chemotherapy import Administration
from fuente.generation.choices import Choice, Option, choose_leaf
from fuente.generation.disease import Disease
from fuente.generation.leaf import derived
from fuente.generation.treatment import Treatment
from fuente.patients.identity import hospitals

_TYPE: Final = "How does the patient take part in the protocol?"
_TYPES: Final = (
    Option("guideline", "treated by the protocol as the hospital's guideline"),
    Option("trial_protocol", "treated as a participant of the trial"),
)
_STEROIDS: Final = frozenset({"prednisone", "prednisolone", "dexamethasone", "methylprednisolone"})
# Continuous exposure that counts as long, in days. Source: the record's definition (more than 28
# days including the taper) and invariant COR-01. Confidence: high.
_LONG_DAYS: Final = 28
# A gap of more than a week between doses ends a continuous exposure. Confidence: medium.
_GAP_DAYS: Final = 7
# Amounts per m2 are totalled in these units; micrograms are counted as milligrams.
_TOTAL_UNITS: Final = {
    "mg": ("mg/m2", Decimal(1)),
    "g": ("g/m2", Decimal(1)),
    "ug": ("mg/m2", Decimal("0.001")),
    "[iU]": ("[iU]/m2", Decimal(1)),
}


def line(
    case: Case, number: int, regimen: Regimen, disease: Disease, treatment: Treatment
) -> dict[str, Any]:
    """One row of the treatment lines block, without its response."""
    heading = regimen.phases[0] if regimen.phases else None
    name = regimen.name
    citation = (
        case.bundle.cite(regimen.document_sha256, heading.page, heading.heading)
        if heading
        else None
    )
    start = treatment.start or disease.date
    tree: dict[str, Any] = {
        "line_number": derived(number, "order of the lines"),
        "intent": derived("curative", "first line of a tumour"),
        "protocol_name": derived(
            name, f"title of the document {citation.file if citation else ''}"
        ),
        "protocol_type": choose_leaf(case.chooser, Choice(f"line/{number}/type", _TYPE, _TYPES)),
        "start_date": derived(start.value, "first treatment", start),
    }
    if treatment.finished and treatment.end is not None:
        tree["end_date"] = derived(treatment.end.value, "last treatment", treatment.end)
    return tree


def chemotherapy_course(
    number: int, disease: Disease, given: Sequence[Administration]
) -> dict[str, Any] | None:
    """One row of the chemotherapy block; None without administrations."""
    if not given:
        return None
    ordered = sorted(given, key=lambda one: one.day.value)
    first, last = ordered[0].day, ordered[-1].day
    return {
        "relates_to_diagnosis": derived(disease.number.value, "diagnosis treated", disease.number),
        "line_number": derived(number, "order of the lines"),
        "start_date": derived(first.value, "first administration", first),
        "end_date": derived(last.value, "last administration", last),
        "institution": derived(hospitals()[0], "first of the fictitious hospitals"),
        "administrations": [one.tree for one in ordered],
        "cumulative_doses": _totals(ordered),
    }


def intrathecal(given: Sequence[Administration]) -> dict[str, Any]:
    """The intrathecal block: injections are distinct days."""
    by_day: dict[date, list[Administration]] = defaultdict(list)
    for one in given:
        if one.route is Route.IT:
            by_day[one.day.value].append(one)
    if not by_day:
        return {"given": derived(False, "no intrathecal administration")}
    drugs = sorted({one.drug for rows in by_day.values() for one in rows})
    triple = all(len({one.drug for one in rows}) >= 3 for rows in by_day.values())
    doses = [one.dose for _, rows in sorted(by_day.items()) for one in rows]
    return {
        "given": derived(True, "intrathecal administrations"),
        "injections": derived(len(by_day), "distinct days with an intrathecal dose"),
        "drugs": [derived(drug, "drugs given intrathecally") for drug in drugs],
        "triple": derived(triple, "three drugs at every injection"),
        "doses_mg": [derived(one.value, "dose of the injection", one) for one in doses],
    }


def corticosteroid(given: Sequence[Administration], disease: Disease) -> dict[str, Any]:
    """The corticosteroid block: the longest continuous exposure decides."""
    best: list[Administration] = []
    for drug in _STEROIDS:
        run = _longest_run([one for one in given if one.drug == drug and one.route is not Route.IT])
        if len(run) > 1 and _span(run) > (_span(best) if best else 0):
            best = run
    if not best or _span(best) < _LONG_DAYS:
        return {"over_4_weeks": derived(False, "no continuous exposure of 28 days")}
    first, last = best[0], best[-1]
    group = disease.entry.iccc3_at(disease.topography.value)
    # ICCC-3 counts histiocytosis, II(d), among the lymphomas.
    kind = "" if group == "II(d)" else group.split("(", maxsplit=1)[0]
    indication = {"I": "leukaemia", "II": "lymphoma"}.get(kind, "other")
    return {
        "over_4_weeks": derived(True, "continuous exposure of 28 days or more"),
        "drug_inn": derived(first.drug, "drug of the longest exposure"),
        "start_date": derived(first.day.value, "first dose", first.day),
        "end_date": derived(last.day.value, "last dose", last.day),
        "indication": derived(indication, "by diagnosis"),
    }


def _totals(given: Sequence[Administration]) -> list[dict[str, Any]]:
    sums: dict[tuple[str, str], Decimal] = {}
    for one in given:
        unit = _TOTAL_UNITS.get(one.unit)
        if one.route is Route.IT or unit is None:
            continue
        key = (one.drug, unit[0])
        per_area = Decimal(one.dose.value) * unit[1] / one.measurement.surface.value
        sums[key] = sums.get(key, Decimal(0)) + per_area
    formula = "sum of dose / body surface at each date, 1 decimal"
    return [
        {
            "drug_inn": derived(drug, "drug of the administrations"),
            "value": derived(total.quantize(Decimal("0.1")), formula),
            "value_unit": derived(unit, "unit of the administrations per m2"),
            "method": derived("calculated", "summed from the administrations"),
        }
        for (drug, unit), total in sorted(sums.items())
    ]


def _longest_run(given: Sequence[Administration]) -> list[Administration]:
    best: list[Administration] = []
    run: list[Administration] = []
    for one in sorted(given, key=lambda a: a.day.value):
        if run and (one.day.value - run[-1].day.value).days > _GAP_DAYS:
            run = []
        run.append(one)
        best = list(run) if _span(run) > (_span(best) if best else 0) else best
    return best


def _span(run: Sequence[Administration]) -> int:
    days: int = (run[-1].day.value - run[0].day.value).days
    return days + 1
