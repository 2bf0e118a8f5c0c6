"""What is written is safe to open: every payload, in every place that text from outside can stand, in real programs."""

import csv as csv_module
import html as html_module
import io
import json
import re
import socket
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from provenance.records import (
    Account,
    AppearanceKey,
    Assessment,
    ChainHop,
    Conflict,
    ConflictValue,
    Decision,
    Document,
    DocumentFacts,
    DocumentSpan,
    Dossier,
    Marking,
    Medium,
    Member,
    Origin,
    Outlet,
    Post,
    Span,
    StatedDate,
    StoredDocument,
    Visual,
)
from provenance.report import csv, details, html, tables
from provenance.report.drawings import dot, graphml, mermaid
from provenance.report.lines import embeddable, json_lines
from provenance.report.prov import prov
from provenance.report.reviews import claim_reviews
from provenance.report.text import ACTIVE, visible

from ..report.browser import needs_browser, run  # noqa: TID252 - one way to open a page for all tests

OWN: dict[str, list[str]] = tomllib.loads(Path(__file__).with_name("payloads.toml").read_text(encoding="utf-8"))
A_PAGE = 250
"""Payloads in one page: a start of the browser costs more than a longer page."""


# ------------------------------------------------------------------ a report that is made of payloads


def document(number: int, text: str) -> StoredDocument:
    """A document that has one text as its file name, address, headline, outlet, caption, credit, handle and words."""
    medium = Medium(
        id="m1",
        kind="photo",
        role="body",
        url=text,
        caption=text,
        credit=text,
        alt=text,
        local_path=text,
        description=Span(0, len(text), text),
        account=Account(platform="telegram", handle=text, as_written=text),
        stated_dates=(StatedDate(value=text, precision="day", role="taken", span=Span(0, len(text), text)),),
    )
    facts = DocumentFacts(
        sha256=f"{number:064x}",
        kind="post" if number % 2 else "article",
        url=text,
        canonical_url=f"{text}#",
        outlet=Outlet(name=text, domain=text, basis=text),
        headline=text,
        byline=text,
        language=text,
        published=text,
        published_text=text,
        published_basis=text,
    )
    post = Post(id="p1", platform="telegram", post_id=text, handle=text, author_name=text, embedding="embedded", media=("m1",))
    read = Document(source=text, document=facts, text=text, media=(medium,), posts=(post,), warnings=(text,))
    return StoredDocument(id=f"d{number}", sequence=number, ingested_at=text, document=read, no_bytes={"m1": text})


def visual(number: int, text: str) -> Visual:
    """A visual that one document uses and every text of which is one text."""
    ident, span = f"d{number}", Span(0, len(text), text)
    said = ConflictValue(value=text, documents=(ident,), spans=(DocumentSpan(document=ident, start=0, end=len(text), text=text),))
    member = Member(
        document=ident,
        source=text,
        media="m1",
        how="described",
        confidence="same",
        why=text,
        outlet=text,
        url=text,
        published=text,
        caption=text,
        credit=text,
    )
    return Visual(
        id=f"v-{number:012x}",
        label=text,
        status="altered",
        status_basis=text,
        members=(member,),
        outlets=1,
        documents=1,
        independent_origins=1,
        origin=Origin(platform="telegram", handle=text, post_url=text, why=text),
        chains=((ident, text, f"telegram:@{text}"),),
        hops=(ChainHop(citing=ident, cited=text, relation="reports", document=ident, span=span),),
        conflicts=(Conflict(field="place", severity="hard", reading=text, values=(said, said)),),
        loops=((text, ident, text),),
        graphic="graphic",
        graphic_basis=text,
    )


def hostile(payloads: list[str]) -> Dossier:
    """A dossier with a document and a visual for each payload."""
    numbered = list(enumerate(payloads, 1))
    keys = {number: AppearanceKey(f"d{number}", "m1") for number, _ in numbered}
    told = [(n, {"who": text, "why": text, "at": text}) for n, text in numbered]
    return Dossier(
        title=payloads[0],
        made_at=payloads[0],
        made_by=payloads[0],
        visuals=tuple(visual(*pair) for pair in numbered),
        documents={f"d{number}": document(number, text) for number, text in numbered},
        assessments=tuple(
            Assessment(id=f"a{n}", visual=f"v-{n:012x}", appearance=keys[n], status="altered", **t) for n, t in told
        ),
        decisions=tuple(Decision(id=f"x{n}", kind="link", left=keys[n], right=keys[1], **t) for n, t in told),
        markings=tuple(Marking(id=f"m{n}", label="graphic", appearances=(keys[n],), **t) for n, t in told),
        checkpoint=payloads[0],
        checkpoint_note=payloads[0],
        as_of=payloads[0],
    )


def batches(payloads: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(payloads), A_PAGE):
        yield payloads[start : start + A_PAGE]


def lines_of(folder: Path) -> list[str]:
    """Each line of the lists in a folder, once."""
    found = (path.read_bytes().decode("utf-8", "replace").splitlines() for path in sorted(folder.iterdir()))
    return [line for line in dict.fromkeys(line for lines in found for line in lines) if line.strip()]


