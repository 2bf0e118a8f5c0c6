"""Hostile and broken files, one by one, through `provenance ingest`: what came of each, what it cost, and was that right.

    python tests/reliability/badinputs.py [--folder ../shared/badinputs] [--only img_,warc_] [--every 1] [--all]

The folder has a table `manifest.tsv` whose column `expect` says what should come of a file:
`decode` it is read; `error` a fault is told, what is sound is kept; `either` read or told; `refuse` stopped at a limit, told,
or kept byte for byte and not opened; `contain` as `either`, and nothing is written outside the record; `inert` kept byte for
byte, or told; `block` read as text, nothing fetched. For every file: no traceback, no control character on the screen, at most
five seconds of processor time (of this process and of the child that reads for it), at most 300 MB of memory in this process,
and an outcome: a document, or a reason.

Several files share a process and a record, as starting costs more than most of them; times and memory are of each file alone.
"""

import argparse
import contextlib
import csv
import hashlib
import io
import json
import os
import resource
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).resolve().parent)]

SECONDS, MEGABYTES = 5.0, 300
TOGETHER, A_RECORD = 100, 25
"""Files to one process, and to one record: what is kept already costs the next file time."""
UNREAD = frozenset({"ico", "jp2", "pgm", "ppm", "qoi"})
"""Endings of pictures that are not decoded, on purpose: no newsroom gets them, and each decoder is one more to attack."""
_NOTHING_IN_IT = ("holds no HTML page", "is a feed without entries")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one file: documents, pictures decoded, whether its very bytes are kept, and all that was said of it."""

    path: str
    expect: str
    code: int = -1
    read: int = 0
    decoded: int = 0
    verbatim: bool = False
    reasons: tuple[str, ...] = ()
    cpu_seconds: float = 0.0
    megabytes: int = 0
    wrong: tuple[str, ...] = field(default=())


def rows(folder: Path, only: tuple[str, ...], every: int) -> list[dict[str, str]]:
    """The files to read."""
    with (folder / "manifest.tsv").open(encoding="utf-8", newline="") as lines:
        listed = [row for row in csv.DictReader(lines, delimiter="\t") if (folder / row["path"]).is_file()]
    return [row for row in listed if row["path"].startswith(only)][::every]


def outcomes(folder: Path, wanted: list[dict[str, str]]) -> Iterator[Outcome]:
    """Read each file, a few to a process; a process that dies costs the file that it was reading."""
    while wanted:
        batch, told = wanted[:TOGETHER], 0
        reader, writer = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reader)
            _work(folder, batch, writer)
        os.close(writer)
        with os.fdopen(reader, encoding="utf-8") as lines:
            for line in lines:
                told += 1
                found = json.loads(line)
                yield Outcome(**{**found, "reasons": tuple(found["reasons"]), "wrong": tuple(found["wrong"])})
        _, status = os.waitpid(child, 0)
        if status:
            row = batch[told]
            yield Outcome(row["path"], row["expect"], wrong=(f"the process ended with status {status}",))
            told += 1
        wanted = wanted[told:]


def _work(folder: Path, batch: list[dict[str, str]], writer: int) -> None:
    try:
        with tempfile.TemporaryDirectory() as scratch, os.fdopen(writer, "w", encoding="utf-8") as out:
            _warm(Path(scratch))
            for number, row in enumerate(batch):
                outcome = one(folder, row, Path(scratch), Path(scratch, "records", str(number // A_RECORD)))
                print(json.dumps(asdict(outcome)), file=out, flush=True)
    except BaseException as error:  # noqa: BLE001 - a child never returns into its parent's code
        os.write(2, f"{type(error).__name__}: {error}\n".encode())
        os._exit(1)
    os._exit(0)


def _warm(scratch: Path) -> None:
    """Load what reading a page and a picture loads, here and in the child, so that no file pays for it."""
    import desk

    folder = desk.pages(scratch / "records" / "warm", 2)[0].parent
    run("ingest", str(folder), "--db", f"sqlite:///{scratch / 'records' / 'warm.db'}", cwd=str(scratch))


def run(*arguments: str, cwd: str) -> tuple[int, str, str]:
    """The command in this process: its exit code, and what it printed."""
    import cli

    out, err = io.StringIO(), io.StringIO()
    with contextlib.chdir(cwd), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            cli.app(list(arguments), prog_name="provenance")
        except SystemExit as ended:
            code = int(ended.code or 0)
    return code, out.getvalue(), err.getvalue()


def one(folder: Path, row: dict[str, str], scratch: Path, record: Path) -> Outcome:
    """Read one file into a record and judge what came of it."""
    path, db = folder / row["path"], record / "desk.db"
    before = _outside(scratch)
    Path("/proc/self/clear_refs").write_text("5")  # the peak of memory begins anew
    began = _cpu()
    code, out, err = run("ingest", str(path), "--json", "--db", f"sqlite:///{db}", cwd=str(scratch))
    seconds, megabytes = _cpu() - began, _peak()
    documents = [json.loads(line) for line in out.split("\n") if line]
    media = [medium for document in documents for medium in document["media"]]
    assets = [medium["asset"] for medium in media if medium.get("asset")]
    reasons = [line for line in err.splitlines() if line.startswith("provenance: ")]
    reasons += [asset["not_hashable"] for asset in assets if asset.get("not_hashable")]
    reasons += [told for asset in assets for told in asset.get("findings") or ()]
    reasons += [told for document in documents for told in document.get("warnings") or ()]
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    found = Outcome(
        path=row["path"],
        expect=row["expect"],
        code=code,
        read=len(documents),
        decoded=sum(_is_decoded(asset) for asset in assets),
        verbatim=any(record.rglob(f"{digest}*")),
        reasons=tuple(told[:300] for told in reasons),
        cpu_seconds=round(seconds, 2),
        megabytes=megabytes,
    )
    wrong = [*_always(found, out + err), *_expected(found, row)]
    if _outside(scratch) != before:
        wrong.append("something was written outside the record")
    return Outcome(**{**asdict(found), "reasons": found.reasons, "wrong": tuple(wrong)})


def _always(found: Outcome, printed: str) -> Iterator[str]:
    if "Traceback" in printed or "a fault of this program" in printed or "this is a fault of the program" in printed:
        yield "a fault of the program"
    if found.cpu_seconds > SECONDS:
        yield f"it took {found.cpu_seconds} s"
    if found.megabytes > MEGABYTES:
        yield f"it took {found.megabytes} MB"
    if not found.read and not found.reasons:
        yield "neither a document nor a reason"
    if any((ord(sign) < 32 and sign not in "\n\t") or 127 <= ord(sign) < 160 for sign in printed):
        yield "control characters on the screen"


def _expected(found: Outcome, row: dict[str, str]) -> Iterator[str]:
    picture, ending = row["path"].startswith(("img_", "bombs_img")), row["path"].rpartition(".")[2]
    sound = (
        found.decoded
        if picture and ending not in UNREAD
        else found.read or any(why in told for why in _NOTHING_IN_IT for told in found.reasons)
    )
    if found.expect == "decode" and not sound and not (ending in UNREAD and found.reasons):
        yield "not read"
    if found.expect == "error" and not found.reasons:
        yield "no fault told"
    if found.expect == "refuse" and not found.reasons and (found.decoded or not found.verbatim):
        yield "not refused"
    if found.expect == "inert" and not found.verbatim and not found.reasons:
        yield "not kept as it is"


def _is_decoded(asset: dict[str, object]) -> bool:
    """Whether the pixels were read: those of a picture or of frames that are too small or too plain to be hashed were."""
    why = str(asset.get("not_hashable") or "")
    plain = ("too small", "one plain colour", "too little detail", "none of its frames has enough detail")
    return bool(asset.get("fingerprints")) or why.startswith(plain)


def _outside(scratch: Path) -> list[str]:
    """What lies in the folder above the records."""
    return sorted(path.name for path in scratch.iterdir() if path.name != "records")


def _cpu() -> float:
    """Processor time of this process, of its children that ended, and of those that read for it."""
    from provenance.cage import the_cage

    ours = sum(
        resource.getrusage(whose)[0] + resource.getrusage(whose)[1] for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    caged = the_cage()
    ticks = sum(
        sum(map(int, Path(f"/proc/{child._pid}/stat").read_text().rpartition(")")[2].split()[11:13]))
        for child in (caged._idle if caged else ())
    )
    return ours + ticks / os.sysconf("SC_CLK_TCK")


def _peak() -> int:
    """The most memory of this process since the peak was set back, in MB."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) // 1000


