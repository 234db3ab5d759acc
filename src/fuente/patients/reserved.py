"""Ranges and rules that make contact data and numbers provably fictitious.

Holds what is reserved or unused and the checks for it; identities are drawn elsewhere.
"""

import re
from typing import Final

# RFC 2606 and RFC 6761 reserve these names for documentation and tests. Confidence: high.
EMAIL_DOMAINS: Final = ("example.com", "example.net", "example.org")
_RESERVED_ENDINGS: Final = (".test", ".example", ".invalid")

# Mobile sub-ranges 75 to 79 are held in reserve in the Spanish numbering plan (ministry, 2017, by
# press); their status can change. Confidence: medium.
PHONE_PREFIXES: Final = ("75", "76", "77", "78", "79")
_PHONE: Final = re.compile(r"\+34 ?7[5-9]\d{7}")

# Spanish postal codes end at 52999 (Melilla). Confidence: high.
FIRST_UNUSED_POSTAL_CODE: Final = 53000
LAST_POSTAL_CODE: Final = 99999

# Age from which a person consents to the use of their own contact data in Spain.
# Confidence: medium.
CONSENT_AGE: Final = 14

# Control letters of DNI and NIE: the number modulo 23 (X, Y, Z stand for 0, 1, 2).
# Confidence: high.
_CONTROL_LETTERS: Final = "TRWAGMYFPDXBNJZSQVHLCKE"
_NIE_DIGITS: Final = {"X": "0", "Y": "1", "Z": "2"}
_NATIONAL_ID: Final = re.compile(r"(?:\d{8}|[XYZ]\d{7})[A-Z]")


def is_reserved_email(email: str) -> bool:
    """Whether no mail can reach anyone at this address (rule ID-04)."""
    local, at, domain = email.partition("@")
    return bool(local and at) and (domain in EMAIL_DOMAINS or domain.endswith(_RESERVED_ENDINGS))


def is_reserved_phone(phone: str) -> bool:
    """Whether the number lies in the range held in reserve (rule ID-05)."""
    return _PHONE.fullmatch(phone) is not None


def is_unused_postal_code(code: str) -> bool:
    """Whether no place in Spain has the postal code (rule ID-06)."""
    inside = code.isascii() and code.isdigit() and len(code) == 5
    return inside and FIRST_UNUSED_POSTAL_CODE <= int(code) <= LAST_POSTAL_CODE


def is_invalid_national_id(national_id: str) -> bool:
    """Whether the number has the shape of a DNI or NIE and a wrong control letter (rule ID-03)."""
    if not _NATIONAL_ID.fullmatch(national_id):
        return False
    return national_id[-1] != control_letter(national_id[:-1])


def control_letter(number: str) -> str:
    """The control letter of the digits of a DNI, or of a NIE without its letter at the end.

    Raises:
        ValueError: the text is no such number.
    """
    digits = _NIE_DIGITS.get(number[:1], number[:1]) + number[1:]
    if not digits.isdigit():
        raise ValueError(f"{number!r} is not the number of a DNI or NIE")
    return _CONTROL_LETTERS[int(digits) % len(_CONTROL_LETTERS)]
