"""What the study page says: of an answer, of the day, at the end."""

from __future__ import annotations

from atlas.catalog.point import Point
from atlas.catalog.query import capitalised
from atlas.scene import Stage
from atlas.study.cards import Kind
from atlas.study.grading import ON_THE_POINT, TOLD, Miss
from atlas.study.questions import Question, named
from atlas.study.sayings import count
from atlas.study.schedule import Rating
from atlas.study.sitting import Outcome, Sitting
from atlas.study.summary import Summary
from atlas.ui.panels.markup import codes_unbroken, escape, linked, section
from atlas.ui.panels.text import category_text, caution_html
from atlas.ui.theme import Theme

KIND_TITLES: dict[Kind, str] = {
    "locate": "Locate",
    "identify": "Identify",
    "recall": "Recall",
    "neighbours": "Neighbours",
    "walk": "Meridian walk",
}
KIND_TIPS: dict[Kind, str] = {
    "locate": "A name: click where the point is",
    "identify": "A marked point: choose or type its name",
    "recall": "A name: say location, categories and cautions, and judge yourself",
    "neighbours": "A name: which point is level with it?",
    "walk": "A stretch of a meridian: place its points in their order",
}
RATING_TITLES = {
    Rating.Again: "Again",
    Rating.Hard: "Hard",
    Rating.Good: "Good",
    Rating.Easy: "Easy",
}

NAMED = 12  # points to look at again, by name


def how_to_answer(question: Question) -> str:
    """What one is to do, in a sentence or two."""
    return {
        "locate": "Click on the place. Or move a cross there with the arrow keys (with Shift: "
        "finely) and press Enter.",
        "identify": "Choose, or type the name or the code.",
        "recall": "Say it to yourself, aloud if you can, and then look.",
        "neighbours": "Level means: at the same height, or as many cun along the same limb.",
        "walk": "Click on the places one after another, from the first point to the last. Or put "
        "each mark with the arrow keys and Enter.",
    }[question.card.kind]


def answer_html(stage: Stage, sitting: Sitting, theme: Theme) -> str:
    """What came of the answer, and how it is right."""
    question, outcome = sitting.question, sitting.outcome
    assert question is not None
    point = _point(stage, question.card.code)
    if outcome is None:  # a recall question that is turned over
        return _title(named(point), "", theme) + _recalled(stage, point, theme)
    if question.card.kind == "walk":
        return _walk(stage, outcome, theme)
    if question.card.kind == "locate":
        return _located(stage, outcome, point, theme)
    if question.card.kind == "recall":
        return _title(named(point), "", theme) + _recalled(stage, point, theme)
    return _chosen(stage, outcome, theme)


def note_html(text: str) -> str:
    """The learner's own note on the point, and the way to change it."""
    said = escape(text).replace("\n", "<br>")
    link = "<a href='note:'>change it, lists</a>" if text else "<a href='note:'>note, lists</a>"
    return section("My note", f"{said} {link}" if text else link)


def _point(stage: Stage, code: str) -> Point:
    return stage.catalogue.points[stage.catalogue.index[code]]


def _title(title: str, below: str, theme: Theme, *, good: bool = True) -> str:
    colour = theme.accent if good else theme.danger
    after = (
        f"<p style='color:{colour}; font-weight:600'>{codes_unbroken(below)}</p>" if below else ""
    )
    return f"<p class='title'>{escape(title)}</p>{after}"


def _located(stage: Stage, outcome: Outcome, point: Point, theme: Theme) -> str:
    parts = []
    if outcome.misses:
        parts.append(_verdict(outcome.misses[0], theme))
    else:
        parts.append(_title("Here it is", "", theme))
    parts += [caution_html(stage, caution, theme) for caution in point.cautions]
    miss = next(iter(outcome.misses), None)
    if miss is not None and miss.nearest and not miss.within:
        parts.append(_instead(stage, miss.nearest, point, hit=miss.hit))
    parts.append(section("How it is measured", linked(stage, point.location, point.code)))
    parts.append(section("How to find it", linked(stage, point.finding, point.code)))
    return "".join(parts)


def _verdict(miss: Miss, theme: Theme) -> str:
    """How far off, which way, and whether that is near enough."""
    if miss.words == ON_THE_POINT:
        title, words = capitalised(miss.words), ""
    else:
        title, words = f"{miss.cun:.1f} cun off", capitalised(miss.words)
    rule = f"within {miss.tolerance:g} cun"
    told = f"Found: {rule}." if miss.within else f"{capitalised(rule)} counts as found."
    if miss.hit and miss.told <= miss.tolerance:
        told = f"Your mark is on {miss.nearest}, so the point is not found."
    return _title(title, words, theme, good=miss.within) + f"<p class='muted'>{told}</p>"


