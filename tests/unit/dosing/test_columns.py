import pytest

from fuente.documents.passage import Cell
from fuente.dosing.columns import ColumnRole, cell_text, cells_by_role, column_role


@pytest.mark.parametrize(
    ("header", "role"),
    [
        ("Drug", ColumnRole.DRUG),
        ("Fármaco", ColumnRole.DRUG),
        ("Medicamento", ColumnRole.DRUG),
        ("Dose (mg/m2)", ColumnRole.DOSE),
        ("Dosis", ColumnRole.DOSE),
        ("mg/m2", ColumnRole.DOSE),
        ("mg/m²/día", ColumnRole.DOSE),
        ("Dose per day", ColumnRole.DOSE),
        ("Doses per day", ColumnRole.FREQUENCY),
        ("Maximum mg/day", ColumnRole.CAP),
        ("Fase", ColumnRole.PHASE),
        ("Vía", ColumnRole.ROUTE),
        ("Días", ColumnRole.DAYS),
        ("Days of cycle", ColumnRole.DAYS),
        ("Weeks", ColumnRole.WEEKS),
        ("Maximum dose", ColumnRole.CAP),
        ("Dosis máxima", ColumnRole.CAP),
        ("Cumulative limit", ColumnRole.LIMIT),
        ("Límite acumulado", ColumnRole.LIMIT),
        ("Infusion", ColumnRole.INFUSION),
        ("Observaciones", ColumnRole.NOTES),
        ("Volumen", ColumnRole.TARGET),
        ("Dose per fraction (Gy)", ColumnRole.FRACTION_DOSE),
        ("Fracciones", ColumnRole.FRACTIONS),
        ("Sobreimpresión (Gy)", ColumnRole.BOOST),
        ("Boost fractions", ColumnRole.BOOST_FRACTIONS),
        ("Indicación", ColumnRole.INDICATION),
        ("Edad", ColumnRole.BAND),
        ("Tablet size", ColumnRole.STRENGTH),
        ("Administration > Route", ColumnRole.ROUTE),
        ("Dose > mg/m2", ColumnRole.DOSE),
        ("Rubrica", ColumnRole.OTHER),
    ],
)
def test_header_words_give_the_role(header, role):
    """The nearest level of a header path decides what its column holds."""
    assert column_role(header) is role


def test_cells_are_grouped_by_role():
    """Empty cells are left out, and cells of one role keep their order."""
    cells = (
        Cell("Drug", "vincristine"),
        Cell("Notes", "slow"),
        Cell("Notes", "push"),
        Cell("Days", " "),
    )

    grouped = cells_by_role(cells)

    assert set(grouped) == {ColumnRole.DRUG, ColumnRole.NOTES}
    assert cell_text(grouped, ColumnRole.NOTES, ColumnRole.DAYS) == "slow push"
