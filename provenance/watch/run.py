"""One run of one watch: ask, compare with what is known, keep what is new, check what is missing, tell each as an event."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import chain
from urllib.parse import urlsplit

from provenance import extract, pipeline
from provenance.errors import EmptySource, FetchError, SourceError
from provenance.records import AppearanceKey, Snapshot, StoredDocument, Validators, Watch, WatchEvent, WatchRun
from provenance.watch import listing as listings
from provenance.watch import plan
from provenance.watch.changes import changes
from provenance.watch.listing import Listing, gap
from provenance.watch.means import Means
from provenance.watch.plan import Job
from provenance.watch.reuse import reused
from provenance.watch.telling import Teller

_GONE = frozenset({404, 410})
_POST_GONE = "Post not found"  # what Telegram's widget says of a post that is no more


def once(watch: Watch, means: Means) -> Iterator[WatchEvent | WatchRun]:
    """Ask once; each event is kept when it is given, the run itself comes last.

    Raises:
        StoreBusy: another run is asking it now.
    """
    with means.keeper.watching.alone(watch.id):
        yield from _Turn(watch, means).go()


@dataclass(slots=True)
class _Turn:
    """One run: `expected` are the entries whose documents are on their way, by what they are told apart by."""

    watch: Watch
    means: Means
    teller: Teller = field(init=False)
    run: WatchRun = field(init=False)
    kept: Snapshot | None = field(init=False)
    before: Listing | None = field(init=False)
    current: Job | None = None
    expected: dict[str, Job] = field(default_factory=dict)
    told: list[WatchEvent] = field(default_factory=list)
    arrived: list[StoredDocument] = field(default_factory=list)

    def __post_init__(self) -> None:
        log = self.means.keeper.watching
        self.teller = Teller(self.watch.id, self.means)
        self.kept = next(log.listings(self.watch.id), None)
        self.before = listings.read(self.kept) if self.kept else None
        last = next((run for run in log.runs(self.watch.id) if run.validators), None)
        self.run = WatchRun(
            id="",
            watch=self.watch.id,
            started_at=datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
            ended_at="",
            result="read",
            kind=last.kind if last else None,
            validators=last.validators if last else None,
        )

    def go(self) -> Iterator[WatchEvent | WatchRun]:
        fresh = None
        try:
            snapshot, listing = self._asked()
        except SourceError as error:
            yield from self._unreadable(error)
        else:
            if self.before is None or listing.entries != self.before.entries:
                fresh = snapshot
            yield from self._work(snapshot, listing)
        run = replace(self.run, news=self.teller.news, failed=self.teller.failed)
        yield self.means.keeper.watching.add_run(run, who=self.means.who, listing=fresh)

    # -------------------------------------------------------------- the listing

    def _asked(self) -> tuple[Snapshot, Listing]:
        """The listing as it is now; the one that is kept where it has not changed."""
        away = self.run.kind == "page" and any(entry.gone for entry in self.teller.known.values())
        found = self.means.ask(self.watch.url, None if self.kept is None or away else self.run.validators)
        self.run = replace(self.run, hops=found.hops)
        if isinstance(found, Snapshot):
            listing = listings.read(found)
            stated = Validators(sha256=found.sha256, etag=found.etag, last_modified=found.last_modified)
            self.run = replace(
                self.run, validators=stated, warnings=(*found.findings, *listing.warnings, *gap(listing, self.teller.known))
            )
        elif self.kept and self.before:
            found, listing = self.kept, self.before
            self.run = replace(self.run, result="unchanged")
        else:
            raise FetchError(f"{self.watch.url} answered that it has not changed, and nothing is kept of it", "run it again")
        self.run = replace(self.run, kind=listing.kind, listed=len(listing.entries))
        return found, listing

    def _unreadable(self, error: SourceError) -> Iterator[WatchEvent]:
        """The address itself could not be read: of a single page or post that may mean that it is gone."""
        known = list(self.teller.known.values())
        single = known[0] if len(known) == 1 and known[0].document else None
        if single and _is_gone(error) and (self.run.kind == "page" or _path(self.watch.url).endswith(f"/{single.key}")):
            if not single.gone:
                job = Job(what="check", key=single.key, url=single.url or self.watch.url, headline=single.headline)
                yield self.teller.tell(self.teller.about(job, "vanished", error.message))
            return
        self.run = replace(self.run, result="failed", why=str(error))

    # -------------------------------------------------------------- the entries

    def _work(self, snapshot: Snapshot, listing: Listing) -> Iterator[WatchEvent]:
        known = self.teller.known
        listed, checks = plan.jobs(listing, known, self._passed(listing)), plan.checks(listing, self.before, known)
        if listing.kind in ("feed", "sitemap"):
            checks = self._share(checks, max(1, self.means.most // 2))
            found = self._linked([*checks, *self._share(listed, self.means.most - len(checks))])
        elif listing.kind == "channel":
            found = self._channel(snapshot, listed, self._share(checks, self.means.most))
        else:
            found = self._page(snapshot)
        yield from self._ingested(found)
        yield from self._reused()

    def _passed(self, listing: Listing) -> frozenset[str]:
        """What was listed when the watch began, where only what comes later is wanted; of a page there is no later."""
        if not self.watch.from_now or listing.kind == "page":
            return frozenset()
        first = self.means.keeper.watching.first_listing(self.watch.id)
        return frozenset((listings.read(first) if first else listing).keys)

    def _share(self, jobs: list[Job], most: int) -> list[Job]:
        self.run = replace(self.run, waiting=self.run.waiting + len(jobs[most:]))
        return jobs[:most]

    def _turns(self, jobs: list[Job]) -> Iterator[Job]:
        """One entry after the other, until the run is to stop."""
        for number, job in enumerate(jobs):
            if self.means.stop():
                self.run = replace(self.run, result="interrupted", waiting=self.run.waiting + len(jobs) - number)
                return
            self.current = job
            yield job

    def _ingested(self, found: Iterator[Snapshot | SourceError]) -> Iterator[WatchEvent]:
        """Keep what was found; what else was seen meanwhile is told in between."""
        first = next(found, None)
        some = chain([first], found) if first else ()
        for item in pipeline.ingest(some, self.means.keeper, who=self.means.who, fetch=self.means.fetch) if first else ():
            yield from self._outbox()
            if isinstance(item, SourceError):
                yield self._failure(item)
            elif job := self.expected.pop(self._place(item), None):
                self.arrived += [item.stored] if item.new else []
                yield self._arrival(job, item.stored)
        yield from self._outbox()

    def _place(self, item: pipeline.Ingested) -> str:
        posts = item.stored.document.posts
        return (posts[0].post_id or "" if posts else "") if self.run.kind == "channel" else item.source

    def _outbox(self) -> Iterator[WatchEvent]:
        told, self.told = self.told, []
        yield from told

    def _reused(self) -> Iterator[WatchEvent]:
        keys = {AppearanceKey(stored.id, medium.id) for stored in self.arrived for medium in stored.document.media}
        visuals = pipeline.visuals_of(self.means.keeper, keys) if keys else []
        for event in reused(visuals, [stored.id for stored in self.arrived], self.watch.id):
            yield self.teller.tell(event)

    # -------------------------------------------------------------- one kind of address each

    def _page(self, snapshot: Snapshot) -> Iterator[Snapshot | SourceError]:
        """The page itself."""
        job = Job(what="edited", key=self.watch.url, url=self.watch.url)
        if self.run.result == "unchanged" and job.key in self.teller.known:
            return
        self.current, self.expected[job.url] = job, job
        try:
            news = self._is_news(job, snapshot)
        except SourceError as error:
            yield error
            return
        if news:
            yield snapshot

    def _channel(self, snapshot: Snapshot, listed: list[Job], checks: list[Job]) -> Iterator[Snapshot | SourceError]:
        """The posts on a channel's page at once; then those that should be there, one by one."""
        self.expected = {job.key: job for job in listed}
        if listed:
            yield snapshot
        for job in self._turns(checks):
            try:
                self._check_post(job)
            except SourceError as error:
                self._explain(job, error)

    def _check_post(self, job: Job) -> None:
        """Ask a channel for one post that its page does not show."""
        found = self.means.ask(listings.embed_address(self.watch.url, job.key), None)
        pages = extract.pages(found) if isinstance(found, Snapshot) else ()
        if job.key not in {page.posts[0].post_id for page in pages if page.posts}:
            raise EmptySource(f"{job.url}: its own page shows something else", "look at it in a browser")
        self._still(job, "not on the channel's page, and its own page still shows it")

    def _linked(self, jobs: list[Job]) -> Iterator[Snapshot | SourceError]:
        """The articles that a feed or a site map leads to."""
        for job in self._turns(jobs):
            try:
                found = self._article(job)
            except SourceError as error:
                if not self._explain(job, error):
                    yield error
                continue
            if found:
                self.expected[job.url] = job
                yield found

    def _article(self, job: Job) -> Snapshot | None:
        """The bytes of an article where there is something to keep; None where it is as it was."""
        kept = self.means.keeper.held(job.url)
        known = Validators(sha256=kept.sha256, etag=kept.etag, last_modified=kept.last_modified) if kept else None
        got = self.means.ask(job.url, known)
        found = got if isinstance(got, Snapshot) else kept and replace(kept, url=job.url, rechecked=got)
        if isinstance(got, Snapshot) and not _path(got.final_url or job.url).strip("/") and _path(job.url).strip("/"):
            raise FetchError(f"{job.url[:200]} leads to the front page of its site", "look at it in a browser")
        return found if found and self._is_news(job, found) else None

    # -------------------------------------------------------------- one entry

    def _old(self, job: Job) -> StoredDocument | None:
        entry = self.teller.known.get(job.key)
        return self.means.keeper.document(entry.document) if entry and entry.document else None

    def _is_news(self, job: Job, found: Snapshot) -> bool:
        """Whether a document is new, or reads differently from what is known; where it is not, what that means is told."""
        old = self._old(job)
        if old is None:
            return True
        new = None if found.rechecked else next(pipeline.documents(found), None)
        if new is not None and changes(old.document, new):
            return True
        if self.teller.known[job.key].gone:
            back = self.teller.about(job, "returned", "it reads as it did before")
            self.told.append(self.teller.tell(replace(back, document=old.id, hops=found.hops)))
        elif job.what == "check":
            self._still(job, "listed no more, and its address still gives it")
        elif self.run.kind != "page":
            self._still(job, "the listing says something new of it, and it reads as before")
        return False

    def _still(self, job: Job, why: str) -> None:
        entry = self.teller.known[job.key]
        if entry.last != "still-there" or entry.digest != job.digest:
            self.told.append(self.teller.tell(self.teller.about(job, "still-there", why)))

    def _explain(self, job: Job, error: SourceError) -> bool:
        """Tell what an error says of an entry that is known; that of a new one is left to be told as a failure."""
        entry = self.teller.known.get(job.key)
        if not (entry and entry.document):
            return False
        if _is_gone(error):
            if not entry.gone:
                self.told.append(self.teller.tell(self.teller.about(job, "vanished", error.message)))
            return True
        if job.what == "check":
            self.told.append(self.teller.tell(self.teller.about(job, "not-checked", str(error))))
        return job.what == "check"

    def _arrival(self, job: Job, stored: StoredDocument) -> WatchEvent:
        """Tell of a document that is kept now."""
        old = self._old(job)
        event = self.teller.about(replace(job, headline=stored.document.document.headline or job.headline), "appeared")
        event = replace(event, document=stored.id)
        if old:
            found = changes(old.document, stored.document)
            gone = self.teller.known[job.key].gone
            event = replace(event, kind="returned" if gone else "changed", before=old.id, changes=found)
        return self.teller.tell(event)

    def _failure(self, error: SourceError) -> WatchEvent:
        job = self.current or Job(what="new", key=self.watch.url, url=self.watch.url)
        self.expected.pop(job.url, None)
        return self.teller.tell(self.teller.about(job, "failed", str(error)))


def _is_gone(error: SourceError) -> bool:
    """Whether an error says that there is nothing any more, rather than that it could not be had."""
    status = error.status if isinstance(error, FetchError) else None
    return status in _GONE or (isinstance(error, EmptySource) and _POST_GONE in error.message)


def _path(url: str) -> str:
    try:
        return urlsplit(url).path
    except ValueError:
        return ""
