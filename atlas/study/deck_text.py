"""What stands on the cards of an Anki deck, as HTML."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Literal, get_args

from atlas.catalog.point import Point
from atlas.catalog.query import capitalised
from atlas.edition import Edition
from atlas.export import DISCLAIMER, category_name, caution_heading, needling_text
from atlas.study.questions import Question

DeckKind = Literal["locate", "identify", "recall"]
DECK_KINDS: tuple[DeckKind, ...] = get_args(DeckKind)
Face = Literal["question", "answer"]
# With other fields, Anki would take this for another type of note, and refuse to update any.
FIELDS = (
    *("Code", "Locate", "Locate picture", "Locate answer picture"),
    *("Identify", "Identify picture", "Identify answer picture", "Recall"),
    *("Names", "Cautions", "Location", "Finding", "Knowledge"),
)


def _back(asked: str, told: str) -> str:
    answer = f"<div class='answer'>{told}</div><div class='foot'>{DISCLAIMER}</div>"
    return f"{asked}<hr id='answer'>{answer}"


# Anki makes no card whose front has no field in it: none of a kind that is not asked.
TEMPLATES: Mapping[DeckKind, tuple[str, str]] = {
    "locate": (
        "{{#Locate}}<div class='question'>{{Locate}}</div>{{Locate picture}}{{/Locate}}",
        _back(
            "<div class='question'>{{Locate}}</div>{{Locate answer picture}}",
            "{{Names}}{{Cautions}}{{Location}}{{Finding}}",
        ),
    ),
    "identify": (
        "{{#Identify}}<div class='question'>{{Identify}}</div>{{Identify picture}}{{/Identify}}",
        _back(
            "<div class='question'>{{Identify}}</div>{{Identify answer picture}}",
            "{{Names}}{{Cautions}}{{Location}}",
        ),
    ),
    "recall": (
        "{{#Recall}}<div class='question'>{{Recall}}</div>{{/Recall}}",
        _back(
            "<div class='question'>{{Recall}}</div>",
            "{{Names}}{{Cautions}}{{^Cautions}}<h2>Cautions</h2><p>None special to this point</p>"
            "{{/Cautions}}{{Location}}{{Knowledge}}",
        ),
    ),
}
# Anki on computers and iOS says nightMode, on Android night_mode too.
CSS = """\
.card { --text: #24201c; --ground: #ffffff; --muted: #6b6259; --danger: #96300f;
  --danger-ground: #fdf0e9; --line: #e7e3dd;
  color: var(--text); background: var(--ground); font-family: sans-serif; font-size: 18px;
  line-height: 1.4; text-align: center; }
.card.nightMode, .card.night_mode { --text: #f1ece5; --ground: #211f1c; --muted: #aba195;
  --danger: #f4a57d; --danger-ground: #38241a; --line: #393530; }
.question { font-size: 22px; font-weight: 600; margin: 8px 0 12px; }
img { max-width: 100%; max-height: 80vh; border-radius: 6px; }
.view, .source, .muted, .foot { color: var(--muted); }
.view, .source, .foot { font-size: 14px; }
hr { border: 0; border-top: 1px solid var(--line); margin: 14px 0; }
.answer { text-align: left; max-width: 640px; margin: 0 auto; }
.answer p { margin: 2px 0 10px; }
.answer h1 { font-size: 24px; margin: 0; }
.answer h2 { font-size: 15px; color: var(--muted); margin: 12px 0 0; }
.source { font-weight: 400; }
.caution { color: var(--text); background: var(--danger-ground);
  border-left: 3px solid var(--danger); padding: 7px 10px; margin: 8px 0; }
.caution b { color: var(--danger); }
.foot { margin-top: 16px; }
"""


def facts(edition: Edition, point: Point) -> dict[str, str]:
    """The fields of a point's note that its cards share."""
    return {
        "Code": point.code,
        "Names": _names(edition, point),
        "Cautions": _cautions(edition, point),
        "Location": _location(edition, point),
        "Finding": _section("How to find it", escape(point.finding))
        + _section("Sources differ", escape(point.alternative)),
        "Knowledge": _categories(edition, point)
        + _back_pain(edition, point)
        + _needling(edition, point),
    }


def asked(edition: Edition, question: Question, pictures: Mapping[Face, str]) -> dict[str, str]:
    """The fields of a note that are a question's own; `pictures` are file names by their face."""
    kind = question.card.kind.capitalize()
    title = edition.body.maps[question.map_id].title
    fields: dict[Face, str] = {"question": f"{kind} picture", "answer": f"{kind} answer picture"}
    shown = {fields[face]: _picture(name, title) for face, name in pictures.items()}
    return {kind: escape(question.prompt), **shown}


def _picture(name: str, title: str) -> str:
    return f'<img src="{escape(name)}"><div class="view">{escape(title)}</div>'


def _names(edition: Edition, point: Point) -> str:
    names = point.names
    hanzi = names.hanzi_simplified
    if names.hanzi != hanzi:
        hanzi += f" <span class='muted'>{escape(names.hanzi)}</span>"
    meridian = edition.catalogue.meridian_by_code[point.meridian].name
    told = " · ".join(escape(text) for text in (names.pinyin, names.english, meridian))
    return f"<h1>{escape(point.code)} {hanzi}</h1><p class='muted'>{told}</p>"


def _cautions(edition: Edition, point: Point) -> str:
    return "".join(
        f"<div class='caution'><b>{escape(caution_heading(edition, c))}.</b> "
        f"{escape(c.text)} {_source(edition, c.source)}</div>"
        for c in point.cautions
    )


def _location(edition: Edition, point: Point) -> str:
    return _section("Location", escape(point.location), _source(edition, *point.sources[:1]))


def _categories(edition: Edition, point: Point) -> str:
    names = [escape(capitalised(category_name(edition, c))) for c in point.categories]
    return _section("Categories", ", ".join(names) or "None")


def _back_pain(edition: Edition, point: Point) -> str:
    rows = [
        f"{escape(edition.catalogue.titles.get(role.target, role.target))}: "
        f"{role.role} · {role.basis} {_source(edition, role.source)}"
        for role in point.back_pain
    ]
    note = "<p class='source'>How often a point is used does not say how well it works.</p>"
    return _section("Back pain", "<br>".join(rows)) + (note if rows else "")


def _needling(edition: Edition, point: Point) -> str:
    rows = [
        f"{escape(capitalised(needling_text(way)))} {_source(edition, way.source)}"
        for way in point.needling
    ]
    return _section("Needling, as textbooks state it", "<br>".join(rows))


def _section(title: str, html: str, basis: str = "") -> str:
    """A heading with what follows it; nothing where there is nothing to say."""
    return f"<h2>{title} {basis}</h2><p>{html}</p>" if html else ""


def _source(edition: Edition, *ids: str) -> str:
    known = edition.catalogue.source_by_id
    return "".join(f"<span class='source'>({escape(known[i].short)})</span>" for i in ids)
