"""What the evidence page says of studies, results and mechanisms, as HTML."""

from __future__ import annotations

from atlas.catalog.fields import Statement
from atlas.catalog.forest import (
    AGAINST,
    OUTCOMES,
    name_parts,
    not_drawn,
    population,
    printed,
    without_figure,
)
from atlas.catalog.guidance import Comparison, Measure, Study
from atlas.catalog.query import capitalised
from atlas.scene import Stage
from atlas.ui.panels.forest_rows import CERTAINTY
from atlas.ui.panels.markup import escape, heading, section, source_link, source_text

DESIGNS = {
    "review": "Systematic review",
    "patient_data": "Meta-analysis of individual patient data",
    "network": "Network meta-analysis",
    "trial": "Randomised trial",
    "cohort": "Observational study",
}
MEASURES: dict[Measure, str] = {
    "MD": "mean difference",
    "SMD": "standardised mean difference",
    "RR": "risk ratio",
    "RD": "difference in percentage points",
}
IMPORTANCE = {
    "clear": "the source calls it important for patients",
    "below_threshold": "below what the source calls important for patients",
    "unclear": "the source does not say whether patients would notice",
}
READING_HINT = (
    "Each square is a result, each line its 95 % interval. Left of the line of no difference "
    "acupuncture did better, right of it worse. An interval that crosses this line shows no "
    "clear difference.<br><br>"
    "The area of a square goes with the number of people in that very comparison, beside the "
    "largest one on this page. A hollow square means that their number is not known.<br><br>"
    "Against sham asks whether points and needles matter. Against no treatment or usual care "
    "asks what a patient gains in all, expectation included.<br><br>"
    "Dots are the certainty that the source gives a result: four high, three moderate, two low, "
    "one very low; a half one where it is low or very low. “Not rated” means that the source "
    "gives none, “not read” that we have not seen whether it does.<br><br>"
    "↑ marks a figure of which more is better. A tag says whom a result is about, where that is "
    "not chronic low back pain.<br><br>"
    "Click a result, or use Up and Down, to see its study."
)
SOURCE_HINT = "A click on a title or a source shows it here."


def study_html(stage: Stage, study: Study, comparison: Comparison | None) -> str:
    """One study: what it was, what it found and what weakens it; one result, or all of them."""
    shown = study.comparisons if comparison is None else [comparison]
    title = "This result" if comparison else "Result" if len(shown) == 1 else "Results"
    source = stage.catalogue.source_by_id[study.source]
    return (
        f"<p class='title' style='font-size:large'>{escape(study.title)}</p>"
        f"<p class='muted'>{_facts(stage, study)}</p>"
        + section(title, "</p><p style='margin-top:8px'>".join(map(_result, shown)))
        + section("Found", escape(study.finding))
        + section("Limits", escape(study.limits))
        + heading("Source")
        + source_text(source)
    )


def _facts(stage: Stage, study: Study) -> str:
    parts = [DESIGNS[study.design], str(study.year), escape(study.country)]
    if study.trials:
        parts.append(f"{study.trials} trials")
    if study.participants:
        parts.append(_people(study.participants))
    parts.append(escape(population(stage.catalogue, study.population)))
    return " · ".join(parts)


def _people(count: int) -> str:
    return f"{count:,} people".replace(",", "\u202f")


def _result(comparison: Comparison) -> str:
    """A result in full: the figure never without its direction."""
    size = [CERTAINTY[comparison.certainty]]
    if comparison.trials:
        size.append("one trial" if comparison.trials == 1 else f"{comparison.trials} trials")
    if comparison.participants:
        size.append(_people(comparison.participants))
    lines = [
        f"{AGAINST[comparison.against]}: {escape(_measured(comparison))}",
        capitalised(_figure(comparison)),
        capitalised(", ".join(size)),
        capitalised(IMPORTANCE[comparison.important]),
        escape(comparison.note),
    ]
    return "<br>".join(filter(None, lines))


def _measured(comparison: Comparison) -> str:
    outcome = OUTCOMES[comparison.outcome].lower()
    return ", ".join(filter(None, (outcome, comparison.time, comparison.arm, comparison.whom)))


def _figure(comparison: Comparison) -> str:
    scale = f", {comparison.scale}" if comparison.scale else ""
    return (
        f"{MEASURES[comparison.measure]} <b>{printed(comparison)}</b>{escape(scale)}; "
        f"{comparison.better} is better"
    )


def studies_html(stage: Stage) -> str:
    """All studies, the newest first, also those without a number that could be drawn."""
    studies = sorted(stage.catalogue.evidence.studies, key=lambda study: -study.year)
    return "".join(
        f"<p style='margin-top:14px'><a href='study:{study.id}'><b>{escape(study.title)}</b></a>"
        f"</p><p class='muted'>{_facts(stage, study)} · {source_link(stage, study.source)}</p>"
        f"<p>{escape(study.finding)}</p>"
        for study in studies
    )


def beside_plots_html(stage: Stage, outcome: str) -> str:
    """What an outcome has beside its plots: results without a scale, studies without a figure."""
    evidence = stage.catalogue.evidence
    results = "".join(
        f"<p>{_result_link(stage, study, comparison)}</p>"
        for study, comparison in not_drawn(evidence, outcome)
    )
    studies = "".join(
        f"<p><span class='muted'>{title}:</span> "
        + ", ".join(f"<a href='study:{s.id}'>{escape(_short(stage, s))}</a>" for s in listed)
        + "</p>"
        for title, listed in without_figure(evidence, outcome).items()
    )
    return (
        heading("Not drawn: the source does not name the scale") + results if results else ""
    ) + (
        heading("No figure to draw: a click shows what the study found") + studies
        if studies
        else ""
    )


def _result_link(stage: Stage, study: Study, comparison: Comparison) -> str:
    place = f"{study.id}/{study.comparisons.index(comparison)}"
    name = ", ".join(filter(None, name_parts(stage.catalogue, study, comparison)))
    return (
        f"<a href='result:{place}'>{escape(name)}</a>, "
        f"{AGAINST[comparison.against].lower()}: "
        f"{_figure(comparison)}"
    )


def _short(stage: Stage, study: Study) -> str:
    return stage.catalogue.source_by_id[study.source].short


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
