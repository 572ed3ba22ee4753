"""The current map on paper and as a picture: PDF, SVG, PNG, printer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF, QSize, Qt
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
from PySide6.QtWidgets import QWidget

from atlas.body.drawing import themed
from atlas.catalog.query import members
from atlas.export import PICTURES
from atlas.problems import AtlasError
from atlas.scene import MapScene, Stage, View, resolve
from atlas.ui.canvas.courses import paint_courses
from atlas.ui.canvas.markers import draw_markers
from atlas.ui.canvas.measure import paint_measure, paint_selection
from atlas.ui.canvas.names import NamePainter
from atlas.ui.panels.footer import DISCLAIMER
from atlas.ui.theme import LIGHT, Theme

PAGE = QSize(794, 1123)  # A4 at 96 dots an inch: the units in which a page is laid out
MARGIN = 42.0
PRINT_SCALE = 3.0  # pixels of the drawing per unit of the page: 288 dots an inch
LISTED = 48  # points named under the map at the most


def export_picture(
    stage: Stage, view: View, path: Path, theme: Theme = LIGHT, size: QSize = PAGE
) -> None:
    """Draw a map into a file; the ending says the kind. Raises `AtlasError`."""
    kind = path.suffix.lower()
    if kind not in PICTURES:
        raise AtlasError(f"{path.name} does not end in one of {', '.join(PICTURES)}")
    if not path.parent.is_dir():
        raise AtlasError(f"{path.parent} is not a folder")
    scene = resolve(stage, view)
    draft = path.with_name(f".{path.name}.new{kind}")
    writer: Callable[..., bool] = {".pdf": _to_pdf, ".svg": _to_svg, ".png": _to_png}[kind]
    try:
        if not writer(stage, scene, draft, theme, size):
            raise AtlasError(f"{path} can't be written")
        draft.replace(path)
    except OSError as error:
        raise AtlasError(f"{path}: {(error.strerror or str(error)).lower()}") from None
    finally:
        draft.unlink(missing_ok=True)


def print_map(stage: Stage, view: View, parent: QWidget) -> None:
    """Ask for a printer and print the map on it, in the light theme."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    dialog = QPrintDialog(printer, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    scene = resolve(stage, view)

    def accepted() -> None:
        painter = QPainter(printer)
        page = printer.pageRect(QPrinter.Unit.DevicePixel)
        scale = min(page.width() / PAGE.width(), page.height() / PAGE.height())
        painter.scale(scale, scale)
        paint_page(painter, QRectF(0, 0, PAGE.width(), PAGE.height()), stage, scene, LIGHT)
        painter.end()

    dialog.accepted.connect(accepted)
    dialog.open()  # type: ignore[call-arg]


def _to_pdf(stage: Stage, scene: MapScene, path: Path, theme: Theme, size: QSize) -> bool:
    writer = QPdfWriter(str(path))
    writer.setTitle(scene.sheet.map.title)
    writer.setCreator("Acupoint Atlas")
    writer.setResolution(288)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Point)
    painter = QPainter()
    if not painter.begin(writer):
        return False
    painter.scale(writer.width() / size.width(), writer.width() / size.width())
    paint_page(painter, QRectF(0, 0, size.width(), size.height()), stage, scene, theme)
    return painter.end()


def _to_svg(stage: Stage, scene: MapScene, path: Path, theme: Theme, size: QSize) -> bool:
    generator = QSvgGenerator()
    generator.setFileName(str(path))
    generator.setSize(size)
    generator.setViewBox(QRectF(0, 0, size.width(), size.height()))
    generator.setTitle(scene.sheet.map.title)
    generator.setDescription(DISCLAIMER)
    painter = QPainter()
    if not painter.begin(generator):
        return False
    paint_page(painter, QRectF(0, 0, size.width(), size.height()), stage, scene, theme)
    return painter.end()


