"""What the details panel says of a point; pure functions of the data."""

from __future__ import annotations

from atlas.body.relations import same_level
from atlas.catalog.point import Caution, Point
from atlas.catalog.query import capitalised
from atlas.export import caution_heading, needling_text
from atlas.scene import MapScene, Stage
from atlas.ui.panels.markup import (
    basis_link,
    escape,
    heading,
    linked,
    page,
    section,
    source_link,
    source_text,
    unbroken,
)
from atlas.ui.panels.welcome import CERTAINTIES, welcome_html
from atlas.ui.theme import Theme

JOINTS = {
    "shoulder": ("shoulder",),
    "elbow": ("elbow",),
    "wrist": ("wrist",),
    "hip": ("hip_buttock",),
    "knee": ("knee", "back_of_knee"),
    "ankle": ("ankle",),
}


def details_html(stage: Stage, scene: MapScene, theme: Theme) -> str:
    """The selected point, or how to begin."""
    point = stage.catalogue.point(scene.view.selected or "")
    if point is None:
        return page(theme, welcome_html(stage, scene))
    return page(theme, _point(stage, scene, point, theme))


def source_html(stage: Stage, source_id: str, theme: Theme) -> str:
    """A source in full, for the small area that a click on its name opens."""
    return page(theme, source_text(stage.catalogue.source_by_id[source_id]))


def certainty(point: Point, map_id: str) -> str:
    """How sure a point's place on a map is: one of the keys of `CERTAINTIES`."""
    notes = {placement.note for placement in point.spots(map_id)}
    if "hidden" in notes:
        return "hidden"
    if "approximate" in notes:
        return "approximate"
    return "differs" if point.alternative else "measured"


def _point(stage: Stage, scene: MapScene, point: Point, theme: Theme) -> str:
    standard = basis_link(stage, point.sources[0]) if point.sources else ""
    parts = [
        _title(stage, point, theme),
        "".join(caution_html(stage, caution, theme) for caution in point.cautions),
        section("Location", linked(stage, point.location, point.code), basis=standard),
        section("How to find it", linked(stage, point.finding, point.code)),
        section("Sources differ", linked(stage, point.alternative, point.code)),
        _measurement(stage, scene, point),
        _back_pain(stage, point),
        _indications(stage, point),
        _needling(stage, point),
        _anatomy(stage, point),
        _confusions(stage, point),
        _related(stage, point),
        _views(stage, scene, point),
        section("Sources", ", ".join(source_link(stage, s) for s in point.sources)),
    ]
    return "".join(parts)


def _title(stage: Stage, point: Point, theme: Theme) -> str:
    names = point.names
    hanzi = names.hanzi_simplified
    if names.hanzi != hanzi:
        hanzi += f" <span class='muted'>{escape(names.hanzi)}</span>"
    meridian = stage.catalogue.meridian_by_code[point.meridian]
    kind = "" if meridian.polarity in ("vessel", "extra") else " meridian"
    chips = " ".join(
        f"<span style='background-color:{theme.chip}'>&nbsp;{unbroken(text, 36)}&nbsp;</span>"
        for text in (category_text(stage, c.kind, c.of) for c in point.categories)
    )
    return (
        f"<p class='title'>{unbroken(point.code, 9)} &nbsp;"
        f"<span style='font-weight:400'>{hanzi}</span></p>"
        f"<p class='muted' style='margin-top:4px'>{escape(names.pinyin)} · "
        f"{escape(names.english)} · {escape(meridian.name)}{kind}</p>"
        + (f"<p style='margin-top:6px; line-height:150%'>{chips}</p>" if chips else "")
    )


def category_text(stage: Stage, kind: str, of: str) -> str:
    """A category for people: `Back-shu (Kidney)`."""
    title = capitalised(stage.catalogue.titles.get(kind, kind))
    return f"{title} ({of})" if of else title


def caution_html(stage: Stage, caution: Caution, theme: Theme) -> str:
    """A caution in its frame."""
    head = caution_heading(stage.edition, caution)
    return (
        f"<table width='100%' cellspacing='0' style='margin-top:8px'><tr>"
        f"<td width='3' bgcolor='{theme.danger}' style='padding:0'></td>"
        f"<td bgcolor='{theme.danger_soft}' style='padding:7px 10px 8px 10px'>"
        f"<span style='color:{theme.danger}; font-weight:600'>{escape(head)}.</span> "
        f"{escape(caution.text)} {source_link(stage, caution.source)}</td></tr></table>"
    )


def _measurement(stage: Stage, scene: MapScene, point: Point) -> str:
    if scene.measured is None:
        return ""
    steps = [_step_text(step.kind, step.text) for step in scene.measured.steps]
    text = capitalised(", then ".join(steps)) + "."
    sure = CERTAINTIES[certainty(point, scene.view.map_id)]
    title = f"Measured on “{scene.sheet.map.title}”"
    return section(title, linked(stage, text, point.code), f"<p class='muted'>{sure}</p>")


