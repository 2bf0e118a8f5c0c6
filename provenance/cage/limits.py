"""What a child may do, and how the kernel is asked to hold it to that.

Resource limits (setrlimit, POSIX), no new privileges (prctl, Linux 3.5), a network namespace of its own without any
interface (unshare, Linux; where the kernel lets an ordinary user have one), and, with the extra `cage`, a filter of system
calls (`calls.py`).
"""

import ctypes
import os
import sys
from contextlib import suppress
from dataclasses import dataclass

from provenance.cage.calls import IN_USE, filter_calls

MEGABYTE = 1 << 20
_NO_NEW_PRIVILEGES = 38
_NEW_NETWORK, _NEW_USER = 0x40000000, 0x10000000


@dataclass(frozen=True, slots=True)
class CageLimits:
    """What one item may cost in the child.

    Attributes:
        cpu_seconds: processor time for one picture, or for one document of a page or an export.
        wall_seconds: the longest silence; on a busy machine time passes faster than it is used.
        memory: bytes of address space.
        answer: the most bytes of an answer.
    """

    cpu_seconds: int = 10
    wall_seconds: float = 120.0
    memory: int = 3072 * MEGABYTE
    answer: int = 256 * MEGABYTE


@dataclass(frozen=True, slots=True)
class Guards:
    """What holds a child: each `in use`, or `not in use` and why."""

    limits: str = "not in use"
    network: str = "not in use"
    system_calls: str = "not in use"


def confine(limits: CageLimits) -> Guards:
    """Give up, for good, what a decoder does not need; called in the child before it sees any bytes.

    What the system does not offer is left: the limits on time, memory and files hold wherever there are child processes.
    """
    import resource  # noqa: PLC0415 - POSIX only, and so is the cage

    ceilings = {
        resource.RLIMIT_AS: limits.memory,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NOFILE: 64,
    }
    for what, most in ceilings.items():
        with suppress(ValueError, OSError):
            resource.setrlimit(what, (most, most))
    network = _without_network() if sys.platform == "linux" else "not in use: Linux only"
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))
    calls = filter_calls() if sys.platform == "linux" else "not in use: Linux only"
    return Guards(limits=IN_USE, network=network, system_calls=calls)


def _without_network() -> str:
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    if libc.unshare(_NEW_NETWORK) == 0 or (os.geteuid() != 0 and libc.unshare(_NEW_USER | _NEW_NETWORK) == 0):
        return IN_USE
    return f"not in use: the kernel gives this user no network namespace ({os.strerror(ctypes.get_errno())})"


def allow_seconds(seconds: int) -> None:
    """Let this process use so many more seconds of processor time; then the kernel ends it."""
    import resource  # noqa: PLC0415 - as above

    used = resource.getrusage(resource.RUSAGE_SELF)
    most = int(used.ru_utime + used.ru_stime) + 1 + seconds
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (most, resource.RLIM_INFINITY))
