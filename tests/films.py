"""Films rendered for the tests, of pictures drawn for them."""

import io
from collections.abc import Iterable
from fractions import Fraction

import av
from PIL import Image

RATE = 10


def film(
    frames: Iterable[Image.Image], codec: str = "libx264", container: str = "mp4", rate: int = RATE, **options: str
) -> bytes:
    """Frames as a film.

    Args:
        frames: pictures of one size, its sides even.
        codec: what they are coded by.
        container: what the coded frames are put into.
        rate: frames a second.
        options: of the codec.
    """
    out = io.BytesIO()
    fast = {"libx264": {"preset": "ultrafast"}, "libvpx-vp9": {"deadline": "realtime", "cpu-used": "8"}}.get(codec, {})
    with av.open(out, "w", format=container) as file:
        stream = file.add_stream(codec, rate=rate, options={**fast, **options})
        shown = list(frames)
        stream.width, stream.height = shown[0].size
        stream.pix_fmt = "yuv420p"
        for number, image in enumerate(shown):
            frame = av.VideoFrame.from_image(image)
            frame.pts, frame.time_base = number, Fraction(1, rate)
            file.mux(stream.encode(frame))
        file.mux(stream.encode(None))
    return out.getvalue()


def pan(image: Image.Image, seconds: float, size: tuple[int, int] = (320, 240), rate: int = RATE) -> list[Image.Image]:
    """A camera that goes over a picture from the left to the right."""
    count = round(seconds * rate)
    most = image.width - size[0]
    return [image.crop((x, 0, x + size[0], size[1])) for x in (round(n * most / max(count - 1, 1)) for n in range(count))]
