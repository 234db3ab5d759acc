from tests.factories_extraction import PageWriter, reference_of

from fuente.documents.source import Language

VINCRISTINE = {"Drug": "Vincristine", "Dose": "1.5 mg/m2", "Route": "IV", "Days": "1, 8"}
CISPLATIN = {"Drug": "Cisplatin", "Dose": "75 mg/m2", "Route": "IV", "Days": "1"}


def test_surgery_with_its_week():
    """An operation and its week are read from the surgery section, the week cited."""
    writer = PageWriter()
    writer.heading("5 Surgery")
    writer.prose("Limb salvage with endoprosthesis is done in week 11. No biopsy is repeated.")
    writer.heading("6 Chemotherapy")
    writer.table("Table 2. MAP. 1 cycle of 35 days.", CISPLATIN)

    _, (regimen,) = writer.read("Osteosarcoma")
    (statement,) = regimen.surgery

    assert statement.procedures == ("limb_salvage",)
    assert writer.words(statement.week) == "11"


def test_operation_mentioned_elsewhere_is_no_statement():
    """A biopsy named in a paragraph about diagnosis states no operation of the treatment."""
    writer = PageWriter()
    writer.heading("3 Diagnosis")
    writer.prose("A biopsy tells the grade.")
    writer.table("Table 2. MAP. 1 cycle of 35 days.", CISPLATIN)

    _, (regimen,) = writer.read("Osteosarcoma")

    assert regimen.surgery == ()


def test_radiotherapy_of_the_document_belongs_to_its_regimen():
    """Prescriptions are listed; amounts without a target are not."""
    writer = PageWriter()
    writer.table("Table 2. PE. 1 cycle of 35 days.", CISPLATIN)
    fields = {"Target": "Craniospinal", "Total dose (Gy)": "23.4", "Fractions": "13"}
    writer.table("Table 3. Radiotherapy", fields)
    writer.prose("With the boost the posterior fossa receives 54 Gy.")

    references, (regimen,) = writer.read("Medulloblastoma")

    assert [str(reference_of(references, each).value) for each in regimen.radiotherapy_ids] == [
        "23.4"
    ]


def test_document_without_doses_has_no_regimen():
    """Nothing is laid out where nothing is printed."""
    writer = PageWriter()
    writer.prose("Medulloblastoma is a tumour of the cerebellum.")

    assert writer.read("Medulloblastoma")[1] == ()


class TestTreatmentSheets:
    """Forms without captioned tables, as week-by-week manuals print them."""

    def test_days_that_run_on_are_one_phase(self):
        """Weeks printed one after the other are one phase with absolute days."""
        writer = PageWriter()
        writer.heading("A.1 Glioma de baixo grau")
        for week in range(1, 6):
            self._sheet(writer, f"S{week}", "Vimblastina 6, 0mg/m2 EV")
        self._sheet(writer, "S2", "Vimblastina 6, 0mg/m2 EV")
        self._sheet(writer, "S6", "Vimblastina 6, 0mg/m2 EV")

        references, (regimen,) = writer.read("Manual", Language.PORTUGUESE)
        (phase,) = regimen.phases

        days = [reference_of(references, each).days for each in phase.reference_ids]
        assert days == [(1,), (8,), (15,), (22,), (29,), (36,)]
        assert phase.name == "Glioma de baixo grau"

    def test_repeated_cycles_are_one_phase_given_that_often(self):
        """Sheets that repeat each other become one phase with the count its heading states."""
        writer = PageWriter()
        for cycle in range(1, 4):
            writer.heading("A.1.2 Manutenção: 06 ciclos", "A.1 Glioma de baixo grau")
            writer.caption(f"CICLO {cycle}")
            writer.row({"Dia": "D1", "Dose": "Lomustina 90 mg/m2"})
            writer.prose("Intervalo de 28 dias.")

        _, (regimen,) = writer.read("Manual", Language.PORTUGUESE)
        (phase,) = regimen.phases

        assert phase.name == "Manutenção"
        assert len(phase.reference_ids) == 1
        assert writer.words(phase.cycles) == "06"
        assert writer.words(phase.cycle_days) == "28"

    def _sheet(self, writer: PageWriter, mark: str, words: str) -> None:
        writer.row({"": mark, "Dose ": words})
