"""Ed25519 signatures on checkpoints, in the form of C2SP `signed-note`; the key is a PEM file as openssl makes and reads it."""

import base64
import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from provenance.errors import NotReadable, StoreNotWritable, UsageError
from provenance.evidence import checkpoint
from provenance.evidence.checkpoint import Checkpoint

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

_ALGORITHM = b"\x01"  # Ed25519 in signed-note
_KEY_BYTES = 33  # the algorithm and the key


@dataclass(frozen=True, slots=True)
class Verifier:
    """A public key and the name that it signs for."""

    name: str
    public: bytes

    def __str__(self) -> str:
        """The form that Go's `note` and witnesses read: name, number and key."""
        return f"{self.name}+{self.key}+{base64.b64encode(_ALGORITHM + self.public).decode('ascii')}"

    @property
    def key(self) -> str:
        """The number of the key, 8 hex digits."""
        return hashlib.sha256(self.name.encode() + b"\n" + _ALGORITHM + self.public).hexdigest()[:8]

    def signed(self, given: Checkpoint) -> bool | None:
        """Whether this key signed a checkpoint; None where there is no signature by it.

        Raises:
            UsageError: the library for it is not installed.
        """
        ed25519, invalid = _library()
        for signature in given.signatures:
            if (signature.name, signature.key) == (self.name, self.key):
                try:
                    ed25519.Ed25519PublicKey.from_public_bytes(self.public).verify(signature.made, given.text.encode())
                except (invalid, ValueError):
                    return False
                return True
        return None


def verifier(text: str) -> Verifier:
    """The public key in the form `name+number+key`.

    Raises:
        UsageError: it is none.
    """
    name, _, rest = text.strip().partition("+")
    try:
        content = base64.b64decode(rest.partition("+")[2], validate=True)
    except ValueError:
        content = b""
    found = Verifier(name, content[1:])
    if len(content) != _KEY_BYTES or str(found) != text.strip():
        raise UsageError(f"{text[:100]!r} is no public key", "give the line that `provenance journal key show` prints")
    return found


def new_key(path: Path) -> None:
    """Make a key and write it to a file that only its owner can read.

    Raises:
        StoreNotWritable: the file is there already, or cannot be written.
    """
    ed25519, _ = _library()
    content: bytes = ed25519.Ed25519PrivateKey.generate().private_bytes(*_pem())
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise StoreNotWritable(f"{path}: the key was not written: {error.strerror}", "give another path") from error


def verifier_of(path: Path, name: str) -> Verifier:
    """The public half of a key file, for the name that it signs for."""
    return Verifier(name, _raw(_private(path).public_key()))


def public_pem(path: Path) -> str:
    """The public half of a key file as openssl reads it."""
    from cryptography.hazmat.primitives import serialization  # noqa: PLC0415 - an extra

    form = serialization.PublicFormat.SubjectPublicKeyInfo
    return _private(path).public_key().public_bytes(serialization.Encoding.PEM, form).decode("ascii")


def note(name: str, size: int, root: str, at: str, *, key: Path | None) -> str:
    """A checkpoint, signed where a key is given.

    Raises:
        NotReadable: the key file cannot be read.
        UsageError: it holds no Ed25519 key, or the library for it is not installed.
    """
    text = checkpoint.body(name, size, root, at)
    if key is None:
        return text
    private = _private(key)
    number = bytes.fromhex(Verifier(name, _raw(private.public_key())).key)
    return f"{text}\n— {name} {base64.b64encode(number + private.sign(text.encode())).decode('ascii')}\n"


def _raw(public: "Ed25519PublicKey") -> bytes:
    return public.public_bytes_raw()


def _private(path: Path) -> "Ed25519PrivateKey":
    ed25519, _ = _library()
    from cryptography.exceptions import UnsupportedAlgorithm  # noqa: PLC0415 - an extra
    from cryptography.hazmat.primitives.serialization import load_pem_private_key  # noqa: PLC0415 - the same

    try:
        found = load_pem_private_key(path.read_bytes(), password=None)
    except OSError as error:
        raise NotReadable(f"{path}: the key cannot be read: {error.strerror}", "check PROVENANCE_JOURNAL_KEY") from error
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise UsageError(f"{path}: no private key in PEM form: {error}", "make one with `provenance journal key new`") from error
    if not isinstance(found, ed25519.Ed25519PrivateKey):
        raise UsageError(f"{path}: no Ed25519 key", "make one with `provenance journal key new`")
    return found  # type: ignore[no-any-return]  # the library is loaded by name


def _pem() -> tuple[Any, ...]:
    from cryptography.hazmat.primitives import serialization  # noqa: PLC0415 - an extra

    return serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()


def _library() -> tuple[Any, type[Exception]]:
    """The module of Ed25519, and the error of a wrong signature."""
    try:
        from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 - an extra
        from cryptography.hazmat.primitives.asymmetric import ed25519  # noqa: PLC0415 - the same
    except ImportError as error:
        raise UsageError(
            "signing needs the library cryptography", "install it with `pip install 'provenance-desk[sign]'`"
        ) from error
    return ed25519, InvalidSignature
