"""Clips held against stills and against one another: hashes say where to look, the frames' pixels whether it is the same.

Frames are judged by the rules for pictures. What is said of the whole is no surer than what is said of its frames.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from provenance.match import clips
from provenance.match.clips import Run
from provenance.match.compare import ORDER
from provenance.match.judge import ALIKE, Evidence
from provenance.match.rules import rules
from provenance.match.verdict import Compared, join
from provenance.records import Asset, Match, Sketch, Stretch, Verdict

Drawn = Callable[[list[float]], Mapping[float, Sketch]]
"""From seconds of a clip to the sketches of its frames there; fewer where they cannot be decoded."""
Pictured = tuple[Asset, Sketch | None]
_RICH = 150
"""Key points on both sides from which on it says something that no eight agree."""
_POINT = 8  # bytes of a key point in a sketch
_SURE_FRAMES = 3  # told by hash alone, where no pixels can be had
_SHORTLY = 60.0
_OTHER = 0.3
"""Share of cells that contradict from which on it is only the lettering or the logo of a broadcaster that both have."""
_EDGES = (0.2, 0.75)
"""Shares of the height between which no bars and logos lie, mostly."""
_TELLING, _BENEATH = 6, 0.35
"""Cells there that tell something, and the share of them that must look alike."""


@dataclass(frozen=True, slots=True)
class Side:
    """A picture or a clip, and how its pixels are had: `still` of a picture, `frames` of a clip."""

    asset: Asset
    still: Callable[[], Sketch | None]
    frames: Drawn


def compare(left: Side, right: Side) -> Compared:
    """How two assets match, of which one at least is a clip."""
    if left.asset.sha256 == right.asset.sha256:
        return join(left.asset, right.asset, None, None)
    if clips.is_clip(left.asset) and clips.is_clip(right.asset):
        return _clip_in_clip(left, right)
    if clips.is_clip(left.asset):
        return _still_in_clip(right, left, clip_first=True)
    return _still_in_clip(left, right, clip_first=False)


# ------------------------------------------------------------------ a still in a clip


def _still_in_clip(still: Side, clip: Side, *, clip_first: bool) -> Compared:
    tried: dict[float, Compared] = {}
    ways = (clips.moments(still.asset, clip.asset), clips.moments_by_points(still.asset, clip.asset))
    if not any(ways):
        return Compared(None, None)
    ours = still.still()

    def look(seconds: list[float]) -> None:
        drawn = clip.frames(seconds) if seconds else {}
        tried.update({at: _held((still.asset, ours), (clip.asset, drawn.get(at)), at, clip_first) for at in seconds})

    def rank(at: float) -> tuple[int, int]:
        match, bits = tried[at].match, clips.by_hash(still.asset, clip.asset, at)
        return (2 if match is None else match.verdict == "possible"), 0 if bits is None else bits

    for moments in ways:
        if not any(outcome.match for outcome in tried.values()):
            look([at for at in moments if at not in tried])
    at = min(tried, key=rank)
    if tried[at].match and (nearest := clips.nearest_moment(still.asset, clip.asset, at)) not in tried:
        look([nearest])
        at = min(tried, key=rank)
    best = tried[at]
    return replace(best, match=_in_clip(best.match, clip.asset, at, clip_first)) if best.match else best


def _held(still: Pictured, clip: Pictured, at: float, clip_first: bool) -> Compared:  # noqa: FBT001 - of one caller
    frame = clips.as_frame(clip[0], at)
    pair = ((frame, clip[1]), still) if clip_first else (still, (frame, clip[1]))
    found = _beneath(join(pair[0][0], pair[1][0], pair[0][1], pair[1][1], moving=True))
    if (
        found.match is None
        and not _is_other(found)
        and (bits := clips.by_hash(still[0], clip[0], at)) is not None
        and bits <= clips.SURE
    ):
        return replace(found, match=_told_by_hash(pair, bits, found))
    return found


def _beneath(found: Compared) -> Compared:
    """Less sure, or nothing, where two frames agree in what lies along their edges only.

    A broadcaster's bars, tickers and logos lie over every frame of its clips and of its stills. What lies beneath tells: the
    middle of the picture, where it has texture enough to tell by.
    """
    if found.match is None or found.evidence is None:
        return found
    if _is_other(found):
        return replace(found, match=None)
    cells, alike = _middle(found.evidence)
    if cells < _TELLING <= found.evidence.alike - alike and found.match.verdict != "possible":
        said = f"{found.match.explanation.removesuffix('.')}; the middle, where no bars lie, has hardly anything to tell it by."
        return replace(found, match=replace(found.match, verdict="possible", error_rate=None, explanation=said))
    return found


def _is_other(found: Compared) -> bool:
    """Whether what lies beneath the bars is another picture."""
    if found.evidence is None:
        return False
    cells, alike = _middle(found.evidence)
    weak = found.match is None or found.match.verdict == "possible"
    return (cells >= _TELLING and alike < _BENEATH * cells) or (weak and found.evidence.contradicted > _OTHER)


def _middle(evidence: Evidence) -> tuple[int, int]:
    """Cells with texture in the middle of the overlap, and how many of them look alike."""
    rows = evidence.counted.shape[0]
    middle = slice(round(rows * _EDGES[0]), max(1, round(rows * _EDGES[1])))
    counted = evidence.counted[middle]
    return int(counted.sum()), int((counted & (evidence.measured.correlation[middle] >= ALIKE)).sum())


def _told_by_hash(
    pair: tuple[tuple[Asset, Sketch | None], tuple[Asset, Sketch | None]], bits: int, found: Compared
) -> Match | None:
    """A match by PDQ alone, of a frame without key points or without bytes; less sure where key points speak against it."""
    (left, ours), (right, theirs) = pair
    rule = next((rule for rule in rules().bare if rule.holds({"pdq": bits})), None)
    if rule is None:
        return None
    rich = ours is not None and theirs is not None and min(len(ours.points), len(theirs.points)) >= _POINT * _RICH
    against = rich or found.evidence is not None
    said = "yet the pixels do not agree" if against else f"so near were {rule.wrong or 'none'} of {rule.pairs:,} pairs"
    return Match(
        asset=left.sha256,
        other=right.sha256,
        verdict="possible" if against else rule.verdict,
        algorithm="pdq",
        distance=bits,
        explanation=f"PDQ differs in {bits} of 256 bits; {said}.",
        error_rate=None if against else rule.error_rate,
    )


def _rank(found: Compared) -> tuple[int, float]:
    agreement = found.evidence.agreement if found.evidence else 0.0
    return (ORDER[found.match.verdict] if found.match else len(ORDER), -agreement)


def _in_clip(found: Match, clip: Asset, at: float, clip_first: bool) -> Match:  # noqa: FBT001 - of one caller
    how = f" ({found.transform})" if found.transform in ("mirrored", "rotated", "cropped", "framed", "overlaid") else ""
    moment = clips.shown_around(clip, at)
    return replace(
        found,
        transform="frame-of-video",
        explanation=f"The frame at {_stretch(moment)} of the clip{how}: {found.explanation}",
        asset_at=moment if clip_first else None,
        other_at=None if clip_first else moment,
        in_part=clips.shows_else(clip, [at]),
    )


# ------------------------------------------------------------------ a clip in a clip


def _clip_in_clip(left: Side, right: Side) -> Compared:
    run = clips.run(left.asset, right.asset)
    if run is None:
        return Compared(None, None)
    pairs = run.looked_at
    ours, theirs = left.frames([a for a, _ in pairs]), right.frames([b for _, b in pairs])
    found = [_frames_held((left.asset, a, ours.get(a)), (right.asset, b, theirs.get(b))) for a, b in pairs]
    verdict = _verdict(run, found, drawn=bool(ours and theirs))
    best = min(found, key=_rank)
    return replace(best, match=_run_match(run, verdict, best, (left.asset, right.asset)) if verdict else None)


def _frames_held(left: tuple[Asset, float, Sketch | None], right: tuple[Asset, float, Sketch | None]) -> Compared:
    """A frame of each: as pictures, or by PDQ alone where they have too few key points to be laid on one another."""
    pair = (clips.as_frame(left[0], left[1]), left[2]), (clips.as_frame(right[0], right[1]), right[2])
    found = _beneath(join(pair[0][0], pair[1][0], pair[0][1], pair[1][1], moving=True))
    bits = clips.by_hash(pair[0][0], right[0], right[1])
    if found.match is None and not _is_other(found) and bits is not None and bits <= clips.SURE:
        return replace(found, match=_told_by_hash(pair, bits, found))
    return found


def _verdict(run: Run, found: list[Compared], *, drawn: bool) -> Verdict | None:
    """As sure as most of the frames looked at; a frame in common, or a picture that stands still, makes no clip."""
    firm = [c.match.verdict for c in found if c.match and c.match.verdict != "possible"]
    if not drawn:
        return "likely" if run.is_long_enough and run.sure >= _SURE_FRAMES and run.changing > 1 else _maybe(run.sure > 0)
    if 3 * len(firm) >= 2 * len(found) and run.is_long_enough:
        return "same" if run.both and len(firm) == len(found) and set(firm) == {"same"} else "likely"
    return _maybe(any(c.match for c in found))


def _maybe(holds: bool) -> Verdict | None:  # noqa: FBT001 - a question's answer
    return "possible" if holds else None


def _run_match(run: Run, verdict: Verdict, best: Compared, assets: tuple[Asset, Asset]) -> Match:
    left, right = assets
    base = best.match or Match(
        asset=left.sha256, other=right.sha256, verdict=verdict, algorithm="pdq", explanation="PDQ of the frames is near"
    )
    in_part = not run.both and (
        clips.shows_else(left, [a for a, _ in run.pairs]) or clips.shows_else(right, [b for _, b in run.pairs])
    )
    return replace(
        base,
        verdict=verdict,
        explanation=f"{_said(run)}. Of the frames that agree best: {base.explanation}",
        error_rate=base.error_rate if verdict != "possible" else None,
        asset_at=run.ours,
        other_at=run.theirs,
        in_part=in_part,
    )


def _said(run: Run) -> str:
    count = len(run.pairs)
    where = f"{_stretch(run.ours)} of the first is {_stretch(run.theirs)} of the second{', mirrored' if run.mirrored else ''}"
    if not run.is_long_enough and run.changing <= 1:
        return f"{where}, but that is one picture ({count} frames of it): a title or a poster in both is not the clip"
    return f"{count} frames agree in their order: {where}"


def _stretch(part: Stretch) -> str:
    return clock(part.start) if part.start == part.end else f"{clock(part.start)} to {clock(part.end)}"


def clock(seconds: float) -> str:
    """Seconds as people read them: `12.5 s`, from a minute on `1:02.5`."""
    if seconds < _SHORTLY:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds, 1), 60)
    return f"{int(minutes)}:{rest:04.1f}"
