"""Evidence packages: checked by the documented shell commands, by the format's validator, and by another desk."""

import os
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from provenance.errors import ProvenanceError
from provenance.evidence import unpack

from .conftest import Run, call

DOCS = Path(__file__).resolve().parents[2] / "docs" / "evidence.md"
TOOLS = ("bash", "unzip", "sha256sum", "xxd", "gzip", "jq", "openssl", "base64")
WACZ = shutil.which(os.environ.get("PROVENANCE_TEST_WACZ", "wacz"))


class Desk:
    """A desk with a name, a key and a record."""

    def __init__(self, folder: Path, name: str) -> None:
        self.folder = folder
        self.env = {
            "PROVENANCE_DB": f"sqlite:///{folder / 'desk.db'}",
            "PROVENANCE_WHO": f"Ada of {name}",
            "PROVENANCE_JOURNAL_NAME": name,
            "PROVENANCE_JOURNAL_KEY": str(folder / "key.pem"),
        }
        folder.mkdir()
        assert self("journal", "key", "new", str(folder / "key.pem")).code == 0

    def __call__(self, *args: str) -> Run:
        return call(*args, **self.env)


@pytest.fixture(scope="module")
def first(tmp_path_factory) -> Desk:
    """A desk that holds a part of the demo case, and a verdict."""
    from provenance.demo import case_folder

    desk = Desk(tmp_path_factory.mktemp("desks") / "first", "first.example")
    pages = sorted(page for page in case_folder().glob("**/*.html") if b"<img" in page.read_bytes())[:3]
    assert desk("ingest", *map(str, pages)).code == 0
    visual = desk("visuals", "--json").objects[0]
    assert desk("assess", visual["id"], "--status", "disputed", "--why", "two dates").code == 0
    assert desk("export", "--package", str(desk.folder / "all.wacz")).code == 0
    return desk


def commands() -> list[str]:
    """The commands of the documentation, block by block."""
    section = DOCS.read_text(encoding="utf-8").partition("### Checking a package without us")[2]
    return re.findall(r"```sh\n(.*?)```", section, re.DOTALL)


def check(package: Path, public: Path, folder: Path) -> int:
    """Run exactly the documented commands; the status of the first that fails."""
    folder.mkdir()
    script = "set -e\n" + "\n".join(commands())
    env = {**os.environ, "PACKAGE": str(package), "PUBLIC": str(public)}
    return subprocess.run(["bash", "-c", script], cwd=folder, env=env, capture_output=True, check=False).returncode


@pytest.mark.skipif(not all(map(shutil.which, TOOLS)), reason="needs the documented tools")
def test_the_documented_commands_check_a_package(first: Desk, tmp_path: Path) -> None:
    """They accept what a desk exported, and refuse a forged entry, payload, blob, proof or signature that fits the lists."""
    public = tmp_path / "public.pem"
    public.write_text(first("journal", "key", "show", "--pem").out)
    package = first.folder / "all.wacz"
    assert len(commands()) == 4
    assert check(package, public, tmp_path / "good") == 0
    for number, (name, old, new) in enumerate(FORGERIES):
        forged = forge(package, tmp_path / f"{number}.wacz", name, old, new)
        assert check(forged, public, tmp_path / f"bad {number}") != 0, name
        if name != "journal/checkpoint.txt":  # its signature is told by the desk's key only
            with pytest.raises(ProvenanceError, match=re.escape(str(forged))):
                unpack.read(forged)


FORGERIES = [
    ("entries/2.txt", b"first.example", b"other.example"),
    ("payloads/2.txt", b'"', b"'"),
    ("journal/proofs.txt", b"a", b"b"),
    ("journal/bytes.txt", b"a", b"b"),
    ("journal/checkpoint.txt", b"time 2", b"time 1"),
]


def forge(package: Path, to: Path, name: str, old: bytes, new: bytes) -> Path:
    """A package with one file changed, and all lists made to fit, as someone would who knows the format."""
    import hashlib
    import json

    with zipfile.ZipFile(package) as whole:
        files = {member: whole.read(member) for member in whole.namelist()}
    assert old in files[name]
    files[name] = files[name].replace(old, new, 1)
    sums = sorted((k, v) for k, v in files.items() if k not in LISTS)
    files["journal/SHA256SUMS.txt"] = "".join(f"{hashlib.sha256(v).hexdigest()}  {k}\n" for k, v in sums).encode()
    listed = json.loads(files["datapackage.json"])
    for part in listed["resources"]:
        part["hash"] = f"sha256:{hashlib.sha256(files[part['path']]).hexdigest()}"
    files["datapackage.json"] = json.dumps(listed).encode()
    digest = hashlib.sha256(files["datapackage.json"]).hexdigest()
    files["datapackage-digest.json"] = json.dumps({"path": "datapackage.json", "hash": f"sha256:{digest}"}).encode()
    with zipfile.ZipFile(to, "w") as made:
        for member, content in files.items():
            made.writestr(member, content)
    return to


