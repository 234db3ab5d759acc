"""How a fact is written in a document's language and house style.

Decides digits, units, days, routes and headings of columns; it never changes a value.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from scripts.corpus.facts import BandFact, DoseFact

_TEXT = {
    "en": {
        "drug": "Drug", "dose": "Dose", "route": "Route", "days": "Days", "cap": "Maximum",
        "infusion": "Infusion", "notes": "Notes", "target": "Target", "total": "Total dose (Gy)",
        "fractions": "Fractions", "fraction": "Dose per fraction (Gy)", "boost": "Boost",
        "indication": "Indication", "limit": "Limit", "context": "Comment",
        "activity": "Activity", "nuclide": "Radiopharmaceutical", "fact": "Fact",
        "source": "Source", "confidence": "Confidence", "part": "Part of this document",
        "table": "Table", "continued": "(continued)", "page": "Page",
        "medication": "Medication", "administration": "Administration",
        "contents": "Contents", "edition": "Edition", "valid": "Valid from",
        "review": "Review by", "language": "Language", "language_name": "English",
        "code": "Protocol code", "kind": "Paediatric Oncology Protocol",
        "mark": "ILLUSTRATIVE, NOT FOR TREATMENT", "scope": "Scope", "status": "Status",
        "see": "see Table", "by_age": "by age", "by_weight": "by weight",
        "by_bsa": "by body surface", "over": "over {} h", "continuous": "continuous over 24 h",
        "max": "max.", "gy_in": "{} Gy in {} fractions", "high": "high", "medium": "medium",
        "low": "low", "about": "About this document",
        "facts_caption": "Facts stated in this document, their sources and confidence",
    },
    "es": {
        "drug": "Fármaco", "dose": "Dosis", "route": "Vía", "days": "Días",
        "cap": "Máximo", "infusion": "Infusión", "notes": "Observaciones",
        "target": "Volumen", "total": "Dosis total (Gy)", "fractions": "Fracciones",
        "fraction": "Dosis por fracción (Gy)", "boost": "Sobreimpresión",
        "indication": "Indicación", "limit": "Límite", "context": "Comentario",
        "activity": "Actividad", "nuclide": "Radiofármaco", "fact": "Dato",
        "source": "Fuente", "confidence": "Confianza", "part": "Parte del documento",
        "table": "Tabla", "continued": "(continuación)", "page": "Página",
        "medication": "Medicación", "administration": "Administración",
        "contents": "Índice", "edition": "Edición", "valid": "Vigente desde",
        "review": "Revisión antes de", "language": "Idioma", "language_name": "Español",
        "code": "Código del protocolo", "kind": "Protocolo de Oncología Pediátrica",
        "mark": "ILUSTRATIVO, NO APTO PARA TRATAMIENTO", "scope": "Ámbito", "status": "Estado",
        "see": "ver tabla", "by_age": "según edad", "by_weight": "según peso",
        "by_bsa": "según superficie corporal", "over": "en {} h",
        "continuous": "infusión continua de 24 h", "max": "máx.",
        "gy_in": "{} Gy en {} fracciones", "high": "alta", "medium": "media", "low": "baja",
        "about": "Sobre este documento",
        "facts_caption": "Datos de este documento, su fuente y su confianza",
    },
}  # fmt: skip
_ABOUT = {
    "en": (
        "This is an illustrative protocol. It was written to test clinical software and must not "
        "be used to treat a patient. It has the form of a hospital protocol, belongs to no "
        "hospital, and is not the protocol of any trial it names.",
        "Doses, days and radiation fields were compiled from published schedules. The last "
        "section states the source of every fact and how certain it is. {}",
        "Pages before the body carry roman numerals; the body is numbered from 1. Doses are per "
        "administration unless a table says otherwise.",
    ),
    "es": (
        "Este es un protocolo ilustrativo. Se ha escrito para probar programas clínicos y no debe "
        "usarse para tratar a ningún paciente. Tiene la forma de un protocolo hospitalario, no "
        "pertenece a ningún hospital y no es el protocolo de los ensayos que cita.",
        "Las dosis, los días y los campos de irradiación proceden de esquemas publicados. La "
        "última sección da la fuente de cada dato y su grado de confianza. {}",
        "Las páginas preliminares llevan números romanos y el cuerpo empieza en la página 1. "
        "Salvo que la tabla diga otra cosa, las dosis son por administración.",
    ),
}
_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre "
    "diciembre",
}
_ROUTES = {
    "upper": {},
    "words": {"IV": "intravenous", "PO": "oral", "IT": "intrathecal", "IM": "intramuscular",
              "IA": "intra-arterial"},
    "dotted": {"IV": "i.v.", "PO": "v.o.", "IT": "i.t.", "IM": "i.m.", "IA": "i.a."},
    "palabras": {"IV": "intravenosa", "PO": "oral", "IT": "intratecal", "IM": "intramuscular",
                 "IA": "intraarterial"},
    "plain": {"IV": "IV", "PO": "oral", "IT": "IT"},
}  # fmt: skip
_TIMES = {
    ("en", "every"): {2: "every 12 h", 4: "every 6 h"},
    ("en", "words"): {2: "per dose, twice daily", 4: "per dose, four times daily"},
    ("es", "every"): {2: "cada 12 h", 4: "cada 6 h"},
    ("es", "words"): {2: "por dosis, 2 dosis al día", 4: "por dosis, 4 dosis al día"},
}


@dataclass(frozen=True, slots=True)
class House:
    """The language and the habits of one document."""

    language: str
    square: str = "m2"
    routes: str = "upper"
    days: str = "comma"
    times: str = "every"
    micro: str = "micrograms"

    @property
    def spanish(self) -> bool:
        """Whether numbers and names are Spanish."""
        return self.language == "es"

    def word(self, key: str) -> str:
        """A fixed word of the document's language."""
        return _TEXT[self.language][key]

    def about(self, caution: str) -> list[str]:
        """What every document says of itself, with its own caution in it."""
        return [text.format(caution) for text in _ABOUT[self.language]]

    def number(self, value: str | Decimal) -> str:
        """Digits with the language's separators; four digits and more are grouped."""
        plain = f"{Decimal(str(value)):,f}"
        if self.spanish:
            return plain.replace(",", "\0").replace(".", ",").replace("\0", ".")
        return plain

    def unit(self, ucum: str) -> str:
        """A UCUM unit as this document prints it."""
        printed = ucum.replace("[iU]", "UI" if self.spanish else "IU")
        printed = printed.replace("ug", self.micro)
        return printed.replace("m2", "m²") if self.square == "m²" else printed

    def quantity(self, value: str | Decimal, ucum: str) -> str:
        """Number and unit."""
        return f"{self.number(value)} {self.unit(ucum)}"

    def dose(self, fact: DoseFact, header_unit: str = "") -> str:
        """The dose cell: without the unit where the column's header gives it."""
        value = self.number(fact.dose)
        printed = value if fact.unit == header_unit else f"{value} {self.unit(fact.unit)}"
        return f"{printed} {self.times_per_day(fact.per_day)}".strip()

    def times_per_day(self, per_day: int) -> str:
        """How often in a day, empty for once."""
        return "" if per_day == 1 else _TIMES[self.language, self.times][per_day]

    def route(self, code: str) -> str:
        """The route as this document prints it."""
        return _ROUTES[self.routes].get(code, code)

    def drug(self, name: str, names: dict[str, str]) -> str:
        """The drug's name in the document's language, with a capital; combinations joined."""
        parts = [names[part] if self.spanish else part for part in name.split("+")]
        joined = " + ".join(parts)
        return joined[:1].upper() + joined[1:]

    def day_list(self, days: tuple[int, ...]) -> str:
        """Days with runs of three or more written as a range."""
        return ", ".join(self._runs(days))

    def _runs(self, days: tuple[int, ...]) -> Iterator[str]:
        start = 0
        for index in range(len(days)):
            if index + 1 < len(days) and days[index + 1] == days[index] + 1:
                continue
            run = days[start : index + 1]
            start = index + 1
            yield from [self._range(run)] if len(run) > 2 else map(str, run)

    def _range(self, run: tuple[int, ...]) -> str:
        joint = {"comma": "-", "to": " to ", "al": " al "}[self.days]
        if run[0] < 0:
            joint = " al " if self.spanish else " to "
        return f"{run[0]}{joint}{run[-1]}"

    def infusion(self, hours: str) -> str:
        """How long the infusion runs, empty where the source gives no time."""
        if not hours:
            return ""
        return (
            self.word("continuous")
            if hours == "24"
            else self.word("over").format(self.number(hours))
        )

    def band(self, cell: BandFact) -> str:
        """The header of a band column: `<1 year`, `9-<16 kg`."""
        text = cell.band.replace(">=", "≥").replace("<=", "≤").replace("m2", self.unit("m2"))
        ones = {"y": ("year", "years"), "mo": ("months", "months")}
        if self.spanish:
            text = text.replace(".", ",")
            ones = {"y": ("año", "años"), "mo": ("meses", "meses")}
        number, _, unit = text.rpartition(" ")
        one, many = ones.get(unit, (unit, unit))
        return f"{number} {one if number == '<1' else many}"

    def date(self, iso: str) -> str:
        """A date in words."""
        year, month, day = iso.split("-")
        name = _MONTHS[self.language].split()[int(month) - 1]
        return f"{int(day)} de {name} de {year}" if self.spanish else f"{int(day)} {name} {year}"