def main() -> None:
    """Print a table of what was not as expected, and the figures."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--folder", type=Path, default=ROOT.parent / "shared" / "badinputs")
    options.add_argument("--only", default="", help="the beginnings of names, with commas")
    options.add_argument("--every", type=int, default=1, help="read each n-th file only")
    options.add_argument("--all", action="store_true", help="print what came of every file")
    given = options.parse_args()
    found = []
    for outcome in outcomes(given.folder.resolve(), rows(given.folder, tuple(given.only.split(",")), given.every)):
        found.append(outcome)
        if outcome.wrong or given.all:
            why, cost = "; ".join(outcome.wrong) or "as expected", f"{outcome.cpu_seconds} s, {outcome.megabytes} MB"
            told = " | ".join(outcome.reasons)[:200]
            print("\t".join((outcome.path, outcome.expect, why, cost, told)), file=sys.stderr, flush=True)
    print(summary(found))


def summary(found: list[Outcome]) -> dict[str, object]:
    """The figures."""
    return {
        "files": len(found),
        "read": sum(bool(o.read) for o in found),
        "refused_with_a_reason": sum(not o.read and bool(o.reasons) for o in found),
        "wrong": sum(bool(o.wrong) for o in found),
        "wrong_by_kind": dict(Counter(why for o in found for why in o.wrong)),
        "most_cpu_seconds": max((o.cpu_seconds for o in found), default=0),
        "most_megabytes": max((o.megabytes for o in found), default=0),
        "cpu_seconds": round(sum(o.cpu_seconds for o in found)),
    }


if __name__ == "__main__":
    main()
