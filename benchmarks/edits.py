"""What newsrooms and those who post do to pictures: the edits that the matching benchmark makes.

Each edit takes a photograph and a second one (for collages and insets) and gives a picture. Numbers that an edit varies by
(where a crop lies, the angle of a screen) come from a generator that is seeded with the photograph's name, so that a run
can be repeated.
"""

import io
from collections.abc import Callable
from typing import TypeAlias

import numpy as np
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageFont, ImageOps

Random: TypeAlias = np.random.Generator
Edit: TypeAlias = Callable[[Image.Image, Image.Image, Random], Image.Image]
"""From a photograph, another one and a random generator to a picture."""
Plain: TypeAlias = Callable[[Image.Image], Image.Image]

_SAYINGS = (
    "What is known so far about the night at the harbour",
    "Fire at a warehouse: what readers send us",
    "Residents say the bridge was closed at dawn",
    "Live: the mayor speaks to reporters",
)


def saved(image: Image.Image, kind: str = "JPEG", quality: int = 85) -> bytes:
    """The picture as bytes."""
    out = io.BytesIO()
    image.convert("RGB").save(out, kind, quality=quality)
    return out.getvalue()


def again(image: Image.Image, kind: str = "JPEG", quality: int = 85) -> Image.Image:
    """The picture after it was saved and opened."""
    return Image.open(io.BytesIO(saved(image, kind, quality))).convert("RGB")


def _plain(change: Plain) -> Edit:
    return lambda im, _other, _rng: change(im)


def _scaled(im: Image.Image, factor: float) -> Image.Image:
    return im.resize((max(1, round(im.width * factor)), max(1, round(im.height * factor))), Image.Resampling.BICUBIC)


def _cropped(lost: float, *, centred: bool = True) -> Edit:
    """`lost` is the share of the area that is cut away."""

    def edit(im: Image.Image, _other: Image.Image, rng: Random) -> Image.Image:
        side = (1 - lost) ** 0.5
        width, height = round(im.width * side), round(im.height * side)
        across, down = (0.5, 0.5) if centred else rng.uniform(0, 1, 2)
        left, top = round((im.width - width) * across), round((im.height - height) * down)
        return im.crop((left, top, left + width, top + height))

    return edit


def _to_shape(shape: float) -> Plain:
    """Cut to a ratio of width to height, as a column or a story wants it."""

    def edit(im: Image.Image) -> Image.Image:
        width, height = min(im.width, round(im.height * shape)), min(im.height, round(im.width / shape))
        left, top = (im.width - width) // 2, (im.height - height) // 2
        return im.crop((left, top, left + width, top + height))

    return edit


def _text(draw: ImageDraw.ImageDraw, place: tuple[float, float], words: str, size: float, fill: object = "black") -> None:
    font = ImageFont.load_default(max(9, size))
    draw.text(place, words, fill=fill, font=font)  # type: ignore[arg-type]


def _saying(rng: Random) -> str:
    return _SAYINGS[int(rng.integers(len(_SAYINGS)))]


def _logo(im: Image.Image, _other: Image.Image, rng: Random) -> Image.Image:
    out, side = im.copy(), min(im.size) // 6
    left = 8 if rng.random() < 0.5 else im.width - 8 - 2 * side
    draw = ImageDraw.Draw(out)
    draw.rectangle((left, 8, left + 2 * side, 8 + side), fill=(200, 20, 30))
    _text(draw, (left + 8, 8 + side / 4), "NEWS 7", side / 2, "white")
    return out


def _lower_third(im: Image.Image, _other: Image.Image, rng: Random) -> Image.Image:
    out, top = im.convert("RGB"), round(im.height * 0.72)
    draw = ImageDraw.Draw(out, "RGBA")
    draw.rectangle((0, top, im.width * 0.8, top + im.height * 0.1), fill=(190, 10, 20, 235))
    draw.rectangle((0, top + im.height * 0.1, im.width * 0.9, top + im.height * 0.18), fill=(255, 255, 255, 225))
    _text(draw, (im.width * 0.02, top + im.height * 0.02), "BREAKING", im.height * 0.06, "white")
    _text(draw, (im.width * 0.02, top + im.height * 0.11), _saying(rng), im.height * 0.045)
    return out


