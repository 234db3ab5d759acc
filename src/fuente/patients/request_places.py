"""Words for places in the body and the ICD-O-3 topographies they may mean.

`thigh` is soft tissue of the leg in a sarcoma and nothing in a leukaemia: each word gives its
candidates in order, and the tumour decides.
"""

import re
from typing import Final

# Candidate topographies per word, most likely first. Source: ICD-O-3 topography. Confidence: high.
_PLACES: Final[dict[str, str]] = {
    "femur|femora|femoral|femures|tibia|tibias|tibial|fibula|perone|knee|rodilla": "C40.2",
    "thigh|muslo|leg|pierna|lower limb|lower leg|miembro inferior|pantorrilla|calf|gluteo|"
    "buttock|lower extremity|extremidad inferior|foot|pie": "C49.2 C40.2",
    "humerus|humero|humeral|radius|ulna|cubito|scapula|escapula|radio distal|"
    "radio proximal": "C40.0",
    "arm|brazo|forearm|antebrazo|shoulder|hombro|upper limb|miembro superior|hand|mano|"
    "upper extremity|extremidad superior": "C49.1 C40.0",
    "pelvis|pelvic|pelvico|pelvica|pelviano": "C41.4 C49.5 C76.3",
    "ilium|iliac|iliaco|iliac bone|hueso iliaco|sacrum|sacro|sacral|coccyx|coccix|"
    "sacrococcygeal|sacrococcigeo": "C41.4 C76.3",
    "rib|ribs|costilla|costal|clavicle|clavicula|sternum|esternon|chest wall|pared toracica": (
        "C41.3 C49.3"
    ),
    "spine|vertebra|vertebral|columna|columna vertebral|vertebral column": "C41.2 C72.0",
    "mandible|mandibula|jaw": "C41.1",
    "skull|craneo": "C41.0",
    "orbit|orbital|orbita|orbitario|orbitaria": "C69.6",
    "bladder|vejiga|vesical": "C67.9",
    "prostate|prostata|prostatico": "C61.9",
    "vagina|vaginal": "C52.9",
    "paratesticular|spermatic cord|cordon espermatico": "C63.1",
    "testis|testicle|testicular|testiculo|testes|testicles|testiculos": "C62.9",
    "ovary|ovarian|ovario|ovarico|ovarica|ovaries|ovarios": "C56.9",
    "kidney|renal|rinon|kidneys|rinones": "C64.9",
    "liver|hepatic|higado|hepatico|hepatica|hepaticas|hepaticos": "C22.0",
    "adrenal|suprarrenal|adrenal gland|glandula suprarrenal|adrenals|suprarrenales": "C74.9 C74.0",
    "retroperitoneum|retroperitoneal|retroperitoneo|abdomen|abdominal": "C48.0 C77.2",
    "mediastinum|mediastinal|mediastino|mediastinico": "C38.3 C38.2 C38.1 C77.1",
    "neck|cervical|cuello": "C77.0 C49.0",
    "axilla|axillary|axila|axilar": "C77.3",
    "groin|inguinal|ingle": "C77.4",
    "cerebellum|cerebellar|cerebelo|cerebeloso": "C71.6",
    "brainstem|brain stem|tronco|pons|protuberancia|fourth ventricle|cuarto ventriculo": "C71.7",
    "posterior fossa|fosa posterior": "C71.7 C71.6",
    "supratentorial|cerebral|cerebrum": "C71.0",
    "frontal|frontal lobe|lobulo frontal": "C71.1",
    "temporal lobe|lobulo temporal": "C71.2",
    "parietal|parietal lobe|lobulo parietal": "C71.3",
    "optic pathway|optic nerve|via optica|nervio optico|vias opticas|optic chiasm|quiasma": "C72.3",
    "pineal|pineal gland|glandula pineal|pineal region|region pineal": "C75.3",
    "suprasellar|supraselar|pituitary|hipofisis": "C75.1 C75.2",
    "nasopharynx|nasofaringe|cavum": "C11.9",
    "ileum|ileon|ileal": "C17.2",
    "caecum|cecum|ciego|ileocaecal|ileocecal": "C18.0",
    "nose|nasal": "C30.0 C49.0",
    "head|cabeza|face|cara|parameningeal|parameningeo": "C49.0",
    "trunk|back|espalda": "C49.3 C44.5",
}
# Where metastases are said to be. Source: ICD-O-3 topography. Confidence: high.
_METASTASIS_PLACES: Final[dict[str, str]] = {
    "lung|lungs|pulmonary|pulmon|pulmones|pulmonar|pulmonares": "C34.9",
    "bone|bones|osseous|skeletal|hueso|huesos|oseo|osea|oseos|oseas": "C41.9",
    "bone marrow|marrow|medula osea|medulares": "C42.1",
    "liver|hepatic|higado|hepatico|hepatica|hepaticas|hepaticos": "C22.0",
    "brain|cerebral|cerebro|cerebrales|encefalo": "C71.9",
    "cns|snc|sistema nervioso central|central nervous system|meninges|meningeal|leptomeningeal|"
    "leptomeninges|leptomeningea|leptomeningeas|meningeas": "C70.9",
    "spinal|spinal cord|medula espinal|espinal|espinales|spine|neuraxis|neuroeje|raquis": "C72.0",
    "lymph node|lymph nodes|nodal|nodes|ganglio|ganglios|ganglionar|ganglionares|"
    "ganglios linfaticos": "C77.9",
    "skin|cutaneous|piel|cutanea|cutaneas": "C44.9",
    "testis|testicular|testicle|testiculo|testiculares": "C62.9",
    "pleura|pleural|pleurales": "C38.4",
    "spleen|splenic|bazo|esplenica|esplenicas": "C42.2",
    "mediastinum|mediastinal|mediastino": "C38.3",
    "vertebral|vertebra|vertebrae|vertebras|vertebrales": "C41.2",
    "skull|craneo": "C41.0",
}


