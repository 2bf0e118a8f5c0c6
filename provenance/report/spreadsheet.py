"""The dossier as CSV for a spreadsheet: one row an appearance."""

import csv as csv_module
import io
import re

from provenance.records import Dossier, Member, Visual
from provenance.report.index import Index
from provenance.report.text import visible

COLUMNS = (
    "visual", "label", "status", "document", "outlet", "url", "published", "kind", "role", "caption", "credit", "asset", "how",
    "confidence", "why", "graphic",
)  # fmt: skip
FORMULA = tuple("=+-@\t\r\n＝＋－＠")
"""A cell that starts so is run as a formula by some spreadsheet (OWASP, CSV Injection)."""
_RUNS = re.compile(r"\A(?=[=+\-@\t\r\n＝＋－＠])|([;\t\r\n] *)(?=[=+\-@＝＋－＠])")
"""Where an apostrophe goes: before such a cell, and within a text where one could begin."""


def csv(dossier: Dossier, *, guard: bool = True) -> bytes:
    """One row per appearance, as RFC 4180: UTF-8 with a byte order mark, CRLF, a header.

    Control and bidirectional characters are shown by their number. The exact values are in the JSON.

    Args:
        dossier: all that the rows are made from.
        guard: put an apostrophe before what a spreadsheet could run as a formula: at the start of a cell, and after a sign at
            which a spreadsheet set to another country may part cells.
    """
    index = Index(dossier)
    out = io.StringIO(newline="")
    writer = csv_module.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([_cell(value, guard=guard) for value in _row(v, m, index)] for v in dossier.visuals for m in v.members)
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8")


def _row(visual: Visual, member: Member, index: Index) -> tuple[str | None, ...]:
    medium = index.medium(member)
    ref = index.ref(member.document)
    facts = ref.stored.document.document if ref.stored else None
    return (
        visual.id,
        visual.label,
        visual.status,
        member.document,
        member.outlet or ref.outlet,
        member.url or (facts.url if facts else None),
        member.published or (facts.published if facts else None),
        medium.kind if medium else None,
        medium.role if medium else None,
        member.caption,
        member.credit,
        member.asset,
        member.how,
        member.confidence,
        member.why,
        member.graphic,
    )


def _cell(value: str | None, *, guard: bool) -> str:
    text = visible(value or "")
    return _RUNS.sub(lambda found: f"{found.group(1) or ''}'", text) if guard else text
