"""What a table column holds, by the words of its header in English, Spanish and Portuguese.

The one place where column vocabulary lives. Decides a role per header; does not read the cells.
A header may also state a band of age or weight, a drug or a unit: that is read where it is used.
"""

import re
from enum import StrEnum
from functools import lru_cache
from typing import Final

from fuente.documents.passage import Cell
from fuente.dosing.folding import any_of, fold


class ColumnRole(StrEnum):
    """The roles of the columns of a dose table or of a radiotherapy table."""

    DRUG = "drug"
    DOSE = "dose"
    UNIT = "unit"
    ROUTE = "route"
    DAYS = "days"
    WEEKS = "weeks"
    FREQUENCY = "frequency"
    CAP = "cap"
    LIMIT = "limit"
    INFUSION = "infusion"
    NOTES = "notes"
    BAND = "band"
    INDICATION = "indication"
    TARGET = "target"
    TOTAL = "total"
    FRACTIONS = "fractions"
    FRACTION_DOSE = "fraction_dose"
    BOOST = "boost"
    BOOST_FRACTIONS = "boost_fractions"
    STRENGTH = "strength"
    PHASE = "phase"
    OTHER = "other"


# The first role whose words stand in the header wins: the narrow before the wide, so that
# `Maximum dose` is a cap and `Dose per fraction` no drug dose.
_WORDS: Final[tuple[tuple[ColumnRole, tuple[str, ...]], ...]] = (
    (
        ColumnRole.STRENGTH,
        (
            r"tablets?(?: size| strength)?",
            r"capsules?",
            r"comprimidos?",
            r"presentac\w+",
            r"formulation",
            r"suspension",
            r"vials?",
            r"concentra\w+",
            r"dilu\w+",
            r"ampoules?",
            r"ampollas?",
            r"strength",
            r"levels?",
            r"nivel(?:es)?",
        ),
    ),
    (
        ColumnRole.BOOST_FRACTIONS,
        (
            r"boost (?:fractions?|fx)",
            r"fractions? (?:of|in) (?:the )?boost",
            r"fracciones (?:de la )?(?:sobreimpresion|boost|refuerzo)",
            r"(?:sobreimpresion|refuerzo) \(?fracciones\)?",
        ),
    ),
    (
        ColumnRole.BOOST,
        (r"boost\w*", r"sobreimpresion", r"sobredosis", r"refuerzo", r"reforco", r"cone[- ]down"),
    ),
    (
        ColumnRole.FRACTION_DOSE,
        (
            r"(?:dose|gy) ?(?:per|/) ?(?:fraction|fx|fr)\w*",
            r"(?:dosis|gy) ?(?:por|/) ?(?:fraccion|sesion|fx)\w*",
            r"dose ?(?:por|/) ?(?:fracao|fx)\w*",
            r"fraction (?:size|dose)",
            r"tamano de (?:la )?fraccion",
            r"daily fraction",
            r"fraccionamiento",
            r"fractionation",
        ),
    ),
    (
        ColumnRole.FRACTIONS,
        (
            r"(?:number of |no\.? (?:of )?|n\.? ?o? )?fractions?",
            r"(?:n(?:umero|\.?o?) (?:de )?)?fracciones",
            r"sesiones",
            r"fracoes",
            r"fx",
        ),
    ),
    (
        ColumnRole.TARGET,
        (
            r"targets?(?: volume)?",
            r"volumes?(?: treated| of treatment)?",
            r"volumen(?:es)?(?: blanco| diana| de tratamiento)?",
            r"fields?(?: of irradiation)?",
            r"irradiated (?:site|volume|field)",
            r"campos?",
            r"sites?",
            r"localizacion",
            r"zonas?",
            r"diana",
            r"alvo",
            r"region",
        ),
    ),
    (
        ColumnRole.LIMIT,
        (
            r"(?:cumulative|lifetime) ?(?:dose|limits?|maximum|maxima|total)?",
            r"(?:dosis|limite|maxim[oa]) acumulad[oa]s?",
            r"acumulad[oa]",
            r"dose (?:cumulativa|acumulada)",
            r"limits?",
            r"limite",
            r"threshold",
            r"umbral",
        ),
    ),
    (
        ColumnRole.CAP,
        (
            r"max(?:imum|imo|ima)?\.?(?: single)?(?: dose| dosis)?(?: per dose| absoluta)?",
            r"(?:absolute )?cap(?:ped)?(?: dose)?",
            r"tope",
            r"dose (?:cap|limit)",
            r"dosis (?:maxima|tope|limite)",
            r"dose maxima",
            r"not to exceed",
        ),
    ),
    (
        ColumnRole.TOTAL,
        (
            r"total(?: dose| dosis)?(?: per cycle| por ciclo)?(?: \(gy\))?",
            r"dosis total",
            r"dose total",
            r"prescribed dose",
            r"dosis prescrita",
        ),
    ),
    (
        ColumnRole.WEEKS,
        (r"weeks?(?: of treatment)?", r"semanas?", r"wk"),
    ),
    (
        ColumnRole.FREQUENCY,
        (
            r"freq\w+",
            r"times ?(?:per|/|a) ?day",
            r"doses ?(?:per|/) ?day",
            r"interval[os]?\w*",
            r"veces (?:al|por) dia",
            r"dosis (?:al|por) dia",
            r"tomas",
            r"administrations? per day",
            r"vezes (?:ao|por) dia",
        ),
    ),
    (
        ColumnRole.INFUSION,
        (
            r"infus\w+(?: time| duration)?",
            r"perfusi\w+",
            r"duration(?: of infusion)?",
            r"duracion(?: de la infusion)?",
            r"tiempo de infusion",
            r"tempo de infusao",
            r"(?:time|tiempo) \(h(?:ours?|oras)?\)",
            r"given over",
            r"administered over",
        ),
    ),
    (
        ColumnRole.DAYS,
        (
            r"(?:cycle )?days?(?:\(s\))?(?: of (?:cycle|treatment|course))?",
            r"(?:given|administered) on",
            r"dias?(?: del? (?:ciclo|tratamiento))?",
            r"schedule",
            r"calendario",
            r"esquema",
            r"pauta",
            r"timing",
            r"cronograma",
            r"when",
            r"momento",
        ),
    ),
    (
        ColumnRole.ROUTE,
        (r"routes?(?: of administration)?", r"via(?: de administrac\w+)?", r"adm(?:in)?\.?"),
    ),
    (
        ColumnRole.BAND,
        (
            r"(?:age|weight|body surface(?: area)?|bsa)(?: \w+)?(?: ?(?:group|band|range|class))?s?"
            r"(?: \([^)]*\))?",
            r"(?:edad|peso|superficie(?: corporal)?|grupo de edad|tramos?|franja|rango)"
            r"(?: \([^)]*\))?",
            r"(?:idade|faixa etaria)(?: \([^)]*\))?",
            r"bands?",
        ),
    ),
    (
        ColumnRole.INDICATION,
        (
            r"indica\w+",
            r"(?:risk|stage|disease) ?(?:group|category|status)?",
            r"(?:riesgo|estadio|grupo)(?: de riesgo)?",
            r"condi[ct]\w+",
            r"situa\w+",
            r"when given",
            r"patients?",
            r"pacientes?",
            r"poblacion",
            r"population",
            r"criteria",
            r"criterio\w*",
            r"context\w*",
            r"for whom",
        ),
    ),
    (
        ColumnRole.NOTES,
        (
            r"(?:notes?|remarks?|comments?|observations?)",
            r"(?:notas?|observac\w+|comentarios?)",
            r"(?:instructions?|preparation|administration)",
            r"administracion",
            r"details?",
            r"detalle\w*",
            r"forma de administracion",
        ),
    ),
    (
        ColumnRole.PHASE,
        (r"(?:treatment )?(?:phases?|blocks?|courses?|elements?)", r"fases?", r"blo(?:que|co)s?"),
    ),
    (
        ColumnRole.UNIT,
        (r"units?", r"unidad(?:es)?", r"unidade"),
    ),
    (
        ColumnRole.DRUG,
        (
            r"(?:study |chemotherapy |chemotherapeutic )?drugs?(?: name| combination)?s?",
            r"agents?",
            r"medica(?:tion|mento|cion|cao)s?",
            r"medicines?",
            r"farmacos?",
            r"citostaticos?",
            r"quimioterap\w+",
            r"chemotherapy",
            r"products?",
            r"producto",
            r"principio activo",
            r"active (?:substance|ingredient)",
            r"combina\w+",
            r"radiopharmaceuticals?",
            r"radiofarmacos?",
            r"treatment",
            r"tratamiento",
            r"component[es]*",
        ),
    ),
    (
        ColumnRole.DOSE,
        (
            r"dos(?:e|is|es|age|ing|ificac\w+)",
            r"amount",
            r"posolog\w+",
            r"cantidad",
            r"activit\w+",
            r"actividad",
            r"atividade",
            r"quantity",
            r"m?c?g ?/ ?(?:m2|m²|kg)",
            r"(?:iu|ui|units?) ?/ ?(?:m2|m²|kg)",
            r"gy",
            r"mg",
            r"mbq(?:/kg)?",
        ),
    ),
)

