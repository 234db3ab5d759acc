"""Editions: which document is followed when a protocol changes, and what becomes of the old one."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from tests.factories_store import make_page, make_source
from tests.fakes_store import CannedReader, HashEmbedder, MemoryIndex, MemoryStore

from fuente.documents.source import DocumentStatus, ReadDocument
from fuente.documents.standing import CURRENT, WITHDRAWN, Standing, StandingState, superseded_by
from fuente.errors import InvalidRequest, NotFound
from fuente.workflows.ask import AskServices, ask
from fuente.workflows.audit import verify_audit
from fuente.workflows.editions import current_documents, restore, withdraw
from fuente.workflows.ingest import IngestServices, ingest_file, ingest_paths

QUESTION = "vincristine dose in Wilms tumour"


class Hospital:
    """A data folder in memory and a folder of protocols that people change."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.store, self.index = MemoryStore(), MemoryIndex()
        self.reader = CannedReader()

    def write(self, place: str, dose: str, dated: date | None = None) -> Path:
        """A protocol that states one dose, as this file."""
        path = self.folder / place
        path.parent.mkdir(parents=True, exist_ok=True)
        text = f"Vincristine {dose} mg/m2 IV weekly in Wilms tumour."
        content = f"%PDF {text}".encode()
        path.write_bytes(content)
        source = replace(
            make_source(content=content, file=path.name), path=str(path), edition_date=dated
        )
        self.reader.add(ReadDocument(source, (replace(make_page(text), grids=()),)))
        return path

    def ingest(self, *paths: Path):
        """Ingest them in one run."""
        services = IngestServices(self.store, self.index, self.reader, HashEmbedder())
        return list(ingest_paths(paths, services))

    def ingest_new(self, place: str, dose: str, dated: date | None = None):
        """Write one protocol and ingest it."""
        (result,) = self.ingest(self.write(place, dose, dated))
        return result

    def dose(self) -> str | None:
        """What is answered now."""
        found = ask(QUESTION, AskServices(self.store, self.index, HashEmbedder())).reference
        return str(found.value) if found else None

    def states(self) -> list[str]:
        """The standing of every document held, in the order of their coming."""
        standings = self.store.standings()
        return [str(standings.get(sha256, CURRENT).state) for sha256 in self.store._documents]


@pytest.fixture
def hospital(tmp_path):
    """A hospital with one protocol in use."""
    made = Hospital(tmp_path)
    made.ingest_new("wilms.pdf", "1.5")
    return made


def test_changed_content_under_the_same_name_is_a_new_edition(hospital):
    """The new one is answered from at once; the report says what it replaced."""
    result = hospital.ingest_new("wilms.pdf", "2.0")
    assert hospital.states() == ["superseded", "current"]
    assert hospital.dose() == "2.0"
    assert result.status is DocumentStatus.READY
    assert "supersedes" in result.reason
    assert hospital.index.count() == len(list(hospital.store.vectors()))


def test_the_old_edition_still_opens(hospital):
    """Its page, and the reference a record may cite."""
    old = hospital.store.references()[0]
    hospital.ingest_new("wilms.pdf", "2.0")
    page = hospital.store.page(old.document_sha256, old.page)
    assert old.span.cut(page.text) == old.quote


EDITIONS = [
    # old date, new date, standings of both
    pytest.param(date(2023, 1, 1), date(2024, 1, 1), ["superseded", "current"], id="newer"),
    pytest.param(date(2024, 1, 1), date(2023, 1, 1), ["current", "superseded"], id="older"),
    pytest.param(date(2024, 1, 1), date(2024, 1, 1), ["superseded", "current"], id="same date"),
    pytest.param(None, date(2023, 1, 1), ["superseded", "current"], id="only the new one dated"),
    pytest.param(date(2024, 1, 1), None, ["superseded", "current"], id="only the old one dated"),
]


@pytest.mark.parametrize(("old", "new", "states"), EDITIONS)
def test_the_later_printed_date_is_in_use(tmp_path, old, new, states):
    """Whatever was ingested last; without two dates the newcomer is the edition in use."""
    hospital = Hospital(tmp_path)
    hospital.ingest_new("wilms.pdf", "1.5", old)
    hospital.ingest_new("wilms.pdf", "2.0", new)
    assert hospital.states() == states


def test_files_of_one_name_in_two_folders_of_one_run_stand_beside_each_other(tmp_path):
    """A share has many files of the same name."""
    hospital = Hospital(tmp_path)
    paths = hospital.write("a/doses.pdf", "1.5"), hospital.write("b/doses.pdf", "2.0")
    hospital.ingest(*paths)
    assert hospital.states() == ["current", "current"]


def test_a_namesake_of_the_same_run_is_no_edition_though_it_was_held_before(tmp_path):
    """The share is read again with one file more, which sorts before the one held."""
    hospital = Hospital(tmp_path)
    hospital.ingest(hospital.write("b/doses.pdf", "2.0"))
    hospital.write("a/doses.pdf", "1.5")
    hospital.ingest(tmp_path)
    assert hospital.states() == ["current", "current"]