@pytest.fixture(params=["own", "shared"])
def xss(request: pytest.FixtureRequest) -> list[str]:
    if request.param == "own":
        return [*OWN["xss"], *OWN["terminal"], *OWN["csv"]]
    return lines_of(request.getfixturevalue("shared") / "badinputs" / "xss_lists")


# ------------------------------------------------------------------ HTML in a real browser

PROBE = """
<script nonce="probe">
const ran = [];
for (const name of ['alert', 'confirm', 'prompt', 'print', 'open', 'fetch', 'eval', 'postMessage', 'Worker', 'XMLHttpRequest'])
  window[name] = (...given) => { ran.push(name + ' ' + given); };
window.addEventListener('error', event => event.message && ran.push('error ' + event.message));
window.addEventListener('load', () => {
  const all = [...document.querySelectorAll('*')], ours = document.querySelectorAll('[nonce]');
  const text = document.body.textContent.replace(/\\s+/g, ' ');
  const attributes = all.flatMap(e => [...e.attributes].map(a => [e.localName, a.name, a.value.slice(0, 80)]));
  const loads = /^(src|href|srcset|data|action|poster)$/;
  const odd = attributes.filter(([tag, name, value]) => name.startsWith('on') || (loads.test(name)
    && !/^(#|data:image\\/png;base64,)/.test(value) && !(tag === 'a' && /^https?:\\/\\//.test(value))));
  const missing = JSON.parse(document.getElementById('expected').textContent).filter(words => !text.includes(words));
  const output = document.createElement('output');
  output.textContent = JSON.stringify({ran, odd, missing, title: document.title,
    scripts: document.scripts.length - ours.length, tags: [...new Set(all.map(e => e.localName))].sort()});
  document.body.appendChild(output);
});
</script>
"""
TAGS = {
    *("html", "head", "meta", "title", "style", "script", "body", "a", "header", "nav", "main", "footer", "section", "article"),
    *("h1", "h2", "h3", "h4", "p", "div", "span", "strong", "code", "bdi", "q", "mark", "blockquote", "ul", "ol", "li"),
    *("table", "caption", "thead", "tbody", "tr", "th", "td", "dl", "dt", "dd"),
    *("svg", "defs", "marker", "path", "rect", "line", "text", "g"),
}
ITS_OWN = ("google.com", "googleapis.com", "gvt1.com", "gstatic.com")
"""Whom the browser itself asks, of every page: for updates and the time."""


def squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", visible(text)).strip()


def probed(content: bytes, payloads: list[str], *, policy: bool) -> bytes:
    """A page with our own probe in it, and with its policy taken away or made to allow the probe alone."""
    head, rest = content.split(b"<meta http-equiv=", 1)
    kept, after = rest.split(b">", 1)
    rule = b"<meta http-equiv=" + kept.replace(b"default-src 'none'", b"default-src 'none'; script-src 'nonce-probe'") + b">"
    expected = [words for text in payloads if (words := squeezed(text))]
    data = b'<script nonce="probe" type="application/json" id="expected">' + embeddable(expected) + b"</script>"
    return head + (rule if policy else b"") + PROBE.encode() + data + after


@contextmanager
def canary() -> Iterator[tuple[str, list[bytes]]]:
    """A proxy for all that a browser asks of any network: its address, and what it was asked."""
    asked: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            while True:
                try:
                    client, _ = server.accept()
                except OSError:
                    return
                with client:
                    client.settimeout(5)
                    try:
                        asked.append(client.recv(4096).split(b"\r\n")[0])
                    except OSError:
                        asked.append(b"(connected)")

        Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}", asked
        server.shutdown(socket.SHUT_RDWR)


def opened(content: bytes, folder: Path) -> tuple[dict[str, Any], list[bytes]]:
    """What the probe saw in a real browser, and what the network was asked for."""
    page = folder / "page.html"
    page.write_bytes(content)
    with canary() as (address, asked):
        dom = run(page, folder / "profile", f"--proxy-server={address}", "--proxy-bypass-list=<-loopback>")
    found = re.search(r"<output>(.*?)</output></body>", dom, re.DOTALL)
    assert found is not None, "the page was left, or its scripts were stopped"
    return json.loads(html_module.unescape(found.group(1))), [line for line in asked if not _its_own(line)]


def _its_own(line: bytes) -> bool:
    found = re.match(r"[A-Z]+ (?:https?://)?([^/:\s]+)", line.decode("latin-1"))
    return bool(found) and f".{found[1]}".endswith(tuple(f".{host}" for host in ITS_OWN))


@needs_browser
@pytest.mark.parametrize("policy", [False, True], ids=["escaping alone", "with the policy"])
def test_the_probe_sees_what_is_not_escaped(tmp_path: Path, *, policy: bool) -> None:
    """Payloads put into the finished page as markup are seen: they run and ask without the policy, and do neither with it."""
    smuggled = b"<body><script>alert(1)</script><img src=x onerror=alert(2)><img src=http://asked.example/a.png>"
    content = html(hostile(["harmless"])).replace(b"<body>", smuggled)
    seen, asked = opened(probed(content, ["harmless"], policy=policy), tmp_path)
    assert seen["ran"] == ([] if policy else ["alert 1", "alert 2"])
    assert any(b"asked.example" in line for line in asked) != policy
    assert (seen["scripts"], len(seen["odd"]), "img" in seen["tags"]) == (1, 3, True)


