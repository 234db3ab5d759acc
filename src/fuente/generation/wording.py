"""How codes of the record read in English and Spanish prose."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Final, Literal

Tongue = Literal["en", "es"]

_WORDS: Final[Mapping[str, tuple[str, str]]] = {
    # sex
    "male": ("boy", "niño"),
    "female": ("girl", "niña"),
    # sides
    "right": ("right", "derecha"),
    "left": ("left", "izquierda"),
    "bilateral": ("bilateral", "bilateral"),
    "midline": ("midline", "línea media"),
    # procedures
    "resection": ("resection of the tumour", "resección del tumor"),
    "nephrectomy": ("nephrectomy", "nefrectomía"),
    "enucleation": ("enucleation", "enucleación"),
    "craniotomy": ("craniotomy with resection", "craneotomía con resección"),
    "biopsy": ("biopsy", "biopsia"),
    "orchidectomy": ("orchidectomy", "orquiectomía"),
    "oophorectomy": ("oophorectomy", "ooforectomía"),
    "thyroidectomy": ("thyroidectomy", "tiroidectomía"),
    "hepatectomy": ("partial hepatectomy", "hepatectomía parcial"),
    "adrenalectomy": ("adrenalectomy", "suprarrenalectomía"),
    "amputation": ("amputation", "amputación"),
    "limb_salvage": ("limb salvage surgery", "cirugía de conservación de la extremidad"),
    "thoracotomy_metastasectomy": (
        "thoracotomy with metastasectomy",
        "toracotomía con metastasectomía",
    ),
    "splenectomy": ("splenectomy", "esplenectomía"),
    "shunt_placement": ("placement of a shunt", "colocación de una derivación"),
    "gastrostomy": ("gastrostomy", "gastrostomía"),
    "colostomy": ("colostomy", "colostomía"),
    "port_insertion": ("insertion of a port", "colocación de un reservorio"),
    "other": ("operation", "intervención"),
    # shunts
    "ventriculoperitoneal": ("ventriculoperitoneal shunt", "derivación ventriculoperitoneal"),
    "ventriculoatrial": ("ventriculoatrial shunt", "derivación ventriculoauricular"),
    "subduroperitoneal": ("subduroperitoneal shunt", "derivación subduroperitoneal"),
    "third_ventriculostomy": ("third ventriculostomy", "ventriculostomía del tercer ventrículo"),
    "external_ventricular_drain": ("external ventricular drain", "drenaje ventricular externo"),
    # radiotherapy targets
    "craniospinal": ("craniospinal axis", "eje craneoespinal"),
    "posterior_fossa": ("posterior fossa", "fosa posterior"),
    "tumour_bed": ("tumour bed", "lecho tumoral"),
    "cranial": ("cranium", "cráneo"),
    "brain": ("brain", "encéfalo"),
    "whole_lung": ("whole lungs", "pulmones completos"),
    "flank": ("flank", "flanco"),
    "whole_abdomen": ("whole abdomen", "abdomen completo"),
    "whole_body": ("whole body", "cuerpo entero"),
    "involved_nodes": ("involved nodes", "ganglios afectados"),
    "orbit": ("orbit", "órbita"),
    "eye": ("eye", "ojo"),
    "primary": ("primary tumour", "tumor primario"),
    "ventricles": ("whole ventricles", "ventrículos completos"),
    "thyroid": ("thyroid bed", "lecho tiroideo"),
    "nasopharynx": ("nasopharynx and neck", "nasofaringe y cuello"),
    "pons": ("pons", "protuberancia"),
    "spine": ("spine", "columna"),
    # transplant
    "autologous": ("autologous", "autólogo"),
    "allogeneic": ("allogeneic", "alogénico"),
    "syngeneic": ("syngeneic", "singénico"),
    # relapse
    "relapse": ("relapse", "recaída"),
    "progression": ("progression", "progresión"),
    "local": ("local", "local"),
    "distant": ("distant", "a distancia"),
    "combined": ("combined", "combinada"),
    # catheter
    "port-a-cath": ("implanted port", "reservorio subcutáneo"),
    "Hickman-Broviac": ("Hickman-Broviac catheter", "catéter Hickman-Broviac"),
    "PICC": ("peripherally inserted central catheter", "catéter central de inserción periférica"),
    "umbilical": ("umbilical catheter", "catéter umbilical"),
    # outcome
    "alive_no_disease": ("alive without evidence of disease", "vivo sin evidencia de enfermedad"),
    "alive_with_disease": ("alive with disease", "vivo con enfermedad"),
    "dead_of_disease": ("dead of the disease", "fallecido por la enfermedad"),
    "dead_other": ("dead of another cause", "fallecido por otra causa"),
    # toxicity outcome
    "resolved": ("resolved", "resuelta"),
    "resolving": ("resolving", "en resolución"),
    "sequelae": ("with sequelae", "con secuelas"),
    "not_resolved": ("not resolved", "no resuelta"),
    "fatal": ("fatal", "mortal"),
}
_MONTHS_ES: Final = (
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
)
_MONTHS_EN: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def word(code: str, tongue: Tongue) -> str:
    """A code in words; a code without words reads as itself with spaces."""
    pair = _WORDS.get(code)
    return pair[tongue == "es"] if pair else code.replace("_", " ")


def spoken_date(text: str, tongue: Tongue) -> str:
    """An ISO date as prose has it: `12 March 2025`, `12 de marzo de 2025`."""
    day = date.fromisoformat(text)
    if tongue == "es":
        return f"{day.day} de {_MONTHS_ES[day.month - 1]} de {day.year}"
    return f"{day.day} {_MONTHS_EN[day.month - 1]} {day.year}"


def spoken_number(value: Decimal | int, tongue: Tongue) -> str:
    """A number with the decimal mark of the language and no thousands mark."""
    text = format(Decimal(value), "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text.replace(".", ",") if tongue == "es" else text


def listed(parts: tuple[str, ...], tongue: Tongue) -> str:
    """`a, b and c`; in Spanish `y` becomes `e` before an i sound."""
    if len(parts) < 2:
        return "".join(parts)
    last = parts[-1]
    joint = "and" if tongue == "en" else ("e" if last[:1].lower() == "i" else "y")
    return f"{', '.join(parts[:-1])} {joint} {last}"
