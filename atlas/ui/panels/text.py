"""What the details panel says, as HTML for a QTextBrowser; pure functions of the data."""

from __future__ import annotations

import re
from collections.abc import Iterable

from atlas.catalog.model import Caution, Condition, Point, Term
from atlas.catalog.query import capitalised
from atlas.scene import MapScene, Stage
from atlas.ui.theme import Theme

_CODE = re.compile(r"\b([A-Z]{2}\d{1,2})\b")
_SEVERITIES = {
    "forbidden": "Do not needle",
    "danger": "Danger",
    "avoid": "Avoid",
    "care": "Care",
}
CERTAINTIES = {
    "measured": "Measured: landmark, ruler and shift as the standard states them.",
    "differs": "Measured, sources differ: the standard records another location too.",
    "approximate": "Approximate on this view: foreshortened or at the edge; take another one.",
    "hidden": "Approximate on this view: the point lies on a side that the view does not show.",
}


def escape(text: str) -> str:
    """Text for HTML. (The module html costs 2 ms of the start for its table of entities.)"""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def details_html(stage: Stage, scene: MapScene, theme: Theme) -> str:
    """The selected point, or how to begin."""
    point = stage.catalogue.point(scene.view.selected or "")
    body = _welcome(stage, scene) if point is None else _point(stage, scene, point, theme)
    return f"<html><head>{style(theme)}</head><body>{body}</body></html>"


def style(theme: Theme) -> str:
    """The style of all texts, in the colours of a theme."""
    return (
        "<style>"
        f"body {{ color: {theme.text}; }}"
        "p { margin: 0 0 4px 0; line-height: 128%; }"
        f"a {{ color: {theme.accent}; text-decoration: underline; }}"
        f".muted {{ color: {theme.muted}; }}"
        f".title {{ font-size: {19 * theme.scale:.1f}pt; font-weight: 600; margin: 0; }}"
        f".head {{ font-size: {7.6 * theme.scale:.1f}pt; font-weight: 600; color: {theme.muted};"
        " margin: 16px 0 4px 0; letter-spacing: 0.5px; }"
        "td { padding: 1px 14px 2px 0; }"
        "</style>"
    )


def certainty(point: Point, map_id: str) -> str:
    """How sure a point's place on a map is: one of the keys of `CERTAINTIES`."""
    notes = {placement.note for placement in point.spots(map_id)}
    if "hidden" in notes:
        return "hidden"
    if "approximate" in notes:
        return "approximate"
    return "differs" if point.alternative else "measured"


def _point(stage: Stage, scene: MapScene, point: Point, theme: Theme) -> str:
    parts = [
        _title(stage, point, theme),
        "".join(_caution(stage, caution, theme) for caution in point.cautions),
        _section("Location", linked(stage, point.location, point.code)),
        _section("How to find it", linked(stage, point.finding, point.code)),
        _section("Sources differ", linked(stage, point.alternative, point.code)),
        _measurement(stage, scene, point),
        _back_pain(stage, point),
        _section("Indications", escape(_sentence(point.indications)), _tradition(point)),
        _views(stage, scene, point),
        _neighbours(stage, point),
        _sources(stage, point),
    ]
    return "".join(parts)


def _title(stage: Stage, point: Point, theme: Theme) -> str:
    names = point.names
    hanzi = names.hanzi_simplified
    if names.hanzi != hanzi:
        hanzi += f" <span class='muted'>{escape(names.hanzi)}</span>"
    meridian = stage.catalogue.meridian_by_code[point.meridian]
    kind = "" if meridian.polarity == "vessel" else " meridian"
    chips = " ".join(
        f"<span style='background-color:{theme.chip}'>&nbsp;{_unbroken(text, 36)}&nbsp;</span>"
        for text in (category_text(stage, c.kind, c.of) for c in point.categories)
    )
    return (
        f"<p class='title'>{point.code} &nbsp;<span style='font-weight:400'>{hanzi}</span></p>"
        f"<p class='muted' style='margin-top:4px'>{escape(names.pinyin)} · "
        f"{escape(names.english)} · {escape(meridian.name)}{kind}</p>"
        + (f"<p style='margin-top:6px; line-height:150%'>{chips}</p>" if chips else "")
    )


def category_text(stage: Stage, kind: str, of: str) -> str:
    """A category for people: `Back-shu (Kidney)`."""
    title = capitalised(stage.catalogue.titles.get(kind, kind))
    return f"{title} ({of})" if of else title


def caution_heading(stage: Stage, caution: Caution) -> str:
    """How severe a caution is, and what it is about: `Danger, blood vessel`."""
    head = _SEVERITIES[caution.severity]
    if caution.kind == "not_needled":
        return head
    return f"{head}, {stage.catalogue.titles.get(caution.kind, caution.kind)}"


def _caution(stage: Stage, caution: Caution, theme: Theme) -> str:
    head = caution_heading(stage, caution)
    return (
        f"<table width='100%' cellspacing='0' style='margin-top:8px'><tr>"
        f"<td width='3' bgcolor='{theme.danger}' style='padding:0'></td>"
        f"<td bgcolor='{theme.danger_soft}' style='padding:7px 10px 8px 10px'>"
        f"<span style='color:{theme.danger}; font-weight:600'>{escape(head)}.</span> "
        f"{escape(caution.text)} <a href='source:{caution.source}'>"
        f"{_source_name(stage, caution.source)}</a></td></tr></table>"
    )


def _measurement(stage: Stage, scene: MapScene, point: Point) -> str:
    if scene.measured is None:
        return ""
    steps = [_step_text(step.kind, step.text) for step in scene.measured.steps]
    text = capitalised(", then ".join(steps)) + "."
    sure = CERTAINTIES[certainty(point, scene.view.map_id)]
    title = f"Measured on “{scene.sheet.map.title}”"
    return _section(title, linked(stage, text, point.code), f"<p class='muted'>{sure}</p>")


