"""The kinds of fields that the records are made of.

A description says to the author of data what is expected, in messages and in editors.
"""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

Text = Annotated[str, msgspec.Meta(min_length=1)]
Identifier = Annotated[
    str,
    msgspec.Meta(pattern="^[a-z][a-z0-9_]*$", description="small letters, digits and _"),
]
PointCode = Annotated[
    str,
    msgspec.Meta(
        pattern="^((?!EX)[A-Z]{2}|EX-(HN|CA|B|UE|LE))[1-9][0-9]?$",
        description="a code such as BL23 or EX-B2",
    ),
]
MeridianCode = Annotated[
    str, msgspec.Meta(pattern="^[A-Z]{2}$", description="two capital letters such as BL")
]
Cun = Annotated[float, msgspec.Meta(ge=-100, le=100)]
Depth = Annotated[
    float, msgspec.Meta(gt=0, le=5, description="a depth of more than 0 and at most 5 cun")
]
Depths = Annotated[tuple[Depth, Depth], msgspec.Meta(description="two numbers, from and to")]
Part = Annotated[float, msgspec.Meta(ge=0, le=1)]
Basis = Literal["trial", "review", "consensus", "textbook", "article", "tradition"]


class Record(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Base of all records: immutable, and a misspelt field is an error."""


class Statement(Record, frozen=True):
    """Something said, and the source that it rests on; `urgent` is what needs help at once."""

    title: Text
    text: Text
    source: str
    urgent: bool = False
