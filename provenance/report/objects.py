"""JSON objects that are put together from several records."""

from collections.abc import Mapping

from provenance.records import Asset, Json, Match, StoredDocument, Visual, to_json


def ingested(stored: StoredDocument, assets: Mapping[str, Asset], visuals: Mapping[str, str], *, new: bool) -> Json:
    """A kept document: the object of `extract` with its id, and each medium's asset or why none, and visual."""
    value = to_json(stored.document)
    for medium in value["media"]:
        asset = assets.get(medium["id"])
        medium["asset"] = to_json(asset) if asset else None
        medium["no_bytes_reason"] = None if asset else stored.no_bytes.get(medium["id"])
        medium["visual"] = visuals.get(medium["id"])
    return {"schema": value.pop("schema"), "id": stored.id, "new": new, **value}


def compared(names: tuple[str, str], assets: tuple[Asset, Asset], match: Match | None) -> Json:
    """Two pictures beside each other: how they match, or null, and why a side has no hash."""
    return {
        "schema": "provenance/compare/1",
        "left": names[0],
        "right": names[1],
        "match": to_json(match) if match else None,
        "not_hashable": [asset.not_hashable for asset in assets],
    }


def chain(visual: Visual) -> Json:
    """How a visual came to its documents."""
    parts = to_json(visual)
    return {"schema": "provenance/chain/1", **{key: parts[key] for key in ("id", "label", "origin", "chains", "hops", "loops")}}
