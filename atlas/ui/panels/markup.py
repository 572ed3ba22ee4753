"""What the texts of the panels are made of: HTML for a QTextBrowser, in a theme's colours."""

from __future__ import annotations

import re

from atlas.catalog.model import Source
from atlas.catalog.query import capitalised
from atlas.scene import Stage
from atlas.ui.theme import Theme

_CODE = re.compile(r"\b([A-Z]{2}\d{1,2}|EX-[A-Z]{1,2}\d{1,2})\b")


def escape(text: str) -> str:
    """Text for HTML. (The module html costs 2 ms of the start for its table of entities.)"""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def page(theme: Theme, body: str) -> str:
    """A whole text with the style of all texts."""
    return f"<html><head>{_style(theme)}</head><body>{body}</body></html>"


def _style(theme: Theme) -> str:
    return (
        "<style>"
        f"body {{ color: {theme.text}; }}"
        "p { margin: 0 0 4px 0; line-height: 128%; }"
        f"a {{ color: {theme.accent}; text-decoration: underline; }}"
        f".muted {{ color: {theme.muted}; }}"
        f".title {{ font-size: {19 * theme.scale:.1f}pt; font-weight: 600; margin: 0; }}"
        f".head {{ font-size: {7.6 * theme.scale:.1f}pt; font-weight: 600; color: {theme.muted};"
        " margin: 16px 0 4px 0; letter-spacing: 0.5px; }"
        f".basis {{ color: {theme.muted}; text-decoration: underline; font-weight: 400; }}"
        f".plain {{ color: {theme.text}; text-decoration: none; }}"
        "td { padding: 1px 14px 2px 0; }"
        "</style>"
    )


def section(title: str, html: str, after: str = "", basis: str = "") -> str:
    """A heading with what follows it; nothing where there is nothing to say."""
    return f"{heading(title, basis)}<p>{html}</p>{after}" if html else ""


def heading(title: str, basis: str = "") -> str:
    """A heading in small capitals; beside it the source that what follows rests on."""
    beside = f" &nbsp;{basis}" if basis else ""
    return f"<p class='head'>{escape(title.upper())}{beside}</p>"


def basis_link(stage: Stage, source_id: str) -> str:
    """A quiet link to the source of a whole section."""
    return f"<a class='basis' href='source:{source_id}'>{source_name(stage, source_id)}</a>"


def source_link(stage: Stage, source_id: str) -> str:
    """A link to a source by its short name."""
    return f"<a href='source:{source_id}'>{source_name(stage, source_id)}</a>"


def source_name(stage: Stage, source_id: str) -> str:
    """The short name of a source."""
    source = stage.catalogue.source_by_id.get(source_id)
    return unbroken(source.short if source is not None else source_id, 18)


def source_text(source: Source) -> str:
    """A source in full."""
    year = f" ({source.year})" if source.year and str(source.year) not in source.title else ""
    return (
        f"<p><b>{escape(source.title)}</b>{year}</p>"
        f"<p class='muted'>{capitalised(source.kind)}. {escape(source.identifier)}</p>"
        f"<p>{escape(source.note)}</p>"
    )


def unbroken(text: str, most: int) -> str:
    """Text that stays in one line, unless it is longer than that."""
    html = escape(text)
    return html.replace(" ", "&nbsp;").replace("-", "&#8209;") if len(text) <= most else html


def codes_unbroken(text: str) -> str:
    """Text as HTML in which no code falls apart at the end of a line."""
    return _CODE.sub(lambda match: unbroken(match[1], 9), escape(text))


def linked(stage: Stage, text: str, own: str = "") -> str:
    """Text as HTML, with the codes of other points as links."""

    def link(match: re.Match[str]) -> str:
        code = match[1]
        known = code in stage.catalogue.index and code != own
        return f"<a href='point:{code}'>{unbroken(code, 9)}</a>" if known else code

    return _CODE.sub(link, escape(text))
