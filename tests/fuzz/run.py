"""Fuzz one parser, or each in turn, for a while.

    python tests/fuzz/run.py [TARGET ...] [--seconds 120] [--corpus FOLDER]

With atheris installed (`pip install atheris`, in an environment of its own) inputs are guided by the branches that they reach, and
what reached new ones is kept in the corpus folder; without it, samples are changed at random. What fails is written to
`FOLDER/TARGET/crash-…`, with the traceback on the screen: mend the fault and put the file into `tests/fuzz/found/` under
`TARGET-words`, where the tests read it for ever. An input that takes more than ten seconds counts as a failure.
"""

import argparse
import contextlib
import functools
import hashlib
import importlib.util
import os
import pkgutil
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parents[1]), str(HERE)]
LONGEST = 10


def plainly(name: str, seconds: float, corpus: Path) -> int:
    """Random changes, no guidance; the number of failures."""
    from mutate import mutants
    from targets import TARGETS

    target, ends, done, failed = TARGETS[name](), time.monotonic() + seconds, 0, 0
    for seed in range(1 << 30):
        for content in mutants(target, 200, seed):
            if time.monotonic() > ends:
                print(f"{name}: {done} inputs, {failed} failures", flush=True)
                return failed
            done += 1
            began = time.process_time()
            try:
                target.run(content)
                if time.process_time() - began > LONGEST:
                    raise TimeoutError(f"{time.process_time() - began:.1f} s")  # noqa: TRY301 - told as any other failure
            except Exception:  # noqa: BLE001 - whatever it is, it is a find
                failed += 1
                _write(corpus / f"crash-{hashlib.sha256(content).hexdigest()[:12]}", content)
                traceback.print_exc()
    return failed


def instrumented() -> bool:
    """Load the program so that atheris sees its branches; False where there is no atheris. It takes a while."""
    if not importlib.util.find_spec("atheris"):
        return False
    import atheris

    with atheris.instrument_imports(include=["provenance", "store"]):
        importlib.import_module("targets")
        for module in pkgutil.walk_packages([str(HERE.parents[1] / "provenance")], "provenance."):
            if ".commands" not in module.name:
                importlib.import_module(module.name)
    return True


def guided(name: str, seconds: float, corpus: Path) -> None:
    """With atheris, which ends this process."""
    import atheris
    from targets import TARGETS

    target = TARGETS[name]()
    for number, sample in enumerate(target.samples):
        _write(corpus / f"sample-{number}", sample)

    def run(content: bytes) -> None:
        try:
            target.run(bytes(content))
        except Exception:
            _write(corpus / f"crash-{hashlib.sha256(content).hexdigest()[:12]}", bytes(content))
            raise

    words = corpus.parent / f"{name}.words"
    words.write_text("".join('"' + "".join(f"\\x{byte:02x}" for byte in word) + '"\n' for word in target.words))
    options = [
        f"-max_total_time={int(seconds)}",
        f"-timeout={LONGEST}",
        "-rss_limit_mb=3000",
        "-max_len=20000",
        "-print_final_stats=1",
    ]
    atheris.Setup(
        [sys.argv[0], *options, f"-dict={words}", f"-artifact_prefix={corpus}/", str(corpus)],
        run,
    )
    atheris.Fuzz()


def forked(work: Callable[[], object]) -> bool:
    """Do something in a child; whether it went well."""
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        try:
            failed = work()
        except BaseException:  # noqa: BLE001 - a child never returns into its parent's code
            traceback.print_exc()
            failed = True
        os._exit(bool(failed))
    return os.waitpid(child, 0)[1] == 0


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def main() -> int:
    """Each target in a process of its own, one after the other."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("targets", nargs="*", metavar="TARGET", help="names in targets.py; default: all")
    options.add_argument("--seconds", type=float, default=120)
    options.add_argument("--corpus", type=Path, default=Path(tempfile.gettempdir()) / "provenance-fuzz")
    given = options.parse_args()
    fuzz = guided if instrumented() else plainly  # before anything of the program is loaded
    from targets import TARGETS

    failed = []
    for name in given.targets or TARGETS:
        print(f"--- {name}", flush=True)
        folder = given.corpus / name
        folder.mkdir(parents=True, exist_ok=True)
        if not forked(functools.partial(fuzz, name, given.seconds, folder)):
            failed.append(name)
    print(f"{len(failed)} targets with failures: {', '.join(failed)}")
    return min(len(failed), 1)


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        sys.exit(main())
