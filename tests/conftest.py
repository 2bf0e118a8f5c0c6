"""Fixtures that several test modules share."""

import importlib.util
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of shared material beside the project; tests that ask for it are skipped without it."""
    if not SHARED.is_dir():
        pytest.skip("no shared material beside the project")
    return SHARED


def loaded(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def rfc() -> ModuleType:
    return loaded(Path(__file__).with_name("evidence") / "rfc9162.py")


@pytest.fixture(scope="session")
def film() -> Callable[..., bytes]:
    """Coded frames as the bytes of a film; skips where nothing codes it."""
    pytest.importorskip("av", reason="PyAV is not installed: the extra `video`")
    return loaded(Path(__file__).with_name("films.py")).film


class Authority:
    """A time-stamp authority of our own, made with openssl."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.root, self.other = folder / "root.pem", folder / "other.pem"
        for name in ("root", "other"):
            self._run("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "30",
                      "-subj", f"/CN={name} of a test", "-keyout", f"{name}.key", "-out", f"{name}.pem")  # fmt: skip
        (folder / "tsa.ext").write_text("extendedKeyUsage=critical,timeStamping\nkeyUsage=critical,digitalSignature\n")
        self._run("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=a stamping test",
                  "-keyout", "tsa.key", "-out", "tsa.csr")  # fmt: skip
        self._run("x509", "-req", "-in", "tsa.csr", "-CA", "root.pem", "-CAkey", "root.key", "-days", "30",
                  "-extfile", "tsa.ext", "-out", "tsa.pem")  # fmt: skip
        (folder / "serial").write_text("01")
        (folder / "tsa.cnf").write_text(
            "[tsa]\ndefault_tsa=a\n[a]\nserial=serial\ndefault_policy=1.2.3.4\ndigests=sha256,sha512\nsigner_digest=sha256\n"
            "accuracy=secs:1\n"
        )

    def answer(self, question: bytes) -> bytes:
        """What it says to a question."""
        (self.folder / "q.tsq").write_bytes(question)
        self._run("ts", "-reply", "-config", "tsa.cnf", "-queryfile", "q.tsq", "-signer", "tsa.pem", "-inkey", "tsa.key",
                  "-out", "a.tsr")  # fmt: skip
        return (self.folder / "a.tsr").read_bytes()

    def _run(self, *arguments: str) -> None:
        subprocess.run(["openssl", *arguments], cwd=self.folder, check=True, capture_output=True)


@pytest.fixture(scope="session")
def authority(tmp_path_factory) -> Authority:
    if shutil.which("openssl") is None:
        pytest.skip("needs openssl")
    return Authority(tmp_path_factory.mktemp("authority"))
