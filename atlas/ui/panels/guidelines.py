"""What guidelines recommend, as HTML: cards side by side, those that still hold first."""

from __future__ import annotations

from typing import get_args

from atlas.catalog.forest import population
from atlas.catalog.guidance import Guideline, Standing
from atlas.catalog.query import capitalised
from atlas.scene import Stage
from atlas.ui.panels.markup import escape, source_link
from atlas.ui.theme import Theme

POSITIONS = {
    "for": "In favour",
    "conditional": "With conditions",
    "against": "Against",
    "none": "No recommendation",
}
STANDINGS: dict[Standing, str] = {
    "current": "Current",
    "under_revision": "Under revision",
    "unclear": "Unclear whether it still holds",
    "lapsed": "Lapsed",
    "replaced": "Replaced",
}
PAST = ("lapsed", "replaced")
SAID = "Guidelines weigh the same trials and disagree. Read what each says of whom."


def guidelines_html(stage: Stage, theme: Theme, columns: int) -> str:
    """The guidelines side by side, those that still hold first."""
    order = get_args(Standing)
    guidelines = sorted(
        stage.catalogue.evidence.guidelines, key=lambda g: (order.index(g.standing), -g.year)
    )
    rows = [guidelines[i : i + columns] for i in range(0, len(guidelines), columns)]
    cells = "".join(
        "<tr>" + "".join(_guideline(stage, g, theme, 100 // columns) for g in row) + "</tr>"
        for row in rows
    )
    return f"<p class='muted'>{SAID}</p><table width='100%' cellspacing='10'>{cells}</table>"


def _guideline(stage: Stage, guideline: Guideline, theme: Theme, width: int) -> str:
    people = ", ".join(population(stage.catalogue, name) for name in guideline.population)
    reason = f"<p class='muted'>{escape(guideline.reason)}</p>" if guideline.reason else ""
    status = f"{STANDINGS[guideline.standing]}: {guideline.status}"
    return (
        f"<td width='{width}%' valign='top' bgcolor='{theme.canvas}' style='padding:12px'>"
        f"<p><b>{escape(guideline.body)}</b> {guideline.year}</p>"
        f"<p class='muted'>{escape(guideline.title)}</p>"
        f"<p>{_badges(guideline, theme)}</p>"
        f"<p>{escape(guideline.recommendation)}</p>"
        f"<p class='muted'>{escape(capitalised(people))}. "
        f"{escape(capitalised(guideline.strength))}.</p>{reason}"
        f"<p class='muted'>{escape(status)}. {source_link(stage, guideline.source)}</p></td>"
    )


def _badges(guideline: Guideline, theme: Theme) -> str:
    """What it says now; of one that no longer holds, that it does not, and what it said."""
    position = POSITIONS[guideline.position]
    quiet = (theme.muted, theme.chip)
    colours = {"for": (theme.accent, theme.soft), "against": (theme.danger, theme.danger_soft)}
    if guideline.standing in PAST:
        said = f" <span class='muted'>it said: {position.lower()}</span>"
        return _badge(STANDINGS[guideline.standing], *quiet) + said
    badge = _badge(position, *colours.get(guideline.position, (theme.text, theme.chip)))
    if guideline.standing == "current":
        return badge
    return f"{badge} {_badge(STANDINGS[guideline.standing], *quiet)}"


def _badge(text: str, colour: str, ground: str) -> str:
    return (
        f"<span style='background-color:{ground}; color:{colour}; font-weight:600'>"
        f"&nbsp;{text}&nbsp;</span>"
    )
