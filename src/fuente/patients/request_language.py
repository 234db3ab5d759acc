"""Tells English from Spanish by their small words and letters."""

import re
from typing import Final, Literal

_ENGLISH: Final = """
    the with and a an of who has have year years old patient only without for aged girl boy child
    please after month months no generate create in at to treatment need needs should must yo
    transplant surgery chemotherapy radiotherapy relapse other others him her his he she that is
    was not but or two three four five tumour tumor infant toddler teenager chemo diagnosed
    leukaemia leukemia lymphoma sarcoma kidney both from then including any all be
    it
"""
_SPANISH: Final = """
    el la los las con y de del un una que sin anos ano paciente solo para por tras nino nina meses
    mes tratamiento cirugia quimioterapia radioterapia trasplante recaida genera crea debe tenga
    otros se ha al en lactante chico chica edad dos tres cuatro cinco su sus ni pero como
    diagnosticado diagnosticada linfoma leucemia tumor quimio adolescente todo excepto salvo mas
    es fue era uno otro cateter derivacion metastasis pacientes ninos reciba necesita
"""
_SPANISH_LETTERS: Final = re.compile(r"[ñáéíóúü¿¡]")
_WORD: Final = re.compile(r"[a-z]+")


def detect_language(text: str, folded: str) -> Literal["en", "es"]:
    """The language of a request; English when the words do not tell."""
    words = _WORD.findall(folded)
    english_words, spanish_words = frozenset(_ENGLISH.split()), frozenset(_SPANISH.split())
    english = sum(word in english_words for word in words)
    spanish = sum(word in spanish_words for word in words)
    spanish += 2 * bool(_SPANISH_LETTERS.search(text.lower()))
    return "es" if spanish > english else "en"