_PATTERNS: Final = tuple(
    (role, re.compile(rf"(?<![a-z]){any_of(words)}(?![a-z])")) for role, words in _WORDS
)
# The period of `mg/m2/day` or of `Dose per day` belongs to the amount; such a column lists no days.
_PERIOD: Final = re.compile(
    r"(?<![a-z])((?:daily )?dos(?:e|is|age)|amount|cantidad"
    r"|(?:mg|mcg|ug|g|ui|iu|u|units?)(?: ?(?:/|per|por) ?(?:m ?\^?[2\u00b2]|kg))?)"
    r"(?: ?/ ?| (?:per|por|al?|ao|each|cada) )(?:days?|dias?|d|24 ?h\w*)(?![a-z])"
)
_DAILY: Final = re.compile(r"(?<![a-z])(?:daily|diari[ao])(?![a-z])")
# An amount per body size is a dose, whatever else the column is called after.
_DOSED: Final = re.compile(
    r"\d ?(?:mg|mcg|ug|g|ui|iu|u|units?) ?(?:/|per|por) ?(?:m ?\^?[2\u00b2]|kg)"
)
_DOSED_UNDER: Final = frozenset({ColumnRole.ROUTE, ColumnRole.DAYS, ColumnRole.FREQUENCY})
_PARENTHESES: Final = re.compile(r"\([^)]*\)")
_KEPT: Final = 1024
"""Headers remembered; every row of a table asks for the roles of the same ones."""

