"""The current map on paper and as a picture: PDF, SVG, PNG, printer."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QBuffer, QMarginsF, QObject, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QImage,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QTransform,
)
from PySide6.QtSvg import QSvgGenerator, QSvgRenderer
from PySide6.QtWidgets import QDialog, QWidget

from atlas.body.drawing import themed
from atlas.catalog.masks import members
from atlas.catalog.model import Catalogue
from atlas.export import DISCLAIMER, PICTURES
from atlas.problems import AtlasError, unreadable
from atlas.scene import MapScene, Stage, View, resolve
from atlas.ui.canvas.courses import paint_courses
from atlas.ui.canvas.markers import draw_markers
from atlas.ui.canvas.measure import paint_measure, paint_selection
from atlas.ui.canvas.names import NamePainter
from atlas.ui.canvas.plate import load, plate_of
from atlas.ui.theme import LIGHT, Theme

PAGE = QSize(794, 1123)  # A4 at 96 dots an inch: the units in which a page is laid out
MARGIN = 42.0
PRINT_SCALE = 3.0  # pixels of the drawing per unit of the page: 288 dots an inch
COLUMNS = 4
LISTED = 48  # points named under the map at the most


def export_picture(stage: Stage, view: View, path: Path, theme: Theme = LIGHT) -> None:
    """Draw a map into a file; the ending says the kind. Raises `AtlasError`."""
    kind = path.suffix.lower()
    if kind not in PICTURES:
        raise AtlasError(f"{path.name} does not end in one of {', '.join(PICTURES)}")
    page = Page(stage, resolve(stage, view), theme)
    draft = path.with_name(f".{path.name}.{os.getpid()}.new{kind}")
    writer: Callable[[Page, Path], bool] = {".pdf": _to_pdf, ".svg": _to_svg, ".png": _to_png}[kind]
    try:
        if not path.parent.is_dir():
            raise AtlasError(f"{path.parent} is not a folder")
        if not writer(page, draft):
            raise AtlasError(f"{path} can't be written")
        draft.replace(path)
    except OSError as error:
        raise unreadable(path, error) from None
    finally:
        draft.unlink(missing_ok=True)


class Printing(QObject):
    """Asks for a printer and prints a map on it, in the light theme."""

    def __init__(self, page: Page, parent: QWidget, failed: Callable[[str], None]) -> None:
        super().__init__(parent)
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        self._page = page
        self._failed = failed
        self.printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        self.dialog = QPrintDialog(self.printer, parent)
        self.dialog.finished.connect(self._on_finished)

    def ask(self) -> None:
        """Show the dialog."""
        QDialog.open(self.dialog)  # QPrintDialog's own open() wants an old-style slot

    def _on_finished(self, result: int) -> None:
        if result == QDialog.DialogCode.Accepted:
            self._print()
        self.dialog.deleteLater()
        self.deleteLater()

    def _print(self) -> None:
        painter = QPainter()
        if not painter.begin(self.printer):
            self._failed("The printer did not accept the page.")
            return
        room = painter.viewport()
        scale = min(room.width() / PAGE.width(), room.height() / PAGE.height())
        painter.scale(scale, scale)
        self._page.paint(painter)
        painter.end()


def light_page(stage: Stage, view: View) -> Page:
    """The page of a view as it is printed. Raises `AtlasError` where it can't be drawn."""
    return Page(stage, resolve(stage, view), LIGHT)


def _to_pdf(page: Page, path: Path) -> bool:
    writer = QPdfWriter(str(path))
    writer.setTitle(page.scene.sheet.map.title)
    writer.setCreator("Acupoint Atlas")
    writer.setResolution(288)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Point)
    painter = QPainter()
    if not painter.begin(writer):
        return False
    painter.scale(writer.width() / PAGE.width(), writer.width() / PAGE.width())
    page.paint(painter)
    return painter.end()