def _caption_bar(im: Image.Image, _other: Image.Image, rng: Random) -> Image.Image:
    out, top = im.copy(), round(im.height * 0.85)
    draw = ImageDraw.Draw(out)
    draw.rectangle((0, top, im.width, im.height), fill=(15, 30, 90))
    _text(draw, (10, top + 5), _saying(rng), (im.height - top) / 2.5, "white")
    return out


def _bars_and_ticker(im: Image.Image, _other: Image.Image, rng: Random) -> Image.Image:
    bar = im.height // 6
    out = ImageOps.expand(im, (0, bar, 0, bar), "black")
    draw = ImageDraw.Draw(out)
    draw.rectangle((0, out.height - bar // 2, out.width, out.height), fill=(250, 210, 0))
    _text(draw, (5, out.height - bar * 0.45), f"{_saying(rng)} +++ {_saying(rng)}", bar / 3)
    _text(draw, (out.width * 0.85, 4), "LIVE 21:04", bar / 4, "white")
    return out


def _telegram(dark: bool) -> Edit:  # noqa: FBT001 - the two looks of one programme
    """A post in a messenger on a phone: bar above, bubble with picture, words and a counter, field below."""

    def edit(im: Image.Image, _other: Image.Image, rng: Random) -> Image.Image:
        width, height = 540, 1100
        ground, bubble, ink = ((14, 22, 33), (24, 37, 51), "white") if dark else ((200, 221, 180), (255, 255, 255), "black")
        out = Image.new("RGB", (width, height), ground)
        draw = ImageDraw.Draw(out)
        draw.rectangle((0, 0, width, 80), fill=(36, 52, 71) if dark else (81, 125, 162))
        draw.ellipse((60, 14, 112, 66), fill=(230, 140, 60))
        _text(draw, (125, 14), "Harbour Watch", 22, "white")
        _text(draw, (125, 44), "48 112 subscribers", 16, (200, 210, 220))
        shown = ImageOps.contain(im, (460, 620))
        draw.rounded_rectangle((10, 120, 490, 300 + shown.height), 14, fill=bubble)
        out.paste(shown, (20, 132))
        _text(draw, (24, 146 + shown.height), f"{_saying(rng)}.\nSent by a reader.\n@harbour_watch", 20, ink)
        _text(draw, (370, 265 + shown.height), "12.4K  21:04", 16, (130, 140, 150))
        draw.rectangle((0, height - 70, width, height), fill=(23, 33, 43) if dark else (255, 255, 255))
        _text(draw, (60, height - 50), "Broadcast", 20, (130, 140, 150))
        return out

    return edit


def _tweet(im: Image.Image, _other: Image.Image, rng: Random) -> Image.Image:
    shown = ImageOps.contain(im, (560, 640))
    out = Image.new("RGB", (640, 260 + shown.height), "white")
    draw = ImageDraw.Draw(out)
    draw.ellipse((20, 20, 76, 76), fill=(90, 140, 200))
    _text(draw, (90, 22), "Night Desk", 22)
    _text(draw, (90, 50), "@night_desk", 18, (110, 120, 130))
    _text(draw, (20, 92), f"{_saying(rng)}:\nwhat we can see and what we cannot", 22)
    mask = Image.new("L", shown.size, 0)
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, shown.width - 1, shown.height - 1), 18, fill=255)
    out.paste(shown, (40, 165), mask)
    _text(draw, (20, 185 + shown.height), "9:04 PM · 114.2K Views", 17, (110, 120, 130))
    draw.line((20, 218 + shown.height, 620, 218 + shown.height), fill=(225, 230, 235))
    return out


def _lines(draw: ImageDraw.ImageDraw, box: tuple[int, int, int, int], size: int, rng: Random) -> None:
    """Words that fill a box, as running text does."""
    left, top, right, bottom = box
    for line in range(top, bottom - size, round(size * 1.6)):
        words = " ".join("".join(chr(int(c)) for c in rng.integers(97, 123, int(rng.integers(2, 9)))) for _ in range(20))
        _text(draw, (left, line), words[: max(1, int((right - left) / size * 1.9))], size, (40, 40, 40))


def _article_phone(im: Image.Image, _other: Image.Image, rng: Random) -> Image.Image:
    shown = ImageOps.contain(im, (500, 600))
    out = Image.new("RGB", (500, 1080), "white")
    draw = ImageDraw.Draw(out)
    draw.rectangle((0, 0, 500, 70), fill=(245, 245, 245))
    _text(draw, (40, 30), "harbour-post.example", 18, (60, 60, 60))
    _text(draw, (16, 92), "THE HARBOUR POST", 30, (150, 0, 0))
    _text(draw, (16, 140), _saying(rng), 20)
    out.paste(shown, (0, 200))
    _text(draw, (16, 206 + shown.height), "Photo: Harbour Post / agencies", 14, (120, 120, 120))
    _lines(draw, (16, 240 + shown.height, 484, 1070), 18, rng)
    return out


