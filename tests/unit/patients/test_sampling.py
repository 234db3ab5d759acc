"""Draws are reproducible, independent of order, and distributed as asked."""

from decimal import Decimal
from statistics import NormalDist, fmean, pstdev

import pytest

from fuente.patients.normal_quantile import inverse_normal
from fuente.patients.sampling import Draws

RUNS = range(2000)


def test_draws_are_pinned_across_platforms():
    """The published digits of some draws never change, whatever the platform."""
    draws = Draws(1, "patient")
    assert draws.integer("day", 0, 364) == 117
    assert str(draws.uniform("z", -2, 2)) == "1.974423283174"
    assert str(draws.normal("height", 0, 1, -3, 3)) == "-0.519492347558"
    assert draws.choice("sex", ("male", "female")) == "female"
    assert draws.hexadecimal("id", 8) == "43ef35b7"


def test_a_draw_does_not_depend_on_other_draws():
    """Asking for other names first does not move a draw."""
    early = Draws(7, "a").uniform("x", 0, 1)
    late = Draws(7, "a")
    for name in ("p", "q", "r"):
        late.integer(name, 0, 9)
    assert late.uniform("x", 0, 1) == early


@pytest.mark.parametrize("other", [Draws(8, "a"), Draws(7, "b"), Draws(7, "a").within("part")])
def test_seed_and_scope_separate_draws(other):
    """Another seed, scope or part of the scope draws something else."""
    assert Draws(7, "a").uniform("x", 0, 1) != other.uniform("x", 0, 1)


def test_uniform_fills_its_range_evenly():
    """A uniform draw stays in its range and its tenths are about equally full."""
    values = [Draws(i, "u").uniform("x", Decimal("2"), Decimal("3")) for i in RUNS]
    assert all(2 <= v < 3 for v in values)
    counts = [sum(1 for v in values if int((v - 2) * 10) == tenth) for tenth in range(10)]
    assert all(150 <= count <= 250 for count in counts)


def test_integer_includes_both_ends():
    """Both bounds occur and each value is about equally likely."""
    values = [Draws(i, "i").integer("x", 1, 4) for i in RUNS]
    assert all(430 <= values.count(n) <= 570 for n in (1, 2, 3, 4))


def test_choice_follows_the_weights():
    """Options occur in proportion to their weights and weight 0 never occurs."""
    values = [Draws(i, "c").choice("x", ("a", "b", "c"), (3, 0, Decimal(1))) for i in RUNS]
    assert "b" not in values
    assert 1420 <= values.count("a") <= 1580


def test_boolean_follows_its_probability():
    """A boolean is true about as often as asked, never at 0 and always at 1."""
    values = [Draws(i, "b").boolean("x", Decimal("0.2")) for i in RUNS]
    assert 340 <= sum(values) <= 460
    assert not any(Draws(i, "b").boolean("x", 0) for i in range(100))
    assert all(Draws(i, "b").boolean("x", 1) for i in range(100))


def test_normal_has_its_mean_and_deviation():
    """A wide normal has the mean and standard deviation asked for."""
    values = [float(Draws(i, "n").normal("x", 10, 2, -100, 100)) for i in RUNS]
    assert abs(fmean(values) - 10) < 0.15
    assert abs(pstdev(values) - 2) < 0.1


def test_normal_is_truncated_not_clamped():
    """Values outside the bounds are drawn again, so none piles up at a bound."""
    values = [Draws(i, "t").normal("x", 0, 1, -1, 1) for i in RUNS]
    assert all(-1 <= v <= 1 for v in values)
    assert not any(abs(v) == 1 for v in values)


def test_a_hopeless_truncation_gives_the_nearer_bound():
    """When the bounds lie far out in the tail the value is held at the bound."""
    assert Draws(1, "t").normal("x", 0, 1, 50, 60) == 50


@pytest.mark.parametrize("p", [0.0001, 0.01, 0.02425, 0.3, 0.5, 0.7, 0.99, 0.999999])
def test_inverse_normal_agrees_with_python(p):
    """The rational approximation is within 1e-8 of Python's own quantile."""
    expected = NormalDist().inv_cdf(p)
    assert float(inverse_normal(Decimal(str(p)))) == pytest.approx(expected, rel=1e-8, abs=1e-9)


@pytest.mark.parametrize("p", ["0", "1", "-0.1"])
def test_inverse_normal_needs_a_probability(p):
    """A probability of 0, 1 or outside is an error."""
    with pytest.raises(ValueError, match="strictly between"):
        inverse_normal(Decimal(p))


def test_shuffled_keeps_every_option():
    """A shuffle holds each option once and a sample is its beginning."""
    options = tuple("abcdefgh")
    shuffled = Draws(3, "s").shuffled("x", options)
    assert sorted(shuffled) == sorted(options)
    assert Draws(3, "s").sample("x", options, 3) == shuffled[:3]


@pytest.mark.parametrize(
    "call",
    [
        lambda d: d.uniform("x", 1, 1),
        lambda d: d.integer("x", 2, 1),
        lambda d: d.boolean("x", 2),
        lambda d: d.choice("x", ()),
        lambda d: d.choice("x", ("a",), (0,)),
        lambda d: d.choice("x", ("a", "b"), (1,)),
        lambda d: d.normal("x", 0, 1, 2, 1),
    ],
)
def test_impossible_draws_name_themselves(call):
    """A draw that cannot be made raises an error naming the draw."""
    with pytest.raises(ValueError, match="'x'"):
        call(Draws(1, "a"))
