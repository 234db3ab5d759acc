"""Every identity is fictitious by construction (rules ID-02 to ID-07)."""

import re
import unicodedata

from hypothesis import example, given, settings
from hypothesis import strategies as st

from fuente.patients.identity import draw_identity, invalid_national_id
from fuente.patients.reserved import (
    is_invalid_national_id,
    is_reserved_email,
    is_reserved_phone,
    is_unused_postal_code,
)
from fuente.patients.sampling import Draws

SEEDS = st.integers(min_value=0, max_value=2**63)
SEXES = st.sampled_from(["male", "female"])
AGES = st.integers(min_value=0, max_value=21)


@given(SEEDS, SEXES, AGES)
@settings(max_examples=300, deadline=None)
def test_contact_data_reach_nobody(seed, sex, age):
    """Mail, phone and postal code lie in reserved or unused ranges."""
    person = draw_identity(Draws(seed, "p"), sex, age)
    assert is_reserved_email(person.email)
    assert person.email.isascii()
    assert person.email == person.email.lower()
    assert is_reserved_phone(person.phone)
    assert is_unused_postal_code(person.address.postal_code)
    assert person.national_id is None


@given(SEEDS, SEXES, AGES)
@example(20940, "female", 0)  # Mía, whose father is Dámaso
@settings(max_examples=300, deadline=None)
def test_young_children_have_no_address_of_their_own(seed, sex, age):
    """Below 14 years a guardian holds the address, and the child's name is not in it."""
    person = draw_identity(Draws(seed, "p"), sex, age)
    assert (person.email_owner == "patient") == (age >= 14)
    if age < 14:
        # Accents apart: an address has the letter without its mark.
        decomposed = unicodedata.normalize("NFD", person.given_name.lower())
        child = re.sub(r"[^a-z]", "", decomposed)
        assert child not in person.email.split("@")[0]


@given(SEEDS)
@settings(max_examples=300, deadline=None)
def test_a_forced_national_number_is_provably_wrong(seed):
    """A national number, where a system insists on one, has a wrong control letter."""
    assert is_invalid_national_id(invalid_national_id(Draws(seed, "p")))


@given(SEEDS, SEXES, AGES)
@settings(max_examples=100, deadline=None)
def test_the_same_seed_is_the_same_person(seed, sex, age):
    """An identity is a function of seed, sex and age."""
    assert draw_identity(Draws(seed, "p"), sex, age) == draw_identity(Draws(seed, "p"), sex, age)