def _article_desktop(im: Image.Image, other: Image.Image, rng: Random) -> Image.Image:
    """A browser window: bar, masthead, column with the picture, and a rail with another, small picture."""
    out = Image.new("RGB", (1280, 900), "white")
    draw = ImageDraw.Draw(out)
    draw.rectangle((0, 0, 1280, 84), fill=(222, 225, 230))
    draw.rounded_rectangle((120, 44, 900, 76), 14, fill="white")
    _text(draw, (140, 50), "https://harbour-post.example/world/night-at-the-harbour", 16, (60, 60, 60))
    _text(draw, (140, 100), "The Harbour Post", 40)
    shown = ImageOps.contain(im, (720, 480))
    _text(draw, (140, 165), _saying(rng), 26)
    out.paste(shown, (140, 215))
    _lines(draw, (140, 230 + shown.height, 860, 895), 18, rng)
    out.paste(ImageOps.contain(other, (240, 160)), (940, 215))
    _lines(draw, (940, 390, 1180, 860), 16, rng)
    return out


def _quote_card(im: Image.Image, _other: Image.Image, rng: Random) -> Image.Image:
    """A card for social media: the picture above, a quotation on colour below."""
    shown = ImageOps.fit(im, (800, 460))
    out = Image.new("RGB", (800, 800), (20, 60, 70))
    out.paste(shown, (0, 0))
    draw = ImageDraw.Draw(out)
    _text(draw, (40, 500), "“", 90, (240, 200, 80))
    _text(draw, (40, 570), f"{_saying(rng)},\nthat is all we can say for now”", 30, "white")
    _text(draw, (40, 720), "HARBOUR POST", 26, (240, 200, 80))
    return out


def _bordered(left: float, top: float, right: float, bottom: float, colour: str) -> Plain:
    def edit(im: Image.Image) -> Image.Image:
        border = (round(im.width * left), round(im.height * top), round(im.width * right), round(im.height * bottom))
        return ImageOps.expand(im, border, colour)

    return edit


