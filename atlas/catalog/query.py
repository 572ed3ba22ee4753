"""Filtering by facets: any of the values within a facet, all of the facets together.

Sets of points are bit masks, so that counting every value of every facet after each click
costs microseconds, also with 10,000 points.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from atlas.catalog.masks import Mask
from atlas.catalog.model import Catalogue, Condition, Meridian, Term
from atlas.catalog.point import Point
from atlas.problems import AtlasError

if TYPE_CHECKING:
    from atlas.catalog.search import SearchIndex


class FacetValue(NamedTuple):
    """A value that can be filtered by."""

    id: str
    title: str
    aliases: tuple[str, ...] = ()
    summary: str = ""


class Facet(NamedTuple):
    """A property to filter by, with its values in the order they are shown."""

    id: str
    title: str
    values: tuple[FacetValue, ...]


class Query(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is asked for: chosen values of each facet, and words."""

    back_pain: frozenset[str] = frozenset()
    condition: frozenset[str] = frozenset()
    region: frozenset[str] = frozenset()
    meridian: frozenset[str] = frozenset()
    category: frozenset[str] = frozenset()
    caution: frozenset[str] = frozenset()
    indication: frozenset[str] = frozenset()
    text: str = ""

    def chosen(self, facet: str) -> frozenset[str]:
        """The chosen values of a facet."""
        values: frozenset[str] = getattr(self, facet)
        return values

    def toggled(self, facet: str, value: str) -> Query:
        """The query with one value added, or taken out where it was chosen."""
        return msgspec.structs.replace(self, **{facet: self.chosen(facet) ^ {value}})

    def without(self, facet: str) -> Query:
        """The query with a facet, or the text, left open."""
        return msgspec.structs.replace(self, **{facet: "" if facet == "text" else frozenset()})

    @property
    def active(self) -> list[str]:
        """The parts that restrict the result, in order."""
        return [name for name in (*FACET_IDS, "text") if getattr(self, name)]


FACET_IDS = ("back_pain", "condition", "region", "meridian", "category", "caution", "indication")


def _values_of(point: Point) -> dict[str, Iterable[str]]:
    pains = {role.target for role in point.back_pain}
    return {
        "back_pain": pains,
        "condition": pains,
        "region": point.regions,
        "meridian": (point.meridian,),
        "category": {category.kind for category in point.categories},
        "caution": {caution.kind for caution in point.cautions},
        "indication": point.indications,
    }


def _term_values(terms: Iterable[Term | Condition]) -> tuple[FacetValue, ...]:
    return tuple(FacetValue(t.id, capitalised(t.title), tuple(t.aliases), t.summary) for t in terms)


def _indication_values(catalogue: Catalogue) -> tuple[FacetValue, ...]:
    """Indications in the order of their groups; the group stands as the summary."""
    return tuple(
        FacetValue(t.id, capitalised(t.title), tuple(t.aliases), group.title)
        for group in catalogue.indication_groups
        for t in catalogue.indications
        if t.group == group.id
    )


def _meridian_values(meridians: Iterable[Meridian]) -> tuple[FacetValue, ...]:
    return tuple(FacetValue(m.code, m.name, (m.pinyin,)) for m in meridians)


def capitalised(text: str) -> str:
    """The text with its first letter as a capital; the rest stays."""
    return text[:1].upper() + text[1:]