def _instead(stage: Stage, nearest: str, point: Point, *, hit: bool) -> str:
    """Where one has landed, and how to tell the two apart."""
    other = _point(stage, nearest)
    lies = "Your mark is on" if hit else "Nearer to your mark lies"
    differences = {c.point: c.difference for c in point.confused_with}
    differences = stage.confused_with(point.code) | differences
    text = f"{lies} {named(other)}: {other.location}"
    if nearest in differences:
        text = f"{lies} {named(other)}. {differences[nearest]}"
    return section("What happened", linked(stage, text, point.code))


def _chosen(stage: Stage, outcome: Outcome, theme: Theme) -> str:
    right = _point(stage, outcome.question.answer[0])
    said = outcome.said
    good = outcome.suggested > Rating.Again
    if good:
        below = (
            f"Right except for the spelling: you typed “{said}”."
            if outcome.naming == "nearly"
            else "Right."
        )
    elif outcome.naming is not None:
        below = f"You typed “{said}”."
    else:
        below = f"You chose {named(_point(stage, said))}." if said else ""
    head = f"{right.code} {right.names.pinyin} {right.names.hanzi_simplified}"
    parts = [_title(head, below, theme, good=good)]
    parts += [caution_html(stage, caution, theme) for caution in right.cautions]
    if outcome.question.card.kind == "neighbours":
        asked = _point(stage, outcome.question.card.code)
        parts.append(f"<p>It is level with {escape(named(asked))}.</p>")
        parts.append(section(asked.code, linked(stage, asked.location, asked.code)))
        parts.append(section(right.code, linked(stage, right.location, right.code)))
    else:
        parts.append(f"<p class='muted'>{escape(right.names.english)}</p>")
        parts.append(section("How it is measured", linked(stage, right.location, right.code)))
    if not good and said in stage.catalogue.index:
        other = _point(stage, said)
        parts.append(section(f"And {said}", linked(stage, other.location, said)))
    return "".join(parts)


def _recalled(stage: Stage, point: Point, theme: Theme) -> str:
    """Cautions, location, categories: what a recall question asks for."""
    categories = ", ".join(category_text(stage, c.kind, c.of) for c in point.categories)
    cautions = "".join(caution_html(stage, caution, theme) for caution in point.cautions)
    none = "<span class='muted'>None recorded.</span>"
    return (
        f"<p class='muted'>{escape(point.names.english)}</p>"
        + (cautions or section("Cautions", none))
        + section("Location", linked(stage, point.location, point.code))
        + section("Categories", escape(categories) or none)
    )


def _walk(stage: Stage, outcome: Outcome, theme: Theme) -> str:
    codes = outcome.question.answer
    if not outcome.misses:
        rows = "".join(_location_row(stage, code) for code in codes)
        return _title("Here they are", "", theme) + f"<table cellspacing='0'>{rows}</table>"
    found = sum(miss.within for miss in outcome.misses)
    title = f"{found} of {len(codes)} found"
    rows = "".join(
        f"<tr><td><b>{code}</b></td><td>{miss.cun:.1f}&nbsp;cun</td>"
        f"<td style='color:{theme.text if miss.within else theme.danger}'>"
        f"{codes_unbroken(miss.words)}</td></tr>"
        for code, miss in zip(codes, outcome.misses, strict=True)
    )
    return (
        _title(title, "", theme, good=found == len(codes))
        + "<p class='muted'>The numbers on the map are your marks; the arrows lead to the points."
        f"</p><table cellspacing='0'>{rows}</table>"
    )


def _location_row(stage: Stage, code: str) -> str:
    return f"<tr><td><b>{code}</b></td><td>{escape(_point(stage, code).location)}</td></tr>"


def suggestion(outcome: Outcome | None) -> str:
    """Whence the rating that is marked, and which keys there are."""
    if outcome is None:
        return "1 to 4 say how well you knew it."
    rating = Rating(outcome.review.rating)
    title = RATING_TITLES[rating]
    if outcome.question.card.kind == "recall" or rating != outcome.suggested:
        return f"You said: {title}. Enter goes on, Ctrl+Z takes back the answer."
    whence = "your mark" if outcome.misses else "your answer"
    return f"Suggested from {whence}: {title}. Enter takes it, Ctrl+Z takes back the answer."


def interval(days: int, rating: Rating) -> str:
    """When a card would be asked again."""
    if rating == Rating.Again:
        return "today"
    if days < 60:
        return count(days, "day")
    if days < 700:
        return f"{days / 30.4:.0f} months"
    return f"{days / 365.25:.1f} years"


def result(found: Summary) -> str:
    """What came of a sitting, in a few sentences."""
    if not found.answers:
        return ""
    text = f"{count(found.questions, 'question')} answered, {found.known} known at once."
    if found.answers > found.questions:
        text += f" {count(found.answers - found.questions, 'repetition')} besides."
    if found.miss is not None:
        near = f"within {found.miss:.1f} cun" if found.miss >= TOLD else "on the point"
        text += f" Half of your marks lay {near}."
    if found.again:
        more = len(found.again) - NAMED
        text += f"\n\nTo look at again: {', '.join(found.again[:NAMED])}"
        text += f" and {more} more." if more > 0 else "."
    return text
