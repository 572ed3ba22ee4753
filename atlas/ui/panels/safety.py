"""The safety page: what to ask, red flags, the points at risk, how often something goes wrong."""

from __future__ import annotations

from atlas.catalog.forest import same_decimals
from atlas.catalog.guidance import AdverseEvent, Concern, Contraindication
from atlas.catalog.query import capitalised
from atlas.scene import Stage
from atlas.ui.panels.evidence_text import statements_html
from atlas.ui.panels.markup import escape, linked, source_link
from atlas.ui.panels.reading import ReadingPage
from atlas.ui.state import AtlasState
from atlas.ui.theme import Theme

TABS = [
    ("questions", "Ask before needling"),
    ("flags", "Red flags"),
    ("points", "Points at risk"),
    ("events", "How often"),
]
KINDS = {"absolute": "Contraindicated", "relative": "Weigh case by case"}
TECHNIQUES = {
    "all": "all needling",
    "at_the_site": "needling at that place",
    "deep_needling": "deep needling",
    "strong_stimulation": "strong stimulation",
    "electroacupuncture": "electroacupuncture",
    "moxibustion": "moxibustion",
    "cupping": "cupping",
    "bleeding": "bleeding",
    "retained_needles": "needles left in place for days",
}
REPORTED = "Cases reported; no frequency follows from them"
SEVERITIES = {"forbidden": "do not needle", "danger": "danger", "avoid": "avoid", "care": "care"}
HINT = (
    "Ask every question before the first needle, and again when something has changed. "
    "A link to points or regions shows them on the body. A click on a source shows it here."
)


class SafetyPage(ReadingPage):
    """What has to be known before a needle goes in."""

    def __init__(self, state: AtlasState) -> None:
        super().__init__(state, TABS)
        self.refresh()

    def hint(self) -> str:
        """When to ask, and where links lead."""
        return HINT

    def body(self) -> str:
        """The text of the current tab."""
        stage, theme = self._state.stage, self._state.theme
        if self.tab == "questions":
            return questions_html(stage, theme)
        if self.tab == "flags":
            flags = stage.catalogue.back_pain.red_flags
            return statements_html(stage, "See a doctor before any acupuncture", flags)
        if self.tab == "points":
            return points_html(stage, theme)
        return events_html(stage)


def questions_html(stage: Stage, theme: Theme) -> str:
    """The screening questions, the absolute contraindications first."""
    rules = stage.catalogue.safety.contraindications
    parts = []
    for kind, title in KINDS.items():
        parts.append(f"<p class='title' style='font-size:large; margin-top:12px'>{title}</p>")
        parts += [_rule(stage, rule, theme) for rule in rules if rule.kind == kind]
    return "".join(parts)


def _rule(stage: Stage, rule: Contraindication, theme: Theme) -> str:
    colour = theme.danger if rule.kind == "absolute" else theme.line
    concerns = _concerns(stage, rule.concerns)
    return (
        "<table width='100%' cellspacing='0' style='margin-top:10px'><tr>"
        f"<td width='3' bgcolor='{colour}' style='padding:0'></td>"
        f"<td style='padding:4px 10px 6px 12px'><p><b>{escape(rule.question)}</b></p>"
        f"<p>{escape(rule.action)}</p>"
        f"<p class='muted'>{escape(rule.title)}: {escape(rule.reason)} "
        f"{source_link(stage, rule.source)}</p>"
        + (f"<p class='muted'>Concerns {concerns}.</p>" if concerns else "")
        + "</td></tr></table>"
    )


def _concerns(stage: Stage, concerns: Concern) -> str:
    """What a rule is about, with links to the body."""
    titles = stage.catalogue.titles
    parts = [linked(stage, code) for code in concerns.points]
    for kind in concerns.cautions:
        count = stage.facets.mask("caution", kind).bit_count()
        title = escape(titles[kind])
        parts.append(f"<a href='caution:{kind}'>{count} points with a caution on {title}</a>")
    parts += [f"<a href='region:{r}'>{escape(titles[r])}</a>" for r in concerns.regions]
    parts += [TECHNIQUES[technique] for technique in concerns.techniques]
    return ", ".join(parts)


def points_html(stage: Stage, theme: Theme) -> str:
    """All cautions by what is at risk, the most severe first."""
    catalogue, parts = stage.catalogue, []
    for kind in catalogue.caution_kinds:
        found = [
            (list(SEVERITIES).index(caution.severity), point.code, caution)
            for point in catalogue.points
            for caution in point.cautions
            if caution.kind == kind.id
        ]
        if not found:
            continue
        parts.append(
            f"<p class='title' style='font-size:large; margin-top:16px'>"
            f"{escape(capitalised(kind.title))} "
            f"<a href='caution:{kind.id}' style='font-size:small'>{len(found)} on the body</a></p>"
        )
        rows = "".join(
            f"<tr><td width='74'>{linked(stage, code)}</td>"
            f"<td width='84' style='color:{theme.danger}'>"
            f"{SEVERITIES[caution.severity]}</td><td>{escape(caution.text)} "
            f"{source_link(stage, caution.source)}</td></tr>"
            for _, code, caution in sorted(found, key=lambda f: (f[0], catalogue.index[f[1]]))
        )
        parts.append(f"<table cellspacing='0'>{rows}</table>")
    return "".join(parts)


def events_html(stage: Stage) -> str:
    """How often something untoward was seen; apart from that, cases that were reported."""
    events = stage.catalogue.safety.adverse_events
    said = "Most are small: soreness, a bruise, a drop of blood. Severe ones are rare but real."
    rates = "".join(_event(stage, event) for event in events if event.rate is not None)
    counts = "".join(_event(stage, event) for event in events if event.count is not None)
    return (
        f"<p class='muted'>{said}</p><table cellspacing='0' width='100%'>{rates}</table>"
        f"<p class='title' style='font-size:large; margin-top:18px'>{REPORTED}</p>"
        f"<table cellspacing='0' width='100%'>{counts}</table>"
    )


def _event(stage: Stage, event: AdverseEvent) -> str:
    figures = (event.rate, event.count, *(event.interval or ()))
    number, *interval = same_decimals(*(figure for figure in figures if figure is not None))
    between = f" <span class='muted'>({' to '.join(interval)})</span>" if interval else ""
    note = f"<br><span class='muted'>{escape(event.note)}</span>" if event.note else ""
    return (
        f"<tr><td style='padding:8px 18px 8px 0' width='46%'><b>{escape(event.title)}</b>{note}"
        f"</td><td style='padding:8px 0'><b>{number}</b>{between} {escape(event.unit)} "
        f"{source_link(stage, event.source)}</td></tr>"
    )
