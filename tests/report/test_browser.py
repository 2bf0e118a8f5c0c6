"""The report in a real browser: nothing runs, nothing is asked for, and it fits."""

import dataclasses
import html as html_module
import json
import re
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from provenance.records import Dossier
from provenance.report import html

from .browser import needs_browser, run

pytestmark = needs_browser
PROBE = """
<script nonce="probe">
const wide = [...document.querySelectorAll('g')].filter(g => {
  const box = g.querySelector('rect').getBBox();
  return [...g.querySelectorAll('text')].some(t => t.getBBox().x < box.x || t.getBBox().width > box.width);
}).map(g => g.textContent);
const over = document.documentElement.scrollWidth > document.documentElement.clientWidth;
const output = document.body.appendChild(document.createElement('output'));
output.textContent = JSON.stringify({wide, over});
</script>
"""


def title(dom: str) -> str:
    found = re.search(r"<title>(.*?)</title>", dom, re.DOTALL)
    return html_module.unescape(found.group(1)) if found else ""


def joined(hostiles: list[Dossier]) -> bytes:
    """All turns of the hostile report in one page, so that one start of the browser tries every payload in every slot."""
    pages = [html(hostile).decode("utf-8") for hostile in hostiles]
    bodies = [page[page.index("<body>") + 6 : page.index("</body>")] for page in pages]
    return (pages[0][: pages[0].index("<body>") + 6] + "".join(bodies) + "</body></html>").encode()


def test_nothing_runs_even_without_the_policy(hostiles: list[Dossier], tmp_path: Path) -> None:
    """With the Content-Security-Policy taken away, escaping alone keeps every payload from running."""
    content = re.sub(rb"<meta http-equiv=[^>]*>", b"", joined(hostiles))
    assert b"Content-Security-Policy" not in content
    page = tmp_path / "open.html"
    page.write_bytes(content)
    dom = run(page, tmp_path / "profile")
    assert "PWNED" in dom
    assert title(dom).split() == title(content.decode()).split()
    assert "<script" not in dom


@pytest.mark.parametrize("printed", [False, True], ids=["on the screen", "as PDF"])
def test_the_policy_stops_what_escaping_would_miss(dossier: Dossier, tmp_path: Path, *, printed: bool) -> None:
    """A script and a picture smuggled into the finished file neither run nor are asked for, also where it becomes a PDF."""
    asked: list[str] = []

    class Listener(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Stays silent."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Listener) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        here = f"http://127.0.0.1:{server.server_port}"
        smuggled = f"<script>document.title='PWNED'</script><img src='{here}/a.png'><link rel=stylesheet href='{here}/b.css'>"
        page = tmp_path / "smuggled.html"
        page.write_bytes(html(dossier).replace(b"</header>", smuggled.encode() + b"</header>"))
        dom = run(page, tmp_path / "profile", *([f"--print-to-pdf={tmp_path / 'report.pdf'}"] if printed else []))
        server.shutdown()
    assert title(dom) == dossier.title
    assert asked == []


def test_text_fits(dossier: Dossier, hostiles: list[Dossier], tmp_path: Path) -> None:
    """Names stay in their boxes and the page in the window of a phone, also with 300-letter words."""
    content = joined([dossier, *hostiles]).replace(b"img-src data:", b"script-src 'nonce-probe'; img-src data:", 1)
    page = tmp_path / "probe.html"
    page.write_bytes(content + PROBE.encode())
    dom = run(page, tmp_path / "profile", "--window-size=500,900")
    found = re.search(r"<output>(.*?)</output>", dom)
    assert found is not None
    assert html_module.unescape(found.group(1)) == '{"wide":[],"over":false}'


def test_it_prints(dossier: Dossier, tmp_path: Path) -> None:
    """The report prints to a PDF with a page for each visual and the documents at least."""
    page, out = tmp_path / "report.html", tmp_path / "report.pdf"
    page.write_bytes(html(dossier))
    run(page, tmp_path / "profile", f"--print-to-pdf={out}", "--no-pdf-header-footer")
    assert len(re.findall(rb"/Type\s*/Page\b", out.read_bytes())) >= 4


SHOWN = """
<script nonce="probe">
const seen = () => [...document.querySelectorAll('img')].map(i => i.checkVisibility() ? i.className || 'veil' : '-').join(' ');
const [shut, summary] = [seen(), document.querySelector('.veil > summary')];
summary.click();
const opened = seen();
const output = document.body.appendChild(document.createElement('output'));
output.textContent = JSON.stringify({shut, opened, reached: summary.tabIndex, said: summary.textContent.replace(/\\s+/g, ' ')});
</script>
"""


@pytest.mark.parametrize("styled", [True, False], ids=["with its style", "without"])
def test_graphic_pictures_are_veiled_until_one_chooses_to_look(graphic: Dossier, tmp_path: Path, *, styled: bool) -> None:
    """With or without the style sheet: only blurred pictures show, the keyboard reaches the choice, and it opens one alone."""
    content = html(graphic).replace(b"img-src data:", b"script-src 'nonce-probe'; img-src data:", 1)
    content = content if styled else re.sub(rb"<style>.*?</style>", b"", content, flags=re.DOTALL)
    page = tmp_path / "graphic.html"
    page.write_bytes(content + SHOWN.encode())
    found = re.search(r"<output>(.*?)</output>", run(page, tmp_path / "profile"))
    assert found is not None
    seen = json.loads(html_module.unescape(found.group(1)))
    assert (seen["shut"], seen["reached"]) == ("veil - veil - veil", 0)
    assert seen["opened"] == ("- clear veil - veil" if styled else "veil clear veil - veil")
    assert "Marked graphic. Look at it" in seen["said"]


def test_a_graphic_picture_is_not_printed(graphic: Dossier, tmp_path: Path) -> None:
    """On paper the blurred one stands, also where a person had opened it: the PDF holds no other picture."""
    page, out = tmp_path / "report.html", tmp_path / "report.pdf"
    shut = html(dataclasses.replace(graphic, visuals=graphic.visuals[:1]))
    opened = shut.replace(b"<details class", b"<details open class")
    counts = []
    for content in (shut, opened, opened.replace(b".veil .clear, ", b"")):
        page.write_bytes(content)
        run(page, tmp_path / "profile", f"--print-to-pdf={out}", "--no-pdf-header-footer")
        counts.append(len(re.findall(rb"/Subtype\s*/Image", out.read_bytes())))
    assert counts[0] == counts[1] < counts[2]
