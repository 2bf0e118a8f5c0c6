"""The system calls that a decoder needs, and no other: a filter that the kernel holds the child to (seccomp, Linux 3.17).

It is loaded by seccompy, an optional library: pure Python, no compiler, no libseccomp; x86-64 and arm64. Files can be opened
for reading only; what is not listed fails with EPERM, so a decoder that tries it goes on or gives up, and costs one item.
"""

import errno
import os
import tomllib
from pathlib import Path
from typing import Any

IN_USE = "in use"

_OPENING = {"open": 1, "openat": 2}
"""Where the flags stand."""
_WRITING = os.O_ACCMODE | os.O_CREAT | os.O_TRUNC
_THREAD = 0x00010000  # CLONE_THREAD


def filter_calls() -> str:
    """Hold this process to the list, for good.

    Returns:
        `in use`, or `not in use: ` and why.
    """
    try:
        import seccompy  # noqa: PLC0415 - optional
    except ImportError:
        return "not in use: the extra `cage` is not installed"
    try:
        _made(seccompy).load()
    except (ValueError, OSError) as error:
        return f"not in use: the kernel refuses the filter ({str(error)[:200]})"
    return f"{IN_USE}: seccompy {seccompy.__version__}"


def _made(seccompy: Any) -> Any:
    """The filter."""

    def masked(at: int, value: int, mask: int) -> list[Any]:
        return [seccompy.ArgCmp(at, seccompy.CmpOp.MASKED_EQ, value, mask=mask)]

    made = seccompy.Filter(default=seccompy.Action.ERRNO | errno.EPERM)
    known = (name for names in _data().values() for name in names if _is_known(seccompy, name))
    for name in known:
        made.allow(name)
    for name, flags in _OPENING.items():
        if _is_known(seccompy, name):
            made.allow(name, args=masked(flags, 0, _WRITING))
    made.allow("clone", args=masked(0, _THREAD, _THREAD))
    made.errno("clone3", errno.ENOSYS)  # its flags lie in memory, where a filter cannot see them; libraries then use clone
    made.allow("tgkill", args={0: os.getpid()})
    return made


def _is_known(seccompy: Any, name: str) -> bool:
    """Whether this machine's kind has such a call."""
    try:
        seccompy.syscall_nr(name)
    except ValueError:
        return False
    return True


def _data() -> dict[str, list[str]]:
    return tomllib.loads(Path(__file__).with_name("calls.toml").read_text("utf-8"))
