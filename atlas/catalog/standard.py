"""The records of what the standard requires; only the checker reads them."""

from __future__ import annotations

from atlas.catalog.fields import PointCode, Record, Text


class Requirement(Record, frozen=True):
    """What the standard says of one point; of names the first is ours, all are accepted."""

    code: PointCode
    pinyin: list[Text]
    hanzi_simplified: Text
    hanzi: list[Text] = []  # traditional; empty where the sources give simplified ones only
    states: list[Text] = []  # numbers and fractions that the location states
    cautions: list[Text] = []  # kinds


class StandardFile(Record, frozen=True):
    """data/standard.yaml"""

    points: list[Requirement]
