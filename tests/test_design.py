"""The import rules of the design, read off the source itself."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
STEPS = {"acquire", "extract", "attribute", "fingerprint", "match", "chain", "report"}
GROUND = {"provenance", "provenance.records", "provenance.errors"}
HOMES = {
    "httpx": {"provenance/acquire"},
    "httpcore": {"provenance/acquire"},
    "protego": {"provenance/acquire"},
    "tenacity": {"provenance/acquire"},
    "turbohtml": {"provenance/extract/dom.py"},
    "PIL": {"provenance/fingerprint", "provenance/demo/build.py"},
    "imagehash": {"provenance/fingerprint"},
    "av": {"provenance/fingerprint/video.py"},
    "cv2": {"provenance/fingerprint", "provenance/match"},
    "onnxruntime": {"provenance/fingerprint/copies.py"},
    "sqlmodel": {"store"},
    "sqlalchemy": {"store"},
    "alembic": {"store"},
    "typer": {"provenance/commands"},
    "rich": {"provenance/commands"},
    "anyascii": {"provenance/chain/sounds.py"},
    "jinja2": {"provenance/report"},
    "cryptography": {"provenance/evidence"},
    "rfc3161_client": {"provenance/evidence"},
    "warcio": {"provenance/evidence"},
    "seccompy": {"provenance/cage/calls.py"},
}


def sources() -> list[Path]:
    return sorted([*ROOT.glob("provenance/**/*.py"), *ROOT.glob("store/**/*.py"), ROOT / "cli.py"])


def imports(path: Path) -> Iterator[str]:
    """Every module that a file names in an import, at any depth; relative ones made absolute."""
    package = list(path.relative_to(ROOT).parts[:-1])
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*base, *([node.module] if node.module else [])])
            yield module
            yield from (f"{module}.{alias.name}" for alias in node.names)


def room_of(module: str) -> str | None:
    """The step that a dotted name lies in, or None."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 and parts[0] == "provenance" and parts[1] in STEPS else None


@pytest.mark.parametrize("path", [p for p in sources() if room_of(".".join(p.relative_to(ROOT).with_suffix("").parts))], ids=str)
def test_a_step_imports_only_the_ground(path: Path) -> None:
    """A step knows the records, the errors and the reference data, and no other step."""
    own = path.relative_to(ROOT).parts[1]
    ours = [m for m in imports(path) if m.split(".")[0] in {"provenance", "store", "cli"}]
    foreign = [
        m
        for m in ours
        if room_of(m) != own
        and not any(
            m == g or m.startswith(f"{g}.") for g in (*GROUND - {"provenance"}, "provenance.reference", "provenance.evidence")
        )
    ]
    assert [] == [m for m in foreign if m not in {"provenance", "provenance.__version__"}]


@pytest.mark.parametrize("path", sorted(ROOT.glob("provenance/reference/**/*.py")), ids=str)
def test_the_ground_imports_no_step(path: Path) -> None:
    """Reference data stands below the steps."""
    assert [] == [m for m in imports(path) if room_of(m) or m.split(".")[0] in {"store", "cli"}]


@pytest.mark.parametrize("path", sorted(ROOT.glob("store/**/*.py")), ids=str)
def test_the_store_knows_records_only(path: Path) -> None:
    """The store imports the ground and nothing of the steps, the pipeline or the door."""
    ours = {m for m in imports(path) if m.split(".")[0] in {"provenance", "cli"}}
    allowed = (
        "provenance.records",
        "provenance.errors",
        "provenance.evidence",
        "provenance.settings",
        "provenance.defaults",
        "provenance.from_json",
        "provenance.__version__",
    )
    assert set() == {m for m in ours if m != "provenance" and not m.startswith(allowed)}


@pytest.mark.parametrize("path", sources(), ids=str)
def test_a_foreign_library_has_one_home(path: Path) -> None:
    """Each library that could be swapped is imported in one place only."""
    name = path.relative_to(ROOT).as_posix()
    used = {m.split(".")[0] for m in imports(path)} & HOMES.keys()
    assert set() == {u for u in used if not any(name == h or name.startswith(f"{h}/") for h in HOMES[u])}


@pytest.mark.parametrize("path", [p for p in sources() if p.name != "cli.py"], ids=str)
def test_nothing_but_the_door_imports_the_door(path: Path) -> None:
    """Only cli.py wires; nothing below it knows it."""
    assert not any(m == "cli" or m.startswith("cli.") for m in imports(path))


@pytest.mark.parametrize("path", [p for p in sources() if p.name != "cli.py"], ids=str)
def test_only_the_door_and_its_verbs_know_the_verbs_and_the_store(path: Path) -> None:
    """What lies below the verbs is handed the store; it neither opens one nor calls a verb."""
    name = path.relative_to(ROOT).as_posix()
    if not name.startswith(("provenance/commands/", "store/")):
        assert [] == [m for m in imports(path) if m.split(".")[0] == "store" or m.startswith("provenance.commands")]
