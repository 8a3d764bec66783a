"""What the kernel refuses once the network is forbidden: native code and children too. Linux."""

import subprocess
import sys
from pathlib import Path

import pytest

from models.kernel_filter import program

ROOT = Path(__file__).resolve().parents[2]
TRY = """
import ctypes, socket, subprocess, sys, threading
def opens(family, kind=1):
    libc = ctypes.CDLL(None, use_errno=True)  # as native code does it, past every hook of Python
    return libc.socket(family, kind, 0) >= 0
"""


def run(code: str) -> list[str]:
    done = subprocess.run([sys.executable, "-c", TRY + code], cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.split()


def test_native_code_gets_no_socket_that_leads_out_but_pipes_go_on() -> None:
    told = run("""
from models.kernel_filter import forbid_network
print(opens(socket.AF_INET), opens(socket.AF_INET6))
print(forbid_network())
print(opens(socket.AF_INET), opens(socket.AF_INET6), opens(socket.AF_INET, socket.SOCK_DGRAM))
one, other = socket.socketpair(); one.send(b"x"); print(other.recv(1) == b"x")
""")
    assert told == ["True", "True", "True", "False", "False", "False", "True"]


def test_children_and_threads_that_run_already_are_bound_by_it() -> None:
    told = run("""
from models.kernel_filter import forbid_network
go = threading.Event(); seen = []
thread = threading.Thread(target=lambda: (go.wait(), seen.append(opens(socket.AF_INET)))); thread.start()
forbid_network(); go.set(); thread.join(); print(seen[0])
child = "import ctypes; print(ctypes.CDLL(None).socket(2, 1, 0) >= 0)"
print(subprocess.run([sys.executable, "-c", child], capture_output=True, text=True).stdout.strip())
""")
    assert told == ["False", "False"]


def test_it_can_be_forbidden_twice() -> None:
    told = run("""
from models.kernel_filter import forbid_network
print(forbid_network(), forbid_network(), opens(socket.AF_INET))
""")
    assert told == ["True", "True", "False"]


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_every_jump_of_the_filter_ends_at_a_verdict(machine: str) -> None:
    import struct

    lines = [struct.unpack("=HBBI", program(machine)[at : at + 8]) for at in range(0, len(program(machine)), 8)]
    assert lines[-1][0] == lines[-2][0] == 0x06
    for number, (code, if_true, if_false, _value) in enumerate(lines):
        if code in (0x15, 0x35):
            assert number + 1 + max(if_true, if_false) < len(lines)


def test_with_the_variable_set_the_whole_program_has_no_network() -> None:
    code = """
import os
os.environ["STRONGROOM_OFFLINE"] = "1"
from desktop.__main__ import main
sys.argv = ["strongroom", "models", "list", "--json"]
main()
print("\\n", opens(socket.AF_INET))
"""
    assert run(code)[-1] == "False"
