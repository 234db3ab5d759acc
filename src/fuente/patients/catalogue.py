"""The diagnosis catalogue: tumours by id, and by the names people and documents use for them.

Reads packaged facts once. It decides what counts as a known tumour; it holds no regimen, no drug
and no dose.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any, Final

from fuente.dosing.indications import DiagnosisName
from fuente.patients.anatomy import Language
from fuente.patients.diagnosis import (
    AgeRange,
    Diagnosis,
    Frequency,
    Modalities,
    Option,
    PrimarySite,
    StageSystem,
)
from fuente.patients.naming import Mention, Name, NameFinder

# Sides of a paired organ where the catalogue states none. Source: general knowledge.
# Confidence: low.
_EITHER_SIDE: Final = {"left": 50, "right": 50}


@dataclass(frozen=True, slots=True)
class Family:
    """A name that several diagnoses share, such as acute lymphoblastic leukaemia.

    A document so titled is about its `members`; a request so worded means `default`, and asks back
    when there is none.
    """

    id: str
    names: tuple[str, ...]
    members: tuple[str, ...]
    default: str | None


class Catalogue:
    """All diagnoses, by id and by name."""

    def __init__(
        self,
        diagnoses: tuple[Diagnosis, ...],
        families: tuple[Family, ...],
        names: Mapping[str, tuple[Name, ...]],
    ) -> None:
        self._diagnoses = {d.id: d for d in diagnoses}
        self._families = {f.id: f for f in families}
        self._names = dict(names)
        self._finder = NameFinder(name for group in names.values() for name in group)

    def diagnosis(self, diagnosis_id: str) -> Diagnosis:
        """The diagnosis with this id.

        Raises:
            KeyError: the catalogue does not hold it.
        """
        try:
            return self._diagnoses[diagnosis_id]
        except KeyError:
            raise KeyError(f"the diagnosis catalogue does not hold {diagnosis_id!r}") from None

    def all(self) -> tuple[Diagnosis, ...]:
        """Every diagnosis in catalogue order."""
        return tuple(self._diagnoses.values())

    def family(self, family_id: str) -> Family | None:
        """The family with this id, or None when the id is a diagnosis."""
        return self._families.get(family_id)

    def families(self) -> tuple[Family, ...]:
        """Every shared name."""
        return tuple(self._families.values())

    def find(self, text: str, language: Language | None = None) -> tuple[str, ...]:
        """Ids of the diagnoses a text names, in order; a shared name gives its default.

        Names of all languages are tried unless one is given; Portuguese goes with Spanish.
        """
        found = (self._meant(m.id) for m in self.mentions(text, language))
        return tuple(dict.fromkeys(i for i in found if i is not None))

    def mentions(self, text: str, language: Language | None = None) -> tuple[Mention, ...]:
        """Where a text names diagnoses or families, longest names first, without overlap."""
        spoken = {"en": ("en",), "es": ("es", "pt")}.get(language or "", ("en", "es", "pt"))
        return self._finder.mentions(text, spoken)

    def names(self) -> tuple[DiagnosisName, ...]:
        """Every name a document may use for each diagnosis, shared names included."""
        return tuple(DiagnosisName(d.id, self._document_names(d)) for d in self.all())

    def words(self) -> frozenset[str]:
        """Every word that occurs in a name, folded: what a misspelling may have meant."""
        return self._finder.words

    def with_morphology(self, morphology: str) -> tuple[Diagnosis, ...]:
        """The diagnoses an ICD-O-3 code belongs to, in any revision."""
        return tuple(d for d in self.all() if morphology in d.morphologies)

    def _meant(self, found: str) -> str | None:
        family = self._families.get(found)
        return family.default if family else found

    def _document_names(self, diagnosis: Diagnosis) -> tuple[str, ...]:
        shared = [f.id for f in self.families() if diagnosis.id in f.members]
        named = [name for key in (diagnosis.id, *shared) for name in self._names[key]]
        # In lower case these are ordinary words (`all`, `os`), and documents are matched folded.
        return tuple(dict.fromkeys(name.text for name in named if not name.capitals))


@cache
def load_catalogue() -> Catalogue:
    """The packaged catalogue; read once, then shared (it never changes)."""
    names = {entry["id"]: _names(entry) for entry in _data("diagnosis_names.json")["names"]}
    families = _data("diagnosis_families.json")["families"]
    diagnoses = tuple(_diagnosis(entry) for entry in _data("diagnoses.json")["diagnoses"])
    for diagnosis in diagnoses:
        own = (
            Name(diagnosis.id, diagnosis.name_en, "en"),
            Name(diagnosis.id, diagnosis.name_es, "es"),
        )
        names[diagnosis.id] = (*own, *names[diagnosis.id])
    return Catalogue(
        diagnoses=diagnoses,
        families=tuple(_family(entry) for entry in families),
        names={**names, **{entry["id"]: _names(entry) for entry in families}},
    )


def _names(entry: Mapping[str, Any]) -> tuple[Name, ...]:
    spelled = (
        Name(entry["id"], text, tongue) for tongue in ("en", "es", "pt") for text in entry[tongue]
    )
    short = (Name(entry["id"], text, "any") for text in entry["any_case"])
    capitals = (Name(entry["id"], text, "any", capitals=True) for text in entry["capitals"])
    return (*spelled, *short, *capitals)


def _family(entry: Mapping[str, Any]) -> Family:
    return Family(
        id=entry["id"],
        names=tuple(name.text for name in _names(entry)),
        members=tuple(entry["members"]),
        default=entry.get("default"),
    )


def _diagnosis(entry: Mapping[str, Any]) -> Diagnosis:
    modalities = {key: Frequency(value) for key, value in entry["modalities"].items()}
    return Diagnosis(
        id=entry["id"],
        name_en=entry["name_en"],
        name_es=entry["name_es"],
        icdo3_2=entry["icdo3_2"],
        icdo3_legacy=tuple(entry["icdo3_legacy"]),
        sites=tuple(PrimarySite(**site) for site in entry["topographies"]),
        age=_age(entry["age_years"]),
        percent_male=entry["percent_male"],
        metastatic_percent=entry["metastatic_percent"],
        metastasis_topographies=tuple(entry["metastasis_topographies"]),
        modalities=Modalities(**modalities),
        intrathecal_use=Frequency(entry["intrathecal_use"]),
        corticosteroid_over_4w=Frequency(entry["corticosteroid_over_4w"]),
        genetic_associations=tuple(entry["genetic_associations"]),
        genetic_percent=entry["genetic_percent"],
        confidence=entry["confidence"],
        sex=entry.get("sex_restriction"),
        hsct_type=entry.get("hsct_type"),
        immunophenotype=entry.get("immunophenotype", ""),
        markers=_options(entry.get("markers", ())),
        stage_systems=tuple(_stage_system(s) for s in entry.get("stage_systems", ())),
        risk_groups=_options(entry.get("risk_groups", ())),
        sides=tuple(Option(k, v) for k, v in entry.get("laterality", _EITHER_SIDE).items()),
    )


def _age(entry: Mapping[str, Any]) -> AgeRange:
    years = {key: Decimal(str(value)) for key, value in entry.items()}
    return AgeRange(years["min"], years["max"], years["peak_from"], years["peak_to"])


def _stage_system(entry: Mapping[str, Any]) -> StageSystem:
    return StageSystem(entry["system"], _options(entry["values"]))


def _options(entries: Any) -> tuple[Option, ...]:  # noqa: ANN401  parsed JSON
    return tuple(
        Option(
            value=entry["value"],
            weight=entry["weight"],
            metastatic=entry.get("metastatic"),
            below_years=Decimal(str(entry["below_years"])) if "below_years" in entry else None,
            when=tuple((key, frozenset(value)) for key, value in entry.get("when", {}).items()),
        )
        for entry in entries
    )


def _data(name: str) -> Any:  # noqa: ANN401  parsed JSON
    return json.loads((files("fuente.patients") / "data" / name).read_text(encoding="utf-8"))
