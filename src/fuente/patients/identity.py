"""A fictitious person: names, contact and numbers that cannot belong to anyone.

Everything is drawn from packaged lists and reserved ranges (rules ID-02 to ID-07), so an identity
is invented by construction and not by filtering. It knows nothing of the disease.
"""

import json
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from string import ascii_uppercase
from typing import Any, Final, Literal

from fuente.patients.reserved import (
    CONSENT_AGE,
    EMAIL_DOMAINS,
    FIRST_UNUSED_POSTAL_CODE,
    LAST_POSTAL_CODE,
    PHONE_PREFIXES,
    control_letter,
)
from fuente.patients.sampling import Draws
from fuente.quantities.growth import Sex

EmailOwner = Literal["patient", "mother", "father", "legal_guardian"]

# Health card numbers of the Valencian system have been seen with 6 to 9 digits; 99 marks fiction
# and twelve drawn digits keep the numbers of a large cohort apart. Confidence: medium.
_SIP_PREFIX: Final = "99"
_NHC_PREFIX: Final = "SYN"
_SERIAL_DIGITS: Final = 12
# Share of patients with one surname only, as in many countries. Confidence: low.
_ONE_SURNAME_PERCENT: Final = 4
_PERCENT: Final = 100
_ATTEMPTS: Final = 12


@dataclass(frozen=True, slots=True)
class PostalAddress:
    """An invented street in an invented town with a postal code Spain does not use."""

    street: str
    postal_code: str
    city: str


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the patient is, all of it invented."""

    given_name: str
    family_name_1: str
    family_name_2: str | None
    sex: Sex
    phone: str
    email: str
    email_owner: EmailOwner
    sip_number: str
    nhc: str
    address: PostalAddress
    national_id: str | None = None

    @property
    def full_name(self) -> str:
        """Given name and family names."""
        return " ".join(p for p in (self.given_name, self.family_name_1, self.family_name_2) if p)


def draw_identity(draws: Draws, sex: Sex, age_years: int) -> Identity:
    """An identity for a patient of this sex and age in completed years at the reference date.

    It depends on the seed and scope of `draws` alone. There is no national number; see
    `invalid_national_id` for when a system under test insists on one.
    """
    own = draws.within("identity")
    given = own.choice("given_name", _lists()["given_names"][sex])
    first, second = _surnames(own)
    owner = _email_owner(own, age_years)
    return Identity(
        given_name=given,
        family_name_1=first,
        family_name_2=second,
        sex=sex,
        phone=_phone(own),
        email=_email(own, owner, (given, first, second or first), sex),
        email_owner=owner,
        sip_number=_SIP_PREFIX + _serial(own, "sip"),
        nhc=_NHC_PREFIX + _serial(own, "nhc"),
        address=_address(own),
    )


def invalid_national_id(draws: Draws) -> str:
    """A DNI-shaped number whose control letter is wrong, so that nobody can have it."""
    own = draws.within("national_id")
    number = f"{own.integer('number', 0, 99_999_999):08d}"
    wrong = [letter for letter in ascii_uppercase if letter != control_letter(number)]
    return number + own.choice("letter", wrong)


def hospitals() -> tuple[str, ...]:
    """Invented hospitals for treatment elsewhere and for stored gametes."""
    return tuple(_lists()["hospitals"])


def _surnames(draws: Draws) -> tuple[str, str | None]:
    surnames: list[str] = _lists()["surnames"]
    first = draws.choice("family_name_1", surnames)
    second = draws.choice("family_name_2", [name for name in surnames if name != first])
    single = draws.integer("one_surname", 1, _PERCENT) <= _ONE_SURNAME_PERCENT
    return first, None if single else second


def _email_owner(draws: Draws, age_years: int) -> EmailOwner:
    if age_years >= CONSENT_AGE:
        return "patient"
    guardians: tuple[EmailOwner, ...] = ("mother", "father", "legal_guardian")
    return draws.choice("email_owner", guardians, (60, 35, 5))


def _phone(draws: Draws) -> str:
    digits = f"{draws.integer('phone', 0, 9_999_999):07d}"
    return f"+34 {draws.choice('phone_prefix', PHONE_PREFIXES)}{digits}"


def _email(draws: Draws, owner: EmailOwner, names: tuple[str, str, str], sex: Sex) -> str:
    domain = draws.choice("email_domain", EMAIL_DOMAINS)
    digits = draws.integer("email_digits", 10, 9999)
    if owner == "patient":
        return f"{_plain(names[0])}.{_plain(names[1])}{digits}@{domain}"
    return f"{_guardian_address(draws, owner, names, sex)}{digits}@{domain}"


def _guardian_address(
    draws: Draws, owner: EmailOwner, names: tuple[str, str, str], sex: Sex
) -> str:
    """An address of the guardian's own name, in which the child's given name does not occur."""
    child, first, second = (_plain(name) for name in names)
    surname = {"father": first, "mother": second}.get(owner)
    lists = _lists()
    kind = {"father": "male", "mother": "female"}.get(owner, sex)
    for attempt in range(_ATTEMPTS):
        given = _plain(draws.choice(f"guardian_{attempt}", lists["given_names"][kind]))
        family = surname or _plain(draws.choice(f"guardian_family_{attempt}", lists["surnames"]))
        if child not in f"{given}.{family}":
            return f"{given}.{family}"
    return "tutor"


def _address(draws: Draws) -> PostalAddress:
    lists = _lists()
    kind = draws.choice("street_kind", lists["street_kinds"])
    name = draws.choice("street_name", lists["street_names"])
    number = draws.integer("house_number", 1, 180)
    code = draws.integer("postal_code", FIRST_UNUSED_POSTAL_CODE, LAST_POSTAL_CODE)
    return PostalAddress(
        f"{kind} {name}, {number}", str(code), draws.choice("town", lists["towns"])
    )


def _serial(draws: Draws, name: str) -> str:
    return f"{draws.integer(name, 0, 10**_SERIAL_DIGITS - 1):0{_SERIAL_DIGITS}d}"


def _plain(name: str) -> str:
    decomposed = unicodedata.normalize("NFD", name.lower())
    return "".join(letter for letter in decomposed if letter.isascii() and letter.isalnum())


@cache
def _lists() -> dict[str, Any]:
    text = (files("fuente.patients") / "data" / "identity.json").read_text(encoding="utf-8")
    lists: dict[str, Any] = json.loads(text)
    return lists
