"""The catalogue for other programs: JSON and CSV."""

from __future__ import annotations

from typing import Any

import msgspec

from atlas.catalog.masks import Mask, members
from atlas.catalog.point import Category, Caution, Needling, Point, Severity
from atlas.edition import Edition

DISCLAIMER = "Educational reference, not medical advice"
_TECHNIQUES = {
    "perpendicular": "perpendicular",
    "oblique": "oblique",
    "transverse": "along the skin",
    "prick": "pricked to let a few drops of blood",
    "moxibustion": "moxibustion only",
    "not_needled": "not needled",
}
_SEVERITIES: dict[Severity, str] = {
    "forbidden": "Do not needle",
    "danger": "Danger",
    "avoid": "Avoid",
    "care": "Care",
}
PICTURES = (".pdf", ".svg", ".png")  # kinds that a map can be drawn as


def to_json(edition: Edition, mask: Mask) -> str:
    """Points, their sources and maps.

    Depths are in cun; positions in drawing units, on the authored side of each map.
    """
    document = {
        "points": [_record(edition, edition.catalogue.points[i]) for i in members(mask)],
        "maps": [
            {"id": m.id, "symmetric": m.symmetric, "frame": list(m.frame)}
            for m in edition.body.maps.values()
        ],
        "indications": {i.id: i.title for i in edition.catalogue.indications},
        "sources": edition.catalogue.sources,
        "disclaimer": DISCLAIMER,
    }
    return msgspec.json.format(msgspec.json.encode(document), indent=2).decode() + "\n"


def _record(edition: Edition, point: Point) -> dict[str, Any]:
    return {
        "code": point.code,
        "meridian": point.meridian,
        "names": point.names,
        "regions": point.regions,
        "categories": [category_name(edition, category) for category in point.categories],
        "location": point.location,
        "finding": point.finding,
        "alternative": point.alternative,
        "anatomy": point.anatomy,
        "needling": point.needling,
        "traditional_use": point.traditional_use,
        "back_pain": point.back_pain,
        "cautions": point.cautions,
        "confused_with": point.confused_with,
        "sources": point.sources,
        "positions": positions(edition, point),
    }


def category_name(edition: Edition, category: Category) -> str:
    """A category in one text: `back-shu (Kidney)`."""
    title = edition.catalogue.titles.get(category.kind, category.kind)
    return f"{title} ({category.of})" if category.of else title


def caution_heading(edition: Edition, caution: Caution) -> str:
    """How severe a caution is, and what it is about: `Danger, blood vessel`."""
    head = _SEVERITIES[caution.severity]
    if caution.kind == "not_needled":
        return head
    return f"{head}, {edition.catalogue.titles.get(caution.kind, caution.kind)}"


def positions(edition: Edition, point: Point) -> list[dict[str, Any]]:
    """Where a point lies on each map that shows it, best view first."""
    found = []
    for map_id in point.places:
        for placement in point.spots(map_id):
            x, y = edition.body.locator(map_id).measure(placement).position
            found.append({"map": map_id, "x": round(x, 3), "y": round(y, 3)})
    return found


def to_csv(edition: Edition, mask: Mask) -> str:
    """One row a point, for spreadsheets."""
    import csv  # here, because the window imports this module and never writes CSV
    import io

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(
        ["code", "meridian", "pinyin", "hanzi", "hanzi_simplified", "english", "regions",
         "categories", "location", "finding", "indications", "needling", "cautions"]
    )  # fmt: skip
    for i in members(mask):
        point = edition.catalogue.points[i]
        names = point.names
        writer.writerow(
            [point.code, point.meridian, names.pinyin, names.hanzi, names.hanzi_simplified,
             names.english, "; ".join(point.regions),
             "; ".join(category_name(edition, c) for c in point.categories),
             point.location, point.finding,
             "; ".join(indication_titles(edition, point.indications)),
             "; ".join(needling_text(n) for n in point.needling),
             " ".join(c.text for c in point.cautions)]
        )  # fmt: skip
    return out.getvalue()


def indication_titles(edition: Edition, names: list[str]) -> list[str]:
    """Indications in words."""
    known = edition.catalogue.indication_by_id
    return [known[name].title for name in names]


def needling_text(needling: Needling) -> str:
    """One way of needling in words: `perpendicular, 0.5 to 1 cun, towards the spine`."""
    words = [_TECHNIQUES[needling.technique]]
    if needling.depth is not None:
        least, most = needling.depth
        words.append(f"{least:g} cun" if least == most else f"{least:g} to {most:g} cun")
    if needling.direction:
        words.append(needling.direction)
    return ", ".join(words) + (f"; {needling.note}" if needling.note else "")


def _under_the_skin(point: Point) -> list[str]:
    anatomy = point.anatomy
    if anatomy is None:
        return []
    layers = {"muscles": anatomy.muscles, "nerves": anatomy.nerves, "vessels": anatomy.vessels}
    lines = [f"{name}: {'; '.join(found)}" for name, found in layers.items() if found]
    return [*lines, *([f"deep: {anatomy.deep}"] if anatomy.deep else [])]


def to_text(edition: Edition, point: Point) -> str:
    """All that is known of a point, for the terminal."""
    names, titles = point.names, edition.catalogue.titles
    lines = [
        f"{point.code}  {names.pinyin}  {names.hanzi_simplified}  {names.english}",
        f"meridian: {edition.catalogue.meridian_by_code[point.meridian].name}",
        "regions: " + ", ".join(titles.get(r, r) for r in point.regions),
    ]
    if point.categories:
        lines.append("categories: " + ", ".join(category_name(edition, c)
                                                for c in point.categories))  # fmt: skip
    lines += [f"caution, {titles[c.kind]} ({c.severity}): {c.text}" for c in point.cautions]
    lines += [f"location: {point.location}", f"finding: {point.finding}"]
    if point.alternative:
        lines.append(f"sources differ: {point.alternative}")
    lines += [
        f"back pain: {titles[r.target]}, {r.role}, {r.basis} ({r.source})" for r in point.back_pain
    ]
    lines += _under_the_skin(point)
    lines += [f"needling: {needling_text(n)} ({n.source})" for n in point.needling]
    for use in point.traditional_use:
        named = "; ".join(indication_titles(edition, use.indications)) or use.note
        lines.append(f"traditional use: {named} ({use.source})")
    lines += [f"not to be confused with {c.point}: {c.difference}" for c in point.confused_with]
    lines += [
        f"on {position['map']}: x {position['x']:g}, y {position['y']:g}"
        for position in positions(edition, point)
    ]
    lines.append(DISCLAIMER)
    return "\n".join(lines)