def test_of_several_namesakes_the_one_at_the_same_path_is_superseded(tmp_path):
    """The other folder's document is another document."""
    hospital = Hospital(tmp_path)
    hospital.ingest(hospital.write("a/doses.pdf", "1.5"), hospital.write("b/doses.pdf", "2.0"))
    hospital.ingest_new("a/doses.pdf", "1.6")
    assert hospital.states() == ["superseded", "current", "current"]


def test_among_several_namesakes_elsewhere_none_is_guessed(tmp_path):
    """The report says that they are held."""
    hospital = Hospital(tmp_path)
    hospital.ingest(hospital.write("a/doses.pdf", "1.5"), hospital.write("b/doses.pdf", "2.0"))
    result = hospital.ingest_new("c/doses.pdf", "1.6")
    assert hospital.states() == ["current"] * 3
    assert "2 other documents" in result.reason


def test_the_bytes_of_an_old_edition_do_not_come_back_by_themselves(hospital):
    """The report names what takes it back into use."""
    old = hospital.folder / "wilms.pdf"
    kept = old.read_bytes()
    hospital.ingest_new("wilms.pdf", "2.0")
    old.write_bytes(kept)
    (result,) = hospital.ingest(old)
    assert result.status is DocumentStatus.DUPLICATE
    assert "fuente restore" in result.reason
    assert hospital.dose() == "2.0"


class TestWithdrawing:
    """Taken out of use by a person, and taken back."""

    def test_a_withdrawn_document_answers_nothing(self, hospital):
        """By its name or the beginning of its hash."""
        withdraw("wilms.pdf", hospital.store, hospital.index, "tester")
        assert hospital.states() == ["withdrawn"]
        assert hospital.dose() is None
        assert hospital.index.count() == 0
        assert current_documents(hospital.store) == ()

    def test_restoring_takes_it_back(self, hospital):
        """As if it had never gone."""
        (held,) = hospital.store.documents()
        withdraw(held.sha256[:12], hospital.store, hospital.index, "tester")
        restore(held.sha256[:12], hospital.store, hospital.index, "tester")
        assert hospital.dose() == "1.5"
        assert hospital.index.count() == len(list(hospital.store.vectors()))

    def test_an_old_edition_comes_back_once_the_new_one_is_withdrawn(self, hospital):
        """Never two editions at once."""
        old = hospital.store.documents()[0].sha256
        hospital.ingest_new("wilms.pdf", "2.0")
        with pytest.raises(InvalidRequest, match="fuente withdraw"):
            restore(old, hospital.store, hospital.index, "tester")
        withdraw("wilms.pdf", hospital.store, hospital.index, "tester")
        restore(old, hospital.store, hospital.index, "tester")
        assert hospital.states() == ["current", "withdrawn"]
        assert hospital.dose() == "1.5"

    @pytest.mark.parametrize("name", ["other.pdf", "0" * 64, "abc", ""])
    def test_a_document_that_is_not_held_cannot_be_withdrawn(self, hospital, name):
        """The error names what was asked for."""
        with pytest.raises(NotFound, match="No such document"):
            withdraw(name, hospital.store, hospital.index, "tester")

    def test_two_of_one_name_are_told_apart_by_hash(self, tmp_path):
        """The error lists them."""
        hospital = Hospital(tmp_path)
        hospital.ingest(hospital.write("a/doses.pdf", "1.5"), hospital.write("b/doses.pdf", "2.0"))
        with pytest.raises(InvalidRequest, match="SHA-256"):
            withdraw("doses.pdf", hospital.store, hospital.index, "tester")

    def test_the_log_tells_every_standing(self, hospital):
        """Superseded, withdrawn, restored: an auditor finds nothing wrong."""
        hospital.ingest_new("wilms.pdf", "2.0")
        withdraw("wilms.pdf", hospital.store, hospital.index, "tester")
        restore(hospital.store.documents()[0].sha256, hospital.store, hospital.index, "tester")
        findings = verify_audit(hospital.store).findings
        assert [one for one in findings if one.rule == "standing_changed"] == []


@pytest.mark.parametrize(
    ("state", "successor"),
    [(StandingState.CURRENT, "x"), (StandingState.WITHDRAWN, "x"), (StandingState.SUPERSEDED, "")],
)
def test_a_standing_is_whole(state, successor):
    """Superseded documents have a successor and no other has one."""
    with pytest.raises(ValueError, match="successor"):
        Standing(state, successor)
    assert superseded_by("x") == Standing(StandingState.SUPERSEDED, "x")
    assert WITHDRAWN != CURRENT


def test_a_document_read_alone_is_no_edition_of_itself(hospital):
    """The same bytes again are a duplicate."""
    services = IngestServices(hospital.store, hospital.index, hospital.reader, HashEmbedder())
    result = ingest_file(hospital.folder / "wilms.pdf", services)
    assert result.status is DocumentStatus.DUPLICATE
    assert hospital.states() == ["current"]
