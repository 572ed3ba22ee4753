"""What the details panel says while no point is selected."""

from __future__ import annotations

from atlas.catalog.model import Condition, Term
from atlas.catalog.query import capitalised
from atlas.scene import MapScene, Stage
from atlas.ui.panels.markup import escape, heading, section

CERTAINTIES = {
    "measured": "Measured: landmark, ruler and shift as the standard states them.",
    "differs": "Measured, but sources differ: what else they say stands below.",
    "approximate": "Approximate on this view: foreshortened or at the edge; take another one.",
    "hidden": "Approximate on this view: the point lies on a side that the view does not show.",
}
KEYS = (
    ("Click a marker", "select a point"),
    ("/ or Ctrl+K", "search"),
    ("Arrow keys", "the nearest point that way"),
    ("[ and ]", "along the meridian"),
    ("1 to 9", "maps; again, the next view"),
    ("Space", "the measurement on the body"),
    ("F2, F3", "explore, study"),
    ("F6, F7", "evidence, safety"),
    ("F11", "present"),
)


def welcome_html(stage: Stage, scene: MapScene) -> str:
    """How to begin, what a chosen pain is, and what the markers mean."""
    rows = "".join(
        f"<tr><td>{escape(key)}</td><td class='muted'>{escape(text)}</td></tr>"
        for key, text in KEYS
    )
    meanings = "".join(
        f"<p>{escape(text)}</p>" for key, text in CERTAINTIES.items() if key != "hidden"
    )
    return (
        f"<p class='title'>Choose a point</p>"
        f"<p class='muted' style='margin-top:4px'>{len(stage.catalogue.points)} acupoints on "
        f"{len(stage.body.maps)} views, each measured from landmarks in cun.</p>"
        f"{_chosen_pains(stage, scene)}"
        f"{heading('Getting around')}<table cellspacing='0'>{rows}</table>"
        f"{heading('Markers')}"
        "<p>● circle: yin meridian<br>■ square: yang meridian<br>◆ diamond: vessel<br>"
        "▲ triangle: extra point<br>"
        "<span class='muted'>◍</span> pale: approximate on this view<br>"
        "○ hollow: on a side that the view does not show<br>"
        "<span class='muted'>•</span> small and grey: left out by the filter<br>"
        "Two rings: the selected point, and its other places</p>"
        f"{heading('How sure a place is')}{meanings}"
    )


def _chosen_pains(stage: Stage, scene: MapScene) -> str:
    """What the chosen types of back pain and conditions are, and when to see a doctor first."""
    query, pain = scene.view.query, stage.catalogue.back_pain
    terms: list[Term | Condition] = [*pain.types, *pain.conditions]
    chosen = [t for t in terms if t.id in query.back_pain | query.condition]
    if not chosen:
        return ""
    said = "".join(section(capitalised(t.title), escape(t.summary)) for t in chosen)
    at_once = [flag.title for flag in pain.red_flags if flag.urgent]
    first = [flag.title for flag in pain.red_flags if not flag.urgent]
    return (
        said
        + section("Emergency department at once", _list(at_once))
        + section("See a doctor first", _list(first), "<p class='muted'>More: Safety (F7).</p>")
    )


def _list(titles: list[str]) -> str:
    return "<br>".join(escape(title) for title in titles)
