"""Radiotherapy targets and operations by their printed words, in English, Spanish and Portuguese.

Decides which site or procedure code a stretch of text names; does not know which patient has
which organ, nor which operation fits which tumour.
"""

import re
from dataclasses import dataclass
from typing import Final

from fuente.dosing.folding import any_of, fold

# Site codes with the words (folded, as patterns) that name them. Where two begin at the same
# place the longer wins, so `primary tumour bed` is the bed and not the primary.
TARGET_WORDS: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    (
        "craniospinal",
        (
            r"cranio-?\s?spinal(?: axis| irradiation)?",
            r"(?:eje |irradiacion )?crani?eo?-?e?spin(?:h)?a(?:l|is|es)",
            r"neuro-?\s?(?:eixo|eje|axis)",
            r"neuraxis",
            r"rt\s?ne",
            r"csi",
        ),
    ),
    (
        "posterior_fossa",
        (r"posterior (?:cranial )?fossa", r"fos?sa poster(?:ior)?", r"infratentorial"),
    ),
    (
        "tumour_bed",
        (
            r"(?:primary )?tumou?r(?:al)? bed",
            r"lecho (?:quirurgico|tumoral|primario)",
            r"leito (?:cirurgico|tumoral)",
            r"surgical bed",
            r"tumou?r sites?",
            r"(?:sitio|local) tumoral",
            r"sitios tumorales",
        ),
    ),
    (
        "whole_lung",
        (
            r"whole[- ]lungs?",
            r"both lungs",
            r"bilateral lungs?",
            r"lungs?(?: irradiation)?",
            r"(?:irradiacion )?pulmonar(?: total| bilateral)?",
            r"(?:ambos )?pulmones",
            r"pulm(?:on|ao) total",
            r"pulmoes",
        ),
    ),
    ("flank", (r"flank", r"flanco", r"hemi-?abdomen", r"fosa renal", r"renal fossa")),
    (
        "whole_abdomen",
        (
            r"whole[- ]abdom(?:en|inal)(?: cavity)?",
            r"(?:abdomen|abdome|abdominal) (?:total|completo)",
            r"abdom(?:en|e|inal)",
        ),
    ),
    (
        "whole_body",
        (
            r"total[- ]body(?: irradiation)?",
            r"whole[- ]body",
            r"(?:irradiacion )?corporal total",
            r"irradiacao corpor(?:al|ea) total",
            r"cuerpo entero",
            r"tbi",
            r"ict",
        ),
    ),
    (
        "involved_nodes",
        (
            r"involved[- ](?:(?:lymph )?nodes?|sites?|fields?|regions?)(?:\s?/\s?fields?)?",
            r"(?:lymph )?node regions?",
            r"ganglios?(?: linfaticos)?(?: afect[ao]s| afectados| comprometidos)?",
            r"campo (?:afecto|afectado|comprometido|envolvido)",
            r"(?:areas|regiones) (?:ganglionares )?(?:afectas|afectadas|comprometidas)",
            r"linfonodos(?: acometidos| comprometidos)?",
            r"isrt",
            r"inrt",
            r"ifrt",
            r"lymph nodes?",
        ),
    ),
    ("orbit", (r"orbit(?:a|al)?", r"orbita")),
    ("eye", (r"eye(?:ball)?", r"globo ocular", r"ojo", r"olho", r"tumou?r apex", r"apice")),
    (
        "ventricles",
        (
            r"(?:whole|entire) ventric(?:les|ular(?: system)?)",
            r"ventricular(?:es)?(?: total| completo)?",
            r"ventriculos?(?: completos| totales)?",
            r"sistema ventricular",
            r"ventricles",
            r"ventricular system",
        ),
    ),
    ("thyroid", (r"thyroid(?: bed| remnant)?", r"tiroides", r"tiroid(?:eo|ea|e)", r"tireoide")),
    ("nasopharynx", (r"nasophar(?:ynx|yngeal)", r"nasofaringe[ao]?", r"rinofaringe")),
    ("neck", (r"neck", r"cervical(?:es)?", r"cuello", r"pescoco")),
    ("brainstem", (r"pons", r"brain ?stem", r"protuberancia", r"tronco(?: cerebral| encefalico)?")),
    ("spine", (r"spin(?:e|al)(?: metastases)?", r"medula espinal", r"espinha(?:l|is)", r"columna")),
    (
        "cranial",
        (
            r"whole[- ]brain",
            r"crani(?:al|um)",
            r"brain",
            r"cran(?:eal|eo|iana)",
            r"cerebr(?:al|o)(?: total)?",
            r"holocraneal",
            r"holocraneana",
            r"cns prophylaxis",
            r"hemispher(?:e|ic)",
        ),
    ),
    ("mediastinum", (r"mediastin(?:um|al)", r"mediastino")),
    ("pelvis", (r"pelvi(?:s|c)", r"pelvic[ao]", r"pelve")),
    ("testis", (r"test(?:is|es|icles?|icular)", r"testiculos?")),
    ("liver", (r"liver", r"higado", r"figado", r"hepatic[ao]?")),
    ("spleen", (r"spleen", r"bazo", r"baco")),
    (
        "bone",
        (r"bone(?: lesions?| metastases)?", r"(?:lesion|metastasis) ose[ao]s?", r"hueso", r"osso"),
    ),
    ("residual", (r"residual(?: disease| tumou?r| site)?", r"residuo", r"resto tumoral", r"bulky")),
    (
        "primary",
        (
            r"primary(?: tumou?r| site)?",
            r"tumor primario",
            r"localizacion primaria",
            r"sitio primario",
            r"primari[ao]",
            r"local(?:ised|ized)?(?: field| volume)?",
            r"focal",
            r"tumou?r",
            r"macroscopic[ao]?",
        ),
    ),
)

