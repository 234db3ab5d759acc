"""Whether the service runs, and whether it can do its work."""

from fastapi import APIRouter, Request

from fuente.server.access import SECURED, application_of
from fuente.server.schemas import Health, Readiness

router = APIRouter(tags=["health"])


# Not in a thread: it answers even when every thread is taken.
@router.get("/healthz")
async def healthz() -> Health:
    """Say that the process runs; needs no token."""
    return Health(status="ok")


@router.get("/readyz", **SECURED)
def readyz(request: Request) -> Readiness:
    """Read the store and the index, and say what they hold."""
    application = application_of(request)
    documents = len(application.store.documents())
    return Readiness(
        status="ready" if documents else "no documents",
        documents=documents,
        patients=application.store.count_records(),
        index=application.index.count(),
    )
