"""The texts, dates and numbers that a sitting file is made of, checked strictly, for the forms of the schema.

Each refusal carries a code of `problems` as its pydantic error type and the data of its sentence as its context.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from meeting.office.problems import Code


def wrong(code: Code, **data: object) -> PydanticCustomError:
    """A refusal with a code of `problems`, for validators to raise."""
    return PydanticCustomError(code.value, code.value, data)


def _plain(value: object) -> object:
    """Refuses what cannot be seen or sent: control and format characters, lone surrogates, space at the ends."""
    if not isinstance(value, str):
        return value
    if not value.strip():
        raise wrong(Code.EMPTY_TEXT)
    hidden = [
        one for one in value if one != "\n" and unicodedata.category(one) in ("Cc", "Cf", "Cs", "Zl", "Zp")
    ]
    if hidden or value != value.strip():
        raise wrong(Code.BAD_TEXT, character=f"U+{ord(hidden[0]):04X}" if hidden else "U+0020")
    return value


def _one_line(value: object) -> object:
    if isinstance(value, str) and "\n" in value.strip():
        raise wrong(Code.BAD_TEXT, character="U+000A")
    return _plain(value)


def _text_block(value: object) -> object:
    # a YAML block (`|`) ends with a line break that nobody means
    return _plain(value.rstrip("\n") if isinstance(value, str) else value)


def _day(value: object) -> object:
    """YYYY-MM-DD only: pydantic alone would also take a number of seconds."""
    if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        try:
            return datetime.date.fromisoformat(value)
        except ValueError:
            pass
    raise wrong(Code.NOT_DATE, value=str(value))


def _clock(value: object) -> object:
    if isinstance(value, str) and re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", value):
        return value
    raise wrong(Code.NOT_TIME, value=str(value))


def _sitting_id(value: object) -> object:
    if isinstance(value, str) and not re.fullmatch(r"[a-z0-9-]{1,32}", value):
        raise wrong(Code.BAD_ID, value=value, allowed="a-z 0-9 -", most=32)
    return value


def _matter_id(value: object) -> object:
    if isinstance(value, str) and not re.fullmatch(r"[A-Za-z0-9-]{1,32}", value):
        raise wrong(Code.BAD_ID, value=value, allowed="A-Z a-z 0-9 -", most=32)
    return value


def _voter_class(value: object) -> object:
    if isinstance(value, str) and not re.fullmatch(r"[a-z_]{1,16}", value):
        raise wrong(Code.BAD_ID, value=value, allowed="a-z _", most=16)
    return value


def _share(value: object) -> object:
    """A fraction such as `2/3`; which of them are a majority says `rules_schema`."""
    if isinstance(value, str) and re.fullmatch(r"[0-9]{1,4}/[1-9][0-9]{0,3}", value):
        return value
    raise wrong(Code.BAD_SHARE, value=str(value))


def _figure(value: object) -> object:
    return Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value


Name = Annotated[str, BeforeValidator(_one_line), Field(max_length=40)]
Line = Annotated[str, BeforeValidator(_one_line), Field(max_length=300)]
Prose = Annotated[str, BeforeValidator(_text_block), Field(max_length=5000)]
Day = Annotated[datetime.date, BeforeValidator(_day)]
Clock = Annotated[str, BeforeValidator(_clock)]
SittingIdText = Annotated[str, BeforeValidator(_sitting_id)]
MatterIdText = Annotated[str, BeforeValidator(_matter_id)]
Seconds = Annotated[int, Field(ge=1, le=86_400)]
Number = Annotated[int, Field(ge=1, le=9_999)]
Count = Annotated[int, Field(ge=0, le=99_999)]
Share = Annotated[str, BeforeValidator(_share)]
Figure = Annotated[Decimal, BeforeValidator(_figure), Field(ge=0, le=1_000)]
VoterClass = Annotated[str, BeforeValidator(_voter_class)]


class Form(BaseModel):
    """A part of the file.  A key that is not in the form is a problem, never passed over."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)
