"""The facts of a record as draft sentences with slots, in English or Spanish.

A draft is a template such as `The patient is a [age] [sex].` and the words for each slot. The
template carries no number, date, drug or site: those live in the slots, which only code fills.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from fuente.dosing.drugs import Vocabulary
from fuente.generation.case import age_years
from fuente.generation.leaf import Scalar
from fuente.generation.templates import TEMPLATES
from fuente.generation.wording import Tongue, listed, spoken_date, spoken_number, word

# Tumours named after people keep their capital.
_PROPER: Final = ("Burkitt", "Ewing", "Hodgkin", "Wilms", "Langerhans")
SLOT: Final = re.compile(r"\[([a-z_]+)\]")
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Draft:
    """One sentence to be written: its section, its template, and the words of its slots."""

    section: str
    template: str
    slots: Mapping[str, str]

    def __post_init__(self) -> None:
        named = set(SLOT.findall(self.template))
        if named != set(self.slots):
            raise ValueError(f"{self.section}: template names {named}, given {set(self.slots)}")

    @property
    def slot_order(self) -> tuple[str, ...]:
        """The slots in the order the template has them."""
        return tuple(SLOT.findall(self.template))

    def render(self) -> str:
        """The sentence as code writes it."""
        return fill(self.template, self.slots)


def fill(template: str, slots: Mapping[str, str]) -> str:
    """A template with its slots replaced by their words."""
    return SLOT.sub(lambda match: slots[match[1]], template)


class Drafter:
    """Drafts all sentences of one record in one language."""

    def __init__(self, tongue: Tongue, vocabulary: Vocabulary) -> None:
        self._tongue: Tongue = tongue
        self._vocabulary = vocabulary

    def drafts(self, record: Row) -> tuple[Draft, ...]:
        """The sentences in the order they are told."""
        return tuple(self._all(record))

    def _all(self, record: Row) -> Iterator[Draft]:
        yield from self._presentation(record)
        for line in record["treatment_lines"]:
            yield self._draft("line", **self._line(line))
        for course in record["chemotherapy"]:
            yield from self._chemotherapy(course)
        yield from self._intrathecal(record)
        for row in record["surgery"]:
            yield self._surgery(row)
        for row in record["radiotherapy"]:
            yield from self._radiotherapy(row)
        for row in record["hsct"]:
            yield self._draft("hsct", kind=word(row["type"], self._tongue), date=self._day(row))
        for row in record["relapse"]:
            yield self._relapse(row)
        yield from self._other(record.get("other") or {})
        yield self._outcome(record)

    def _presentation(self, record: Row) -> Iterator[Draft]:
        person = record["demographics"]
        name = " ".join(person[key] for key in ("given_name", "family_name_1"))
        for row in record["diagnoses"]:
            day = spoken_date(_iso(row["date_of_diagnosis"]), self._tongue)
            tumour = _in_sentence(row[f"tumour_name_{self._tongue}"])
            site = _in_sentence(row.get("site_text") or "")
            if row["diagnosis_number"] > 1:
                yield self._draft("second_tumour", tumour=tumour, site=site, date=day)
                continue
            yield self._draft(
                "presentation",
                name=name,
                age=self._age(person["birth_date"], row["date_of_diagnosis"]),
                sex=word(person["sex"], self._tongue),
                tumour=tumour,
                site=site,
                date=day,
            )
            yield self._draft("metastatic" if row["metastatic"] else "localised")

    def _line(self, line: Row) -> dict[str, str]:
        return {
            "protocol": line["protocol_name"],
            "date": spoken_date(_iso(line["start_date"]), self._tongue),
        }

    def _chemotherapy(self, course: Row) -> Iterator[Draft]:
        rows = course["administrations"]
        if not rows:
            return
        drugs = dict.fromkeys(row["drug_inn"] for row in rows)
        yield self._draft(
            "chemotherapy",
            drugs=listed(tuple(self._drug(drug) for drug in drugs), self._tongue),
            start=spoken_date(_iso(course["start_date"]), self._tongue),
            end=spoken_date(_iso(course["end_date"]), self._tongue),
        )
        yield self._first_dose(rows[0])

    def _first_dose(self, row: Row) -> Draft:
        return self._draft(
            "first_dose",
            drug=self._drug(row["drug_inn"]),
            prescribed=self._amount(row["prescribed_value"], row["prescribed_unit"]),
            given=self._amount(row["dose_administered"], row["dose_administered_unit"]),
        )

    def _intrathecal(self, record: Row) -> Iterator[Draft]:
        block = record.get("intrathecal") or {}
        if block.get("given"):
            drugs = tuple(self._drug(drug) for drug in block["drugs"])
            yield self._draft(
                "intrathecal",
                drugs=listed(drugs, self._tongue),
                count=str(block["injections"]),
            )

    def _surgery(self, row: Row) -> Draft:
        if row["shunt"]:
            kind = word(row["shunt_type"], self._tongue)
            return self._draft("shunt", kind=kind, date=self._day(row))
        operation = word(row["procedure"], self._tongue)
        return self._draft("surgery", operation=operation, date=self._day(row))

    def _radiotherapy(self, row: Row) -> Iterator[Draft]:
        target = listed(
            tuple(word(site, self._tongue) for site in row["target_site"]), self._tongue
        )
        start = spoken_date(_iso(row["start_date"]), self._tongue)
        if row.get("activity_mbq") is not None:
            activity = self._amount(row["activity_mbq"], "MBq")
            yield self._draft(
                "metabolic", nuclide=row["radionuclide"], activity=activity, date=start
            )
            return
        dose = self._amount(row["total_dose"], "Gy")
        if row.get("fractions") is None:
            section = "brachytherapy" if row["type"] == "brachytherapy" else "irradiation"
            yield self._draft(section, target=target, dose=dose, date=start)
            return
        yield self._draft(
            "radiotherapy",
            target=target,
            dose=dose,
            fractions=str(row["fractions"]),
            start=start,
            end=spoken_date(_iso(row["end_date"]), self._tongue),
        )
        if row["boost_given"]:
            site = word(row["boost_site"], self._tongue)
            yield self._draft("boost", site=site, dose=self._amount(row["boost_dose"], "Gy"))

    def _relapse(self, row: Row) -> Draft:
        return self._draft(
            "relapse",
            extent=word(row["extent"], self._tongue),
            kind=word(row["kind"], self._tongue),
            date=self._day(row),
        )

    def _other(self, other: Row) -> Iterator[Draft]:
        if other.get("toxicity"):
            yield self._draft(
                "toxicity",
                toxicity=other["toxicity_description"],
                grade=other["toxicity_grade"],
                date=spoken_date(_iso(other["toxicity_date"]), self._tongue),
                outcome=word(other["toxicity_outcome"], self._tongue),
            )
        if other.get("catheter"):
            yield self._draft("catheter", catheter=word(other["catheter_type"], self._tongue))
        if other.get("transfusions"):
            yield self._draft("transfusions", count=str(other["transfusion_count"]))

    def _outcome(self, record: Row) -> Draft:
        outcome = record["outcome"]
        return self._draft(
            "outcome",
            date=spoken_date(_iso(outcome["date_last_contact"]), self._tongue),
            status=self._status(outcome["status"], record["demographics"]["sex"]),
        )

    def _status(self, status: str, sex: str) -> str:
        text = word(status, self._tongue)
        if self._tongue == "es" and sex == "female":
            text = text.replace("vivo", "viva").replace("fallecido", "fallecida")
        return text

    def _draft(self, section: str, **slots: str) -> Draft:
        return Draft(section, TEMPLATES[section][self._tongue], slots)

    def _day(self, row: Row) -> str:
        return spoken_date(_iso(row["date"]), self._tongue)

    def _drug(self, inn: str) -> str:
        drug = self._vocabulary.drug(inn)
        return drug.inn_es if self._tongue == "es" else drug.inn

    def _amount(self, value: Decimal | int, unit: str) -> str:
        return f"{spoken_number(value, self._tongue)} {_spoken_unit(unit, self._tongue)}"

    def _age(self, birth: Any, day: Any) -> str:  # noqa: ANN401  a date or its ISO text
        years = age_years(_date(birth), _date(day))
        if years >= 2:
            return f"{years} {'años' if self._tongue == 'es' else 'years'}"
        months = (_date(day) - _date(birth)).days * 12 // 365
        return f"{months} {'meses' if self._tongue == 'es' else 'months'}"


def _in_sentence(name: str) -> str:
    """A catalogue name as prose has it: no `NOS`, no capital unless it is a proper name."""
    plain = name.removesuffix(", NOS").removesuffix(", SAI")
    common = plain[1:2].islower() and not plain.startswith(_PROPER)
    return plain[:1].lower() + plain[1:] if common else plain


def _spoken_unit(unit: str, tongue: Tongue) -> str:
    units = {"[iU]": "UI" if tongue == "es" else "IU", "m2": "m²", "ug": "µg"}
    for code, spoken in units.items():
        unit = unit.replace(code, spoken)
    return unit


def _iso(value: Scalar) -> str:
    return str(value)


def _date(value: Any) -> date:  # noqa: ANN401  a date or its ISO text
    return value if isinstance(value, date) else date.fromisoformat(value)
