from decimal import Decimal

from fuente.dosing.conditions import condition, is_bounded, merged
from fuente.dosing.reference import Population


def test_words_without_a_bound_are_kept():
    """A condition the words cannot bound is still told."""
    found = condition("inadequate\nresponse after 2 OEPA")

    assert found == Population(text="inadequate response after 2 OEPA")
    assert not is_bounded(found)
    assert condition("  ") is None


def test_nearer_words_decide_and_further_ones_add():
    """The caption's age holds against the section's; what it leaves open comes from there."""
    near = Population(text="caption", age_months_min=Decimal(36))
    far = Population(
        text="section", age_months_max=Decimal(12), weight_kg_max=Decimal(10), metastatic=True
    )

    found = merged((near, None, far))

    assert (found.age_months_min, found.age_months_max) == (36, None)
    assert (found.weight_kg_max, found.metastatic) == (10, True)
    assert found.text == "caption; section"


def test_or_is_kept_with_the_bounds_it_joins():
    """`under 12 months or below 10 kg` stays an alternative when merged with words of no bound."""
    infants = condition("under 12 months or below 10 kg")

    found = merged((condition("poor response"), infants))

    assert found.either is True


def test_nothing_merges_to_nothing():
    """No population gives none."""
    assert merged((None, None)) is None
    assert merged(()) is None


def test_surface_bounds():
    """A body surface bounds a population as an age does."""
    assert is_bounded(condition("BSA <0.6 m2"))
