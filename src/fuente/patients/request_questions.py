"""The questions a request that cannot be met as stated is answered with, in both languages."""

from typing import Final, Literal

_QUESTIONS: Final[dict[str, tuple[str, str]]] = {
    "OUT_OF_SCOPE_AGE": (
        "fuente makes patients of up to 21 years: what age should the patient have?",
        "fuente crea pacientes de hasta 21 años: ¿qué edad debe tener el paciente?",
    ),
    "NOT_IN_CATALOGUE": (
        "The diagnosis asked for is not in the catalogue of childhood tumours ({detail}): which"
        " tumour should it be?",
        "El diagnóstico pedido no está en el catálogo de tumores infantiles ({detail}): ¿qué tumor"
        " debe ser?",
    ),
    "AMBIGUOUS_DIAGNOSIS": (
        "Several diagnoses fit ({detail}): which one is meant?",
        "Varios diagnósticos encajan ({detail}): ¿cuál es el que se pide?",
    ),
    "AMBIGUOUS_TERM": (
        "Adenosarcoma is a uterine tumour of older girls and women, and an old name of"
        " nephroblastoma (Wilms tumour, 8960/3): which is meant?",
        "El adenosarcoma es un tumor uterino de adolescentes y adultas, y un nombre antiguo del"
        " nefroblastoma (tumor de Wilms, 8960/3): ¿cuál se pide?",
    ),
    "SEVERAL_PATIENTS": (
        "The request describes more than one patient: please ask for one kind of patient at a"
        " time.",
        "La petición describe más de un paciente: pida, por favor, un tipo de paciente cada vez.",
    ),
    "CONTRADICTION": (
        "The request both asks for and excludes {detail}: which should hold?",
        "La petición pide y a la vez excluye {detail}: ¿qué debe valer?",
    ),
    "SEX_MISMATCH": (
        "The diagnosis or its site does not occur in the sex asked for ({detail}): which should"
        " hold?",
        "El diagnóstico o su localización no se da en el sexo pedido ({detail}): ¿qué debe valer?",
    ),
    "AGE_ORDER": (
        "The age at diagnosis ({detail}) is above the present age: which ages are meant?",
        "La edad al diagnóstico ({detail}) es mayor que la actual: ¿qué edades son?",
    ),
    "UNDEFINED": (
        "What kind of patient should it be: which age, which tumour or which treatments?",
        "¿Qué tipo de paciente debe ser: qué edad, qué tumor o qué tratamientos?",
    ),
    "NO_TREATMENT_BLOCK": (
        "A record needs at least one of chemotherapy, radiotherapy, transplant, surgery, relapse or"
        " other events: which one should it have?",
        "Un registro necesita al menos quimioterapia, radioterapia, trasplante, cirugía, recaída u"
        " otros eventos: ¿cuál debe tener?",
    ),
    "TOO_MANY": (
        "At most 1000 patients can be asked for at once: how many should it be?",
        "Se pueden pedir como máximo 1000 pacientes a la vez: ¿cuántos deben ser?",
    ),
}


def question(reason: str, language: Literal["en", "es"], detail: str = "") -> str:
    """The question that settles the reason, in the language of the request."""
    return _QUESTIONS[reason][0 if language == "en" else 1].format(detail=detail)