LISTS = ("journal/SHA256SUMS.txt", "datapackage.json", "datapackage-digest.json")


@pytest.mark.skipif(WACZ is None, reason="needs wacz, in an environment of its own: PROVENANCE_TEST_WACZ names its command")
def test_the_format_s_validator_accepts_a_package(first: Desk) -> None:
    """`wacz validate` of the format's authors."""
    done = subprocess.run([WACZ, "validate", "-f", str(first.folder / "all.wacz")], capture_output=True, text=True, check=False)
    assert "the passed WACZ is valid" in done.stdout


def test_another_desk_takes_a_package_with_its_provenance(first: Desk, tmp_path: Path) -> None:
    """Documents, bytes and visuals are the same; one entry says whose they were; its verdicts decide nothing here."""
    second = Desk(tmp_path / "second", "second.example")
    key = first("journal", "key", "show").out.strip()
    package = str(first.folder / "all.wacz")
    (done,) = second("import", package, "--public-key", key, "--json").objects
    assert (done["exported_by"], done["signature"], done["not_kept"]) == ("Ada of first.example", "passed", [])
    entries = second("journal", "export", "--json").objects
    assert (entries[-1]["what"], entries[-1]["who"]) == ("import", "Ada of second.example")
    assert "first.example" in entries[-1]["payload"]
    assert "disputed" in entries[-1]["payload"]
    ours, theirs = second("visuals", "--json").objects, first("visuals", "--json").objects
    assert [visual["members"] for visual in ours] == [visual["members"] for visual in theirs]
    assert {visual["status"] for visual in ours} == {"unverified"}
    assert second("verify").code == 0
    before = second("db", "info", "--json").objects[0]
    second("import", package)
    after = second("db", "info", "--json").objects[0]
    assert (after["documents"], after["journal_entries"]) == (before["documents"], before["journal_entries"] + 1)
    other = second("journal", "key", "show").out.strip()
    assert second("import", package, "--public-key", other).code == 4


def test_one_visual_is_exported_alone(first: Desk, tmp_path: Path) -> None:
    """Only its documents and their entries are in the package."""
    visual = first("visuals", "--json").objects[0]
    (said,) = first("export", visual["id"], "--package", str(tmp_path / "one.wacz"), "--json").objects
    received = unpack.read(tmp_path / "one.wacz")
    documents = {entry[4] for entry in received.entries.values() if entry[3] == "document"}
    assert documents == {member["document"] for member in visual["members"]}
    assert said["visuals"] == [visual["id"]]
    assert first("export", "v-none", "--package", str(tmp_path / "none.wacz")).code == 3


def test_a_case_may_be_named_by_document_picture_or_address(first: Desk, tmp_path: Path) -> None:
    """A document alone brings itself, its bytes, and the visuals it is in; the package says which of their documents it lacks."""
    desk = Desk(tmp_path / "desk", "desk.example")
    desk("import", str(first.folder / "all.wacz"))
    left, right = [v["id"] for v in desk("visuals", "--json").objects if any(m["asset"] for m in v["members"])][:2]
    assert desk("link", left, right, "--why", "one fire").code == 0
    visual = max(desk("visuals", "--json").objects, key=lambda v: v["documents"])
    member = next(m for m in visual["members"] if m["asset"])
    others = {m["document"] for m in visual["members"]} - {member["document"]}
    carriers = {m["document"] for v in desk("visuals", "--json").objects for m in v["members"] if m["asset"] == member["asset"]}
    assert others
    cases = [(member["document"], {member["document"]}), (member["document"][:10], {member["document"]})]
    cases += [(member["asset"], carriers)]
    for number, (ident, expected) in enumerate(cases):
        package = tmp_path / f"{number}.wacz"
        (said,) = desk("export", ident, "--package", str(package), "--json").objects
        received = unpack.read(package)
        assert {entry[4] for entry in received.entries.values() if entry[3] == "document"} == set(said["documents"]) == expected
        assert visual["id"] in said["visuals"]
        assert others - expected <= set(said["documents_not_in_it"])
        other = Desk(tmp_path / f"desk {number}", "other.example")
        assert (other("import", str(package)).code, other("verify").code) == (0, 0)
    (tmp_path / "note.txt").write_text("The council of Lower Amble met and said nothing of any picture at all.\n")
    (note,) = desk("ingest", str(tmp_path / "note.txt"), "--url", "https://amble.example/1", "--json").objects
    (said,) = desk("export", "https://amble.example/1", visual["id"], "--package", str(tmp_path / "two.wacz"), "--json").objects
    assert set(said["documents"]) == {note["id"], member["document"], *others}
    assert said["documents_not_in_it"] == []
    missing = desk("export", "https://nowhere.example/", "--package", str(tmp_path / "none.wacz"))
    assert (missing.code, "nowhere.example" in missing.err) == (3, True)