def _to_png(stage: Stage, scene: MapScene, path: Path, theme: Theme, size: QSize) -> bool:
    image = QImage(size * 2, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(QColor(theme.canvas))
    painter = QPainter(image)
    painter.scale(2, 2)
    paint_page(painter, QRectF(0, 0, size.width(), size.height()), stage, scene, theme)
    painter.end()
    return image.save(str(path))


def paint_page(
    painter: QPainter, page: QRectF, stage: Stage, scene: MapScene, theme: Theme
) -> None:
    """A page: title and filters, the map, the points on it by name, the disclaimer."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillRect(page, QColor(theme.panel))
    inner = page.adjusted(MARGIN, MARGIN * 0.8, -MARGIN, -MARGIN * 0.7)
    top = _paint_title(painter, inner, stage, scene, theme)
    listed = [stage.catalogue.points[i] for i in members(scene.matching)
              if scene.view.map_id in stage.catalogue.points[i].places]  # fmt: skip
    font = _font(10)
    row = QFontMetricsF(font).height() * 1.25
    names = [f"{p.code}\t{p.names.pinyin} {p.names.hanzi_simplified}" for p in listed]
    rows = -(-len(names) // 4) if len(names) <= LISTED else 0
    bottom = inner.bottom() - row * (rows + 1.8)
    area = QRectF(inner.left(), top, inner.width(), bottom - top)
    _paint_map(painter, area, stage, scene, theme)
    if rows:
        _paint_names(painter, QRectF(inner.left(), bottom + row * 0.5, inner.width(), row * rows),
                     names, rows, row, font, theme)  # fmt: skip
    painter.setFont(_font(9))
    painter.setPen(QColor(theme.muted))
    painter.drawText(inner, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, DISCLAIMER)
    note = f"{len(listed)} points on this map · Acupoint Atlas"
    painter.drawText(inner, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignRight, note)


def _paint_title(
    painter: QPainter, inner: QRectF, stage: Stage, scene: MapScene, theme: Theme
) -> float:
    """Title and filters; returns where the map may begin."""
    painter.setFont(_font(20, bold=True))
    painter.setPen(QColor(theme.text))
    painter.drawText(inner, Qt.AlignmentFlag.AlignTop, scene.sheet.map.title)
    top = inner.top() + QFontMetricsF(painter.font()).height() * 1.15
    text = filter_text(stage, scene.view)
    if text:
        painter.setFont(_font(12))
        painter.setPen(QColor(theme.muted))
        line = QRectF(inner.left(), top, inner.width(), 40)
        flags = Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        used = painter.boundingRect(line, flags, text)
        painter.drawText(line, flags, text)
        top = used.bottom() + 4
    return top


def filter_text(stage: Stage, view: View) -> str:
    """What a view is filtered by, in words."""
    parts = []
    for name in view.query.active:
        if name == "text":
            parts.append(f"“{view.query.text}”")
        else:
            chosen = sorted(view.query.chosen(name))
            parts.append(", ".join(stage.facets.value_title(name, value) for value in chosen))
    return " · ".join(parts)


def _paint_map(
    painter: QPainter, area: QRectF, stage: Stage, scene: MapScene, theme: Theme
) -> None:
    frame = QRectF(*scene.sheet.map.frame)
    scale = min(area.width() / frame.width(), area.height() / frame.height())
    width, height = frame.width() * scale, frame.height() * scale
    corner_x = area.left() + (area.width() - width) / 2
    svg = themed(
        stage.edition.drawing(scene.view.map_id).read_bytes(),
        theme.tones,
        bones="bones" in scene.view.layers,
    )
    target = QRectF(corner_x, area.top(), width, height)
    if isinstance(painter.device(), QSvgGenerator):
        QSvgRenderer(svg).render(painter, target)
    else:
        _paint_drawing(painter, target, svg)
    painter.save()
    painter.translate(corner_x - frame.left() * scale, area.top() - frame.top() * scale)
    to_page = QTransform.fromScale(scale, scale)
    visible = QRectF(frame.left() * scale, frame.top() * scale, width, height)
    paint_courses(painter, scene, theme, to_page, visible)
    draw_markers(painter, scene, stage.catalogue, theme, scale)
    paint_measure(painter, scene, theme, to_page, visible)
    paint_selection(painter, scene, theme, to_page, visible)
    NamePainter()(painter, scene, theme, to_page, visible)
    painter.restore()


def _paint_drawing(painter: QPainter, target: QRectF, svg: bytes) -> None:
    """The drawing as an image: Qt's PDF output loses the opacity of its shading."""
    image = QImage(
        round(target.width() * PRINT_SCALE),
        round(target.height() * PRINT_SCALE),
        QImage.Format.Format_ARGB32_Premultiplied,
    )
    image.fill(Qt.GlobalColor.transparent)
    inside = QPainter(image)
    QSvgRenderer(svg).render(inside)
    inside.end()
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(target, image)


def _paint_names(
    painter: QPainter,
    area: QRectF,
    names: list[str],
    rows: int,
    row: float,
    font: QFont,
    theme: Theme,
) -> None:
    painter.setFont(font)
    painter.setPen(QColor(theme.text))
    column = area.width() / 4
    for i, name in enumerate(names):
        code, _, rest = name.partition("\t")
        x = area.left() + (i // rows) * column
        y = area.top() + (i % rows) * row
        painter.drawText(QRectF(x, y, 40, row), Qt.AlignmentFlag.AlignLeft, code)
        painter.drawText(QRectF(x + 34, y, column - 36, row), Qt.AlignmentFlag.AlignLeft, rest)


def _font(size: int, *, bold: bool = False) -> QFont:
    font = QFont()
    font.setPixelSize(size)
    font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return font
