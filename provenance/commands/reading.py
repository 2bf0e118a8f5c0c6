"""Reading and keeping: articles, posts, pictures."""

from pathlib import Path
from typing import Annotated

import typer

from provenance.commands.opening import record
from provenance.commands.options import (
    AsJson,
    Blobs,
    Db,
    IgnoreRobots,
    OutletName,
    Published,
    Sources,
    Url,
    Who,
    give_way,
    say_if_proxied,
    stated,
    who_is,
)
from provenance.commands.screen import Tally, complain, emit, outcome, show_tables, told, tracked, write
from provenance.errors import ExitCode, SourceError


def extract(
    sources: Sources,
    url: Url = None,
    outlet: OutletName = None,
    published: Published = None,
    manifest: Annotated[Path | None, typer.Option(help="CSV with the columns file,url,outlet,published.")] = None,
    ignore_robots: IgnoreRobots = False,
    as_json: AsJson = False,
) -> ExitCode:
    """Print what articles embed and cite; keep nothing.

    Example: provenance extract page.html --url https://example.org/story --json
    """
    from provenance import intake
    from provenance.report import details

    done = failed = 0
    given = stated(url, outlet, published, manifest)
    say_if_proxied(sources)
    snapshots = intake.snapshots(sources, given, robots=not ignore_robots, notice=complain)
    for document in intake.documents(snapshots):
        if isinstance(document, SourceError):
            failed += 1
            told(document)
            continue
        done += 1
        emit(document) if as_json else show_tables(*details.document(document))
    return outcome(done, failed)


def ingest(
    sources: Sources,
    url: Url = None,
    outlet: OutletName = None,
    published: Published = None,
    manifest: Annotated[Path | None, typer.Option(help="CSV with the columns file,url,outlet,published.")] = None,
    media: Annotated[bool, typer.Option("--media", help="Fetch the embedded pictures too.")] = False,
    ignore_robots: IgnoreRobots = False,
    who: Who = None,
    as_json: AsJson = False,
    db: Db = None,
    blobs: Blobs = None,
) -> ExitCode:
    """Read articles, pictures, exports; keep them.

    An address that is kept already is only asked whether it has changed.

    Example: provenance ingest saved-pages/ --manifest pages.csv
    """
    from provenance import intake, pipeline
    from provenance.report import objects

    give_way()
    done = failed = new = unchanged = 0
    given = stated(url, outlet, published, manifest)
    say_if_proxied(sources)
    pictures = Tally("pictures fetched:")
    with record(db, blobs) as keeper:
        snapshots = intake.snapshots(sources, given, robots=not ignore_robots, held=keeper.held, notice=complain)
        fetch = intake.fetcher(intake.limits(robots=not ignore_robots), pictures.add) if media else None
        for item in tracked(pipeline.ingest(snapshots, keeper, who=who_is(who), fetch=fetch), "documents read:", pictures):
            if isinstance(item, SourceError):
                failed += 1
                told(item)
                keeper.add_failure(*pipeline.failure(item), who=who_is(who))
                continue
            done, new, unchanged = done + 1, new + item.new, unchanged + item.unchanged
            if as_json:
                emit(objects.ingested(item.stored, item.assets, item.visuals, new=item.new), unchanged=item.unchanged)
    if not as_json:
        same = f", {unchanged} unchanged" if unchanged else ""
        print(
            f"{done} documents read, {new} of them new{same}, {failed} sources failed. `provenance visuals` shows what is reused."
        )
    return outcome(done, failed)


def fingerprint(
    images: Annotated[list[str], typer.Argument(help="Picture files, addresses, or -.")],
    fast: Annotated[bool, typer.Option("--fast", help="Only pdq-fast, for many pictures; it compares with itself only.")] = False,
    as_json: AsJson = False,
) -> ExitCode:
    """Print the hashes and metadata of pictures.

    Example: provenance fingerprint photo.jpg
    """
    from provenance import intake, media
    from provenance.report import details

    done = failed = 0
    for image in images:
        try:
            asset = media.read_asset(intake.read_bytes(image), fast=fast)
        except SourceError as error:
            failed += 1
            told(error)
            continue
        done += 1
        emit(asset, source=image) if as_json else show_tables(details.asset(image, asset))
    return outcome(done, failed)


def compare(
    left: Annotated[str, typer.Argument(help="A picture file or address.")],
    right: Annotated[str, typer.Argument(help="Another.")],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Write what both share, and what differs, as PNG.")
    ] = None,
    as_json: AsJson = False,
) -> ExitCode:
    """Tell whether two pictures are the same.

    Example: provenance compare a.jpg b.jpg -o both.png
    """
    from provenance import intake, likeness, media
    from provenance.report import objects, tables

    contents = [intake.read_bytes(source) for source in (left, right)]
    assets = [media.read_asset(content) for content in contents]
    found = likeness.between((assets[0], contents[0]), (assets[1], contents[1]))
    if output:
        write(output, likeness.drawn(found, contents[0], contents[1]))
    if as_json:
        emit(objects.compared((left, right), (assets[0], assets[1]), found))
    else:
        show_tables(tables.compare(assets[0], assets[1], found))
    return ExitCode.DONE if found else ExitCode.NOTHING_FOUND
