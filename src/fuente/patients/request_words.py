"""The words of requests in English and Spanish, read from packaged data.

Phrases are lower case without accents; spaces match spaces or hyphens and words may be plural. What
a phrase means is decided by the modules that ask for it.
"""

import json
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any, Final

_LANGUAGES: Final = ("en", "es")


def signal_names() -> tuple[str, ...]:
    """Every signal, in the order of the data."""
    return tuple(_words("en")["signals"])


def phrases(signal: str) -> tuple[str, ...]:
    """Every phrase of a signal, in both languages."""
    return _both("signals", signal)


def cue_phrases(cue: str) -> tuple[str, ...]:
    """Every phrase of a cue, in both languages."""
    return _both("cues", cue)


def signal_words() -> frozenset[str]:
    """Every word of every signal."""
    return _split(phrase for name in signal_names() for phrase in phrases(name))


def cue_words() -> frozenset[str]:
    """Every word of every cue."""
    return _split(phrase for name in _words("en")["cues"] for phrase in cue_phrases(name))


@cache
def numbers() -> dict[str, int]:
    """Number words of both languages."""
    return {
        word: value for tongue in _LANGUAGES for word, value in _words(tongue)["numbers"].items()
    }


def tumours_outside() -> tuple[str, ...]:
    """Tumours that the catalogue does not hold."""
    return tuple(_known()["tumours_outside"])


def other_diseases() -> tuple[str, ...]:
    """Common diseases that are no tumour."""
    return tuple(_known()["other_diseases"])


def ordinary_words() -> tuple[str, ...]:
    """Words of requests that carry no signal but are spelt as meant."""
    return tuple(_known()["ordinary"])


def _both(section: str, name: str) -> tuple[str, ...]:
    found = (phrase for tongue in _LANGUAGES for phrase in _words(tongue)[section].get(name, ()))
    return tuple(dict.fromkeys(found))


def _split(phrases: Iterable[str]) -> frozenset[str]:
    return frozenset(word for phrase in phrases for word in phrase.split())


@cache
def _words(tongue: str) -> dict[str, Any]:
    return _read(f"request_words_{tongue}.json")


@cache
def _known() -> dict[str, Any]:
    return _read("request_known_words.json")


def _read(name: str) -> dict[str, Any]:
    text = (files("fuente.patients") / "data" / name).read_text(encoding="utf-8")
    content: dict[str, Any] = json.loads(text)
    return content
