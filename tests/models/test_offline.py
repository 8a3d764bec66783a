"""The offline switch is enforced below the libraries, and where it cannot be told the network stays closed."""

import socket
import ssl
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import httpx2
import openai
import pytest
from hub import Hub, hub

from models.errors import Offline
from models.offline import GUARD, forced

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def server() -> Iterator[Hub]:
    with hub() as running:
        yield running


@pytest.mark.parametrize(("value", "on"), [("1", True), ("yes", True), ("x", True), ("", False), ("0", False),
                                           ("off", False), (" No ", False)])  # fmt: skip
def test_the_environment_forbids_the_network_unless_it_says_no(value: str, on: bool) -> None:
    assert forced({"STRONGROOM_OFFLINE": value}) is on
    assert forced({}) is False


def test_no_library_gets_a_socket_while_offline(server: Hub) -> None:
    with GUARD.watching(lambda: True):
        with pytest.raises(Offline):
            httpx2.get(server.url, trust_env=False)
        with pytest.raises(Offline):
            urllib.request.urlopen(server.url)
        with openai.OpenAI(api_key="k", base_url=f"{server.url}/v1", max_retries=0) as client, pytest.raises(Offline):
            client.models.list()
        for family in (socket.AF_INET, socket.AF_INET6):
            with pytest.raises(Offline):
                socket.socket(family)
        with pytest.raises(Offline):
            ssl.create_default_context().wrap_socket(socket.socket(socket.AF_INET))
    assert server.requests == []


def test_no_name_is_looked_up_while_offline() -> None:
    with GUARD.watching(lambda: True):
        for look_up in (socket.gethostbyname, socket.gethostbyaddr, lambda host: socket.getaddrinfo(host, 443)):
            with pytest.raises(Offline):
                look_up("example.org")


def test_a_socket_that_was_made_before_the_switch_cannot_connect_or_send_a_datagram(server: Hub) -> None:
    with socket.socket() as stream, socket.socket(type=socket.SOCK_DGRAM) as datagram, GUARD.watching(lambda: True):
        with pytest.raises(Offline):
            stream.connect(("127.0.0.1", server.port))
        with pytest.raises(Offline):
            stream.connect_ex(("127.0.0.1", server.port))
        with pytest.raises(Offline):
            datagram.sendto(b"x", ("127.0.0.1", server.port))
        with pytest.raises(Offline):
            datagram.sendmsg([b"x"], [], 0, ("127.0.0.1", server.port))
        with pytest.raises(Offline):
            stream.bind(("127.0.0.1", 0))


def test_pipes_between_our_own_processes_go_on() -> None:
    import multiprocessing

    with GUARD.watching(lambda: True):
        one, other = multiprocessing.Pipe()
        one.send("still here")
        assert other.recv() == "still here"
        one.close()
        other.close()


def test_where_the_switch_cannot_be_read_the_network_is_closed() -> None:
    def broken() -> bool:
        raise OSError("the settings are gone")

    with GUARD.watching(broken), pytest.raises(Offline):
        socket.socket()


def test_switched_off_the_network_works_at_once(server: Hub) -> None:
    offline = [True]
    with GUARD.watching(lambda: offline[0]):
        with pytest.raises(Offline):
            httpx2.get(server.url, trust_env=False)
        offline[0] = False
        assert httpx2.get(server.url, trust_env=False).status_code == 404


def test_after_the_block_the_guard_is_out_of_the_way() -> None:
    with GUARD.watching(lambda: True):
        pass
    socket.socket().close()
    assert not GUARD.closed


def test_a_process_can_forbid_itself_the_network_for_good() -> None:
    code = """
import gc, socket
from models.errors import Offline
from models.offline import GUARD
GUARD.forbid()
gc.collect()
try:
    socket.socket()
except Offline:
    print("refused")
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "refused\n"
