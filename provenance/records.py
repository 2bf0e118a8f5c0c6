"""The records that travel from step to step: frozen, typed, plain.

Field names are those of the JSON contract, so `to_json(record)` is the contract's object. Unknown is
None or empty, never a guess. Offsets are 0-based, end-exclusive, in Unicode code points of
`Document.text`. Times are ISO 8601 text: with a zone they are in UTC, without one they are as printed.

    Snapshot -> Page -> Document -> (stored) StoredDocument -> Visual
    image bytes -> Asset with Fingerprints -> Match
"""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal, TypeAlias

Platform: TypeAlias = Literal[
    "telegram",
    "x",
    "facebook",
    "instagram",
    "tiktok",
    "youtube",
    "vk",
    "bluesky",
    "threads",
    "mastodon",
    "reddit",
    "weibo",
    "rumble",
    "odysee",
    "dailymotion",
    "vimeo",
    "whatsapp",
    "other",
]
MediumKind: TypeAlias = Literal["photo", "video", "video-grab", "screenshot", "document", "graphic", "audio"]
MediumRole: TypeAlias = Literal["lead", "body", "gallery", "embedded-post", "mentioned", "metadata-only"]
DocumentKind: TypeAlias = Literal["article", "post", "page"]
Precision: TypeAlias = Literal["second", "minute", "day", "month", "year"]
DateRole: TypeAlias = Literal[
    "posted", "captured", "taken", "published", "released", "shared", "reported", "shown-event", "unknown"
]
PartyKind: TypeAlias = Literal[
    "agency",
    "newspaper",
    "broadcaster",
    "official",
    "organisation",
    "expert",
    "social-account",
    "anonymous",
    "this-article",
]
Relation: TypeAlias = Literal[
    "reports", "quotes", "captured-from", "posted-by", "credits", "provided-by", "embeds", "links", "via"
]
ClaimType: TypeAlias = Literal["depiction", "inference", "place", "date", "origin", "authenticity"]
HedgeType: TypeAlias = Literal[
    "modal",
    "inference",
    "hearsay",
    "allegation",
    "appearance",
    "attribution",
    "probability",
    "conditional",
    "non-confirmation",
    "denial",
]
Verdict: TypeAlias = Literal["same", "likely", "possible"]
SURENESS: tuple[Verdict, ...] = ("same", "likely", "possible")
"""The surest first."""
Transform: TypeAlias = Literal[
    "exact",
    "resized",
    "cropped",
    "mirrored",
    "rotated",
    "framed",
    "overlaid",
    "frame-of-video",
    "unknown",
]
LinkHow: TypeAlias = Literal["bytes", "same-origin", "same-link", "described", "analyst"]
Status: TypeAlias = Literal[
    "unverified",
    "in-progress",
    "authentic",
    "miscaptioned",
    "altered",
    "synthetic",
    "staged",
    "satire",
    "false-context",
    "disputed",
    "inconclusive",
]
GraphicLabel: TypeAlias = Literal["graphic", "not-graphic", "not-looked-at"]
ConflictField: TypeAlias = Literal["date", "place", "credit", "origin", "depiction", "kind", "number", "verdict"]
Severity: TypeAlias = Literal["hard", "soft", "apparent"]
CheckResult: TypeAlias = Literal["passed", "failed", "not-checked", "redacted", "repaired"]
WatchKind: TypeAlias = Literal["feed", "sitemap", "channel", "page"]
WatchEventKind: TypeAlias = Literal[
    "appeared", "changed", "vanished", "returned", "reused", "still-there", "not-checked", "failed"
]
WatchResult: TypeAlias = Literal["read", "unchanged", "failed", "interrupted"]
ChangeWhat: TypeAlias = Literal["headline", "text", "media-added", "media-removed", "caption", "credit"]
PassageKind: TypeAlias = Literal["caption", "credit", "post", "description", "mention", "claim", "source", "alternative-text"]
CarrierPart: TypeAlias = Literal["carries", "passes-on", "source"]
LossKind: TypeAlias = Literal["hedge-lost", "credit-lost", "verdict-hardened"]
Ordered: TypeAlias = Literal["in-order", "impossible", "not-checked"]
OpenKind: TypeAlias = Literal["unnamed", "name-only", "no-platform", "no-post", "cold", "circle", "no-source"]