def _table(places: dict[str, str]) -> dict[str, tuple[str, ...]]:
    return {
        word: tuple(codes.split()) for words, codes in places.items() for word in words.split("|")
    }


_BY_WORD: Final = _table(_PLACES)
_METASTASES_BY_WORD: Final = _table(_METASTASIS_PLACES)


def _any_of(table: dict[str, tuple[str, ...]]) -> str:
    words = sorted(table, key=len, reverse=True)
    return rf"(?<![a-z])(?:{'|'.join(re.escape(word) for word in words)})(?![a-z])"


PLACE: Final = _any_of(_BY_WORD)
_METASTASIS_PLACE: Final = re.compile(_any_of(_METASTASES_BY_WORD))


def candidates(word: str) -> tuple[str, ...]:
    """The topographies a place word may mean, most likely first."""
    return _BY_WORD.get(word, ())


def metastasis_sites(words: str) -> tuple[str, ...]:
    """The topographies named in a phrase about metastases, in order."""
    found = (_METASTASES_BY_WORD[m.group()][0] for m in _METASTASIS_PLACE.finditer(words))
    return tuple(dict.fromkeys(found))


def leading_metastasis_places(words: str) -> str:
    """The part of the words, from the start, that lists places (`lung and liver`)."""
    match = _LEADING.match(words)
    return match.group() if match else ""


def trailing_metastasis_places(words: str) -> str:
    """The part of the words, up to the end, that lists places (`pulmonary and bone`)."""
    match = _TRAILING.search(words)
    return match.group() if match else ""


_SMALL: Final = (
    r"(?:(?:to|in|into|of|at|en|a|de|del|al|hacia|sites?|sitios?|:)\s*)?"
    r"(?:(?:the|both|la|el|los|las|ambos|his|her)\s+)?"
)
_JOIN: Final = rf"\s*(?:,|and|y|e|&|/)\s*{_SMALL}"
_LIST: Final = rf"{_METASTASIS_PLACE.pattern}(?:{_JOIN}{_METASTASIS_PLACE.pattern})*"
_LEADING: Final = re.compile(rf"[\s(]*{_SMALL}{_LIST}")
_TRAILING: Final = re.compile(rf"{_LIST}\s*$")