def _step_text(kind: str, text: str) -> str:
    return f"at {text}" if kind == "landmark" else text


def _back_pain(stage: Stage, point: Point) -> str:
    rows = "".join(
        f"<tr><td>{escape(stage.catalogue.titles.get(role.target, role.target))}</td>"
        f"<td class='muted'>{role.role} · {role.basis}"
        f" {source_link(stage, role.source)}</td></tr>"
        for role in point.back_pain
    )
    note = (
        "<p class='muted'>Principal, supporting or distant point; then what that rests on. "
        "How often a point is used does not say how well it works. Before any needling: "
        "questions and red flags under Safety (F7).</p>"
    )
    return f"{heading('Back pain')}<table cellspacing='0'>{rows}</table>{note}" if rows else ""


def _indications(stage: Stage, point: Point) -> str:
    """What each source uses a point for; a click shows all points with the same use."""
    known = stage.catalogue.indication_by_id
    parts: list[str] = []
    for use in point.traditional_use:
        links = [
            f"<a class='plain' href='indication:{name}'>{escape(known[name].title)}</a>"
            for name in use.indications
        ]
        text = "; ".join(links)
        if use.note:
            text += f". {escape(use.note)}" if links else escape(use.note)
        title = "Traditional use" if not parts else "Further use"
        parts.append(section(title, text, basis=basis_link(stage, use.source)))
    note = (
        "<p class='muted'>What textbooks use it for; no claim that it works. Click one to see "
        "all points with it.</p>"
    )
    return "".join(parts) + (note if point.indications else "")


def _needling(stage: Stage, point: Point) -> str:
    """Ways of needling; each with its source where they have several."""
    lines = [capitalised(escape(needling_text(n))) for n in point.needling]
    sources = [n.source for n in point.needling]
    if len(set(sources)) == 1:
        return section("Needling", "<br>".join(lines), basis=basis_link(stage, sources[0]))
    pairs = zip(lines, sources, strict=True)
    return section("Needling", "<br>".join(f"{t} {basis_link(stage, s)}" for t, s in pairs))


def _anatomy(stage: Stage, point: Point) -> str:
    found = point.anatomy
    if found is None:
        return ""
    layers = {"Muscles": found.muscles, "Nerves": found.nerves, "Vessels": found.vessels}
    rows = "".join(
        f"<tr><td class='muted'>{name}</td><td>{escape('; '.join(parts))}</td></tr>"
        for name, parts in layers.items()
        if parts
    )
    if found.deep:
        rows += f"<tr><td class='muted'>Deep</td><td>{linked(stage, found.deep)}</td></tr>"
    basis = basis_link(stage, found.source)
    return f"{heading('Under the skin', basis)}<table cellspacing='0'>{rows}</table>"


def _confusions(stage: Stage, point: Point) -> str:
    """Points that are taken for this one, whichever of the two records says so."""
    found = {c.point: c.difference for c in point.confused_with}
    found = stage.confused_with(point.code) | found
    lines = "<br>".join(
        f"{_point_link(stage, code)}. {linked(stage, difference, code)}"
        for code, difference in found.items()
    )
    return section("Often confused with", lines)


def _related(stage: Stage, point: Point) -> str:
    """Points on the same level, around the same joint, and along the meridian."""
    level = " &nbsp;·&nbsp; ".join(
        _point_link(stage, code) for code in same_level(stage.body, point)
    )
    joints = " &nbsp;·&nbsp; ".join(
        f"<a href='regions:{','.join(regions)}'>around the {joint}</a>"
        for joint, regions in JOINTS.items()
        if set(regions) & set(point.regions)
    )
    order, at = stage.catalogue.points, stage.catalogue.index[point.code]
    around = [order[i] for i in (at - 1, at + 1) if 0 <= i < len(order)]
    line = " &nbsp;·&nbsp; ".join(
        _point_link(stage, p.code) for p in around if p.meridian == point.meridian
    )
    next_to = "In the list" if point.meridian == "EX" else "Along the meridian"
    return section("Same level", level) + section("Joint", joints) + section(next_to, line)


def _point_link(stage: Stage, code: str) -> str:
    point = stage.catalogue.point(code)
    assert point is not None
    return f"<a href='point:{code}'>{unbroken(code, 9)}</a> {escape(point.names.pinyin)}"


def _views(stage: Stage, scene: MapScene, point: Point) -> str:
    """Links to the maps that show the point, best first, with their certainty."""
    links = []
    for map_id in point.places:
        title = escape(stage.body.maps[map_id].title)
        if map_id == scene.view.map_id:
            text = f"<b>{title}</b>"
        else:
            text = f"<a href='map:{map_id}'>{title}</a>"
        if certainty(point, map_id) in ("approximate", "hidden"):
            text += " <span class='muted'>(approximate)</span>"
        links.append(text)
    return section("Views, best first", "; ".join(links))
