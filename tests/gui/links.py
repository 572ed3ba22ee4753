"""Real clicks on links, and where headings stand."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextBlock, QTextCursor, QTextFragment
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTextBrowser


def _fragments(browser: QTextBrowser) -> Iterator[QTextFragment]:
    block: QTextBlock = browser.document().begin()
    while block.isValid():
        at = block.begin()
        while not at.atEnd():
            yield at.fragment()
            at += 1
        block = block.next()


def links(browser: QTextBrowser) -> dict[str, int]:
    """The links of a text, each with the place where it first stands."""
    found: dict[str, int] = {}
    for fragment in _fragments(browser):
        href = fragment.charFormat().anchorHref()
        if href:
            found.setdefault(href, fragment.position())
    return found


def click_link(browser: QTextBrowser, href: str) -> None:
    """A real click on the first link that leads there."""
    cursor = QTextCursor(browser.document())
    cursor.setPosition(links(browser)[href])
    browser.setTextCursor(cursor)
    browser.ensureCursorVisible()
    corner = browser.cursorRect(cursor)
    place = corner.center()
    place.setX(corner.right() + 4)
    QTest.mouseClick(browser.viewport(), Qt.MouseButton.LeftButton, pos=place)
