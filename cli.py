"""The door: a look-up in its plain form goes straight in; every other command line is read by the program.

The program, with its verbs in the order of the help, is `app`, of `provenance/commands/program.py`; it is loaded when it is
first asked for, for reading a command line with its library takes longer than a look-up by hash.
"""

import os
import sys
from typing import TYPE_CHECKING, Any

from provenance.commands import straight
from provenance.commands.opening import Where

if TYPE_CHECKING:
    from provenance.commands.program import app

__all__ = ["app", "main"]


def __getattr__(name: str) -> Any:
    """The program, when it is asked for."""
    if name != "app":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from provenance.commands import program

    return program.app


def main() -> None:
    """The console command."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # sums here are small: threads only wait for one another
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    Where.alone = True
    code = straight.answered(sys.argv[1:])
    if code is not None:
        sys.exit(code)
    from provenance.commands.program import app

    app(prog_name="provenance")


if __name__ == "__main__":
    main()
