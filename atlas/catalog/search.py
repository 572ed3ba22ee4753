"""Finding points by code, pinyin, characters, English, lay names and what they are for.

Strict ways come first (the whole name, its beginning, all words, a part of it); only where
they find little, near spellings are tried with rapidfuzz. All names of all points stand in
sorted lists and one long text, so that a key press stays well under a frame.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, lru_cache
from typing import NamedTuple

from atlas.catalog.masks import Mask, members
from atlas.catalog.model import Catalogue, Condition, Term
from atlas.catalog.point import Point, best_role

FUZZY_FROM = 4  # shorter words have too many near spellings
FUZZY_CUTOFF = 72.0
ENOUGH = 5  # strict hits from which no near spellings are looked for
LIMIT = 40

RANKS = {"principal": 0, "supporting": 1, "distant": 2, "": 3}

_CODE = re.compile(r"([a-z]+)([1-9][0-9]?)")
_WORD = re.compile(r"[^\W_]+")


class Hit(NamedTuple):
    """A point that was found, and the name by which it was found."""

    at: int  # position in the catalogue
    matched: str


class _Name(NamedTuple):
    key: str  # normalised, without spaces
    rank: int  # kinds of name, the most telling first
    at: int  # position of the point in the catalogue
    shown: str


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Lower case without tone marks and other accents."""
    decomposed = unicodedata.normalize("NFD", text.casefold()).replace("u\u0308", "v")
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def words_of(text: str) -> list[str]:
    """The words of a text, folded."""
    return _WORD.findall(fold(text))


def squeeze(text: str) -> str:
    """The text folded, without anything between its words."""
    return "".join(words_of(text))