def _step_text(kind: str, text: str) -> str:
    return f"at {text}" if kind == "landmark" else text


def _back_pain(stage: Stage, point: Point) -> str:
    rows = "".join(
        f"<tr><td>{escape(stage.catalogue.titles.get(role.target, role.target))}</td>"
        f"<td class='muted'>{role.role} · {role.basis}"
        f" <a href='source:{role.source}'>{_source_name(stage, role.source)}</a></td></tr>"
        for role in point.back_pain
    )
    note = (
        "<p class='muted'>Principal, supporting or distant point; then what that rests on. "
        "How often a point is used does not say how well it works.</p>"
    )
    return f"{_heading('Back pain')}<table cellspacing='0'>{rows}</table>{note}" if rows else ""


def _tradition(point: Point) -> str:
    note = "<p class='muted'>Traditional use as textbooks list it; no claim of effect.</p>"
    return note if point.indications else ""


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
    return _section("Views, best first", "; ".join(links))


def _neighbours(stage: Stage, point: Point) -> str:
    """The points before and after on the meridian."""
    around = [f"{point.meridian}{point.number + step}" for step in (-1, 1)]
    links = [_point_link(stage, code) for code in around if code in stage.catalogue.index]
    return _section("Along the meridian", " &nbsp;·&nbsp; ".join(links))


def _point_link(stage: Stage, code: str) -> str:
    point = stage.catalogue.point(code)
    assert point is not None
    return f"<a href='point:{code}'>{code}</a> {escape(point.names.pinyin)}"


def _sources(stage: Stage, point: Point) -> str:
    links = [f"<a href='source:{s}'>{_source_name(stage, s)}</a>" for s in point.sources]
    return _section("Sources", ", ".join(links))


def _source_name(stage: Stage, source_id: str) -> str:
    source = stage.catalogue.source_by_id.get(source_id)
    return _unbroken(source.short if source is not None else source_id, 18)


def _unbroken(text: str, most: int) -> str:
    """Text that stays in one line, unless it is longer than that."""
    html = escape(text)
    return html.replace(" ", "&nbsp;").replace("-", "&#8209;") if len(text) <= most else html


def source_html(stage: Stage, source_id: str, theme: Theme) -> str:
    """A source in full, for the small window that a click on its name opens."""
    source = stage.catalogue.source_by_id[source_id]
    year = f" ({source.year})" if source.year and str(source.year) not in source.title else ""
    lines = [f"<p><b>{escape(source.title)}</b>{year}</p>",
             f"<p class='muted'>{capitalised(source.kind)}. {escape(source.identifier)}</p>",
             f"<p>{escape(source.note)}</p>"]  # fmt: skip
    return f"<html><head>{style(theme)}</head><body>{''.join(lines)}</body></html>"


def linked(stage: Stage, text: str, own: str = "") -> str:
    """Text as HTML, with the codes of other points as links."""

    def link(match: re.Match[str]) -> str:
        code = match[1]
        known = code in stage.catalogue.index and code != own
        return f"<a href='point:{code}'>{code}</a>" if known else code

    return _CODE.sub(link, escape(text))


def _section(title: str, html: str, after: str = "") -> str:
    return f"{_heading(title)}<p>{html}</p>{after}" if html else ""


def _heading(title: str) -> str:
    return f"<p class='head'>{escape(title.upper())}</p>"


def _sentence(items: Iterable[str]) -> str:
    text = "; ".join(items)
    return f"{capitalised(text)}." if text else ""


def _chosen_pains(stage: Stage, scene: MapScene) -> str:
    """What the chosen types of back pain and conditions are, and when to see a doctor first."""
    query = scene.view.query
    terms: list[Term | Condition] = [
        *stage.catalogue.pain_types,
        *stage.catalogue.conditions,
    ]
    chosen = [t for t in terms if t.id in query.back_pain | query.condition]
    return "".join(_section(capitalised(t.title), escape(t.summary)) for t in chosen)


def _welcome(stage: Stage, scene: MapScene) -> str:
    """What is shown while no point is selected."""
    keys = [
        ("Click a marker", "select a point"),
        ("/ or Ctrl+K", "search"),
        ("Arrow keys", "the nearest point that way"),
        ("[ and ]", "along the meridian"),
        ("1 to 9", "maps; again, the next view"),
        ("Space", "the measurement on the body"),
        ("F11", "present"),
    ]
    rows = "".join(
        f"<tr><td>{escape(key)}</td><td class='muted'>{escape(text)}</td></tr>"
        for key, text in keys
    )
    meanings = "".join(f"<p>{escape(text)}</p>" for key, text in CERTAINTIES.items()
                       if key != "hidden")  # fmt: skip
    return (
        f"<p class='title'>Choose a point</p>"
        f"<p class='muted' style='margin-top:4px'>{len(stage.catalogue.points)} acupoints on "
        f"{len(stage.body.maps)} views, each measured from landmarks in cun.</p>"
        f"{_chosen_pains(stage, scene)}"
        f"{_heading('Getting around')}<table cellspacing='0'>{rows}</table>"
        f"{_heading('Markers')}"
        "<p>● circle: yin meridian<br>■ square: yang meridian<br>◆ diamond: vessel<br>"
        "<span class='muted'>◍</span> pale: approximate on this view<br>"
        "○ hollow: on a side that the view does not show<br>"
        "<span class='muted'>•</span> small and grey: left out by the filter<br>"
        "Two rings: the selected point, and the same point on the other side</p>"
        f"{_heading('How sure a place is')}{meanings}"
    )
