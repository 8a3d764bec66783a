"""Relative dates count from the day that a text bears, look back where it tells, and are read in four languages."""

import datetime
import threading
from pathlib import Path

import pytest

from models.engines.base import Finished, Request
from models.engines.starter.dates import find_dates
from models.engines.starter.engine import StarterEngine
from models.engines.starter.extraction import COUNTED_FROM_TEXT, COUNTED_FROM_TODAY
from models.pii.analyzer import Analyzer
from models.skills.loader import load_packs

TODAY = datetime.date(2025, 3, 5)  # a Wednesday


def last(text: str) -> tuple[str, str]:
    date = find_dates(text, TODAY)[-1]
    return date.text, date.iso


@pytest.mark.parametrize(
    "head",
    [
        "Date: 11 March 2026\n\n",
        "From: A\nSent: Wednesday, 11 March 2026 16:42\nSubject: x\n\n",
        "Datum: 11.03.2026\n\n",
        "Leeds, 11 March 2026\n\nDear Sir,\n\n",
        "11 March 2026\n\n",
        "Minutes of the board meeting held on 11 March 2026 in Bristol.\n\n",
        "Stand-up, 11 March 2026. ",
        "[2026-03-11 09:02] Maria: ",
        "Comment by Ingrid, 11 March 2026: ",
        "On Wed, 11 March 2026 at 10:00, A wrote:\n> ",
        "Sent: 2 January 2020\n\nI agree.\n\nUpdate from Ben, 11 March 2026: ",
    ],
)
def test_tomorrow_counts_from_the_day_that_the_text_bears(head: str) -> None:
    assert last(f"{head}I will call tomorrow.") == ("tomorrow", "2026-03-12")


@pytest.mark.parametrize(
    "head",
    [
        "Due date: 11 March 2026\n",
        "Date of birth: 11 March 1986\n",
        "We met on 11 March 2024. ",
        "I confirm the meeting on 11 March 2026. ",
        "The lease began on 11 March 2020 and ",
        "Our next meeting: 11 March 2026\n",
    ],
)
def test_any_other_date_is_not_the_day_that_the_text_bears(head: str) -> None:
    assert last(f"{head}I will call tomorrow.") == ("tomorrow", "2025-03-06")


@pytest.mark.parametrize(
    ("text", "words", "iso"),
    [
        ("The mayor announced it on Monday.", "Monday", "2025-03-03"),
        ("Since the update on Saturday it fails.", "Saturday", "2025-03-01"),
        ("The board is expected on Monday.", "Monday", "2025-03-10"),
        ("We agreed to meet on Monday.", "Monday", "2025-03-10"),
        ("I spoke to them and will call on Monday.", "Monday", "2025-03-10"),
        ("I fly next Monday and stay until Thursday.", "Thursday", "2025-03-13"),
        ("I fly next Monday. Answer by Thursday.", "Thursday", "2025-03-06"),
        ("Please order it for Friday evening.", "Friday", "2025-03-07"),
        ("Could you come this afternoon?", "this afternoon", "2025-03-05"),
        ("It rang last night.", "last night", "2025-03-04"),
        ("We leave on the 14th.", "the 14th", "2025-03-14"),
        ("We leave on the 2nd, if at all.", "the 2nd", "2025-04-02"),
        ("A scan on Tuesday showed nothing.", "Tuesday", "2025-03-04"),
        ("No later than the 15th of next month.", "the 15th of next month", "2025-04-15"),
        ("I was born on 07.04.1981. Call me on 1 December.", "1 December", "2025-12-01"),
        ("A customer since May 2012. Call me on 1 December.", "1 December", "2025-12-01"),
    ],
)
def test_a_day_lies_where_the_words_put_it(text: str, words: str, iso: str) -> None:
    assert last(text) == (words, iso)


@pytest.mark.parametrize(
    ("text", "words", "iso"),
    [
        ("Ich habe das nicht, wir sehen uns übermorgen und ich bringe die Liste.", "übermorgen", "2025-03-07"),
        ("Bitte schicken Sie mir die Liste, ich brauche sie bis Freitag für das Amt.", "Freitag", "2025-03-07"),
        ("Ich bin seit Montag krank und habe die Liste nicht.", "Montag", "2025-03-03"),
        ("Die Liste ist nicht da, ich komme in zwei Wochen.", "in zwei Wochen", "2025-03-19"),
        ("Wir haben das nicht vor der Sitzung, die ist nächsten Dienstag.", "nächsten Dienstag", "2025-03-11"),
        ("Die Frist ist der 15. Mai, das ist nicht mehr lang und ich weiß es.", "15. Mai", "2025-05-15"),
        ("Je ne peux pas venir, la liste est perdue depuis hier.", "hier", "2025-03-04"),
        ("Je vous envoie la liste pour le dossier vendredi prochain.", "vendredi prochain", "2025-03-07"),
        ("Je vous envoie la liste pour le dossier dans deux semaines.", "dans deux semaines", "2025-03-19"),
        ("Je ne suis pas venu, il y a trois jours que la liste est perdue.", "il y a trois jours", "2025-03-02"),
        ("No es para hoy, los papeles están listos antes del viernes.", "viernes", "2025-03-07"),
        ("La lista no está lista, pero las cajas llegan pasado mañana.", "pasado mañana", "2025-03-07"),
        ("La lista no está, pero los papeles llegan la próxima semana.", "próxima semana", "2025-03-10/2025-03-16"),
    ],
)
def test_german_french_and_spanish_words_are_counted_too(text: str, words: str, iso: str) -> None:
    assert last(text) == (words, iso)


def test_words_of_another_language_are_no_dates_in_english() -> None:
    assert (
        find_dates("On the 4th floor the hier archy of the word morgen was never discussed in the paper.", TODAY) == []
    )


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("Call me tomorrow.", COUNTED_FROM_TODAY),
        ("Date: 3 March 2024\n\nCall me tomorrow.", COUNTED_FROM_TEXT),
        ("The lease ends on 3 March 2024.", ""),
        (f"Date: 3 March 2024\n\n{'Nothing was said. ' * 3000}\n\nCall me tomorrow.", COUNTED_FROM_TEXT),
    ],
)
def test_the_line_under_the_answer_says_from_when(text: str, note: str) -> None:
    engine = StarterEngine(Analyzer(()), Path("resources"))
    task = load_packs(Path("resources/skills")).get("T06")
    *_, finished = engine.run(Request(task, text, today=TODAY), threading.Event())
    assert isinstance(finished, Finished)
    assert finished.note == note
    engine.close()


@pytest.mark.parametrize("task_id", ["T04", "T08"])
def test_the_line_under_the_answer_names_another_language(task_id: str) -> None:
    engine = StarterEngine(Analyzer(()), Path("resources"))
    task = load_packs(Path("resources/skills")).get(task_id)
    text = "Ich bin mit der Lieferung sehr zufrieden und werde wieder bei Ihnen bestellen, das ist ein guter Laden."
    *_, finished = engine.run(Request(task, text, today=TODAY), threading.Event())
    assert isinstance(finished, Finished)
    assert "German" in finished.note
    engine.close()
