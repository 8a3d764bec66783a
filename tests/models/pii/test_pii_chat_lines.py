"""Account names in chats, games and reports of accounts."""

import time

import pytest

from models.pii.recognizers.chat_line import ChatLineRecognizer

RECOGNIZER = ChatLineRecognizer()


def found(text: str) -> set[str]:
    return {text[f.start : f.end] for f in RECOGNIZER.find(text)}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("zola_88: hello there\nben: hi you\nzola_88: ok then", {"zola_88"}),
        ("[12:04] rosie: hi you\n[12:05] ben: yes ok\n[12:06] rosie: no no", {"rosie"}),
        ("tomas1967 12.35\nmy mum said no", {"tomas1967"}),
        ("mo.ali42 4:25 pm\nok", {"mo.ali42"}),
        ("Account florenceb66, phone 12", {"florenceb66"}),
        ("Account rosie was locked", {"rosie"}),
        ("gamertag: NightHeron77", {"NightHeron77"}),
    ],
)
def test_a_name_of_an_account_is_found(text: str, names: set[str]) -> None:
    assert found(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "step1: do it\nstep2: do that\nstep1: again now",
        "user_name: x y\nmax_size: 3 4\nuser_name: a b",
        "error: bad thing\nnote: good one\nerror: bad again",
        "12:00:01 kernel: usb found\n12:00:02 usbhid: usb lost\n12:00:03 kernel: usb lost",
        "listen 8:30\nnews 9:00",
        "monday 12:30",
        "Account holder, phone",
        "steam is nice",
        "sha256: ab cd\nmd5: ef gh\nsha256: ij kl",
    ],
)
def test_keys_logs_and_timetables_are_not(text: str) -> None:
    assert found(text) == set()


@pytest.mark.parametrize("piece", ["a_1: b\n", "[12:04] ab: c d\n", "abc12 12:30\n", "Account abcd ", "gamertag: a"])
def test_time_is_linear_in_hostile_text(piece: str) -> None:
    started = time.process_time()
    list(RECOGNIZER.find(piece * 8_000))
    assert time.process_time() - started < 8
