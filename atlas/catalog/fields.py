"""The kinds of fields that the records are made of."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

Text = Annotated[str, msgspec.Meta(min_length=1)]
Identifier = Annotated[str, msgspec.Meta(pattern="^[a-z][a-z0-9_]*$")]
PointCode = Annotated[str, msgspec.Meta(pattern="^([A-Z]{2}|EX-[A-Z]{1,2})[1-9][0-9]?$")]
MeridianCode = Annotated[str, msgspec.Meta(pattern="^[A-Z]{2}$")]
Cun = Annotated[float, msgspec.Meta(ge=-100, le=100)]
Depth = Annotated[float, msgspec.Meta(gt=0, le=5)]
Part = Annotated[float, msgspec.Meta(ge=0, le=1)]
Basis = Literal["trial", "review", "consensus", "textbook", "article", "tradition"]


class Record(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Base of all records: immutable, and a misspelt field is an error."""


class Statement(Record, frozen=True):
    """Something said, and the source that it rests on."""

    title: Text
    text: Text
    source: str
