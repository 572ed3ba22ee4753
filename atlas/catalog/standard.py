"""The records of what the standard requires; only the checker reads them."""

from __future__ import annotations

from typing import Annotated

import msgspec

from atlas.catalog.fields import PointCode, Record, Text
from atlas.catalog.point import Severity


class Requirement(Record, frozen=True):
    """What the standard says of one point; of names the first is ours, all are accepted."""

    code: PointCode
    pinyin: Annotated[list[Text], msgspec.Meta(min_length=1)]
    hanzi_simplified: Text
    hanzi: list[Text] = []  # traditional; empty where the sources give simplified ones only
    states: list[Text] = []  # numbers and fractions that the location states
    cautions: list[Text] = []  # kinds


class StandardFile(Record, frozen=True):
    """data/standard.yaml; a required caution is at least as severe as its kind says here."""

    points: list[Requirement]
    severities: dict[str, Severity] = {}
