"""The few icons, drawn from SVG in the theme's colour."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap


def icon(resources: Path, name: str, color: str = "") -> QIcon:
    """Icon ``resources/icons/NAME.svg``; ``color`` stands in for ``currentColor``. Sharp up to 300 % scaling."""
    from PySide6.QtSvg import QSvgRenderer

    svg = (resources / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    if color:
        svg = svg.replace("currentColor", QColor(color).name())
    renderer = QSvgRenderer(QByteArray(svg.encode()))
    result = QIcon()
    for side in (16, 20, 32, 48, 64, 128):
        pixmap = QPixmap(QSize(side, side))
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        renderer.render(painter)
        painter.end()
        result.addPixmap(pixmap)
    return result
