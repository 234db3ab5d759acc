"""Whom a request asks for: how many patients, of which sex, and whether they are alike.

One description for several patients is a count; two descriptions in one request are two requests.
"""

import re
from dataclasses import dataclass
from typing import Final, Literal

from fuente.patients.request_phrases import NUMBER, number_of

_NOUN_SINGULAR: Final = (
    "patient|child|kid|boy|girl|infant|baby|toddler|teenager|adolescent|case|youngster|newborn|"
    "preschooler|teen|paciente|nino|nina|chico|chica|lactante|bebe|adolescente|caso|varon|muchacho|"
    "muchacha|recien nacido|escolar|preescolar|menor|joven|crio|cria"
)
_NOUN_PLURAL: Final = (
    "patients|children|kids|boys|girls|infants|babies|toddlers|teenagers|adolescents|cases|records|"
    "newborns|teens|preschoolers|pacientes|ninos|ninas|chicos|chicas|lactantes|bebes|adolescentes|"
    "casos|registros|varones|historias|mujeres|escolares|preescolares|recien nacidos|menores|fichas"
)
_COUNT: Final = re.compile(
    rf"(?<![a-z\d.,/-])(?P<count>{NUMBER})(?![\s-]*(?:years?|yrs?|y\.?o|months?|anos?|meses|mes"
    rf"|weeks?|days?|semanas?|dias?|cycles?|ciclos?)(?![a-z]))\s+(?:(?:of|de|different|distintos|"
    rf"distintas|synthetic|sinteticos|ficticios|fictitious|fictional|new|nuevos|female|male|young|"
    rf"pa?ediatric|pediatricos|virtual|random|similar|such|little|oncology|[\w.-]*\d[\w.-]*|"
    rf"year[s]?|month[s]?|old|{NUMBER}|cases?\s+of|fichas\s+de)[\s-]+){{0,5}}?(?:{_NOUN_PLURAL})"
    rf"(?![a-z])"
)
_ARTICLE: Final = (
    r"(?:an?|one|un|una|uno|1|another|otr[oa])\s+(?:[\w.-]+\s+){0,4}?(?!cas[eo])"
    rf"(?:{_NOUN_SINGULAR})"
)
_ONE_PERSON: Final = re.compile(rf"(?<![a-z\d]){_ARTICLE}(?![a-z])")
_OTHER_PERSON: Final = re.compile(
    rf"(?<![a-z])(?:the other(?: one)?|another(?: one)?|otr[oa]|el otro|la otra|el segundo|"
    rf"la segunda|the second(?: one)?|and one|y un[oa])\s+(?:(?:{_NOUN_SINGULAR})(?![a-z])|"
    rf"(?:aged?|of|de)\s+(?:los\s+)?(?:{NUMBER})|with(?=\s)|con(?=\s)|[\d]+[\s-]*(?:year|ano|month|mes))"
)
_NOT_A_PERSON: Final = re.compile(
    r"(?:the other|otr[oa]|el otro|la otra)\s+(?:eye|ojo|side|lado|kidney)"
)
_MALE: Final = re.compile(
    r"(?<![a-z])(?:boys?|males?|man|young man|nino|varon(?:es)?|chicos?|muchachos?|hombres?|"
    r"masculin[oa]|mascul|schoolboy|crio|recien nacido varon)(?![a-z])"
)
_FEMALE: Final = re.compile(
    r"(?<![a-z])(?:girls?|females?|woman|young woman|ninas?|chicas?|muchachas?|mujer(?:es)?|"
    r"femenin[oa]|schoolgirl|una paciente|pacientes femeninas|cria)(?![a-z])"
)
# The masculine plural stands for children of either sex.
_ANY_CHILDREN: Final = re.compile(r"(?<![a-z])ninos(?![a-z])")
# `sex: F`, `F, 6y`, `15yo M`: single letters count only beside an age or the word sex.
_LETTER: Final = re.compile(
    r"sexo?\W+(?P<sex>[mfhv])(?![a-z])|(?:^|[,;]\s*)(?P<lead>[mf])[,\s]+(?=\d)|"
    r"\d\s*(?:yo|y/o|y|a|anos|yrs?|years?(?: old)?)?[\s,/]*(?P<trail>[mf])(?=[\s,.;]|$)"
)
_HE: Final = re.compile(r"(?<![a-z])(?:he|his|him)(?![a-z])")
_SHE: Final = re.compile(
    r"(?<![a-z])(?:she|her|hers)(?![a-z])|paciente (?:\w+ ){0,4}?(?:diagnosticada|"
    r"operada|afecta|nacida|tratada)(?![a-z])"
)
_DONOR: Final = re.compile(r"(?:male|female|boy|girl|nin[oa])\s+donor|donante\s+(?:varon|mujer)")
_RECORD: Final = re.compile(rf"(?<![a-z])(?:{_NOUN_SINGULAR}|{_NOUN_PLURAL})(?![a-z])")
_IN_SCOPE: Final = re.compile(
    r"(?<![a-z])(?:child|children|kids?|boys?|girls?|infants?|bab(?:y|ies)|pa?ediatric|nin[oa]s?|"
    r"pediatric[oa]s?|lactantes?|bebes?|infantil|adolescents?|adolescentes?|teen\w*|toddlers?)(?![a-z])"
)


@dataclass(frozen=True, slots=True)
class People:
    """How many patients and of which sex; `described` counts different descriptions."""

    count: int = 1
    sex: Literal["male", "female"] | None = None
    described: int = 1
    mentioned: bool = False
    in_scope: bool = False


def read_people(folded: str) -> People:
    """The patients asked for in folded text."""
    text = _DONOR.sub(" ", folded)
    described = _described(text)
    return People(
        count=max(_count(text), described),
        sex=_sex(text),
        described=described,
        mentioned=bool(_RECORD.search(text)),
        in_scope=bool(_IN_SCOPE.search(text)),
    )


def _count(text: str) -> int:
    match = _COUNT.search(text)
    if match is None:
        return 1
    return max(int(number_of(match["count"])), 1)


def _described(text: str) -> int:
    persons = len(_ONE_PERSON.findall(text))
    others = len(_OTHER_PERSON.findall(_NOT_A_PERSON.sub(" ", text)))
    if persons >= 2:
        return persons
    return 2 if others else 1


def _sex(text: str) -> Literal["male", "female"] | None:
    male, female = bool(_MALE.search(text)), bool(_FEMALE.search(text))
    letter = _LETTER.search(text)
    if not male and not female and letter:
        return "female" if "f" in letter.groups() else "male"
    if not male and not female:
        male, female = bool(_HE.search(text)), bool(_SHE.search(text))
    if male == female or _ANY_CHILDREN.search(text):
        return None
    return "male" if male else "female"
