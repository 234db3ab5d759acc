"""Days counted by a workbook as dates, and their parts as a format writes them."""

from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

_SPANISH: Final = 0x0A
_PORTUGUESE: Final = 0x16
_MONTHS: Final = {
    0: "January February March April May June July August September October November December",
    _SPANISH: "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre"
    " diciembre",
    _PORTUGUESE: "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro"
    " dezembro",
}
_WEEKDAYS: Final = {
    0: "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    _SPANISH: "lunes martes miércoles jueves viernes sábado domingo",
    _PORTUGUESE: "segunda terça quarta quinta sexta sábado domingo",
}
_FIRST_DAY: Final = datetime(1899, 12, 30)
_FIRST_DAY_1904: Final = datetime(1904, 1, 1)
_FALSE_LEAP_DAY: Final = 60
"""Excel counts a 29 February 1900 that never was; earlier days are one off."""


def moment_of(number: Decimal, from_1904: bool, *, has_fraction: bool) -> datetime:
    """The moment a number stands for, to the second or, where it is shown, its thousandth."""
    days, part = divmod(number, 1)
    milliseconds = int((part * 86_400_000).to_integral_value(ROUND_HALF_UP))
    if not has_fraction:
        milliseconds = (milliseconds + 500) // 1000 * 1000
    first = _FIRST_DAY_1904 if from_1904 else _FIRST_DAY
    early = not from_1904 and number < _FALSE_LEAP_DAY
    return first + timedelta(days=int(days) + early, milliseconds=milliseconds)


def date_part(moment: datetime, code: str, language: int, half_day: bool) -> str:
    """What a run of one letter stands for: `yyyy`, `mm`, `nn` for minutes."""
    hour = (moment.hour - 1) % 12 + 1 if half_day else moment.hour
    letter = code[0]
    if letter == "y":
        return str(moment.year) if len(code) > 2 else f"{moment.year % 100:02d}"
    if letter == "s" and "." in code:
        digits = len(code.partition(".")[2])
        return f"{moment.second:02d}.{f'{moment.microsecond:06d}'[:digits]}"
    if len(code) > 2:
        return _named(moment, code, language)
    number = {"m": moment.month, "d": moment.day, "h": hour, "n": moment.minute}
    return str(number.get(letter, moment.second)).zfill(len(code))


def _named(moment: datetime, code: str, language: int) -> str:
    """The name of a month or a weekday, whole or its first letters."""
    names, place = (_MONTHS, moment.month - 1) if code[0] == "m" else (_WEEKDAYS, moment.weekday())
    name = names.get(language, names[0]).split()[place]
    return name[: {3: 3, 5: 1}.get(len(code))]
