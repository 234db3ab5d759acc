"""Identities are varied, unique in a cohort and never change with a library."""

import csv
from pathlib import Path

import pytest

from fuente.patients.identity import draw_identity, hospitals
from fuente.patients.reserved import (
    control_letter,
    is_invalid_national_id,
    is_reserved_email,
    is_reserved_phone,
    is_unused_postal_code,
)
from fuente.patients.sampling import Draws

EXAMPLES_FILE = Path(__file__).parents[2] / "data" / "dni_nie_examples.csv"
EXAMPLES = list(csv.DictReader(EXAMPLES_FILE.read_text().splitlines()))
COHORT = [draw_identity(Draws(seed, "p"), ("male", "female")[seed % 2], 8) for seed in range(1000)]


def test_numbers_are_unique_in_a_cohort():
    """A thousand patients share no health card and no record number (rule ID-02)."""
    assert len({p.sip_number for p in COHORT}) == 1000
    assert len({p.nhc for p in COHORT}) == 1000
    assert all(p.sip_number.startswith("99") for p in COHORT)
    assert all(p.nhc.startswith("SYN") for p in COHORT)


def test_people_differ():
    """A thousand patients have at least 995 different full names."""
    assert len({p.full_name for p in COHORT}) >= 995


def test_most_have_two_surnames():
    """A few per cent of patients have one surname only."""
    single = sum(p.family_name_2 is None for p in COHORT)
    assert 15 <= single <= 75


def test_guardians_are_parents_mostly():
    """Addresses belong to mothers, fathers and some legal guardians."""
    owners = {p.email_owner for p in COHORT}
    assert owners == {"mother", "father", "legal_guardian"}


def test_a_person_is_pinned():
    """The identity of a seed is a published value that no release may change."""
    person = draw_identity(Draws(1, "p"), "female", 16)
    assert person.full_name == "Estrella Bastida Báez"
    assert person.email == "estrella.bastida1041@example.net"
    assert person.phone == "+34 781518134"


def test_hospitals_are_invented():
    """Every hospital says in its name that it is not real."""
    words = ("Ficticio", "Imaginari", "Simulad", "Inventado")
    assert len(hospitals()) >= 5
    assert all(any(word in name for word in words) for name in hospitals())


@pytest.mark.parametrize("row", EXAMPLES, ids=lambda r: r["number"])
def test_control_letters_follow_the_published_rule(row):
    """Known numbers have their known letters, and a wrong letter is recognised."""
    number = row["example_valid"][:-1]
    assert control_letter(number) == row["valid_letter"]
    assert not is_invalid_national_id(row["example_valid"])
    assert is_invalid_national_id(row["example_fictitious_wrong_letter"])


def test_a_text_without_a_number_has_no_letter():
    """Letters cannot be computed for something else."""
    with pytest.raises(ValueError, match="DNI"):
        control_letter("ABC")
    assert not is_invalid_national_id("ABC")


@pytest.mark.parametrize(
    ("email", "reserved"),
    [
        ("a@example.com", True),
        ("a@hospital.test", True),
        ("a@example.es", False),
        ("a@hospital-ficticio.es", False),
        ("@example.com", False),
        ("a", False),
        ("a@notexample.com", False),
    ],
)
def test_only_reserved_domains_count(email, reserved):
    """Domains that look fictitious but can be bought are not accepted."""
    assert is_reserved_email(email) is reserved


@pytest.mark.parametrize(
    ("phone", "reserved"),
    [
        ("+34 751234567", True),
        ("+34751234567", True),
        ("+34 612345678", False),
        ("751234567", False),
    ],
)
def test_only_reserved_numbers_count(phone, reserved):
    """A number in an assigned range is not accepted."""
    assert is_reserved_phone(phone) is reserved


@pytest.mark.parametrize(("code", "unused"), [("53000", True), ("52999", False), ("9999", False)])
def test_only_unused_postal_codes_count(code, unused):
    """A postal code that a place could have is not accepted."""
    assert is_unused_postal_code(code) is unused
