"""Two assets to a `Match`: the nearest of their views, judged by the measured rules.

A view is the picture as it is, or without its plain border (fingerprints whose `version` ends in "; …"); each is compared
as it is, mirrored, and turned upside down.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from provenance.errors import UsageError
from provenance.match.codes import DIGITS, Turn, distance, turned
from provenance.match.rules import Rule, rules
from provenance.records import Asset, Fingerprint, Match, Stretch, Transform, Verdict

View = dict[str, Fingerprint]
ORDER: Mapping[Verdict, int] = {"same": 0, "likely": 1, "possible": 2}
TURNS: tuple[Turn | None, ...] = (None, "mirrored", "rotated")
WHOLE = frozenset({"", "without its plain border"})
"""The views that hashes alone may be compared by."""
_SHOWN = 60
"""Bits of PDQ from which on two inner pictures are not near: of 555 pairs of framed copies of one photograph 2 lie beyond it, of
234 pairs of distinct screenshots that hashes of the whole would call possible all but 2 (development half)."""
_SAME_SHAPE = 0.02  # of the ratio of sides: rounding when a picture is made smaller stays below
_NAMES = {"pdq": "PDQ", "phash": "pHash", "dhash": "dHash"}


@dataclass(frozen=True, slots=True)
class Found:
    """A rule that holds for one view of each asset, and how near they are."""

    rule: Rule
    distances: Mapping[str, int]
    left: View
    right: View
    framed: bool = False
    turn: Turn | None = None

    @property
    def verdict(self) -> Verdict:
        """A turned hash is told from bits, not from pixels, so it is never more than likely."""
        return "likely" if self.turn and self.rule.verdict == "same" else self.rule.verdict

    @property
    def rank(self) -> tuple[int, bool, int]:
        """The surer and the plainer first, then the nearer."""
        return ORDER[self.verdict], self.turn is not None, sum(self.distances.values())


def compare(left: Asset, right: Asset) -> Match | None:
    """Whether two assets are the same picture, as far as bytes and hashes can tell.

    None means that nothing was found, not that they differ: crops of a tenth and more, screenshots and collages are
    not found by hashes of the whole picture.
    """
    if left.sha256 == right.sha256:
        return _same_bytes(left)
    found = best(left, right)
    return _match(found, left, right) if found else None


def best(left: Asset, right: Asset) -> Found | None:
    """The surest rule that holds for any view and turn, by hashes alone.

    Two screenshots whose frames are alike and whose pictures are not are no possible match.
    """
    found = min(_found(left, right), key=lambda found: found.rank, default=None)
    return None if found and found.verdict == "possible" and only_frames_alike(left, right) else found


def only_frames_alike(left: Asset, right: Asset) -> bool:
    """Whether both hold inner pictures of which none is near any of the other's: what is alike of the whole is the frame."""
    ours, theirs = shown(left, "pdq"), shown(right, "pdq")
    near = (distance(turned("pdq", a.value, t) if t else a.value, b.value) <= _SHOWN for a in ours for b in theirs for t in TURNS)
    return bool(ours and theirs) and not any(near)


def shown(asset: Asset, algorithm: str) -> list[Fingerprint]:
    """The fingerprints of its inner pictures by one algorithm."""
    return [p for p in asset.fingerprints if p.algorithm == algorithm and view_of(p).startswith("inner picture")]


def _same_bytes(asset: Asset) -> Match:
    return Match(
        asset=asset.sha256,
        other=asset.sha256,
        verdict="same",
        algorithm="sha256",
        distance=0,
        transform="exact",
        explanation=f"The same {asset.size} bytes, sha256 {asset.sha256[:12]}….",
        error_rate=0.0,
    )


def _found(left: Asset, right: Asset) -> Iterator[Found]:
    for name, view in views(left).items():
        for other_name, other in views(right).items():
            for turn in TURNS:
                distances = _distances(view, other, turn)
                rule = next((r for r in rules().pairs if r.holds(distances)), None)
                if rule:
                    yield Found(rule, distances, view, other, bool(name or other_name), turn)


def views(asset: Asset) -> dict[str, View]:
    """The fingerprints of an asset by what they are of ("" is the whole picture), then by algorithm.

    Those of crops and inner pictures are left out: an interface's parts are alike in every screenshot of it.
    """
    found: dict[str, View] = {}
    for print_ in asset.fingerprints:
        view = view_of(print_)
        if view in WHOLE and print_.algorithm in DIGITS:
            found.setdefault(view, {})[print_.algorithm] = print_
    return found


def _distances(left: View, right: View, turn: Turn | None) -> dict[str, int]:
    """Bits that differ, for the algorithms that both have; hashes of unlike lengths are never compared."""
    found = {}
    for name, print_ in left.items():
        other = right.get(name)
        if other and other.bits == print_.bits:
            found[name] = distance(turned(name, print_.value, turn) if turn else print_.value, other.value)
    return found


