"""What the document does not have is marked in the answer, and each value leads to its own place."""

from pathlib import Path

from PySide6.QtGui import QTextCharFormat
from pytestqt.qtbot import QtBot

from desktop.gui.answer_view import AnswerView
from models.skills.loader import load_packs
from models.skills.parsing import parse_answer
from models.skills.skill import Task

TASKS = {task.id: task for task in load_packs(Path(__file__).resolve().parents[3] / "resources" / "skills").tasks}
DOCUMENT = "Present: Maria Lopez. The rent of 1,240.50 EUR rises by eight per cent. Invoice number: 2026-0417."


def shown(qtbot: QtBot, task: Task, raw: str) -> AnswerView:
    view = AnswerView()
    qtbot.addWidget(view)
    view.show_answer(task, parse_answer(task, raw, DOCUMENT))
    return view


def underlined(view: AnswerView) -> list[str]:
    words: list[str] = []
    block = view.text.document().begin()
    while block.isValid():
        words += [
            block.text()[part.start : part.start + part.length]
            for part in block.textFormats()
            if part.format.underlineStyle() == QTextCharFormat.UnderlineStyle.WaveUnderline
        ]
        block = block.next()
    return words


def test_a_name_and_a_figure_that_the_document_lacks_are_underlined_and_explained(qtbot: QtBot) -> None:
    view = shown(qtbot, TASKS["T07"], "- The rent rises by 9 per cent.\n- It was told to Ms Bergman.")
    assert underlined(view) == ["9", "Bergman"]
    assert "not in the document" in view.text.toPlainText()


def test_a_summary_that_keeps_to_the_document_has_no_marks(qtbot: QtBot) -> None:
    view = shown(qtbot, TASKS["T07"], "- The rent rises by 8 per cent, says Lopez.")
    assert underlined(view) == []
    assert "not in the document" not in view.text.toPlainText()


def test_a_value_that_the_document_lacks_is_told_in_its_own_cell(qtbot: QtBot) -> None:
    raw = '{"items":[{"key":"Invoice number","value":"2026-0418"}],"confidence":[[0.9,0.2]]}'
    view = shown(qtbot, TASKS["T05"], raw)
    key, value = view.table.item(0, 0), view.table.item(0, 1)
    assert key is not None
    assert value is not None
    assert "check it" not in key.toolTip()
    assert "does not stand in the document" in value.toolTip()
    assert "unsure" in value.toolTip()


def test_each_cell_leads_to_its_own_place(qtbot: QtBot) -> None:
    view = shown(qtbot, TASKS["T05"], '{"items":[{"key":"Invoice number","value":"2026-0417"}]}')
    places: list[tuple[int, int]] = []
    view.span_chosen.connect(lambda start, end: places.append((start, end)))
    view.table.setCurrentCell(0, 1)
    view.table.setCurrentCell(0, 0)
    assert [DOCUMENT[start:end] for start, end in places] == ["2026-0417", "Invoice number"]
