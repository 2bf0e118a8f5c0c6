"""RFC 3161 time stamps on checkpoints: the question to an authority, and its answer.

The program itself asks nobody: the question is a file, and curl carries it (docs/evidence.md).
"""

import base64
import binascii
import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from provenance.errors import NotReadable, SourceError, UsageError
from provenance.records import Json


def question(content: bytes) -> bytes:
    """The time-stamp query on some bytes (DER), which asks for the authority's certificate too."""
    client = _library()
    made: bytes = client.TimestampRequestBuilder().data(content).cert_request(cert_request=True).build().as_bytes()
    return made


def facts(answer: bytes, content: bytes) -> Json:
    """What an authority's answer (DER) says, as it is kept: `time`, `serial`, `policy`, `answer` in base64.

    Raises:
        SourceError: it is no time stamp, or one on other bytes.
    """
    info = _info(_decoded(answer), content)
    return {
        "time": info.gen_time.isoformat().replace("+00:00", "Z"),
        "serial": str(info.serial_number),
        "policy": info.policy.dotted_string,
        "answer": base64.b64encode(answer).decode("ascii"),
    }


def problem(kept: Json, content: bytes, roots: Sequence[Path]) -> tuple[bool | None, str]:
    """Whether a kept time stamp holds: True, False, or None where it was not checked; and why.

    Args:
        kept: what `facts` gave.
        content: the bytes that it is on.
        roots: certificates (PEM) that are trusted to end the authority's chain.
    """
    try:
        answer = base64.b64decode(kept["answer"], validate=True)
        decoded = _decoded(answer)
        _info(decoded, content)
        if facts(answer, content) != {name: kept.get(name) for name in ("time", "serial", "policy", "answer")}:
            return False, "what was noted of it is not what it says"
    except UsageError as error:
        return None, f"{error.message}; {error.remedy}"
    except (SourceError, KeyError, TypeError, binascii.Error) as error:
        return False, str(error)
    if not roots:
        return None, "the authority's signature: set PROVENANCE_TIMESTAMP_ROOTS to its root certificate (PEM)"
    return _signed(decoded, content, roots)


def _signed(decoded: Any, content: bytes, roots: Sequence[Path]) -> tuple[bool, str]:
    from cryptography import x509  # noqa: PLC0415 - an extra
    from rfc3161_client import VerificationError  # noqa: PLC0415 - the same

    client = _library()
    builder = client.VerifierBuilder()
    for path in roots:
        try:
            found = x509.load_pem_x509_certificates(path.read_bytes())
        except (OSError, ValueError) as error:
            raise NotReadable(f"{path}: no certificate can be read: {error}", "check PROVENANCE_TIMESTAMP_ROOTS") from error
        for certificate in found:
            builder = builder.add_root_certificate(certificate)
    try:
        builder.build().verify_message(decoded, content)
    except (VerificationError, ValueError) as error:
        return False, f"the authority's signature does not hold: {error}"
    return True, ""


def _decoded(answer: bytes) -> Any:
    client = _library()
    try:
        decoded = client.decode_timestamp_response(answer)
    except ValueError as error:
        raise SourceError(f"no answer of a time-stamp authority: {error}", "ask it again") from error
    if decoded.status not in (0, 1):
        raise SourceError(f"the authority refused: {'; '.join(decoded.status_string) or decoded.status}", "ask another")
    return decoded


def _info(decoded: Any, content: bytes) -> Any:
    """What is stamped, when it is these bytes that are."""
    try:
        info = decoded.tst_info
        oid = info.message_imprint.hash_algorithm
        stamped = bytes(info.message_imprint.message)
    except ValueError as error:
        raise SourceError(f"no time stamp is in the answer: {error}", "ask the authority again") from error
    found = next((name for name in ("sha256", "sha384", "sha512") if oid.dotted_string == _OIDS[name]), None)
    if found is None or hashlib.new(found, content).digest() != stamped:
        raise SourceError("the time stamp is on other bytes", "give the answer to the question on this checkpoint")
    return info


_OIDS = {
    "sha256": "2.16.840.1.101.3.4.2.1",
    "sha384": "2.16.840.1.101.3.4.2.2",
    "sha512": "2.16.840.1.101.3.4.2.3",
}


def _library() -> Any:
    try:
        import rfc3161_client  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise UsageError(
            "time stamps need the library rfc3161-client", "install it with `pip install 'provenance-desk[timestamp]'`"
        ) from error
    return rfc3161_client
