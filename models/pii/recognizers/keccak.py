"""Keccak-256 as Ethereum uses it; hashlib has only the later SHA-3, which pads differently."""

_MASK = (1 << 64) - 1
_RATE = 136
_ROUNDS = 24
_ROTATIONS = (1, 3, 6, 10, 15, 21, 28, 36, 45, 55, 2, 14, 27, 41, 56, 8, 25, 43, 62, 18, 39, 61, 20, 44)
_LANES = (10, 7, 11, 17, 18, 3, 5, 16, 8, 21, 24, 4, 15, 23, 19, 13, 12, 2, 20, 14, 22, 9, 6, 1)


def _rotate(value: int, bits: int) -> int:
    return ((value << bits) | (value >> (64 - bits))) & _MASK


def _round_constants() -> list[int]:
    constants = []
    register = 1
    for _ in range(_ROUNDS):
        constant = 0
        for power in range(7):
            if register & 1:
                constant |= 1 << ((1 << power) - 1)
            register = (register << 1) ^ (0x171 if register & 0x80 else 0)
        constants.append(constant)
    return constants


def _permute(state: list[int]) -> None:
    for constant in _round_constants():
        parity = [state[x] ^ state[x + 5] ^ state[x + 10] ^ state[x + 15] ^ state[x + 20] for x in range(5)]
        for x in range(5):
            change = parity[(x + 4) % 5] ^ _rotate(parity[(x + 1) % 5], 1)
            for y in range(0, 25, 5):
                state[x + y] ^= change
        moving = state[1]
        for lane, bits in zip(_LANES, _ROTATIONS, strict=True):
            moving, state[lane] = state[lane], _rotate(moving, bits)
        for y in range(0, 25, 5):
            row = state[y : y + 5]
            for x in range(5):
                state[x + y] = row[x] ^ (~row[(x + 1) % 5] & _MASK & row[(x + 2) % 5])
        state[0] ^= constant


def keccak_256(data: bytes) -> bytes:
    """32-byte digest of ``data`` (G. Bertoni et al., The Keccak reference 3.0, capacity 512, padding 0x01)."""
    padded = bytearray(data) + b"\x01"
    padded += bytes(-len(padded) % _RATE)
    padded[-1] |= 0x80
    state = [0] * 25
    for block in range(0, len(padded), _RATE):
        for lane in range(_RATE // 8):
            state[lane] ^= int.from_bytes(padded[block + lane * 8 : block + lane * 8 + 8], "little")
        _permute(state)
    return b"".join(lane.to_bytes(8, "little") for lane in state[:4])
