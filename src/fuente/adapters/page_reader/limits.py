"""How much a reading process may use, and how it gives up everything else.

The numbers are the same for every file; the processor time alone grows with the page count.
"""

import codecs
import resource

MAX_FILE_BYTES = 50 * 1024 * 1024
"""A protocol manual of 424 pages has 2.4 MB; ten times the largest expected file."""

MAX_PAGES = 2000
"""About five times the longest manual seen."""

MAX_TEXT_CHARACTERS = 20_000_000
"""2000 pages of 10,000 characters; a dense page of a manual has 6,000."""

MAX_PAGE_CHARACTERS = 400_000
"""No printable page holds more; a page above it is a bomb."""

MAX_OUTPUT_BYTES = 1024 * 1024 * 1024
"""What the parent takes from a child: 20 million characters with boxes, 50 bytes each."""

MEMORY_BYTES = 1024 * 1024 * 1024
"""Address space. Reading 424 pages was measured at under 150 MiB; bombs of 2 KB asked for 2 GB."""

CPU_SECONDS = 60
"""The most any file gets. 424 pages were measured at under 8 s on one core."""

CPU_SECONDS_BASE = 20
"""What a file of few pages gets, so that a small bomb ends well within half a minute."""

CPU_SECONDS_PER_MEGABYTE = 100
"""Of a file without pages; three times what a sheet or a text that packs well was measured at."""

CPU_SECONDS_PER_PAGE = 0.1
"""Ten times the measured mean of a page of tables."""

_CPU_GRACE = 2
"""Between the signal that says the time is up and the one that cannot be taken for another."""

WALL_SECONDS = 180.0
"""The most a reader waits for a child on a busy machine before it kills the process group."""


_CODECS = (
    *("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"),
    *("iso8859-15", "cp1250", "cp850", "mac-roman"),
    *("ascii", "latin-1", "cp1252", "charmap", "gbk", "gb2312", "gb18030", "big5", "big5hkscs"),
    *("shift_jis", "cp932", "euc_jp", "iso2022_jp", "euc_kr", "cp949"),
)
"""Python loads a codec from a file at its first use, which is forbidden once the doors are shut."""


def confine(cpu_seconds: int = CPU_SECONDS) -> None:
    """Cap memory and time, forbid core dumps and the growth of any file."""
    _lower(resource.RLIMIT_AS, MEMORY_BYTES)
    _lower(resource.RLIMIT_CPU, cpu_seconds, _CPU_GRACE)
    _lower(resource.RLIMIT_CORE, 0)
    _lower(resource.RLIMIT_FSIZE, 0)


def close_doors() -> None:
    """Forbid new file descriptors: from here on neither a file nor a socket can be opened."""
    for name in _CODECS:
        codecs.lookup(name)
    _lower(resource.RLIMIT_NOFILE, 0)


def allow_pages(count: int) -> None:
    """Set the processor time to what a document of so many pages may take."""
    _allow_seconds(count * CPU_SECONDS_PER_PAGE)


def allow_bytes(count: int) -> None:
    """Set the processor time to what a file of so many bytes may take, its pages unknown."""
    _allow_seconds(count / 1_000_000 * CPU_SECONDS_PER_MEGABYTE)


def _allow_seconds(more: float) -> None:
    seconds = min(CPU_SECONDS, CPU_SECONDS_BASE + int(more))
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, hard))


def allow_files(count: int) -> None:
    """Lower the number of files that may be open at a time."""
    _lower(resource.RLIMIT_NOFILE, count)


def _lower(which: int, value: int, grace: int = 0) -> None:
    _, hard = resource.getrlimit(which)
    limit, last = (
        one if hard == resource.RLIM_INFINITY else min(one, hard) for one in (value, value + grace)
    )
    resource.setrlimit(which, (limit, last))