@dataclass(frozen=True, slots=True)
class Span:
    """A slice of a document's text: `text == document.text[start:end]`, offsets in code points."""

    start: int
    end: int
    text: str


# ------------------------------------------------------------------ acquire


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """One request on the way to the bytes: where it went, what was answered, when (UTC).

    `status` is 0 where no answer came; `note` then tells why, and why a request was made again.
    """

    url: str
    status: int
    address: str | None = None
    at: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What a server said of the bytes that it gave, to ask it whether they have changed (RFC 9110, 8.8), and their sha256."""

    sha256: str
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unchanged:
    """An address was asked again, and its bytes are those that are known already.

    `basis` tells from what: the server said so (`304`), or the bytes came again and are the same.
    """

    url: str
    checked_at: str
    basis: Literal["304", "same bytes"]
    hops: tuple[Hop, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """Bytes exactly as received from one source at one time.

    `source` is the path or address as given; `media_type` is what the bytes are, `declared_type` what the
    server or file name said. `url`, `outlet`, `published` are what the caller or a manifest stated. `etag` and
    `last_modified` are the server's, as sent; `findings` what was odd on the way, such as a body that was cut short.
    `rechecked` is set where these are bytes kept earlier, of an address that was asked again and has not changed.
    """

    source: str
    content: bytes = field(repr=False)
    sha256: str
    media_type: str
    declared_type: str | None = None
    charset: str | None = None
    obtained_at: str
    how: Literal["file", "stdin", "fetch", "archive"]
    url: str | None = None
    final_url: str | None = None
    hops: tuple[Hop, ...] = ()
    etag: str | None = None
    last_modified: str | None = None
    findings: tuple[str, ...] = ()
    rechecked: Unchanged | None = None
    outlet: str | None = None
    published: str | None = None


# ------------------------------------------------------------------ extract and attribute


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """Who published a document. `basis` tells from what it was inferred: `stated`, `given`, `json-ld`, `url` ..."""

    name: str | None = None
    domain: str | None = None
    basis: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentFacts:
    """What a document says of itself."""

    kind: DocumentKind = "article"
    url: str | None = None
    canonical_url: str | None = None
    outlet: Outlet = Outlet()
    headline: str | None = None
    byline: str | None = None
    dateline: str | None = None
    language: str | None = None
    published: str | None = None
    published_precision: Precision | None = None
    published_text: str | None = None
    published_basis: str | None = None
    modified: str | None = None
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Where a document says a visual was first seen. `handle` has no leading @."""

    platform: Platform | None = None
    handle: str | None = None
    name: str | None = None
    as_written: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedDate:
    """A date that a document states of a visual. `value` is ISO 8601, or `--MM-DD` when no year can be known.

    `basis` tells how the value was reached: `stated`, or what it was resolved against.
    """

    value: str
    precision: Precision
    role: DateRole
    span: Span
    basis: str = "stated"


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedPlace:
    """A place that a document states of a visual; `country` is an ISO 3166 alpha-2 code."""

    name: str
    span: Span | None = None
    country: str | None = None
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Medium:
    """One appearance of a visual in a document: what the document says of it, with or without its bytes.

    `description` is the fullest span that says what it shows, `mentions` are the other spans that speak of it.
    `post` is the id of the post that carries it, `derived_from` the id of the medium of the same document that it is
    a grab or crop of. `local_path` is the path as written in a saved page or an export, relative to its file.
    """

    id: str
    kind: MediumKind
    role: MediumRole
    url: str | None = None
    candidate_urls: tuple[str, ...] = ()
    platform: str | None = None
    platform_id: str | None = None
    caption: str | None = None
    caption_span: Span | None = None
    credit: str | None = None
    credit_span: Span | None = None
    credit_parties: tuple[str, ...] = ()
    alt: str | None = None
    description: Span | None = None
    mentions: tuple[Span, ...] = ()
    account: Account | None = None
    post: str | None = None
    derived_from: str | None = None
    local_path: str | None = None
    stated_dates: tuple[StatedDate, ...] = ()
    stated_places: tuple[StatedPlace, ...] = ()
    same_as_og_image: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A social post that a document embeds, links or speaks of."""

    id: str
    platform: Platform
    post_id: str | None = None
    url: str | None = None
    handle: str | None = None
    author_name: str | None = None
    date: str | None = None
    text: str | None = None
    embedding: Literal["embedded", "mentioned"]
    links: tuple[str, ...] = ()
    media_links: tuple[str, ...] = ()
    media: tuple[str, ...] = ()
    forwarded_from: Account | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """One who cites or is cited."""

    name: str | None = None
    kind: PartyKind
    platform: Platform | None = None
    handle: str | None = None
    domain: str | None = None
    as_written: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A directed edge from who says to whom it is from, with the words that show it.

    `about` holds ids of media, posts or claims; `stated_by` the post in whose text the edge stands, or None
    for the article itself.
    """

    id: str
    citing: Party
    cited: Party
    relation: Relation
    cue: str | None = None
    cue_span: Span | None = None
    span: Span | None = None
    about: tuple[str, ...] = ()
    stated_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What is asserted, of a visual (`about` is its id) or of the story (`about` is None)."""

    id: str
    about: str | None = None
    type: ClaimType
    text: str
    span: Span
    asserted_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hedge:
    """Words that weaken, distance or deny."""

    text: str
    type: HedgeType
    span: Span
    about: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A fact-check that a page states in structured data (schema.org ClaimReview or MediaReview); addresses as printed.

    `rating` is the verdict in the reviewer's words, `rating_value` the number beside it on the reviewer's own scale.
    """

    id: str
    type: Literal["ClaimReview", "MediaReview"]
    url: str | None = None
    reviewed: str | None = None
    rating: str | None = None
    rating_value: str | None = None
    author: str | None = None
    claimant: str | None = None
    appearances: tuple[str, ...] = ()
    published: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A run of `Page.text` that belongs together, and what it is.

    `medium` and `post` name the item that a caption, credit or post text belongs to.
    """

    kind: Literal["headline", "byline", "dateline", "paragraph", "caption", "credit", "post", "chrome"]
    start: int
    end: int
    medium: str | None = None
    post: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a document *embeds*, found by form; words are read by the attribute step.

    For HTML, `text` is the extracted article text with captions and post texts in place; for a text file it is
    the decoded file itself, every character kept. `blocks` cover what is known of its parts, in order.
    """

    source: str
    facts: DocumentFacts
    text: str
    blocks: tuple[Block, ...] = ()
    media: tuple[Medium, ...] = ()
    posts: tuple[Post, ...] = ()
    links: tuple[str, ...] = ()
    reviews: tuple[Review, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document read to the end: the object `provenance/document/1`."""

    source: str
    document: DocumentFacts
    text: str
    media: tuple[Medium, ...] = ()
    posts: tuple[Post, ...] = ()
    citations: tuple[Citation, ...] = ()
    claims: tuple[Claim, ...] = ()
    hedges: tuple[Hedge, ...] = ()
    reviews: tuple[Review, ...] = ()
    warnings: tuple[str, ...] = ()


# ------------------------------------------------------------------ fingerprint and match


@dataclass(frozen=True, slots=True, kw_only=True)
class Fingerprint:
    """A perceptual hash of one asset.

    `value` is lower-case hex of exactly `bits` / 4 digits; `quality` is 0 to 100 where the algorithm knows one.
    `version` names the algorithm's own version, `decoder` the library that gave the pixels: values are compared
    by distance only, never for equality across versions. `at` is the second of the frame that it is of, for clips.
    """

    algorithm: Literal["phash", "dhash", "pdq", "pdq-fast", "vlad", "sscd"]
    bits: int
    value: str
    quality: int | None = None
    version: str
    decoder: str
    at: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbeddedMetadata:
    """What the file says of itself in EXIF, IPTC and XMP; claims, not facts."""

    creator: str | None = None
    credit: str | None = None
    source: str | None = None
    caption: str | None = None
    copyright: str | None = None
    taken: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset:
    """A byte sequence. `not_hashable` tells why there are no fingerprints, where there are none.

    `seconds` is the length of a clip, as far as it was read.
    """

    sha256: str
    size: int
    media_type: str
    width: int | None = None
    height: int | None = None
    seconds: float | None = None
    fingerprints: tuple[Fingerprint, ...] = ()
    not_hashable: str | None = None
    metadata: EmbeddedMetadata = EmbeddedMetadata()
    findings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketch:
    """A picture brought down for the geometric comparison; derived from its bytes and never kept as evidence.

    `grey` has height × width bytes, row by row; `points` x and y of each key point in pixels of it (32-bit floats);
    `descriptors` 128 bytes a key point: RootSIFT times 255. `frames` are the corners of pictures within the picture,
    each x and y of four corners, clockwise from the upper left.
    """

    width: int
    height: int
    grey: bytes = field(repr=False)
    points: bytes = field(repr=False)
    descriptors: bytes = field(repr=False)
    frames: tuple[tuple[float, ...], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Alignment:
    """How one picture lies in another, and what their pixels say where both are.

    `homography` takes places in the other picture to places in this one, both as shares of width and height (0 to 1,
    from the upper left), nine numbers row by row; a mirrored one has its turn in it. `outline` is what both cover, four
    or more corners in this picture, x and y in turn. `points` key points agree; of `cells` cells with texture `agreeing`
    look alike; `covered` is the share of the smaller picture (or inner picture) that the overlap covers.
    """

    homography: tuple[float, ...]
    outline: tuple[float, ...]
    points: int
    cells: int
    agreeing: int
    covered: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A part of a clip, in seconds from its beginning; of one frame, both are the same."""

    start: float
    end: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """Two assets (sha256) that look alike: `alternateOf` in PROV terms, so without a direction.

    `error_rate` is the measured share of distinct pairs that this rule wrongly joins; `explanation` is one sentence
    that a person can check. Where one is a clip, `asset_at` and `other_at` tell where in it; `in_part` that the clip
    shows other things, too, so that it is not one visual with what was found in it.
    """

    asset: str
    other: str
    verdict: Verdict
    algorithm: str
    distance: int | None = None
    quality: int | None = None
    transform: Transform = "unknown"
    explanation: str
    error_rate: float | None = None
    alignment: Alignment | None = None
    asset_at: Stretch | None = None
    other_at: Stretch | None = None
    in_part: bool = False


# ------------------------------------------------------------------ store and chain


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredDocument:
    """A document as kept.

    `sequence` is the order of ingestion, from 1; `assets` maps medium ids to sha256, `no_bytes` medium ids to the
    reason that there are none.
    """

    id: str
    sequence: int
    ingested_at: str
    document: Document
    assets: Mapping[str, str] = field(default_factory=dict)
    no_bytes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, order=True)
