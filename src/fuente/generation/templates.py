"""The sentences of the clinical summary, one per section and language, with slots for every fact.

No template holds a digit, a drug, a date or a site.
"""

from collections.abc import Mapping
from typing import Final

TEMPLATES: Final[Mapping[str, Mapping[str, str]]] = {
    "presentation": {
        "en": "[name], a [sex] aged [age], was diagnosed on [date] with [tumour] of the [site].",
        "es": "A [name], [sex] de [age], se le diagnosticó el [date] [tumour], "
        "con localización primaria en [site].",
    },
    "second_tumour": {
        "en": "A second tumour was diagnosed on [date]: [tumour] of the [site].",
        "es": "El [date] se diagnosticó un segundo tumor: [tumour], "
        "con localización primaria en [site].",
    },
    "metastatic": {
        "en": "Metastases were present at diagnosis.",
        "es": "Había metástasis en el momento del diagnóstico.",
    },
    "localised": {
        "en": "There were no metastases at diagnosis.",
        "es": "No había metástasis en el momento del diagnóstico.",
    },
    "line": {
        "en": "Treatment began on [date] following the document [protocol].",
        "es": "El tratamiento comenzó el [date] según el documento [protocol].",
    },
    "chemotherapy": {
        "en": "Chemotherapy between [start] and [end] comprised [drugs].",
        "es": "La quimioterapia, entre el [start] y el [end], incluyó [drugs].",
    },
    "first_dose": {
        "en": "The first dose was [drug] at [prescribed], given as [given].",
        "es": "La primera dosis fue de [drug] a [prescribed], administrada como [given].",
    },
    "intrathecal": {
        "en": "Intrathecal treatment with [drugs] was given on [count] days.",
        "es": "Se administró tratamiento intratecal con [drugs] en [count] días.",
    },
    "surgery": {
        "en": "The patient underwent [operation] on [date].",
        "es": "Se realizó [operation] el [date].",
    },
    "shunt": {
        "en": "Hydrocephalus was treated on [date] by [kind].",
        "es": "El [date] se trató la hidrocefalia mediante [kind].",
    },
    "radiotherapy": {
        "en": "Radiotherapy to the [target] delivered [dose] in [fractions] fractions "
        "from [start] to [end].",
        "es": "La radioterapia sobre [target] administró [dose] en [fractions] fracciones, "
        "del [start] al [end].",
    },
    "boost": {
        "en": "A boost of [dose] was given to the [site].",
        "es": "Se añadió una sobreimpresión de [dose] sobre [site].",
    },
    "irradiation": {
        "en": "Radiotherapy to the [target] delivered [dose] starting on [date].",
        "es": "La radioterapia sobre [target] administró [dose] a partir del [date].",
    },
    "brachytherapy": {
        "en": "Plaque brachytherapy to the [target] delivered [dose] starting on [date].",
        "es": "La braquiterapia con placa sobre [target] administró [dose] a partir del [date].",
    },
    "metabolic": {
        "en": "Radionuclide therapy with [nuclide] was given on [date] with an activity "
        "of [activity].",
        "es": "El [date] se administró tratamiento con [nuclide] con una actividad de [activity].",
    },
    "hsct": {
        "en": "Stem cell transplantation, [kind], was carried out on [date].",
        "es": "El [date] se realizó un trasplante de progenitores hematopoyéticos, [kind].",
    },
    "relapse": {
        "en": "A [extent] [kind] was found on [date].",
        "es": "El [date] se detectó una [kind] [extent].",
    },
    "toxicity": {
        "en": "On [date] the patient had a severe toxicity: [toxicity], grade [grade], "
        "outcome [outcome].",
        "es": "El [date] presentó una toxicidad grave: [toxicity], grado [grade], [outcome].",
    },
    "catheter": {
        "en": "Venous access was through an indwelling device: [catheter].",
        "es": "El acceso venoso fue mediante un dispositivo permanente: [catheter].",
    },
    "transfusions": {
        "en": "The patient received [count] transfusions.",
        "es": "Recibió [count] transfusiones.",
    },
    "outcome": {
        "en": "At last contact on [date] the patient was [status].",
        "es": "En el último contacto, el [date], su situación era la siguiente: [status].",
    },
}