@needs_browser
@pytest.mark.timeout(900)
def test_no_payload_runs_or_asks_in_a_report(xss: list[str], tmp_path: Path) -> None:
    """With the policy taken away, so that escaping alone must do it: nothing runs, nothing is asked of the network.

    No element and no attribute comes from a text, and every text can be read whole.
    """
    for number, payloads in enumerate(batches(xss)):
        folder = tmp_path / str(number)
        folder.mkdir()
        seen, asked = opened(probed(html(hostile(payloads)), payloads, policy=False), folder)
        assert (seen["ran"], seen["odd"], seen["scripts"], asked) == ([], [], 0, [])
        assert set(seen["tags"]) <= TAGS
        assert seen["missing"] == []
        assert seen["title"].split() == visible(payloads[0]).split()


# ------------------------------------------------------------------ other files


@pytest.mark.parametrize("make", [graphml, dot, mermaid, prov, claim_reviews, lambda d: json_lines(d.visuals)])
def test_no_payload_acts_in_other_files(make: Callable[[Dossier], bytes], xss: list[str]) -> None:
    """Graphs, PROV, reviews and JSON hold no active character; what may stand in a page holds no sign of markup."""
    content = make(hostile(xss)).decode("utf-8")
    assert not ACTIVE.search(content)
    assert make not in (prov, claim_reviews) or not set("<>&") & set(content)


def cells(content: bytes) -> list[list[str]]:
    return list(csv_module.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.fixture(params=["own", "shared"])
def formulas(request: pytest.FixtureRequest) -> list[str]:
    if request.param == "own":
        return [*OWN["csv"], *OWN["terminal"]]
    bad = request.getfixturevalue("shared") / "badinputs"
    return [*lines_of(bad / "csv_lists"), *lines_of(bad / "naughty")]


RUN = re.compile(r"[=+\-@\t\r\n＝＋－＠]")


def test_no_cell_is_run_by_a_spreadsheet(formulas: list[str]) -> None:
    """No cell starts as a formula, however a spreadsheet parts them: at commas as we do, or at semicolons and tabs."""
    content = csv(hostile(formulas))
    rows = cells(content)
    assert len(rows) == 1 + len(formulas)
    assert not [cell for row in rows for cell in row if RUN.match(cell)]
    parted = re.split(r"[;\t\r\n]", content.decode("utf-8-sig"))
    assert not [cell for cell in parted if re.match(r'"?[=+@＝＋＠]', cell.strip(" "))]


def test_the_guard_can_be_left_out(formulas: list[str]) -> None:
    """Programs may have the texts as they are: only the apostrophes are missing."""
    guarded, plain = (cells(csv(hostile(formulas), guard=guard)) for guard in (True, False))
    assert [visible(text) for text in formulas] == [row[plain[0].index("caption")] for row in plain[1:]]
    assert [[cell.replace("'", "") for cell in row] for row in guarded] == [
        [cell.replace("'", "") for cell in row] for row in plain
    ]


# ------------------------------------------------------------------ the terminal


@pytest.fixture(params=["own", "shared"])
def controls(request: pytest.FixtureRequest) -> list[str]:
    if request.param == "own":
        return [*OWN["terminal"], *OWN["xss"], *OWN["csv"]]
    return lines_of(request.getfixturevalue("shared") / "badinputs" / "naughty")


def test_no_text_acts_on_a_terminal(controls: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Tables show controls and turning characters by number, each text within its cell, and no markup is read in it."""
    from provenance.commands.screen import complain, emit, show_tables

    made = hostile(controls)
    shown = [
        tables.visuals(made.visuals),
        tables.documents(made.documents.values()),
        *(table for v in made.visuals for table in (*tables.show(v, made.documents), *tables.chain(v, made.documents))),
        *(table for stored in made.documents.values() for table in details.document(stored.document)),
    ]
    assert not [
        cell for table in shown for row in (*table.rows, (table.title,)) for cell in row if re.search("[\x00-\x1f]", cell)
    ]
    show_tables(*(shown if len(controls) < A_PAGE else shown[:2]))
    for text in controls:
        complain(text)
    for found in made.visuals:
        emit(found)
    out, err = capsys.readouterr()
    assert not ACTIVE.search(out)
    assert not ACTIVE.search(err)
    assert [line for line in err.splitlines() if not line.startswith("provenance: ")] == []
    assert len(err.split("\n")) == len(controls) + 1


def test_the_command_line_escapes_what_the_report_does() -> None:
    """JSON printed by commands and JSON written to files escape the same characters."""
    from provenance.commands import screen
    from provenance.report import lines

    assert screen._ACTIVE == lines._ACTIVE