class SearchIndex:
    """Names and words of all points of a catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    @cached_property
    def _names(self) -> list[_Name]:
        names = [
            _Name(squeeze(text), rank, i, text)
            for i, point in enumerate(self._catalogue.points)
            for rank, text in _names_of(point, self._catalogue)
        ]
        names += [_Name(squeeze(name), 4, i, name) for i, name in self._lay_names()]
        return sorted(names)

    def _lay_names(self) -> Iterator[tuple[int, str]]:
        """Everyday names, each with the points that it may mean."""
        for lay in self._catalogue.back_pain.lay_names:
            for code in lay.candidates:
                if code in self._catalogue.index:
                    yield self._catalogue.index[code], lay.name

    @cached_property
    def _keys(self) -> list[str]:
        return [name.key for name in self._names]

    @cached_property
    def _text(self) -> str:
        return "\n".join(self._keys)

    @cached_property
    def _offsets(self) -> list[int]:
        offsets, at = [], 0
        for key in self._keys:
            offsets.append(at)
            at += len(key) + 1
        return offsets

    @cached_property
    def _words(self) -> tuple[list[str], list[int]]:
        """All words in order, each with the mask of the points that have it."""
        masks: dict[str, int] = {}
        for i, point in enumerate(self._catalogue.points):
            for word in set(_words_of_point(point, self._catalogue)):
                masks[word] = masks.get(word, 0) | 1 << i
        for at, name in self._lay_names():
            for word in words_of(name):
                masks[word] = masks.get(word, 0) | 1 << at
        ordered = sorted(masks)
        return ordered, [masks[word] for word in ordered]

    def prepare(self) -> None:
        """Build everything now, so that the first key press does not wait for it."""
        import rapidfuzz.process  # noqa: F401

        _ = self._text, self._offsets, self._words, self._fuzzy_keys

    def search(self, text: str, limit: int = LIMIT) -> list[Hit]:
        """The points that a text may mean, the most likely first."""
        key = squeeze(text)
        if not key:
            return []
        hits: dict[int, Hit] = {}
        if codes := self._codes_meant(key):
            return [Hit(name.at, name.shown) for name in codes[:limit]]
        for name in self._strict(key, text):
            hits.setdefault(name.at, Hit(name.at, name.shown))
            if len(hits) >= limit:
                return list(hits.values())
        if len(hits) < ENOUGH and len(key) >= FUZZY_FROM:
            for name in self._near(key):
                hits.setdefault(name.at, Hit(name.at, name.shown))
        return list(hits.values())[:limit]

    def matching(self, text: str) -> Mask:
        """The mask of all points that `search` would find without a limit."""
        mask = 0
        for hit in self.search(text, limit=len(self._catalogue.points)):
            mask |= 1 << hit.at
        return mask

    def _strict(self, key: str, text: str) -> Iterator[_Name]:
        yield from self._ordered(self._exact(key))
        yield from self._ordered(self._beginning(key))
        yield from self._having_all_words(text)
        if len(key) >= 2 or not key.isascii():
            yield from self._ordered(self._containing(key))

    def _codes_meant(self, key: str) -> list[_Name]:
        """The points whose code begins so, where a text looks like a code.

        Nothing else is looked for then: SP6 is no near spelling of P6.
        """
        match = _CODE.fullmatch(key)
        if match is None:
            return []
        code = self._abbreviations.get(match[1], match[1]) + match[2]
        return [name for name in self._ordered(self._beginning(code)) if name.rank == 0]

    @cached_property
    def _abbreviations(self) -> dict[str, str]:
        """Codes of meridians by the other abbreviations in use, in small letters."""
        return {
            alias.lower(): meridian.code.lower()
            for meridian in self._catalogue.meridians
            for alias in meridian.aliases
        }

    def _exact(self, key: str) -> Iterator[_Name]:
        at = bisect_left(self._keys, key)
        while at < len(self._keys) and self._keys[at] == key:
            yield self._names[at]
            at += 1

    def _beginning(self, key: str) -> Iterator[_Name]:
        at = bisect_left(self._keys, key)
        while at < len(self._keys) and self._keys[at].startswith(key):
            yield self._names[at]
            at += 1

    def _containing(self, key: str) -> Iterator[_Name]:
        at = self._text.find(key)
        while at >= 0:
            name = bisect_left(self._offsets, at + 1) - 1
            yield self._names[name]
            if name + 1 == len(self._offsets):
                return
            at = self._text.find(key, self._offsets[name + 1])

    def _having_all_words(self, text: str) -> Iterator[_Name]:
        result = -1
        for word in words_of(text):
            result &= self._beginning_so(word) or self._beginning_so(word.removesuffix("s"))
        if result < 0:  # no words at all
            return
        for i in sorted(members(result), key=self._importance(text)):
            yield _Name("", 9, i, "")

    def _beginning_so(self, word: str) -> Mask:
        """The points that have a word with this beginning."""
        words, masks = self._words
        union, at = 0, bisect_left(words, word)
        while at < len(words) and words[at].startswith(word):
            union |= masks[at]
            at += 1
        return union

    def _importance(self, text: str) -> Callable[[int], int]:
        """Orders points by their role in the pain that a text names, if it names one."""
        wanted = squeeze(text)
        pain = self._catalogue.back_pain
        terms: list[Term | Condition] = [*pain.types, *pain.conditions]
        meant = frozenset(
            term.id
            for term in terms
            if any(squeeze(name).startswith(wanted) for name in (term.title, *term.aliases))
        )
        points = self._catalogue.points
        return lambda i: RANKS[best_role(points[i], meant)]

    @cached_property
    def _fuzzy_keys(self) -> tuple[list[str], dict[str, list[_Name]]]:
        by_key: dict[str, list[_Name]] = {}
        for name in self._names:
            if name.rank in (1, 3, 4) and len(name.key) >= FUZZY_FROM:
                by_key.setdefault(name.key, []).append(name)
        return list(by_key), by_key

    def _near(self, key: str) -> Iterator[_Name]:
        from rapidfuzz import fuzz, process

        keys, by_key = self._fuzzy_keys
        found = process.extract(
            key, keys, scorer=fuzz.ratio, score_cutoff=FUZZY_CUTOFF, limit=LIMIT
        )
        for near, _, _ in found:
            yield from by_key[near]

    @staticmethod
    def _ordered(names: Iterable[_Name]) -> list[_Name]:
        return sorted(names, key=lambda name: (name.rank, name.at))


def _names_of(point: Point, catalogue: Catalogue) -> Iterator[tuple[int, str]]:
    names = point.names
    yield 0, point.code
    yield 1, names.pinyin
    yield 2, names.hanzi
    yield 2, names.hanzi_simplified
    yield 3, names.english
    for category in point.categories:
        if category.of and category.kind != "crossing":
            title = catalogue.titles.get(category.kind, category.kind)
            # "kidney back-shu" and "kidney shu" are how practitioners call BL23.
            yield 5, f"{category.of} {title}"
            yield 5, f"{category.of} {title.rpartition('-')[2]}"


def _indication_texts(point: Point, catalogue: Catalogue) -> Iterator[str]:
    for name in point.indications:
        indication = catalogue.indication_by_id[name]
        yield indication.title
        yield from indication.aliases


def _words_of_point(point: Point, catalogue: Catalogue) -> Iterator[str]:
    texts = [point.names.english, catalogue.meridian_by_code[point.meridian].name]
    texts += [catalogue.titles.get(region, region) for region in point.regions]
    texts += _indication_texts(point, catalogue)
    texts += [catalogue.titles.get(role.target, "") for role in point.back_pain]
    for category in point.categories:
        texts.append(catalogue.titles.get(category.kind, category.kind))
        if category.kind != "crossing":
            texts.append(category.of)
    for text in texts:
        yield from words_of(text)
    yield from (squeeze(point.names.pinyin), squeeze(point.code))
