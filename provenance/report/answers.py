"""The answer to a look-up as tables; by itself, for a look-up needs no other table and is to start fast."""

from provenance.records import Lookup, LookupMatch
from provenance.report.cells import ID_SHOWN, UNKNOWN, Table, made, origin_name
from provenance.report.wording import say


def lookup(answer: Lookup) -> list[Table]:
    """One table a match, the surest first as given; none gives a table without rows and a title that says so."""
    what = f"{answer.kind} {answer.query}"
    reason = f" (not hashable: {answer.not_hashable})" if answer.not_hashable else ""
    miss = [made(answer.nearest_miss, ("", ""), [])] if answer.nearest_miss else []
    if not answer.matches:
        return [made(f"No match for {what}{reason}", ("", ""), []), *miss]
    found = [
        made(f"{say('verdict', match.verdict).capitalize()}: {what}{reason}", ("", ""), _match(match)) for match in answer.matches
    ]
    return [*found, *miss]


def _match(match: LookupMatch) -> list[tuple[str, ...]]:
    how = ", ".join(filter(None, [match.algorithm, f"distance {match.distance}" if match.distance is not None else None]))
    users = ", ".join(dict.fromkeys(use.outlet or f"unknown outlet ({use.document[:ID_SHOWN]})" for use in match.appearances))
    wrong = f"wrong in about {match.error_rate:.1g} of distinct pairs" if match.error_rate else None
    origin = (origin_name(match.origin) if match.origin else None) or UNKNOWN
    rows = [
        ("visual", match.visual or "none"),
        ("status", say("status", match.status)),
        ("graphic content", say("graphic", match.graphic)),
        ("why", match.explanation),
        ("by", "; ".join(filter(None, [how, wrong]))),
        ("used by", users),
        ("earliest known origin", origin),
    ]
    return [row for row in rows if row[1]]
