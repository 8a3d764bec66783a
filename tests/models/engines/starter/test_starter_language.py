"""A text in another language is told, and English never is."""

import json
import threading
from pathlib import Path

import pytest

from models.engines.base import Chunk, Request
from models.engines.starter.engine import StarterEngine
from models.engines.starter.language import foreign_language
from models.pii.analyzer import Analyzer
from models.skills.loader import load_packs


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Ich habe die Rechnung nicht erhalten und bitte um eine Kopie für das Amt.", "German"),
        ("Je n'ai pas reçu la facture et vous demande une copie pour les impôts.", "French"),
        ("No he recibido la factura y les pido una copia para el banco, por favor.", "Spanish"),
        ("Non ho ricevuto la fattura e chiedo una copia per il mio ufficio.", "Italian"),
        ("Ik heb de factuur niet ontvangen en vraag een kopie voor het kantoor.", "Dutch"),
        ("Não recebi a fatura e peço uma cópia para os meus arquivos, mas com urgência.", "Portuguese"),
        ("Nie otrzymałem faktury, ale proszę o kopię, bo to jest dla mnie ważne.", "Polish"),
        ("Счёт до сих пор не пришёл, пришлите мне, пожалуйста, копию.", "another language"),
    ],
)
def test_another_language_is_told(text: str, language: str) -> None:
    assert foreign_language(text) == language


@pytest.mark.parametrize(
    "text",
    [
        "I have not received the invoice and ask for a copy.",
        "Die Hard is the best film that was made in the eighties.",
        "No la la land for me, thank you very much indeed.",
        "Invoice 4711, 12 March 2026, EUR 120.00",
        "",
    ],
)
def test_english_is_not(text: str) -> None:
    assert foreign_language(text) == ""


def test_no_english_example_of_the_packs_is_taken_for_another_language() -> None:
    packs = load_packs(Path("resources/skills"))
    texts = [example.text for task in packs.tasks for example in (*task.examples, *task.golden)]
    assert sum(bool(foreign_language(text)) for text in texts) <= len(texts) // 200


def test_the_answer_says_so() -> None:
    engine = StarterEngine(Analyzer(()), Path("resources"))
    task = load_packs(Path("resources/skills")).get("T01")
    text = "Ich bin mit der Lieferung sehr zufrieden und werde wieder bei Ihnen bestellen, das ist ein guter Laden."
    events = engine.run(Request(task, text), threading.Event())
    answer = json.loads("".join(event.text for event in events if isinstance(event, Chunk)))
    assert "German" in answer["reason"]
    engine.close()
