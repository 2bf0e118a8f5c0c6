"""The report as one self-contained HTML file: no script, no request to anywhere.

Every value that the templates print is escaped, and its active characters are shown by number (`finalize`), so a slot that
was forgotten is still harmless; foreign text is isolated with `<bdi>`.
"""

from base64 import b64encode
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from provenance.records import Dossier, Severity, Visual
from provenance.report import views
from provenance.report.glance import Foreign, Sentence
from provenance.report.index import Index
from provenance.report.layers import published
from provenance.report.text import ACTIVE, is_link, shown, visible
from provenance.report.wording import count, say

if TYPE_CHECKING:
    from jinja2 import Environment

SEVERITIES: tuple[Severity, ...] = ("hard", "soft", "apparent")


def html(dossier: Dossier, *, conflicts_first: bool = False) -> bytes:
    """The report, as UTF-8 HTML.

    Args:
        dossier: all that the report is made from.
        conflicts_first: visuals with the hardest conflicts before the most reused ones.
    """
    index = Index(dossier)
    visuals = sorted(dossier.visuals, key=_severity) if conflicts_first else list(dossier.visuals)
    cards = [views.card(number, visual, index) for number, visual in enumerate(visuals, 1)]
    page = (
        _environment()
        .get_template("report.html")
        .render(dossier=dossier, cards=cards, documents=list(index.documents.values()), conflicts_first=conflicts_first)
    )
    return page.encode("utf-8", "backslashreplace")


def _severity(visual: Visual) -> tuple[int, ...]:
    found = Counter(conflict.severity for conflict in visual.conflicts)
    return tuple(-found[severity] for severity in SEVERITIES)


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415 -- only a report needs it

    made = Environment(
        loader=PackageLoader("provenance.report"), autoescape=True, undefined=StrictUndefined, finalize=_harmless,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    made.globals |= {"say": say, "count": count}
    made.filters |= {"shown": _shown, "picture": _picture, "sentence": _sentence, "when": published, "anchor": _anchor}
    made.tests |= {"link": is_link}
    return made


def _harmless(value: Any) -> Any:
    if value is None:
        return ""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _shown(text: str | None) -> Markup:
    """Foreign text with each active character as a small label."""
    mark = Markup('<span class="ctl">{}</span>')
    parts: list[str] = []
    last = 0
    for found in ACTIVE.finditer(text or ""):
        parts += [(text or "")[last : found.start()], mark.format(shown(found.group()))]
        last = found.end()
    return Markup("").join([*parts, (text or "")[last:]])


def _sentence(sentence: Sentence) -> Markup:
    isolated = Markup("<bdi>{}</bdi>")
    return Markup("").join(isolated.format(_shown(part)) if isinstance(part, Foreign) else visible(part) for part in sentence)


def _picture(content: bytes) -> str:
    """A data: address of a PNG that we rendered."""
    return f"data:image/png;base64,{b64encode(content).decode('ascii')}"


def _anchor(number: str) -> str:
    """The id of a document's place on the page, from its number: `d3`."""
    return number.lower().replace("–", "-unknown")
