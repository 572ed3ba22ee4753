"""What stands on the cards of an Anki deck, as HTML."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Literal

from atlas.catalog.point import Point
from atlas.catalog.query import capitalised
from atlas.edition import Edition
from atlas.export import DISCLAIMER, category_name, caution_heading, needling_text
from atlas.study.questions import Question

Face = Literal["question", "answer"]
FIELDS = ("Key", "Question", "Picture", "Answer picture", "Answer")
_ASKED = "<div class='question'>{{Question}}</div>"
_ANSWER = (
    f"<hr id='answer'><div class='answer'>{{{{Answer}}}}</div><div class='foot'>{DISCLAIMER}</div>"
)
TEMPLATES = {
    "locate": (f"{_ASKED}{{{{Picture}}}}", f"{_ASKED}{{{{Answer picture}}}}{_ANSWER}"),
    "identify": (f"{_ASKED}{{{{Picture}}}}", f"{{{{FrontSide}}}}{_ANSWER}"),
    "recall": (_ASKED, f"{{{{FrontSide}}}}{_ANSWER}"),
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


def fields(edition: Edition, question: Question, pictures: Mapping[Face, str]) -> list[str]:
    """The fields of a question's note; `pictures` are file names by the face they are on."""
    point = edition.catalogue.points[edition.catalogue.index[question.card.code]]
    title = edition.body.maps[question.map_id].title
    parts = {"locate": _locate, "identify": _identify, "recall": _recall}
    return [
        question.card.key,
        escape(question.prompt),
        _picture(pictures.get("question"), title),
        _picture(pictures.get("answer"), title),
        _names(edition, point) + parts[question.card.kind](edition, point),
    ]


def _picture(name: str | None, title: str) -> str:
    if name is None:
        return ""
    return f'<img src="{escape(name)}"><div class="view">{escape(title)}</div>'


def _locate(edition: Edition, point: Point) -> str:
    return (
        _cautions(edition, point)
        + _location(edition, point)
        + _section("How to find it", escape(point.finding))
        + _section("Sources differ", escape(point.alternative))
    )


def _identify(edition: Edition, point: Point) -> str:
    return _location(edition, point)


def _recall(edition: Edition, point: Point) -> str:
    categories = [escape(capitalised(category_name(edition, c))) for c in point.categories]
    return (
        _location(edition, point)
        + _section("Categories", ", ".join(categories) or "None")
        + (_cautions(edition, point) or _section("Cautions", "None special to this point"))
        + _back_pain(edition, point)
        + _needling(edition, point)
    )


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
