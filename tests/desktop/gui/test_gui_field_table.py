"""What the table of fields looks like, in both themes."""

from typing import Any

import pytest
from contrast import contrast
from PySide6.QtWidgets import QApplication

from desktop.gui.taxonomy_fields import FieldTable
from desktop.gui.theme import Theme, ThemeChoice
from desktop.paths import default_paths
from models.skills.skill import Field


@pytest.mark.parametrize("chosen", [False, True], ids=["", "in a chosen row"])
@pytest.mark.parametrize("required", [False, True])
@pytest.mark.parametrize("choice", ["light", "dark"])
def test_a_check_box_stands_out_from_its_row(
    qtbot: Any, qapp: QApplication, choice: ThemeChoice, required: bool, chosen: bool
) -> None:
    theme = Theme(qapp, default_paths().resources, choice)
    table = FieldTable()
    qtbot.addWidget(table)
    table.show_fields([Field(name, name, required=required) for name in ("one", "two")])
    table.resize(720, 200)
    table.show()
    for row in range(table.rowCount()):
        if chosen:
            table.selectRow(row)
        cell = table.visualItemRect(table.item(row, 4))
        line = table.viewport().grab(cell).toImage()
        ratio = line.devicePixelRatio()
        colors = [line.pixelColor(x, line.height() // 2).name() for x in range(int(40 * ratio))]
        ground = colors[int(3 * ratio)]
        assert ground in {theme.colors.surface, theme.colors.window, theme.colors.accent_soft}
        assert max(contrast(color, ground) for color in colors[1:]) >= 3
