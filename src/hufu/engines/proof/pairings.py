"""Points of BLS12-381 and the pairing's product, checked against one. Nothing secret.

Numbers of the field of p^2 are pairs (a, b) for a + bu with u^2 = -1; those of the
field of p^12 are twelve coefficients of w with w^12 = 2w^6 - 2, so that u = w^6 - 1.
"""

from collections.abc import Sequence

from hufu.engines.proof.errors import ProofError

P = int(
    "1a0111ea397fe69a4b1ba7b6434bacd764774b84f38512bf6730d2a0f6b0f6241eabfffeb153ffff"
    "b9feffffffffaaab",
    16,
)
R = 0x73EDA753299D7D483339D80809A1D80553BDA402FFFE5BFEFFFFFFFF00000001
LOOP = 0xD201000000010000
G1_WIDTH, G2_WIDTH = 48, 96
COMPRESSED, INFINITY, LARGER = 0x80, 0x40, 0x20
DEGREE, HALF = 12, 6

Pair = tuple[int, int]
Point1 = tuple[int, int] | None
Point2 = tuple[Pair, Pair] | None
Twelve = list[int]
ONE: Twelve = [1] + [0] * (DEGREE - 1)


def times(a: Pair, b: Pair) -> Pair:
    """Multiply in the field of p^2."""
    return (a[0] * b[0] - a[1] * b[1]) % P, (a[0] * b[1] + a[1] * b[0]) % P


def minus(a: Pair, b: Pair) -> Pair:
    """Subtract in the field of p^2."""
    return (a[0] - b[0]) % P, (a[1] - b[1]) % P


def over(a: Pair, b: Pair) -> Pair:
    """Divide in the field of p^2."""
    norm = pow(b[0] * b[0] + b[1] * b[1], -1, P)
    return times(a, (b[0] * norm % P, -b[1] * norm % P))


def add1(a: Point1, b: Point1) -> Point1:
    """Add two points of G1's curve."""
    if a is None or b is None:
        return a or b
    if a[0] == b[0] and (a[1] + b[1]) % P == 0:
        return None
    if a == b:
        slope = 3 * a[0] * a[0] * pow(2 * a[1], -1, P)
    else:
        slope = (b[1] - a[1]) * pow(b[0] - a[0], -1, P)
    x = (slope * slope - a[0] - b[0]) % P
    return x, (slope * (a[0] - x) - a[1]) % P


def add2(a: Point2, b: Point2) -> Point2:
    """Add two points of G2's curve."""
    if a is None or b is None:
        return a or b
    if a[0] == b[0] and minus(a[1], b[1]) != (0, 0):
        return None
    slope = slope2(a, b)
    x = minus(minus(times(slope, slope), a[0]), b[0])
    return x, minus(times(slope, minus(a[0], x)), a[1])


def slope2(a: tuple[Pair, Pair], b: tuple[Pair, Pair]) -> Pair:
    """Return the slope of the line through two points, the tangent for one twice."""
    if a != b:
        return over(minus(b[1], a[1]), minus(b[0], a[0]))
    square = times(a[0], a[0])
    return over((3 * square[0], 3 * square[1]), (2 * a[1][0], 2 * a[1][1]))


def multiply1(point: Point1, factor: int) -> Point1:
    """Multiply a point of G1's curve."""
    total: Point1 = None
    for bit in f"{factor:b}":
        total = add1(total, total)
        total = add1(total, point) if bit == "1" else total
    return total


def multiply2(point: Point2, factor: int) -> Point2:
    """Multiply a point of G2's curve."""
    total: Point2 = None
    for bit in f"{factor:b}":
        total = add2(total, total)
        total = add2(total, point) if bit == "1" else total
    return total