class AppearanceKey:
    """One medium of one stored document, written `document/medium`."""

    document: str
    medium: str

    def __str__(self) -> str:
        return f"{self.document}/{self.medium}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """An analyst's word on whether two appearances are the same visual; the newest on a pair holds."""

    id: str
    kind: Literal["link", "unlink"]
    left: AppearanceKey
    right: AppearanceKey
    who: str
    why: str
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """An analyst's verdict on a visual, tied to one of its appearances so that it outlives a regrouping.

    `named` tells that the analyst named this appearance, and not only the visual: the verdict is on what its document says.
    """

    id: str
    visual: str
    appearance: AppearanceKey
    status: Status
    who: str
    why: str
    at: str
    named: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Marking:
    """A desk's word on whether pictures are graphic; the newest on each holds, and `not-looked-at` takes an earlier one back.

    `assets` are the pictures that it is of, by sha256; `appearances` those without bytes. `visual` is the visual that was named,
    where one was.
    """

    id: str
    label: GraphicLabel
    assets: tuple[str, ...] = ()
    appearances: tuple[AppearanceKey, ...] = ()
    visual: str | None = None
    who: str
    why: str
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One appearance in a visual, and why it is there.

    `graphic` is what was marked of its picture; one that nobody looked at counts as graphic where another version is.
    """

    document: str
    source: str
    media: str
    how: LinkHow
    confidence: Verdict
    why: str
    outlet: str | None = None
    url: str | None = None
    published: str | None = None
    caption: str | None = None
    credit: str | None = None
    asset: str | None = None
    graphic: GraphicLabel = "not-looked-at"


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """The earliest known origin, as far as citations and dates lead; `documents` are those whose chains end there."""

    platform: Platform | None = None
    handle: str | None = None
    name: str | None = None
    post_url: str | None = None
    resolved: bool = False
    why: str
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentSpan:
    """A span and the document whose text it is of."""

    document: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictValue:
    """One of the values in a conflict, who states it, and in which words."""

    value: str
    documents: tuple[str, ...]
    spans: tuple[DocumentSpan, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Documents that disagree on one field of a visual. `reading` is one sentence for people."""

    field: ConflictField
    values: tuple[ConflictValue, ...]
    severity: Severity
    reading: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstSeen:
    """The earliest date known for a visual, and the document that states it.

    `basis` tells from what: the document says so in the words of `span`, it is the date of the post that carries it, or that of
    the document's own publication.
    """

    document: str
    at: str | None = None
    basis: Literal["stated", "post", "published"] | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainHop:
    """The words that show one hop of a chain. `named` is False where the document only describes whom it cites: "a channel"."""

    citing: str
    cited: str
    relation: Relation
    document: str
    span: Span | None = None
    named: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """What `document` left out or made firmer than what it has the visual from: one sentence, its own words and the others'."""

    kind: LossKind
    document: str
    reading: str
    spans: tuple[DocumentSpan, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CitingTime:
    """Whether a document can have had a visual from what it cites or carries, by the times of both.

    `cited` is a name as chains write it, a post or a stated day; `at` and `cited_at` are the times as the records have them.
    `not-checked` where one is unknown or too rough to tell, or the document was changed later.
    """

    document: str
    at: str | None
    cited: str
    cited_at: str | None
    result: Ordered
    why: str
    documents: tuple[str, ...] = ()
    spans: tuple[DocumentSpan, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Interest:
    """A source that may be a party to the matter: what kind it is said to be, and the words that say so.

    `label` is one of `reference/data/interests.toml`, `party` the source as chains write it, or a credit line. `basis` is `words`
    where documents say it beside the name, `known-party` where it is known of the name, which the spans then show.
    """

    label: str
    party: str
    basis: Literal["words", "known-party"]
    documents: tuple[str, ...]
    spans: tuple[DocumentSpan, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenOrigin:
    """Something that remains to be found about where a visual comes from; `what` is the work, in one sentence.

    `written` is the source as chains write it, or as the documents describe it where they do not name it. `spans` are the words
    that leave it open; where a document leaves it open by saying nothing, the words by which it carries the visual.
    """

    kind: OpenKind
    what: str
    written: str | None = None
    platform: Platform | None = None
    documents: tuple[str, ...] = ()
    spans: tuple[DocumentSpan, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TextCopies:
    """Documents with one and the same text, in the order of ingestion: one source, however many print it.

    `shared` is the smallest share of the shorter text that one of them has in common with the first; `spans` are the longest
    passage that the first and the second have in common, as each has it, and of each further one its own with the first.
    """

    documents: tuple[str, ...]
    shared: float
    spans: tuple[DocumentSpan, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Visual:
    """The equivalence class of appearances that are one picture or footage: the object `provenance/visual/1`.

    Each of `chains` runs from a document id to the earliest source known; `hops` holds the words for its edges. It is `graphic`
    when any of its pictures is, and not when all were looked at; `graphic_basis` says by whose word.
    """

    id: str
    label: str
    status: Status = "unverified"
    status_basis: str | None = None
    members: tuple[Member, ...]
    outlets: int
    documents: int
    independent_origins: int | None
    origin: Origin
    first_seen: FirstSeen | None = None
    chains: tuple[tuple[str, ...], ...] = ()
    hops: tuple[ChainHop, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    hedge_lost_by: tuple[str, ...] = ()
    credit_lost_by: tuple[str, ...] = ()
    verdict_hardened_by: tuple[str, ...] = ()
    losses: tuple[Loss, ...] = ()
    citing_times: tuple[CitingTime, ...] = ()
    loops: tuple[tuple[str, ...], ...] = ()
    interests: tuple[Interest, ...] = ()
    unresolved: tuple[OpenOrigin, ...] = ()
    copies: tuple[TextCopies, ...] = ()
    graphic: GraphicLabel = "not-looked-at"
    graphic_basis: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Words by which a document carries a visual. `span` is None where they stand outside its text, as alternative texts do."""

    kind: PassageKind
    text: str
    span: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CarryingDocument:
    """One document that carries a visual, and all its words about it.

    `confidence` is that of the surest of `media`; `shows` is False for one that only speaks of it, None where that is not known.
    """

    document: str
    source: str
    headline: str | None = None
    url: str | None = None
    published: str | None = None
    media: tuple[str, ...] = ()
    confidence: Verdict
    shows: bool | None = None
    passages: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """One who must be told when a visual falls: the object `provenance/correction/1`.

    `part`: it carries the visual in `documents`; or others say in `named_in` that they have it from there (passes-on), or that
    it comes from there in the first place (source), and no document of its own is at hand. `cited_by` are the documents that
    have it from here, so that they depend on this correction.
    """

    visual: str
    part: CarrierPart
    outlet: str | None = None
    account: str | None = None
    domain: str | None = None
    documents: tuple[CarryingDocument, ...] = ()
    has_it_from: tuple[str, ...] = ()
    cited_by: tuple[str, ...] = ()
    named_in: tuple[DocumentSpan, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LookupAppearance:
    """Where a matched asset or post was used."""

    document: str
    outlet: str | None = None
    url: str | None = None
    published: str | None = None
    caption: str | None = None
    credit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LookupMatch:
    """One visual that answers a query, with the reason and how sure it is.

    Of clips, `asset_at` tells where in the asset, `query_at` where in the clip that was asked for.
    """

    visual: str | None
    asset: str | None
    verdict: Verdict
    algorithm: str | None = None
    distance: int | None = None
    quality: int | None = None
    transform: Transform = "unknown"
    explanation: str
    error_rate: float | None = None
    asset_at: Stretch | None = None
    query_at: Stretch | None = None
    appearances: tuple[LookupAppearance, ...] = ()
    status: Status = "unverified"
    origin: Origin | None = None
    graphic: GraphicLabel = "not-looked-at"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookup:
    """The answer to one query: the object `provenance/lookup/1`.

    `nearest_miss` tells, where it was asked for, what came nearest without being a match, and which test it failed.
    """

    query: str
    kind: Literal["image", "video", "hash", "post", "account", "asset"]
    matches: tuple[LookupMatch, ...] = ()
    not_hashable: str | None = None
    nearest_miss: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """All that a report is made from; a report asks for nothing else.

    `thumbnails` maps an asset's sha256 to PNG bytes rendered by us (never the bytes received), `veiled` that of a graphic one to
    a PNG in which nothing can be made out. `assessments` and `markings` are the full history, oldest first. `checkpoint` is the
    size and head of the journal, `checkpoint_note` the same with time and signature; `as_of` the moment that the report looks
    back to, where it does.
    """

    title: str
    made_at: str
    made_by: str
    visuals: tuple[Visual, ...]
    documents: Mapping[str, StoredDocument]
    thumbnails: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    veiled: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    assessments: tuple[Assessment, ...] = ()
    decisions: tuple[Decision, ...] = ()
    markings: tuple[Marking, ...] = ()
    checkpoint: str | None = None
    checkpoint_note: str | None = None
    as_of: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Redaction:
    """Bytes that had to go: their hash and length, whose word it was, why and when."""

    sha256: str
    size: int | None
    who: str
    why: str
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """Bytes that were damaged or missing and were put back: where, out of which copy, and what was wrong."""

    sha256: str
    folder: str
    source: str
    damage: str
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalEntry:
    """One change: who did what, when and why: the object `provenance/entry/1`.

    `leaf` is the canonical JSON that `sha256` and the leaf of the hash tree are made of; `payload` what was recorded, as
    canonical JSON, whose sha256 is `payload_sha256`.
    """

    sequence: int
    at: str
    who: str
    what: str
    subject: str
    why: str
    payload_sha256: str
    previous: str
    sha256: str
    leaf: str
    payload: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """Shows that an entry is in the journal, or that the journal only grew: the object `provenance/proof/1`.

    A proof of inclusion has `sequence` and `leaf_hash`, one of consistency `old_size` and `old_root`. `path` is as
    RFC 9162 (2.1.3, 2.1.4) orders it; all hashes are hex.
    """

    kind: Literal["inclusion", "consistency"]
    size: int
    root: str
    path: tuple[str, ...]
    sequence: int | None = None
    leaf_hash: str | None = None
    old_size: int | None = None
    old_root: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifiedItem:
    """What `verify` found of one item."""

    item: str
    kind: Literal["blob", "document", "asset", "journal", "reference", "schema"]
    result: CheckResult
    why: str = ""


# ------------------------------------------------------------------ watch


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """An address that is asked again and again: the object `provenance/watch/1`. A removed one stays on record, with its history.

    `from_now` tells that what was listed when it was first read is passed over. `kind` is what its address was found to be.
    """

    id: str
    url: str
    from_now: bool = False
    kind: WatchKind | None = None
    who: str
    why: str = ""
    added_at: str
    removed_at: str | None = None
    removed_by: str | None = None
    removed_why: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentChange:
    """One difference between two versions of a document; `medium` is the address or description of the medium that it is of."""

    what: ChangeWhat
    before: str | None = None
    after: str | None = None
    medium: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchEvent:
    """One thing that a watch saw: the object `provenance/watch-event/1`.

    `key` names the entry within its watch (an address, the number of a post), `document` its newest version on record,
    `before` the version that it replaces. `still-there` and `not-checked` are of an entry that is listed no more: `why` tells
    what the check gave, or why there was none. Of `reused`, `visual` turned up in `outlet`, which had not carried it before.
    """

    id: str
    watch: str
    at: str
    kind: WatchEventKind
    key: str
    url: str | None = None
    headline: str | None = None
    document: str | None = None
    before: str | None = None
    changes: tuple[DocumentChange, ...] = ()
    visual: str | None = None
    medium: str | None = None
    outlet: str | None = None
    why: str = ""
    digest: str | None = None
    hops: tuple[Hop, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchRun:
    """One time that a watch was asked: the object `provenance/watch-run/1`.

    `listed` counts the entries of its address, `news` the events that tell something new, `failed` the entries that could not
    be had, `waiting` those that are left to the next run. `validators` are of the bytes that came last.
    """

    id: str
    watch: str
    started_at: str
    ended_at: str
    result: WatchResult
    kind: WatchKind | None = None
    listed: int = 0
    news: int = 0
    failed: int = 0
    waiting: int = 0
    why: str = ""
    warnings: tuple[str, ...] = ()
    validators: Validators | None = None
    hops: tuple[Hop, ...] = ()


NEWS: frozenset[WatchEventKind] = frozenset({"appeared", "changed", "vanished", "returned", "reused"})
"""The events that tell something new."""


# ------------------------------------------------------------------ JSON


Json: TypeAlias = dict[str, Any]

SCHEMAS = {
    Document: "provenance/document/1",
    Visual: "provenance/visual/1",
    Correction: "provenance/correction/1",
    Lookup: "provenance/lookup/1",
    JournalEntry: "provenance/entry/1",
    Proof: "provenance/proof/1",
    Watch: "provenance/watch/1",
    WatchEvent: "provenance/watch-event/1",
    WatchRun: "provenance/watch-run/1",
}
"""The contract's name of each object that stands alone."""


def to_json(record: Any) -> Json:
    """A record as plain JSON values, with its `schema` name first where the contract gives it one."""
    schema = SCHEMAS.get(type(record))
    return {**({"schema": schema} if schema else {}), **_plain(record)}


_ATOMS = frozenset({str, int, float, bool, type(None)})


def _plain(value: Any) -> Any:
    kind = type(value)
    if kind in _ATOMS:
        return value
    if names := _names(kind):  # type: ignore[arg-type]  # a class can be hashed
        return {name: _plain(getattr(value, name)) for name in names}
    if isinstance(value, (list, tuple)):
        return [_plain(v) for v in value]
    if isinstance(value, Mapping):
        return {k: _plain(v) for k, v in value.items()}
    return value


@cache
def _names(kind: Any) -> tuple[str, ...]:
    """The fields of a record; empty for what is none."""
    return tuple(f.name for f in dataclasses.fields(kind)) if dataclasses.is_dataclass(kind) else ()