def _match(found: Found, left: Asset, right: Asset) -> Match:
    return Match(
        asset=left.sha256,
        other=right.sha256,
        verdict=found.verdict,
        algorithm="pdq",
        distance=found.distances["pdq"],
        quality=_quality(found.left, found.right),
        transform=_transform(found, left, right),
        explanation=_explanation(found),
        error_rate=found.rule.error_rate,
    )


def _quality(left: View, right: View) -> int | None:
    known = [view["pdq"].quality for view in (left, right) if view["pdq"].quality is not None]
    return min(known, default=None)


def _transform(found: Found, left: Asset, right: Asset) -> Transform:
    if found.turn:
        return found.turn
    if found.framed:
        return "framed"
    sizes = (left.width, left.height), (right.width, right.height)
    return "resized" if sizes[0] != sizes[1] and found.verdict == "same" and _same_shape(left, right) else "unknown"


def _same_shape(left: Asset, right: Asset) -> bool:
    if not (left.width and left.height and right.width and right.height):
        return False
    ratio = (left.width * right.height) / (left.height * right.width)
    return abs(ratio - 1) <= _SAME_SHAPE


def _explanation(found: Found) -> str:
    bits = [f"{_NAMES[name]} differs in {found.distances[name]} of {found.left[name].bits} bits" for name in found.rule.needs]
    how = {"mirrored": "Mirrored, ", "rotated": "Turned upside down, ", None: ""}[found.turn]
    frame = "Without plain borders, " if found.framed else ""
    said = f"{frame}{how.lower() if frame else how}{', '.join(bits)}"
    return f"{said}; {_measured(found.rule)}."


def _measured(rule: Rule) -> str:
    return f"so near were {rule.wrong or 'none'} of {rule.pairs:,} pairs of different photographs ({rule.worst})"


def by_hash(algorithm: str, value: str, asset: Asset) -> Match | None:
    """Whether an asset is the picture of a bare hash; never "same", for nothing else is known of that picture.

    Args:
        algorithm: `pdq`, `phash` or `dhash`.
        value: the hash in hex.
        asset: what it is compared with. In the result, `asset` is `algorithm:value` and `other` this one's sha256.

    Raises:
        UsageError: no such algorithm, or not so many hex digits.
    """
    code = _checked(algorithm, value)
    near = [(distance(code, p.value), p) for p in asset.fingerprints if p.algorithm == algorithm and len(p.value) == len(code)]
    framed = bool(shown(asset, "pdq"))
    held = [
        (verdict, rule, bits, p)
        for bits, p in near
        for rule in rules().bare
        if rule.holds({algorithm: bits}) and (verdict := bare_verdict(rule, p, framed=framed))
    ]
    if not held:
        return None
    verdict, rule, bits, print_ = min(held, key=lambda found: (ORDER[found[0]], found[2]))
    view = view_of(print_)
    of = f" of its {view}" if view not in WHOLE else ""
    if print_.at is not None:
        of = f" of its {view} at {print_.at:.1f} s"
    taken_back = view in WHOLE and verdict != rule.verdict
    said = "yet it holds inner pictures, so it may be the frame that is alike" if taken_back else _measured(rule)
    return Match(
        asset=f"{algorithm}:{code}",
        other=asset.sha256,
        verdict=verdict,
        algorithm=algorithm,
        distance=bits,
        quality=print_.quality,
        transform="unknown" if print_.at is None else "frame-of-video",
        explanation=f"{_NAMES[algorithm]}{of} differs in {bits} of {print_.bits} bits; {said}.",
        error_rate=None if taken_back else rule.error_rate,
        other_at=None if print_.at is None else Stretch(start=print_.at, end=print_.at),
        in_part=print_.at is not None,
    )


def bare_verdict(rule: Rule, print_: Fingerprint, *, framed: bool) -> Verdict | None:
    """What a rule for bare hashes says of one fingerprint that is near enough for it.

    Parts of a picture answer only to the nearest rule of an algorithm, and are then possible; so do, by the coarser hashes,
    pictures with inner pictures: 64 bits of a screenshot tell little more than that it is one.

    Args:
        rule: one that holds.
        print_: the fingerprint that was near.
        framed: whether its asset holds inner pictures.
    """
    nearest = rule == next(r for r in rules().bare if r.needs.keys() == rule.needs.keys())
    if view_of(print_) in WHOLE and (print_.algorithm == "pdq" or not framed):
        return rule.verdict
    if print_.at is not None:
        return rule.verdict if nearest else None
    return "possible" if nearest else None


def view_of(print_: Fingerprint) -> str:
    """What of the picture a fingerprint is of: "" for the whole, "crop 3", "inner picture 1"."""
    return print_.version.partition(";")[2].strip()


def _checked(algorithm: str, value: str) -> str:
    if algorithm not in DIGITS:
        raise UsageError(f"{algorithm}: no such hash here", f"one of {', '.join(DIGITS)}")
    digits, code = DIGITS[algorithm], value.strip().lower()
    if len(code) != digits or set(code) - set("0123456789abcdef"):
        raise UsageError(f"{value[:80]}: not a {algorithm}", f"it has {digits} hex digits")
    return code