class FacetIndex:
    """Which points have which value of which facet."""

    def __init__(self, catalogue: Catalogue, search: SearchIndex) -> None:
        self._search = search
        self._last_text: tuple[str, Mask] = ("", 0)
        self.all: Mask = (1 << len(catalogue.points)) - 1
        self.facets = (
            Facet("back_pain", "Back pain", _term_values(catalogue.back_pain.types)),
            Facet("condition", "Condition", _term_values(catalogue.back_pain.conditions)),
            Facet("region", "Region", _term_values(catalogue.regions)),
            Facet("meridian", "Meridian", _meridian_values(catalogue.meridians)),
            Facet("category", "Category", _term_values(catalogue.categories)),
            Facet("caution", "Caution", _term_values(catalogue.caution_kinds)),
            Facet("indication", "Traditional use", _indication_values(catalogue)),
        )
        self._masks = {f.id: dict.fromkeys((v.id for v in f.values), 0) for f in self.facets}
        for i, point in enumerate(catalogue.points):
            for facet, values in _values_of(point).items():
                masks = self._masks[facet]
                for value in values:
                    if value in masks:
                        masks[value] |= 1 << i

    def matching(self, query: Query) -> Mask:
        """The points that a query asks for."""
        result = self.all
        for part in self._parts(query).values():
            result &= part
        return result

    def counts(self, query: Query) -> dict[str, dict[str, int]]:
        """For each value, how many points choosing it alone in its facet would leave."""
        parts = self._parts(query)
        counts = {}
        for facet, masks in self._masks.items():
            rest = self.all
            for name, part in parts.items():
                if name != facet:
                    rest &= part
            counts[facet] = {value: (rest & mask).bit_count() for value, mask in masks.items()}
        return counts

    def loosening(self, query: Query) -> list[tuple[str, int]]:
        """The parts of a query that, left open, would leave points, best first."""
        gains = [(name, self.matching(query.without(name)).bit_count()) for name in query.active]
        return sorted((g for g in gains if g[1]), key=lambda gain: -gain[1])

    def mask(self, facet_id: str, value: str) -> Mask:
        """The points that have a value."""
        return self._masks[facet_id].get(value, 0)

    def facet(self, facet_id: str) -> Facet:
        """The facet with this id."""
        return next(facet for facet in self.facets if facet.id == facet_id)

    def value_title(self, facet_id: str, value: str) -> str:
        """The title of a facet's value."""
        return next((v.title for v in self.facet(facet_id).values if v.id == value), value)

    def summary(self, facet_id: str, value: str) -> str:
        """What a facet's value means, in a sentence; may be empty."""
        return next((v.summary for v in self.facet(facet_id).values if v.id == value), "")

    def describe(self, query: Query, part: str) -> str:
        """One active part of a query in words."""
        if part == "text":
            return f"“{query.text.strip()}”"
        chosen = query.chosen(part)
        return ", ".join(v.title for v in self.facet(part).values if v.id in chosen)

    def named(self, facet_id: str, word: str) -> str:
        """The value that a word names: its id, title or alias. Raises `AtlasError`."""
        folded = word.strip().casefold().replace("-", "_").replace(" ", "_")
        facet = self.facet(facet_id)
        by_name: dict[str, str] = {}
        for value in facet.values:
            for name in (value.id, value.title, *value.aliases):
                key = name.casefold().replace("-", "_").replace(" ", "_")
                by_name.setdefault(key, value.id)
        if folded in by_name:
            return by_name[folded]
        partly = {i for key, i in by_name.items() if folded and folded in re.split(r"\W+|_", key)}
        if len(partly) == 1:
            return partly.pop()
        import difflib  # seldom wanted, and 1 ms of every start

        words = Counter(w for key in by_name for w in set(re.split(r"\W+|_", key)))
        telling = [w for w, uses in words.items() if uses == 1 and len(w) > 2]
        near = difflib.get_close_matches(folded, [*by_name, *telling], n=1, cutoff=0.75)
        known = ", ".join(value.id for value in facet.values)
        hint = f"did you mean {near[0]}?" if near else f"one of {known}"
        raise AtlasError(f"no {facet.title.lower()} {word} ({hint})")

    def known(self, query: Query) -> Query:
        """The query without values that this catalogue does not have."""
        chosen = {f: query.chosen(f) & self._masks[f].keys() for f in FACET_IDS}
        return msgspec.structs.replace(query, **chosen)

    def _parts(self, query: Query) -> dict[str, Mask]:
        parts = {}
        for facet in FACET_IDS:
            if chosen := query.chosen(facet):
                union = 0
                for value in chosen:
                    union |= self._masks[facet].get(value, 0)
                parts[facet] = union
        if query.text.strip():
            parts["text"] = self._having(query.text)
        return parts

    def _having(self, text: str) -> Mask:
        """The points that a text finds; kept, because each change asks for them twice."""
        if self._last_text[0] != text:
            self._last_text = text, self._search.matching(text)
        return self._last_text[1]
