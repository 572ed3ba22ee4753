"""What the evidence page says of studies, guidelines and mechanisms, as HTML."""

from __future__ import annotations

from atlas.catalog.fields import Statement
from atlas.catalog.forest import AGAINST, OUTCOMES, printed
from atlas.catalog.guidance import Comparison, Guideline, Study
from atlas.catalog.query import capitalised
from atlas.scene import Stage
from atlas.ui.panels.markup import escape, section, source_link, source_text
from atlas.ui.theme import Theme

DESIGNS = {
    "review": "Systematic review",
    "patient_data": "Meta-analysis of individual patient data",
    "network": "Network meta-analysis",
    "trial": "Randomised trial",
    "cohort": "Observational study",
}
POSITIONS = {
    "for": "In favour",
    "conditional": "With conditions",
    "against": "Against",
    "none": "No recommendation",
}
IMPORTANCE = {
    "clear": "the source calls it important for patients",
    "below_threshold": "below what the source calls important for patients",
    "unclear": "the source does not say whether patients would notice",
}
READING_HINT = (
    "Each square is a result, each line its 95 % interval; a larger square is a larger study. "
    "Left of the middle line acupuncture did better. A line that crosses the middle shows no "
    "clear difference. Against sham asks whether the points and needles matter; against no "
    "treatment or usual care asks what a patient gains in all. Click a result for its study."
)

SOURCE_HINT = "A click on a title or a source shows it here."


def study_html(stage: Stage, study: Study, comparison: Comparison | None) -> str:
    """One study: what it was, what it found, and what weakens it."""
    head = f"<p class='title' style='font-size:large'>{escape(study.title)}</p>"
    facts = f"<p class='muted'>{_facts(stage, study)}</p>"
    result = "" if comparison is None else section("This result", _result(comparison))
    source = stage.catalogue.source_by_id[study.source]
    return (
        head
        + facts
        + result
        + section("Found", escape(study.finding))
        + section("Limits", escape(study.limits))
        + section("Source", source_text(source))
    )


def _facts(stage: Stage, study: Study) -> str:
    parts = [DESIGNS[study.design], str(study.year), escape(study.country)]
    if study.trials:
        parts.append(f"{study.trials} trials")
    if study.participants:
        parts.append(f"{study.participants:,} people".replace(",", " "))
    parts.append(escape(population(stage, study.population)))
    return " · ".join(parts)


def population(stage: Stage, name: str) -> str:
    """Whom a study was about, in words."""
    if name == "chronic_pain":
        return "chronic pain of several places"
    return f"{stage.catalogue.titles[name].lower()} back pain" if _is_type(stage, name) else (
        stage.catalogue.titles[name].lower()
    )  # fmt: skip


def _is_type(stage: Stage, name: str) -> bool:
    return any(term.id == name for term in stage.catalogue.back_pain.types)


def _result(comparison: Comparison) -> str:
    scale = f", {comparison.scale}" if comparison.scale else ""
    certainty = comparison.certainty.replace("_", " ")
    sure = "certainty not rated" if certainty == "not rated" else f"{certainty} certainty"
    size = []
    if comparison.trials:
        size.append("one trial" if comparison.trials == 1 else f"{comparison.trials} trials")
    if comparison.participants:
        size.append(f"{comparison.participants} people")
    lines = [
        f"{AGAINST[comparison.against]}: {_measured(comparison)}",
        f"<b>{comparison.measure} {printed(comparison)}</b>{escape(scale)}",
        capitalised(", ".join([sure, *size])),
        capitalised(IMPORTANCE[comparison.important]),
        escape(comparison.note),
    ]
    return "<br>".join(filter(None, lines))


def _measured(comparison: Comparison) -> str:
    return f"{OUTCOMES[comparison.outcome].lower()}, {escape(comparison.time)}"


def studies_html(stage: Stage) -> str:
    """All studies, the newest first, also those without a number that could be drawn."""
    studies = sorted(stage.catalogue.evidence.studies, key=lambda study: -study.year)
    return "".join(
        f"<p style='margin-top:14px'><a href='study:{study.id}'><b>{escape(study.title)}</b></a>"
        f"</p><p class='muted'>{_facts(stage, study)} · {source_link(stage, study.source)}</p>"
        f"<p>{escape(study.finding)}</p>"
        for study in studies
    )


def guidelines_html(stage: Stage, theme: Theme, columns: int) -> str:
    """The guidelines side by side, those that still hold first."""
    guidelines = sorted(
        stage.catalogue.evidence.guidelines,
        key=lambda g: (not g.status.startswith("current"), -g.year),
    )
    rows = [guidelines[i : i + columns] for i in range(0, len(guidelines), columns)]
    cells = "".join(
        "<tr>" + "".join(_guideline(stage, g, theme, 100 // columns) for g in row) + "</tr>"
        for row in rows
    )
    said = "Guidelines weigh the same trials and disagree. Read what each says of whom."
    return f"<p class='muted'>{said}</p><table width='100%' cellspacing='10'>{cells}</table>"


def _guideline(stage: Stage, guideline: Guideline, theme: Theme, width: int) -> str:
    against = guideline.position == "against"
    colour, ground = (
        (theme.danger, theme.danger_soft) if against else (theme.accent, theme.soft)
    )  # fmt: skip
    people = ", ".join(population(stage, name) for name in guideline.population)
    reason = f"<p class='muted'>{escape(guideline.reason)}</p>" if guideline.reason else ""
    return (
        f"<td width='{width}%' valign='top' bgcolor='{theme.canvas}' style='padding:12px'>"
        f"<p><b>{escape(guideline.body)}</b> {guideline.year}</p>"
        f"<p class='muted'>{escape(guideline.title)}</p>"
        f"<p><span style='background-color:{ground}; color:{colour}; font-weight:600'>"
        f"&nbsp;{POSITIONS[guideline.position]}&nbsp;</span></p>"
        f"<p>{escape(guideline.recommendation)}</p>"
        f"<p class='muted'>{escape(capitalised(people))}. "
        f"{escape(capitalised(guideline.strength))}.</p>{reason}"
        f"<p class='muted'>{escape(capitalised(guideline.status))}. "
        f"{source_link(stage, guideline.source)}</p></td>"
    )


def statements_html(stage: Stage, title: str, statements: list[Statement]) -> str:
    """Things said, each with its source."""
    return (
        f"<p class='title' style='font-size:large; margin-top:12px'>{escape(title)}</p>"
        + "".join(
            f"<p style='margin-top:10px'><b>{escape(statement.title)}</b></p>"
            f"<p>{escape(statement.text)} {source_link(stage, statement.source)}</p>"
            for statement in statements
        )
    )
