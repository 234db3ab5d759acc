"""Files that are held are read again: that replaces what was read, and citations open."""

from dataclasses import replace

import apsw
import pytest
from tests.factories_ingest import TEXT, actions, make_services, write
from tests.factories_store import make_page
from tests.fakes_store import CannedReader

from fuente.adapters.sqlite_store import FILE_NAME
from fuente.audit.event import Action
from fuente.documents.source import DocumentStatus
from fuente.workflows.audit import verify_audit
from fuente.workflows.cited_pages import cited_page
from fuente.workflows.editions import current_documents, withdraw
from fuente.workflows.ingest import ingest_file, ingest_paths


def reread(services, read, text, **changed):
    """The reader now reads other words in the same file, or none."""
    page = replace(make_page(text or "x"), grids=())
    if not text:
        page = replace(page, text="", lines=(), character_boxes=b"", text_source="none")
    services.reader.add(replace(read, source=replace(read.source, **changed), pages=(page,)))


def ingest_again(services, folder):
    """What becomes of the folder's one file when it is read again."""
    (result,) = ingest_paths([folder], services, again=True)
    return result


def citation_of(services):
    """Where the first reference stands and what it quotes."""
    reference = services.store.references()[0]
    return reference.document_sha256, reference.page, reference.span, reference.quote


def test_a_held_file_is_read_again_when_that_is_asked_for(tmp_path, folder):
    """As after an update: what is read now is held, indexed, and vouched for by an event."""
    read = write(folder, "a.pdf")
    services = make_services(tmp_path, read)
    ingest_file(folder / "a.pdf", services)
    reread(services, read, "Vincristine 2 mg/m2 IV weekly in Wilms tumour. Dactinomycin 45 ug/kg.")
    result = ingest_again(services, folder)
    assert (result.status, result.reason) == (
        DocumentStatus.READY,
        "read again; other words on pages 1",
    )
    values = [(one.drug, str(one.value)) for one in services.store.references()]
    assert values == [("vincristine", "2"), ("dactinomycin", "45")]
    assert services.index.ids() == {one for one, _ in services.store.vectors()}
    assert actions(services) == [Action.DOCUMENT_INGESTED, Action.DOCUMENT_READ_AGAIN]
    assert verify_audit(services.store).findings == ()
    assert len(services.store.documents()) == 1


def test_what_was_cited_before_a_new_reading_is_still_found(tmp_path, folder):
    """On the page as it was read then, and it is said to be an earlier reading."""
    read = write(folder, "a.pdf")
    services = make_services(tmp_path, read)
    ingest_file(folder / "a.pdf", services)
    cited = citation_of(services)
    reread(services, read, TEXT.replace("1.5", "2.5"))
    ingest_again(services, folder)
    assert cited_page(services.store, *cited).is_earlier
    assert not cited_page(services.store, *citation_of(services)).is_earlier
    assert cited_page(services.store, *cited[:3], "words never printed").page.text != TEXT


def test_pages_that_say_the_same_are_not_put_aside(tmp_path, folder):
    """Reading again and again keeps no copies, whatever order readings come in."""
    read = write(folder, "a.pdf")
    services = make_services(tmp_path, read)
    result = ingest_file(folder / "a.pdf", services)
    assert ingest_again(services, folder).reason == "read again"
    for text in ("Vincristine 2 mg/m2.", TEXT, "Vincristine 2 mg/m2.", TEXT):
        reread(services, read, text)
        ingest_again(services, folder)
    kept = services.store.earlier_pages(result.sha256)
    assert [one.text for one in kept] == ["Vincristine 2 mg/m2.", TEXT]
    assert verify_audit(services.store).findings == ()


def test_a_new_reading_changed_beside_the_log_is_found(tmp_path, folder):
    """Also a page put aside, which citations may rest on."""
    read = write(folder, "a.pdf")
    services = make_services(tmp_path, read)
    ingest_file(folder / "a.pdf", services)
    reread(services, read, TEXT.replace("1.5", "2.5"))
    ingest_again(services, folder)
    raw = apsw.Connection(str(tmp_path / "data" / FILE_NAME))
    raw.execute("UPDATE earlier_pages SET text = replace(text, '1.5', '9.5')")
    assert [one.rule for one in verify_audit(services.store).findings] == ["document_changed"]


@pytest.mark.parametrize(
    ("text", "changed", "reason"),
    [
        ("", {"pages_without_text": (1,)}, "read again, pages 1 would have no text"),
        ("Contents.", {}, "read again, it would state no dose"),
    ],
)
def test_a_reading_that_is_less_than_the_one_held_is_not_taken(
    tmp_path, folder, text, changed, reason
):
    """As where OCR has gone missing since."""
    read = write(folder, "a.pdf")
    services = make_services(tmp_path, read)
    ingest_file(folder / "a.pdf", services)
    reread(services, read, text, **changed)
    result = ingest_again(services, folder)
    assert result.status is DocumentStatus.DUPLICATE
    assert reason in result.reason
    assert services.store.page(result.sha256, 1).text == TEXT
    assert services.index.count() == result.passages > 0
    assert verify_audit(services.store).findings == ()


def test_a_superseded_file_read_again_stays_superseded(tmp_path, folder):
    """It is not searched again, and keeps the name its editions know it by."""
    old, new = write(folder, "old.pdf"), write(folder, "a.pdf", f"{TEXT} New.")
    services = make_services(tmp_path, old, new)
    ingest_file(folder / "old.pdf", services)
    held = ingest_file(folder / "a.pdf", services)
    withdraw("old.pdf", services.store, services.index, "tester")
    before = services.index.ids()
    (folder / "old.pdf").rename(folder / "renamed.pdf")
    results = list(ingest_paths([folder / "renamed.pdf"], services, again=True))
    assert [str(one.status) for one in results] == ["ready"]
    assert services.store.document(results[0].sha256).file == "old.pdf"
    assert services.index.ids() == before
    assert [one.sha256 for one in current_documents(services.store)] == [held.sha256]


def test_a_file_that_cannot_be_read_again_stays_as_it_was(tmp_path, folder):
    """The refusal is told; what is held is untouched."""
    services = make_services(tmp_path, write(folder, "a.pdf"))
    held = ingest_file(folder / "a.pdf", services)
    broken = replace(services, reader=CannedReader())
    assert ingest_again(broken, folder).status is DocumentStatus.REJECTED
    assert len(services.store.passages_of(held.sha256)) == held.passages