# Procedure codes of the record (field_model.csv, surgery.procedure) with the words that name them.
PROCEDURE_WORDS: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("nephrectomy", (r"nephr\w*ectom\w*", r"nefr\w*ectomi\w*", r"nephron[- ]sparing")),
    ("enucleation", (r"enucleat\w+", r"enucleac\w+")),
    ("craniotomy", (r"craniotom\w+", r"craneotomi\w+")),
    ("biopsy", (r"biops(?:y|ies)", r"biopsias?")),
    ("orchidectomy", (r"orchi(?:d)?ectom\w+", r"orquiectomi\w+", r"orquidectomi\w+")),
    ("oophorectomy", (r"(?:salpingo-?)?o?oph?orectom\w+", r"ooforectomi\w+", r"anexectomi\w+")),
    ("thyroidectomy", (r"(?:hemi)?thyroidectom\w+", r"tireoidectomi\w+", r"tiroidectomi\w+")),
    (
        "hepatectomy",
        (
            r"(?:hemi)?hepatectom\w+",
            r"liver resection",
            r"(?:resec\w+) hepatica",
            r"lobectomi?y? hep\w+",
        ),
    ),
    ("adrenalectomy", (r"adrenalectom\w+", r"suprarrenalectomi\w+")),
    (
        "amputation",
        (r"amputa\w+", r"rotation-?plast\w+", r"(?:rotacion|gira)?plasti\w+ de rotacion"),
    ),
    (
        "limb_salvage",
        (
            r"limb[- ](?:salvage|sparing|preserving)(?: surgery)?",
            r"(?:conservacion|salvamento|preservacion) de(?: la)? extremidad\w*",
            r"cirugia conservadora",
            r"conservadora de(?: la)? extremidad\w*",
            r"endo-?prosthe\w+",
            r"endoprotesis",
            r"preservacao do membro",
        ),
    ),
    (
        "thoracotomy_metastasectomy",
        (
            r"metast\w+ectom\w+",
            r"thoracotom\w+",
            r"toracotomi\w+",
            r"resec\w+ (?:of|de) (?:lung|pulmonary) \w+",
        ),
    ),
    ("splenectomy", (r"splenectom\w+", r"esplenectomi\w+")),
    (
        "shunt_placement",
        (
            r"(?:vp|csf|ventriculo-?peritoneal|ventricular)[- ]shunts?",
            r"shunts?(?! de )",
            r"derivac\w+ (?:ventriculo-?peritone\w+|vp|de lcr|ventricular)",
            r"(?:valvula|dvp)",
            r"(?:endoscopic )?third ventriculostom\w+",
            r"ventriculostom\w+",
        ),
    ),
    ("gastrostomy", (r"gastrostom\w+",)),
    ("colostomy", (r"colostom\w+",)),
    (
        "port_insertion",
        (
            r"port(?:-a-cath)?(?: insertion| placement)",
            r"(?:central venous )?(?:catheter|line) (?:insertion|placement)",
            r"(?:colocacion|implantacion|insercion) de(?:l| un| una)? "
            r"(?:reservorio|cateter|port)\w*",
            r"reservorio (?:subcutaneo|venoso)",
        ),
    ),
    (
        "resection",
        (
            r"(?:re|ex)section\w*",
            r"(?:gross|near|sub)[- ]total (?:resection|removal|excision)",
            r"excisions?",
            r"(?:re|ex)secci?c?\w+",
            r"exereses?i?s?",
            r"extirpacion",
            r"exerese",
            r"debulking",
            r"curettage",
            r"legrado",
        ),
    ),
)

_NAMED: Final = {
    "targets": [(code, re.compile(rf"\b{any_of(words)}\b")) for code, words in TARGET_WORDS],
    "procedures": [(code, re.compile(rf"\b{any_of(words)}\b")) for code, words in PROCEDURE_WORDS],
}


@dataclass(frozen=True, slots=True)
class SiteMention:
    """A site or procedure code and where its words stand."""

    code: str
    start: int
    end: int


def target_mentions(text: str) -> tuple[SiteMention, ...]:
    """Every target named in the text, in printed order."""
    return _mentions(text, "targets")


def target_sites(text: str) -> tuple[str, ...]:
    """The site codes named in the text, each once, in printed order."""
    return tuple(dict.fromkeys(mention.code for mention in target_mentions(text)))


def target_site(text: str) -> str:
    """The first site code named in the text, empty when it names none."""
    return next(iter(target_sites(text)), "")


def procedure_codes(text: str) -> tuple[str, ...]:
    """The procedure codes named in the text, each once, in printed order."""
    return tuple(dict.fromkeys(mention.code for mention in _mentions(text, "procedures")))


def _mentions(text: str, named: str) -> tuple[SiteMention, ...]:
    folded = fold(text)
    found = sorted(
        (match.start(), -match.end(), code)
        for code, pattern in _NAMED[named]
        for match in pattern.finditer(folded)
    )
    kept: list[SiteMention] = []
    reached = 0
    for start, minus_end, code in found:
        if start >= reached:
            reached = -minus_end
            kept.append(SiteMention(code, start, reached))
    return tuple(kept)