_PATH: Final = re.compile(r"\s*(?:>|\n|\||»|\s/\s)\s*")


@lru_cache(_KEPT)
def column_role(header: str) -> ColumnRole:
    """The role the header's own words give; of a header path the nearest level decides first."""
    levels = [level for level in _PATH.split(header) if level.strip()]
    for level in reversed(levels):
        role = _role_of(fold(level))
        if role is not ColumnRole.OTHER:
            return role
    return _role_of(fold(header))


def cells_by_role(cells: tuple[Cell, ...]) -> dict[ColumnRole, list[Cell]]:
    """The cells of a row that have words, grouped by their columns' role."""
    grouped: dict[ColumnRole, list[Cell]] = {}
    for cell in cells:
        if cell.text.strip():
            grouped.setdefault(_role_of_cell(cell), []).append(cell)
    return grouped


def cell_text(grouped: dict[ColumnRole, list[Cell]], *roles: ColumnRole) -> str:
    """The words of all cells of these roles, in column order."""
    return " ".join(cell.text for role in roles for cell in grouped.get(role, ()))


def is_daily(header: str) -> bool:
    """Whether the header of a dose column says that its amounts are per day."""
    words = fold(header)
    return bool(_PERIOD.search(words) or _DAILY.search(words))


def _role_of_cell(cell: Cell) -> ColumnRole:
    """The role of its header; under `Dose and route` or `Dosis por día` an amount is the dose."""
    role = column_role(cell.header)
    is_dose = role in _DOSED_UNDER and bool(_DOSED.search(fold(cell.text)))
    return ColumnRole.DOSE if is_dose else role


def _role_of(header: str) -> ColumnRole:
    header = _PERIOD.sub(r"\1", header)
    for words in (_PARENTHESES.sub(" ", header), header):
        for role, pattern in _PATTERNS:
            if pattern.search(words):
                return role
    return ColumnRole.OTHER