def _blurred_fill(im: Image.Image) -> Image.Image:
    """Put in an upright or square frame over a blurred copy of itself."""
    side = (540, 960) if im.width >= im.height else (960, 540)
    out = ImageOps.fit(im, side).filter(ImageFilter.GaussianBlur(22))
    shown = ImageOps.contain(im, side)
    out.paste(shown, ((side[0] - shown.width) // 2, (side[1] - shown.height) // 2))
    return out


def _collage(across: int, down: int, gap: int) -> Edit:
    """Tiles; the others show parts of the other picture, mirrored and turned so that no two are alike."""

    def edit(im: Image.Image, other: Image.Image, rng: Random) -> Image.Image:
        width, height = (480, 360) if down > 1 or across == 1 else (420, 480)
        place, out = int(rng.integers(across * down)), Image.new("RGB", (width * across, height * down), "white")
        fillers = [other, ImageOps.mirror(other.rotate(180)), ImageOps.flip(other)]
        for number in range(across * down):
            shown = im if number == place else fillers[number % len(fillers)]
            tile = ImageOps.fit(shown, (width - gap, height - gap))
            out.paste(tile, (number % across * width + gap // 2, number // across * height + gap // 2))
        return out

    return edit


def _collage_three(im: Image.Image, other: Image.Image, _rng: Random) -> Image.Image:
    out = Image.new("RGB", (900, 600), "white")
    out.paste(ImageOps.fit(im, (596, 600)), (0, 0))
    out.paste(ImageOps.fit(other, (300, 298)), (600, 0))
    out.paste(ImageOps.fit(ImageOps.flip(other), (300, 298)), (600, 302))
    return out


def _inset(im: Image.Image, other: Image.Image, rng: Random, share: float) -> Image.Image:
    """`other` in a corner of `im`, `share` of its width, in a white line."""
    out, inset = im.copy(), ImageOps.contain(other, (round(im.width * share), round(im.height * share)))
    inset = ImageOps.expand(inset, 3, "white")
    left = 12 if rng.random() < 0.5 else im.width - inset.width - 12
    top = 12 if rng.random() < 0.5 else im.height - inset.height - 12
    out.paste(inset, (left, top))
    return out


def _host(im: Image.Image, other: Image.Image, rng: Random) -> Image.Image:
    return _inset(im, other, rng, 0.36)


def _inset_of(im: Image.Image, other: Image.Image, rng: Random) -> Image.Image:
    return _inset(ImageOps.contain(other, (900, 900)), im, rng, 0.45)


def _turned(degrees: float, *, cut: bool = False) -> Plain:
    """Turned by a small angle; with `cut`, what is left without corners."""

    def edit(im: Image.Image) -> Image.Image:
        out = im.rotate(degrees, Image.Resampling.BICUBIC, fillcolor=(0, 0, 0))
        lost = abs(np.tan(np.radians(degrees))) / 2
        dx, dy = round(im.height * lost), round(im.width * lost)
        return out.crop((dx, dy, im.width - dx, im.height - dy)) if cut else out

    return edit


def _transposed(how: Image.Transpose) -> Edit:
    return _plain(lambda im: im.transpose(how))


def _perspective(im: Image.Image, corners: np.ndarray, size: tuple[int, int], fill: tuple[int, int, int]) -> Image.Image:
    """The picture drawn into four corners (clockwise from upper left) of a canvas."""
    source = np.array([(0, 0), (im.width, 0), (im.width, im.height), (0, im.height)], float)
    rows = [[*c, 1, 0, 0, 0, *(-s[0] * c)] for c, s in zip(corners, source, strict=True)]
    rows += [[0, 0, 0, *c, 1, *(-s[1] * c)] for c, s in zip(corners, source, strict=True)]
    factors = np.linalg.solve(np.array(rows), np.concatenate([source[:, 0], source[:, 1]]))
    return im.transform(size, Image.Transform.PERSPECTIVE, factors.tolist(), Image.Resampling.BICUBIC, fillcolor=fill)


def _moire(samples: np.ndarray, strength: float) -> np.ndarray:
    rows, columns = np.mgrid[: samples.shape[0], : samples.shape[1]]
    waves = np.sin(columns * 1.05 + rows * 0.11) * np.sin(rows * 0.97 - columns * 0.07)
    return samples + (strength * waves)[..., None]


def _off_a_screen(im: Image.Image, _other: Image.Image, rng: Random) -> Image.Image:
    """A phone held at an angle to a monitor: perspective, dark bezel, room around, moiré, washed-out colours."""
    framed = ImageOps.expand(_moved(im, 640), 14, (18, 18, 20))
    width, height = round(framed.width * 1.3), round(framed.height * 1.3)
    shift = rng.uniform(0.02, 0.09, (4, 2)) * (framed.width, framed.height)
    signs = np.array([(1, 1), (-1, 1), (-1, -1), (1, -1)])
    margin = np.array([width - framed.width, height - framed.height]) / 2
    box = np.array([(0, 0), (framed.width, 0), (framed.width, framed.height), (0, framed.height)], float)
    shot = _perspective(framed, box + margin + shift * signs, (width, height), (70, 62, 55))
    samples = _moire(np.asarray(shot, float), 9) * 0.85 + 25 + rng.normal(0, 4, (height, width, 1))
    return _from(samples).filter(ImageFilter.GaussianBlur(0.8))


def _moved(im: Image.Image, side: int) -> Image.Image:
    return ImageOps.contain(im, (side, side))


def _tv_grab(im: Image.Image, _other: Image.Image, rng: Random) -> Image.Image:
    """Off the air: cut to 16:9, scan lines, blurred colour, station logo, ticker, low quality."""
    shown = ImageOps.fit(im, (720, 405)).filter(ImageFilter.GaussianBlur(1))
    samples = np.asarray(shown, float)
    samples[1::2] *= 0.82
    out = _from(samples + rng.normal(0, 5, samples.shape))
    draw = ImageDraw.Draw(out)
    _text(draw, (620, 14), "NEWS 7", 24, "white")
    draw.rectangle((0, 365, 720, 405), fill=(20, 30, 110))
    _text(draw, (10, 372), _saying(rng), 22, "white")
    return again(out, quality=45)


def _from(samples: np.ndarray) -> Image.Image:
    return Image.fromarray(np.clip(samples, 0, 255).astype(np.uint8))


def _gamma(power: float) -> Plain:
    return lambda im: _from(255 * (np.asarray(im, float) / 255) ** power)


def _tinted(im: Image.Image) -> Image.Image:
    return _from(np.asarray(im, float) * (1.15, 0.95, 0.75))


def _sepia(im: Image.Image, _other: Image.Image, rng: Random) -> Image.Image:
    """An old print: sepia, faded, scratched, on a white card."""
    grey = np.asarray(ImageOps.grayscale(im), float)[..., None]
    out = _from((grey * 0.75 + 50) * (1.0, 0.85, 0.62) + rng.normal(0, 7, (im.height, im.width, 1)))
    draw = ImageDraw.Draw(out)
    for _ in range(12):
        left, top = rng.uniform(0, im.width), rng.uniform(0, im.height)
        draw.line((left, top, left + rng.normal(0, im.width / 12), top + rng.normal(0, im.height / 5)), fill=(235, 225, 205))
    return ImageOps.expand(out, round(min(im.size) * 0.05), (240, 236, 225))


def _halftone(im: Image.Image) -> Image.Image:
    """A scan of newsprint: a screen of dots, grey, a little turned."""
    grey = _moved(ImageOps.grayscale(im), 800)
    rows, columns = np.mgrid[: grey.height, : grey.width]
    screen = (np.sin((columns + rows) * 1.1) * np.sin((columns - rows) * 1.1) + 1) * 127
    dots = _from(np.where(np.asarray(grey, float) > screen, 235, 35)).filter(ImageFilter.GaussianBlur(0.9))
    return dots.rotate(0.7, Image.Resampling.BICUBIC, fillcolor=230).convert("RGB")


def _noisy(deviation: float) -> Edit:
    return lambda im, _other, rng: _from(np.asarray(im, float) + rng.normal(0, deviation, (im.height, im.width, 3)))


def _words_over(im: Image.Image, _other: Image.Image, rng: Random) -> Image.Image:
    """As a meme: large white words with a black edge above and below."""
    out, size = im.copy(), im.height / 9
    draw = ImageDraw.Draw(out)
    font = ImageFont.load_default(size)
    for top, words in ((4, "NOBODY TOLD YOU"), (im.height - 1.4 * size, _saying(rng)[:18].upper())):
        draw.text((im.width / 12, top), words, fill="white", font=font, stroke_width=3, stroke_fill="black")
    return out


def _circled(im: Image.Image, _other: Image.Image, rng: Random) -> Image.Image:
    out, side = im.copy(), min(im.size) // 5
    x, y = rng.uniform(0.25, 0.75) * im.width, rng.uniform(0.25, 0.75) * im.height
    draw = ImageDraw.Draw(out)
    draw.ellipse((x - side, y - side, x + side, y + side), outline=(230, 0, 0), width=max(4, side // 8))
    draw.line((0, im.height * 0.1, x - side, y), fill=(230, 0, 0), width=max(5, side // 6))
    return out


def _blurred_faces(im: Image.Image, _other: Image.Image, rng: Random) -> Image.Image:
    out = im.copy()
    for _ in range(3):
        width, height = im.width // 7, im.height // 6
        left, top = int(rng.uniform(0, im.width - width)), int(rng.uniform(0, im.height * 0.7 - height))
        box = (left, top, left + width, top + height)
        out.paste(im.crop(box).resize((6, 6)).resize((width, height), Image.Resampling.NEAREST), box)
    return out


def _watermarks(im: Image.Image) -> Image.Image:
    layer = Image.new("RGBA", (im.width * 2, im.height * 2))
    draw = ImageDraw.Draw(layer)
    for top in range(0, layer.height, max(40, im.height // 5)):
        for left in range(0, layer.width, max(90, im.width // 4)):
            _text(draw, (left, top), "AGENCY PIX", im.height / 18, (255, 255, 255, 110))
    layer = layer.rotate(30).crop((im.width // 2, im.height // 2, im.width // 2 + im.width, im.height // 2 + im.height))
    return Image.alpha_composite(im.convert("RGBA"), layer).convert("RGB")


def _thumbnail(im: Image.Image) -> Image.Image:
    return _moved(im, 160)


def _many_times(im: Image.Image) -> Image.Image:
    """Passed on five times: each a little smaller and saved again."""
    for quality in (70, 60, 50, 45, 40):
        im = again(_scaled(im, 0.93), quality=quality)
    return im


def _story(im: Image.Image, _other: Image.Image, rng: Random) -> Image.Image:
    """Upright story: cut to 9:16, name above, sticker with words across the middle."""
    out = ImageOps.fit(im, (540, 960))
    draw = ImageDraw.Draw(out)
    draw.ellipse((20, 24, 64, 68), fill=(240, 120, 160))
    _text(draw, (76, 34), "harbour.watch  3h", 20, "white")
    draw.rounded_rectangle((60, 640, 480, 720), 16, fill="white")
    _text(draw, (76, 664), _saying(rng)[:30], 22)
    return out


EDITS: dict[str, Edit] = {
    "recompressed, quality 60": _plain(lambda im: again(im, quality=60)),
    "recompressed, quality 15": _plain(lambda im: again(im, quality=15)),
    "WebP, quality 40": _plain(lambda im: again(im, "WEBP", 40)),
    "passed on five times": _plain(_many_times),
    "half size": _plain(lambda im: _scaled(im, 0.5)),
    "thumbnail of 160 px": _plain(_thumbnail),
    "1.6 times the size": _plain(lambda im: _scaled(im, 1.6)),
    "cropped by 2 %": _cropped(0.02),
    "cropped by 10 %": _cropped(0.10),
    "cropped by 25 %": _cropped(0.25),
    "cropped by 25 %, off centre": _cropped(0.25, centred=False),
    "cropped by 50 %": _cropped(0.50),
    "cropped by 50 %, off centre": _cropped(0.50, centred=False),
    "cut to 16:9": _plain(_to_shape(16 / 9)),
    "cut to 4:5": _plain(_to_shape(4 / 5)),
    "squeezed to 80 % width": _plain(lambda im: im.resize((round(im.width * 0.8), im.height))),
    "logo": _logo,
    "lower third": _lower_third,
    "caption bar": _caption_bar,
    "black bars and ticker": _bars_and_ticker,
    "Telegram screenshot, light": _telegram(dark=False),
    "Telegram screenshot, dark": _telegram(dark=True),
    "tweet screenshot": _tweet,
    "article on a phone": _article_phone,
    "article on a desktop": _article_desktop,
    "quote card": _quote_card,
    "story with sticker": _story,
    "letterbox": _plain(_bordered(0, 0.16, 0, 0.16, "black")),
    "white frame": _plain(_bordered(0.05, 0.05, 0.05, 0.05, "white")),
    "polaroid": _plain(_bordered(0.04, 0.04, 0.04, 0.2, "white")),
    "blurred fill": _plain(_blurred_fill),
    "collage of two": _collage(2, 1, 6),
    "collage of two, no gap": _collage(1, 2, 0),
    "collage of three": _collage_three,
    "collage of four": _collage(2, 2, 8),
    "host of an inset": _host,
    "inset": _inset_of,
    "mirrored": _plain(ImageOps.mirror),
    "mirrored, cropped by 10 %, recompressed": lambda im, o, r: again(ImageOps.mirror(_cropped(0.1)(im, o, r)), quality=50),
    "turned by 90°": _transposed(Image.Transpose.ROTATE_90),
    "turned by 180°": _transposed(Image.Transpose.ROTATE_180),
    "turned by 2°": _plain(_turned(2)),
    "turned by 6°, cut": _plain(_turned(6, cut=True)),
    "screen at an angle, moiré": _off_a_screen,
    "TV grab": _tv_grab,
    "grey": _plain(lambda im: ImageOps.grayscale(im).convert("RGB")),
    "gamma 0.6": _plain(_gamma(0.6)),
    "gamma 1.7": _plain(_gamma(1.7)),
    "warm tint": _plain(_tinted),
    "more contrast": _plain(lambda im: ImageEnhance.Contrast(im).enhance(1.5)),
    "sharpened": _plain(lambda im: im.filter(ImageFilter.UnsharpMask(2, 200, 2))),
    "blurred": _plain(lambda im: im.filter(ImageFilter.GaussianBlur(max(1.0, min(im.size) / 150)))),
    "noisy": _noisy(18),
    "words over it": _words_over,
    "red circle and arrow": _circled,
    "faces blurred": _blurred_faces,
    "grid of watermarks": _plain(_watermarks),
    "old print": _sepia,
    "newsprint": _plain(_halftone),
}

SHOWS_ANOTHER = frozenset(
    {
        "article on a desktop",
        "collage of two",
        "collage of two, no gap",
        "collage of three",
        "collage of four",
        "host of an inset",
        "inset",
    }
)
"""Edits that show the second photograph, too: finding that one is neither right nor wrong."""