def _to_svg(page: Page, path: Path) -> bool:
    """The drawing goes in as it is: Qt's generator would stroke its shading black."""
    buffer = QBuffer()
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setResolution(96)
    generator.setSize(PAGE)
    generator.setViewBox(QRectF(0, 0, PAGE.width(), PAGE.height()))
    generator.setTitle(page.scene.sheet.map.title)
    generator.setDescription(DISCLAIMER)
    painter = QPainter()
    if not painter.begin(generator):
        return False
    target = page.paint(painter, drawing=False)
    painter.end()
    head, mark, rest = bytes(buffer.data().data()).partition(b"</defs>")
    path.write_bytes(head + mark + page.as_svg(target) + rest)
    return bool(mark)


def _to_png(page: Page, path: Path) -> bool:
    image = QImage(PAGE * 2, QImage.Format.Format_ARGB32_Premultiplied)
    painter = QPainter(image)
    painter.scale(2, 2)
    page.paint(painter)
    painter.end()
    return image.save(str(path))


class Page:
    """A page: title and filters, the map, the points on it by name, the disclaimer.

    Reads the drawing at once and raises `AtlasError` where it can't be used, so that no
    device is being painted on when that is found out.
    """

    def __init__(self, stage: Stage, scene: MapScene, theme: Theme) -> None:
        self.stage, self.scene, self.theme = stage, scene, theme
        drawing = stage.edition.drawing(scene.view.map_id)
        bones = "bones" in scene.view.layers
        plate = plate_of(drawing, scene.sheet.map.frame, theme.tones, bones=bones)
        self._drawing = load(plate)
        self._svg = themed(drawing.read_bytes(), theme.tones, bones=bones)

    def paint(self, painter: QPainter, *, drawing: bool = True) -> QRectF:
        """Paint the page; returns where the drawing is, or would be. Units are those of PAGE."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(0, 0, PAGE.width(), PAGE.height())
        if drawing:
            painter.fillRect(whole, QColor(self.theme.panel))
        inner = whole.adjusted(MARGIN, MARGIN * 0.8, -MARGIN, -MARGIN * 0.7)
        top = self._paint_title(painter, inner)
        names = self._names()
        rows = -(-len(names) // COLUMNS) if len(names) <= LISTED else 0
        row = QFontMetricsF(_font(10)).height() * 1.25
        bottom = inner.bottom() - row * (rows + 1.8)
        target = self._fitted(QRectF(inner.left(), top, inner.width(), bottom - top))
        if drawing:
            _paint_drawing(painter, target, self._drawing)
        self._paint_points(painter, target)
        if rows:
            area = QRectF(inner.left(), bottom + row * 0.5, inner.width(), row * rows)
            self._paint_names(painter, area, names, rows)
        self._paint_foot(painter, inner, len(names))
        return target

    def as_svg(self, target: QRectF) -> bytes:
        """Ground and drawing as SVG elements, the drawing in its place on the page."""
        ground = f'<rect width="100%" height="100%" fill="{self.theme.panel}"/>'
        x, y, width, _ = self.scene.sheet.map.frame
        scale = target.width() / width
        left, top = target.x() - x * scale, target.y() - y * scale
        group = f'<g transform="translate({left:.3f},{top:.3f}) scale({scale:.5f})">'
        root = self._svg.index(b">", self._svg.index(b"<svg"))
        inside = self._svg[root + 1 :].removesuffix(b"</svg>")
        return ground.encode() + group.encode() + inside + b"</g>"

    def _names(self) -> list[str]:
        found = []
        for i in members(self.scene.matching):
            point = self.stage.catalogue.points[i]
            if self.scene.view.map_id in point.places:
                names = point.names
                found.append(f"{point.code}\t{names.pinyin} {names.hanzi_simplified}")
        return found

    def _fitted(self, area: QRectF) -> QRectF:
        _, _, width, height = self.scene.sheet.map.frame
        scale = min(area.width() / width, area.height() / height)
        left = area.left() + (area.width() - width * scale) / 2
        return QRectF(left, area.top(), width * scale, height * scale)

    def _paint_title(self, painter: QPainter, inner: QRectF) -> float:
        """Title and filters; returns where the map may begin."""
        painter.setFont(_font(20, bold=True))
        painter.setPen(QColor(self.theme.text))
        painter.drawText(inner, Qt.AlignmentFlag.AlignTop, self.scene.sheet.map.title)
        top = inner.top() + QFontMetricsF(painter.font()).height() * 1.15
        if text := filter_text(self.stage, self.scene.view):
            painter.setFont(_font(12))
            painter.setPen(QColor(self.theme.muted))
            line = QRectF(inner.left(), top, inner.width(), 40)
            flags = Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
            top = painter.boundingRect(line, flags, text).bottom() + 4
            painter.drawText(line, flags, text)
        return top

    def _paint_points(self, painter: QPainter, target: QRectF) -> None:
        frame = QRectF(*self.scene.sheet.map.frame)
        scale = target.width() / frame.width()
        painter.save()
        painter.translate(target.topLeft() - frame.topLeft() * scale)
        paint_scene(painter, self.stage.catalogue, self.scene, self.theme, frame, scale)
        painter.restore()

    def _paint_names(self, painter: QPainter, area: QRectF, names: list[str], rows: int) -> None:
        painter.setFont(_font(10))
        painter.setPen(QColor(self.theme.text))
        column, row = area.width() / COLUMNS, area.height() / rows
        split = [name.partition("\t") for name in names]
        metrics = QFontMetricsF(painter.font())
        codes = max(metrics.horizontalAdvance(code) for code, _, _ in split) + 6
        for i, (code, _, rest) in enumerate(split):
            x, y = area.left() + (i // rows) * column, area.top() + (i % rows) * row
            left = Qt.AlignmentFlag.AlignLeft
            painter.drawText(QRectF(x, y, codes, row), left, code)
            painter.drawText(QRectF(x + codes, y, column - codes - 2, row), left, rest)

    def _paint_foot(self, painter: QPainter, inner: QRectF, count: int) -> None:
        painter.setFont(_font(9))
        painter.setPen(QColor(self.theme.muted))
        bottom = Qt.AlignmentFlag.AlignBottom
        painter.drawText(inner, bottom | Qt.AlignmentFlag.AlignLeft, DISCLAIMER)
        note = f"{count} points on this map" + (", too many to name" if count > LISTED else "")
        if others := self.scene.matching.bit_count() - count:
            note += f", {others} more on other maps"
        painter.drawText(inner, bottom | Qt.AlignmentFlag.AlignRight, f"{note} · Acupoint Atlas")


def paint_scene(
    painter: QPainter, catalogue: Catalogue, scene: MapScene, theme: Theme, area: QRectF,
    scale: float,
) -> None:  # fmt: skip
    """All that a scene shows on an area of its drawing, where the origin is the drawing's own.

    `scale` is painter units per drawing unit.
    """
    to_page = QTransform.fromScale(scale, scale)
    visible = to_page.mapRect(area)
    paint_courses(painter, scene, theme, to_page, visible)
    draw_markers(painter, scene, catalogue, theme, scale)
    for paint in (paint_measure, paint_selection, NamePainter()):
        paint(painter, scene, theme, to_page, visible)


def _paint_drawing(painter: QPainter, target: QRectF, drawing: QSvgRenderer) -> None:
    """The drawing as an image: Qt's PDF output loses the opacity of its shading."""
    image = QImage(
        round(target.width() * PRINT_SCALE),
        round(target.height() * PRINT_SCALE),
        QImage.Format.Format_ARGB32_Premultiplied,
    )
    image.fill(Qt.GlobalColor.transparent)
    inside = QPainter(image)
    drawing.render(inside)
    inside.end()
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(target, image)


def filter_text(stage: Stage, view: View) -> str:
    """What a view is filtered by, in words."""
    query = view.query
    return " · ".join(stage.facets.describe(query, part) for part in query.active)


def _font(size: int, *, bold: bool = False) -> QFont:
    font = QFont()
    font.setPixelSize(size)
    font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return font