def read_point1(data: bytes) -> tuple[int, int]:
    """Read a compressed point of G1, never infinity."""
    x = _coordinates(data)[0]
    square = (x**3 + 4) % P
    y = pow(square, (P + 1) // 4, P)
    if y * y % P != square:
        raise ProofError("beacon", "This is no point of the curve.")
    larger = y > P - y
    return x, y if larger == bool(data[0] & LARGER) else P - y


def read_point2(data: bytes) -> tuple[Pair, Pair]:
    """Read a compressed point of G2, never infinity."""
    high, low = _coordinates(data)
    x = (low, high)
    cube = times(times(x, x), x)
    square = ((cube[0] + 4) % P, (cube[1] + 4) % P)
    y = _root(square)
    if times(y, y) != square:
        raise ProofError("beacon", "This is no point of the curve.")
    larger = (y[1], y[0]) > ((-y[1]) % P, (-y[0]) % P)
    return x, y if larger == bool(data[0] & LARGER) else minus((0, 0), y)


def _coordinates(data: bytes) -> list[int]:
    if data[0] & (COMPRESSED | INFINITY) != COMPRESSED:
        raise ProofError("beacon", "This is no compressed point.")
    whole = bytes([data[0] & (LARGER - 1)]) + data[1:]
    starts = range(0, len(whole), G1_WIDTH)
    found = [int.from_bytes(whole[at : at + G1_WIDTH]) for at in starts]
    if any(number >= P for number in found):
        raise ProofError("beacon", "A coordinate is too large.")
    return found


def _root(square: Pair) -> Pair:
    """Return a square root in the field of p^2, if there is one (p = 3 mod 4)."""
    a, b = square
    norm = pow(a * a + b * b, (P + 1) // 4, P)
    half = pow(2, -1, P)
    real = (a + norm) * half % P
    if pow(real, (P - 1) // 2, P) == P - 1:
        real = (a - norm) * half % P
    x = pow(real, (P + 1) // 4, P)
    return (x, b * half * pow(x, -1, P) % P) if x else (0, pow(-a, (P + 1) // 4, P))


def is_one(pairs: Sequence[tuple[Point1, Point2]]) -> bool:
    """Say whether the product of the pairings of some points is one."""
    value, at = ONE, [q for _, q in pairs]
    for bit in f"{LOOP:b}"[1:]:
        value = _multiply(value, value)
        for number, (point, q) in enumerate(pairs):
            value, at[number] = _step(value, at[number], at[number], point)
            if bit == "1":
                value, at[number] = _step(value, at[number], q, point)
    return _power(value, (P**DEGREE - 1) // R) == ONE


def _step(value: Twelve, a: Point2, b: Point2, point: Point1) -> tuple[Twelve, Point2]:
    """Multiply by the line through two points, taken at a third; add the two."""
    if a is None or b is None or point is None:
        raise ProofError("beacon", "A point is at infinity.")
    slope = slope2(a, b)
    line = [0] * DEGREE
    rest = minus(a[1], times(slope, a[0]))
    across = (slope[0] * point[0], slope[1] * point[0])
    for power, (real, imaginary) in ((0, rest), (2, across), (3, (-point[1], 0))):
        line[power] = (real - imaginary) % P
        line[power + HALF] = imaginary % P
    return _multiply(value, line), add2(a, b)


def _multiply(a: Twelve, b: Twelve) -> Twelve:
    wide = [0] * (2 * DEGREE - 1)
    for i, x in enumerate(a):
        if x:
            for j, y in enumerate(b):
                wide[i + j] += x * y
    for power in range(2 * DEGREE - 2, DEGREE - 1, -1):
        wide[power - HALF] += 2 * wide[power]
        wide[power - DEGREE] -= 2 * wide[power]
    return [number % P for number in wide[:DEGREE]]


def _power(base: Twelve, exponent: int) -> Twelve:
    total = ONE
    for bit in f"{exponent:b}":
        total = _multiply(total, total)
        total = _multiply(total, base) if bit == "1" else total
    return total


G2: tuple[Pair, Pair] = read_point2(
    bytes.fromhex(
        "93e02b6052719f607dacd3a088274f65596bd0d09920b61ab5da61bbdc7f5049"
        "334cf11213945d57e5ac7d055d042b7e024aa2b2f08f0a91260805272dc51051"
        "c6e47ad4fa403b02b4510b647ae3d1770bac0326a805bbefd48056c8c121bdb8"
    )
)
NEGATIVE_G2 = (G2[0], minus((0, 0), G2[1]))