def test_a_package_holds_the_documents_that_show_nothing(tmp_path: Path) -> None:
    """Without a case all documents are packed, those without a visual, too."""
    desk = Desk(tmp_path / "desk", "desk.example")
    (tmp_path / "note.txt").write_text("The council of Lower Amble met and said nothing of any picture at all.\n")
    assert desk("ingest", str(tmp_path / "note.txt")).code == 0
    (said,) = desk("export", "--package", str(tmp_path / "all.wacz"), "--json").objects
    assert (said["visuals"], len(said["documents"])) == ([], 1)
    assert b"Lower Amble" in next(iter(unpack.read(tmp_path / "all.wacz").blobs.values()))


def test_a_package_tells_where_its_documents_came_from(first: Desk, tmp_path: Path) -> None:
    """What was taken over from another desk and is handed on carries the entry that says whose it was; marks go with it."""
    second, third = Desk(tmp_path / "second", "second.example"), Desk(tmp_path / "third", "third.example")
    assert second("import", str(first.folder / "all.wacz")).code == 0
    visual = second("visuals", "--json").objects[0]
    assert second("mark", visual["id"], "--as", "graphic", "--why", "a wound").code == 0
    assert second("export", visual["id"], "--package", str(tmp_path / "on.wacz")).code == 0
    received = unpack.read(tmp_path / "on.wacz")
    kinds = {entry[3] for entry in received.entries.values()}
    assert {"import", "marking", "document"} <= kinds
    assert "first.example" in str([p for n, p in received.payloads.items() if received.entries[n][3] == "import"])
    assert third("import", str(tmp_path / "on.wacz")).code == 0
    assert third("verify").code == 0


def test_bytes_that_had_to_go_are_not_handed_on(first: Desk, tmp_path: Path) -> None:
    """The package says what it does not hold; the other desk keeps the document without them."""
    desk = Desk(tmp_path / "desk", "desk.example")
    desk("import", str(first.folder / "all.wacz"))
    asset = next(m["asset"] for v in desk("visuals", "--json").objects for m in v["members"] if m["asset"])
    assert desk("redact", asset, "--reason", "a court order").code == 0
    (said,) = desk("export", "--package", str(tmp_path / "less.wacz"), "--json").objects
    assert said["bytes_not_in_it"] == [asset]
    received = unpack.read(tmp_path / "less.wacz")
    assert asset not in received.blobs
    third = Desk(tmp_path / "third", "third.example")
    assert third("import", str(tmp_path / "less.wacz")).code == 0
    assert third("verify").code == 0


def test_any_changed_byte_of_a_package_is_refused(first: Desk, tmp_path: Path) -> None:
    """Anywhere in the file: it is refused, or what is read is the same (the place holds nothing)."""
    content = (first.folder / "all.wacz").read_bytes()
    whole = unpack.read(first.folder / "all.wacz")
    for at in range(7, len(content), len(content) // 60):
        changed = tmp_path / "changed.wacz"
        changed.write_bytes(content[:at] + bytes([content[at] ^ 4]) + content[at + 1 :])
        try:
            received = unpack.read(changed)
        except ProvenanceError:
            continue
        assert (received.note, received.payloads, received.blobs) == (whole.note, whole.payloads, whole.blobs)


@pytest.mark.parametrize("content", [b"", b"PK\x05\x06" + bytes(18), b"not a zip", b"PK\x03\x04" + b"\xff" * 400])
def test_what_is_no_package_is_told(tmp_path: Path, content: bytes) -> None:
    """A file of another kind is named, and nothing is kept."""
    (tmp_path / "x.wacz").write_bytes(content)
    done = call("import", str(tmp_path / "x.wacz"), PROVENANCE_DB=f"sqlite:///{tmp_path / 'desk.db'}")
    assert (done.code, "Traceback" in done.err, "x.wacz" in done.err) == (3, False, True)
    assert not (tmp_path / "desk.db").exists()


def test_a_package_that_swells_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    """A member of zeros that unpacks to a thousand times its size is named, and nothing of it is taken into memory."""
    with zipfile.ZipFile(tmp_path / "p.wacz", "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("archive/data.warc.gz", bytes(3_000_000))
    run = call("--db", f"sqlite:///{tmp_path / 'd.db'}", "import", str(tmp_path / "p.wacz"))
    assert run.code != 0
    assert "'archive/data.warc.gz' unpacks from" in run.err
