"""The picture that shows a match: both sides with what they share outlined, and what differs between them."""

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFont, ImageOps

from provenance.fingerprint.render import as_png, shown
from provenance.records import Alignment

_HEIGHT, _GAP, _HEAD = 480, 8, 26
_OUTLINE = (230, 30, 30)


def evidence(left: bytes, right: bytes, aligned: Alignment) -> bytes:
    """A PNG: both pictures with the shared part outlined, the second laid on the first, and the difference of the two.

    Raises:
        SourceError: one cannot be shown: `EmptySource`, `UnknownFormat`, `TooLarge` or `NotDecodable`.
    """
    ours, theirs = shown(left, _HEIGHT), shown(right, _HEIGHT)
    laid, covered = _laid(theirs, ours.size, aligned)
    apart = ImageOps.grayscale(ImageChops.difference(*(ImageOps.autocontrast(ImageOps.grayscale(p)) for p in (ours, laid))))
    apart = Image.composite(apart, Image.new("L", ours.size, 60), covered).convert("RGB")
    corners = np.array(aligned.outline).reshape(-1, 2)
    panels = (
        ("first", _outlined(ours, corners)),
        ("second", _outlined(theirs, _mapped(corners, np.linalg.inv(_matrix(aligned))))),
        ("second, laid on the first", laid),
        ("difference: white where they differ", apart),
    )
    return as_png(_sheet(panels))


def _matrix(aligned: Alignment) -> np.ndarray:
    return np.array(aligned.homography).reshape(3, 3)


def _mapped(places: np.ndarray, matrix: np.ndarray) -> np.ndarray:
    found = np.column_stack((places, np.ones(len(places)))) @ matrix.T
    return np.asarray(found[:, :2] / found[:, 2:])


def _laid(theirs: Image.Image, size: tuple[int, int], aligned: Alignment) -> tuple[Image.Image, Image.Image]:
    """The second picture in the first one's place, and where it is there at all."""
    back = np.diag([theirs.width, theirs.height, 1]) @ np.linalg.inv(_matrix(aligned)) @ np.diag([1 / size[0], 1 / size[1], 1])
    factors = (back / back[2, 2]).ravel()[:8].tolist()
    drawn = [
        picture.transform(size, Image.Transform.PERSPECTIVE, factors, Image.Resampling.BILINEAR)
        for picture in (theirs, Image.new("L", theirs.size, 255))
    ]
    return drawn[0], drawn[1]


def _outlined(picture: Image.Image, corners: np.ndarray) -> Image.Image:
    out = picture.copy()
    if len(corners) > 2:  # noqa: PLR2004 - a line encloses nothing
        line = [(float(x) * (out.width - 1), float(y) * (out.height - 1)) for x, y in corners]
        ImageDraw.Draw(out).line([*line, line[0]], fill=_OUTLINE, width=4, joint="curve")
    return out


def _sheet(panels: tuple[tuple[str, Image.Image], ...]) -> Image.Image:
    """Two rows of two, each under its name."""
    widths = [max(panels[column][1].width, panels[column + 2][1].width) for column in (0, 1)]
    height = _HEIGHT + _HEAD + _GAP
    sheet = Image.new("RGB", (sum(widths) + _GAP, 2 * height), "white")
    draw, font = ImageDraw.Draw(sheet), ImageFont.load_default(16)
    for number, (name, picture) in enumerate(panels):
        left, top = (number % 2) * (widths[0] + _GAP), (number // 2) * height
        draw.text((left + 4, top + 3), name, fill="black", font=font)
        sheet.paste(picture, (left, top + _HEAD))
    return sheet
