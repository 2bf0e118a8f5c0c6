"""A dossier about an invented event, in three languages, and a hostile one with a payload in every slot."""

import dataclasses
import io
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import pytest
from PIL import Image, ImageDraw

from provenance.records import (
    Account,
    AppearanceKey,
    Assessment,
    ChainHop,
    Citation,
    CitingTime,
    Conflict,
    ConflictValue,
    Decision,
    Document,
    DocumentFacts,
    DocumentSpan,
    Dossier,
    FirstSeen,
    Interest,
    Loss,
    Marking,
    Medium,
    Member,
    OpenOrigin,
    Origin,
    Outlet,
    Party,
    Post,
    Span,
    StatedDate,
    StoredDocument,
    TextCopies,
    Visual,
)

LEDGER = (
    "A photograph of the fallen footbridge at Velmora spread on Tuesday. The picture, posted by the account @ferry_watch, "
    "shows the middle span in the water, Norvik Wire reported. It appears to have been taken from the north bank on 4 May. "
    "Nobody at the harbour office would comment."
)
MARSA = (
    "قالت وكالة نورفيك واير إن الصورة التي نشرها حساب @ferry_watch على تلغرام تظهر الجسر المنهار في فيلمورا. "
    "التقطت الصورة يوم 5 مايو من الضفة الجنوبية."
)
PRYCHAL = (
    "Знімок зруйнованого мосту у Вельморі передало агентство Norvik Wire. "
    "На ньому видно середній проліт у воді. Знімок опублікував канал @ferry_watch."
)
CHANNEL = "The footbridge is gone. Seen from the north bank this morning."
BLOG = "I found this picture of a broken bridge. No idea who took it."
LABEL = "The fallen footbridge at Velmora, telegram:@ferry_watch"
ACCOUNT = "telegram:@ferry_watch"
AGENCY = "Norvik Wire"


def span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words), words)


def document_span(document: str, text: str, words: str) -> DocumentSpan:
    found = span(text, words)
    return DocumentSpan(document=document, start=found.start, end=found.end, text=found.text)


def picture(colour: str, size: tuple[int, int] = (320, 200)) -> bytes:
    """A thumbnail: a bridge without its middle, as plain shapes."""
    image = Image.new("RGB", size, colour)
    pen = ImageDraw.Draw(image)
    wide, high = size
    pen.rectangle((0, high * 0.65, wide, high), fill="#3d6a80")
    for left, right in ((0, 0.36), (0.66, 1)):
        pen.rectangle((wide * left, high * 0.42, wide * right, high * 0.47), fill="#4a3b30")
        pen.rectangle((wide * (left + right) / 2, high * 0.45, wide * ((left + right) / 2 + 0.03), high * 0.8), fill="#4a3b30")
    pen.polygon(
        [(wide * 0.4, high * 0.6), (wide * 0.62, high * 0.74), (wide * 0.61, high * 0.79), (wide * 0.39, high * 0.65)],
        fill="#4a3b30",
    )
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def stored(number: int, text: str, medium: Medium, *, assets: Mapping[str, str] | None = None, **facts: Any) -> StoredDocument:
    citations = facts.pop("citations", ())
    warnings = facts.pop("warnings", ())
    posts = facts.pop("posts", ())
    return StoredDocument(
        id=f"doc{number}",
        sequence=number,
        ingested_at=f"2031-05-{number + 4:02}T09:00:00Z",
        document=Document(
            source=f"pages/{number}.html",
            document=DocumentFacts(sha256=str(number) * 64, **facts),
            text=text,
            media=(medium,),
            posts=posts,
            citations=citations,
            warnings=warnings,
        ),
        assets=assets or {},
        no_bytes={} if assets else {medium.id: "the article only speaks of it"},
    )


def cites(text: str, sentence: str, cue: str, cited: Party) -> Citation:
    return Citation(
        id="c1",
        citing=Party(kind="this-article"),
        cited=cited,
        relation="reports",
        cue=cue,
        cue_span=span(text, cue),
        span=span(text, sentence),
        about=("m1",),
    )


NORVIK = Party(name=AGENCY, kind="agency")
LEDGER_SENTENCE = LEDGER[LEDGER.index("The picture, posted") : LEDGER.index(" It appears")]
MARSA_SENTENCE = MARSA[: MARSA.index(" التقطت")]
PRYCHAL_SENTENCE = PRYCHAL[: PRYCHAL.index(" На ньому")]
PRYCHAL_POST = PRYCHAL[PRYCHAL.index("Знімок опублікував") :]


def documents() -> dict[str, StoredDocument]:
    found = [
        stored(
            1,
            LEDGER,
            Medium(
                id="m1",
                kind="photo",
                role="lead",
                caption="The middle span in the water",
                description=span(LEDGER, "the fallen footbridge at Velmora"),
                account=Account(platform="telegram", handle="ferry_watch", as_written="@ferry_watch"),
                stated_dates=(StatedDate(value="2031-05-04", precision="day", role="taken", span=span(LEDGER, "on 4 May")),),
            ),
            assets={"m1": "a" * 64},
            outlet=Outlet(name="The Harbour Ledger", domain="ledger.example", basis="json-ld"),
            headline="Footbridge down at Velmora",
            url="https://ledger.example/velmora?page=1&x=2",
            language="en",
            published="2031-05-05T08:30:00Z",
            citations=(cites(LEDGER, LEDGER_SENTENCE, "Norvik Wire reported", NORVIK),),
        ),
        stored(
            2,
            MARSA,
            Medium(
                id="m1",
                kind="photo",
                role="body",
                credit="نورفيك واير",
                description=span(MARSA, "الجسر المنهار في فيلمورا"),
                stated_dates=(StatedDate(value="2031-05-05", precision="day", role="taken", span=span(MARSA, "يوم 5 مايو")),),
            ),
            assets={"m1": "b" * 64},
            outlet=Outlet(name="صحيفة المرسى", domain="marsa.example"),
            headline="انهيار جسر المشاة في فيلمورا",
            url="https://marsa.example/أخبار/17",
            language="ar",
            published="2031-05-06",
            citations=(cites(MARSA, MARSA_SENTENCE, "قالت وكالة نورفيك واير", NORVIK),),
            warnings=("one picture had no address",),
        ),
        stored(
            3,
            PRYCHAL,
            Medium(id="m1", kind="photo", role="mentioned", description=span(PRYCHAL, "Знімок зруйнованого мосту у Вельморі")),
            outlet=Outlet(name="Вечірній Причал"),
            headline="У Вельморі впав міст",
            language="uk",
            published="2031-05",
            citations=(cites(PRYCHAL, PRYCHAL_SENTENCE, "передало агентство Norvik Wire", NORVIK),),
        ),
        stored(
            4,
            CHANNEL,
            Medium(id="m1", kind="photo", role="body", post="p1", description=span(CHANNEL, "The footbridge is gone")),
            assets={"m1": "a" * 64},
            kind="post",
            url="https://t.me/ferry_watch/812",
            language="en",
            published="2031-05-05T05:12:40Z",
            posts=(Post(id="p1", platform="telegram", post_id="812", handle="ferry_watch", embedding="embedded", media=("m1",)),),
        ),
        stored(
            5,
            BLOG,
            Medium(id="m1", kind="photo", role="body", description=span(BLOG, "a broken bridge")),
            assets={"m1": "c" * 64},
            kind="page",
            language="en",
        ),
    ]
    return {document.id: document for document in found}


def member(number: int, how: Any, confidence: Any, why: str, **facts: Any) -> Member:
    return Member(
        document=f"doc{number}", source=f"pages/{number}.html", media="m1", how=how, confidence=confidence, why=why, **facts
    )


def bridge() -> Visual:
    return Visual(
        id="v-0123456789ab",
        label=LABEL,
        status="miscaptioned",
        status_basis="the bank in view is the south one",
        members=(
            member(
                1,
                "bytes",
                "same",
                "the same bytes as doc4",
                outlet="The Harbour Ledger",
                asset="a" * 64,
                caption="The middle span in the water",
            ),
            member(
                2,
                "bytes",
                "likely",
                "PDQ distance 22 of 256, quality 91",
                outlet="صحيفة المرسى",
                asset="b" * 64,
                credit="نورفيك واير",
            ),
            member(
                3, "same-origin", "likely", "the same account @ferry_watch, through the same agency", outlet="Вечірній Причал"
            ),
            member(4, "bytes", "same", "the first ingested appearance", asset="a" * 64, url="https://t.me/ferry_watch/812"),
            member(5, "bytes", "possible", "PDQ distance 60 of 256", asset="c" * 64),
        ),
        outlets=3,
        documents=5,
        independent_origins=1,
        origin=Origin(
            platform="telegram", handle="ferry_watch", resolved=True, why="Every chain on record ends at this account."
        ),
        first_seen=FirstSeen(document="doc4", at="2031-05-05T05:12:40Z"),
        chains=(("doc1", AGENCY, ACCOUNT), ("doc2", AGENCY, ACCOUNT), ("doc3", AGENCY, ACCOUNT), ("doc4", ACCOUNT), ("doc5",)),
        hops=(
            ChainHop(citing="doc1", cited=AGENCY, relation="reports", document="doc1", span=span(LEDGER, LEDGER_SENTENCE)),
            ChainHop(citing="doc2", cited=AGENCY, relation="reports", document="doc2", span=span(MARSA, MARSA_SENTENCE)),
            ChainHop(citing="doc3", cited=AGENCY, relation="reports", document="doc3", span=span(PRYCHAL, PRYCHAL_SENTENCE)),
            ChainHop(
                citing=AGENCY,
                cited=ACCOUNT,
                relation="posted-by",
                document="doc1",
                span=span(LEDGER, "posted by the account @ferry_watch"),
            ),
            ChainHop(citing=AGENCY, cited=ACCOUNT, relation="posted-by", document="doc3", span=span(PRYCHAL, PRYCHAL_POST)),
            ChainHop(citing="doc4", cited=ACCOUNT, relation="posted-by", document="doc4"),
        ),
        conflicts=(
            Conflict(
                field="place",
                severity="hard",
                reading="One says that it was taken from the north bank, one from the south bank.",
                values=(
                    ConflictValue(
                        value="north bank",
                        documents=("doc1", "doc4"),
                        spans=(
                            document_span("doc1", LEDGER, "from the north bank"),
                            document_span("doc4", CHANNEL, "from the north bank"),
                        ),
                    ),
                    ConflictValue(
                        value="south bank", documents=("doc2",), spans=(document_span("doc2", MARSA, "من الضفة الجنوبية"),)
                    ),
                ),
            ),
            Conflict(
                field="date",
                severity="soft",
                reading="Taken on 4 May, says one, and on 5 May, says the other; a night could explain both.",
                values=(
                    ConflictValue(
                        value="2031-05-04 (taken)", documents=("doc1",), spans=(document_span("doc1", LEDGER, "on 4 May"),)
                    ),
                    ConflictValue(
                        value="2031-05-05 (taken)", documents=("doc2",), spans=(document_span("doc2", MARSA, "يوم 5 مايو"),)
                    ),
                ),
            ),
        ),
        hedge_lost_by=("doc3",),
        credit_lost_by=("doc1",),
        verdict_hardened_by=("doc2",),
        losses=(
            Loss(
                kind="hedge-lost",
                document="doc3",
                reading="“видно середній проліт у воді” is said without a reservation; doc1, which it names, has “appears”.",
                spans=(
                    document_span("doc3", PRYCHAL, "видно середній проліт у воді"),
                    document_span("doc1", LEDGER, "appears"),
                ),
            ),
        ),
        citing_times=(
            CitingTime(
                document="doc2",
                at="2031-05-06",
                cited="The Harbour Ledger",
                cited_at="2031-05-09",
                result="impossible",
                why="It is dated 2031-05-06 and names The Harbour Ledger; what is at hand of it is of 2031-05-09 or later.",
                documents=("doc1",),
                spans=(document_span("doc2", MARSA, "نورفيك واير"),),
            ),
            CitingTime(
                document="doc3", at=None, cited="Norvik Wire", cited_at=None, result="not-checked", why="No time is known."
            ),
            CitingTime(document="doc1", at="2031-05-05", cited=AGENCY, cited_at="2031-05-04", result="in-order", why="Agreed."),
        ),
        interests=(
            Interest(
                label="government",
                party="the harbour office",
                basis="words",
                documents=("doc1",),
                spans=(document_span("doc1", LEDGER, "harbour office"),),
            ),
        ),
        unresolved=(
            OpenOrigin(
                kind="no-source",
                what="Ask from whom it has it: no source is named.",
                documents=("doc5",),
                spans=(document_span("doc5", BLOG, "a broken bridge"),),
            ),
        ),
        copies=(
            TextCopies(
                documents=("doc1", "doc3"),
                shared=0.87,
                spans=(document_span("doc1", LEDGER, "Norvik Wire"), document_span("doc3", PRYCHAL, "Norvik Wire")),
            ),
        ),
        loops=(("doc1", "doc3", "doc1"),),
    )


FILM_TEXT = "A short film is said to show a ferry on fire off Velmora, but no copy of it could be found."


def words_only() -> tuple[Visual, StoredDocument]:
    medium = Medium(id="m1", kind="video", role="mentioned", description=span(FILM_TEXT, "a ferry on fire off Velmora"))
    document = stored(6, FILM_TEXT, medium, outlet=Outlet(name="Kestrel Evening Post"), language="en", headline="Ferry film")
    visual = Visual(
        id="v-ba9876543210",
        label="Film of a ferry on fire off Velmora",
        members=(member(6, "described", "same", "known from the words of this document only", outlet="Kestrel Evening Post"),),
        outlets=1,
        documents=1,
        independent_origins=None,
        origin=Origin(why="The document names nobody."),
        chains=(("doc6",),),
    )
    return visual, document


def key(number: int) -> AppearanceKey:
    return AppearanceKey(f"doc{number}", "m1")


@pytest.fixture(scope="session")
def dossier() -> Dossier:
    """Five documents carry or describe one picture, a sixth speaks of a film that nobody has."""
    film, film_document = words_only()
    return Dossier(
        title="The Velmora footbridge",
        made_at="2031-05-12T10:00:00Z",
        made_by="Ines Okoro, night desk",
        visuals=(bridge(), film),
        documents={**documents(), film_document.id: film_document},
        thumbnails={
            "a" * 64: picture("#c9d6dd"),
            "b" * 64: picture("#e2d5bd", (320, 240)),
            "c" * 64: picture("#9aa7ad", (240, 240)),
        },
        assessments=(
            Assessment(
                id="as1",
                visual="v-0123456789ab",
                appearance=key(1),
                status="in-progress",
                who="Ines Okoro",
                why="calling the office",
                at="2031-05-08T09:00:00Z",
            ),
            Assessment(
                id="as2",
                visual="v-0123456789ab",
                appearance=key(1),
                status="miscaptioned",
                who="Bram Adeyemi",
                why="the bank in view is the south one",
                at="2031-05-09T14:20:00Z",
            ),
        ),
        decisions=(
            Decision(
                id="de1",
                kind="link",
                left=key(1),
                right=key(5),
                who="Ines Okoro",
                why="the same crack in the pier",
                at="2031-05-09T15:00:00Z",
            ),
        ),
        checkpoint="journal 41, head 5f1e" + "0" * 60,
    )


@pytest.fixture(scope="session")
def bare(dossier: Dossier) -> Dossier:
    """The same dossier with nothing but its first document and one appearance: most is unknown."""
    visual = dossier.visuals[0]
    lonely = dataclasses.replace(
        visual,
        status="unverified",
        status_basis=None,
        members=(dataclasses.replace(visual.members[4], confidence="same"),),
        outlets=0,
        documents=1,
        independent_origins=None,
        origin=Origin(why="No document names anybody."),
        first_seen=None,
        chains=(("doc5",),),
        hops=(),
        conflicts=(),
        hedge_lost_by=(),
        credit_lost_by=(),
        verdict_hardened_by=(),
        losses=(),
        citing_times=(),
        interests=(),
        unresolved=(),
        copies=(),
        loops=(),
    )
    kept = {"doc5": dossier.documents["doc5"]}
    return dataclasses.replace(dossier, visuals=(lonely,), documents=kept, assessments=(), decisions=(), thumbnails={})


@pytest.fixture(scope="session")
def golden() -> Callable[[str, str], None]:
    """Compares a text with its golden file; `UPDATE_GOLDEN=1` writes the file instead, for a person to read the difference."""

    def check(name: str, actual: str) -> None:
        path = Path(__file__).with_name("golden") / name
        if os.environ.get("UPDATE_GOLDEN"):
            path.parent.mkdir(exist_ok=True)
            path.write_text(actual, encoding="utf-8", newline="")
        with path.open(encoding="utf-8", newline="") as file:
            assert file.read() == actual

    return check


# ------------------------------------------------------------------ hostile

PAYLOADS = (
    "<script>document.title='PWNED'</script>",
    '"><img src=x onerror="document.title=\'PWNED\'">',
    "'><svg onload=document.title='PWNED'>",
    "javascript:document.title='PWNED'",
    "</style><script>document.title='PWNED'</script>",
    "{{ 7 * 7 }}{% raw %}",
    "-->]]><!--",
    "\u202eesrever\u202c \u2066isolate \u2069 stray",
    "bell\x07 escape\x1b[2J\x1b]0;PWNED\x07 c1\x9b2J",
    "W" * 300,
    '=HYPERLINK("http://evil.example","x")',
    "line\r\nbreak\ttab\u2028separator",
    "lone \ud800 surrogate",
    "http://[broken",
    'https://a.example/" onmouseover="x',
    "data:text/html,<script>document.title='PWNED'</script>",
)


class _Filler:
    """Puts another payload in every text slot of a record, and the contract's own values in every closed one."""

    def __init__(self, used: int) -> None:
        self.used = used

    def payload(self) -> str:
        self.used += 1
        return f"{PAYLOADS[self.used % len(PAYLOADS)]} #{self.used}"

    def record(self, kind: type, **fixed: Any) -> Any:
        hints = get_type_hints(kind)
        return kind(**{f.name: fixed.get(f.name, self.value(hints[f.name])) for f in dataclasses.fields(kind)})

    def value(self, hint: Any) -> Any:
        origin, inner = get_origin(hint), get_args(hint)
        if hint is str:
            return self.payload()
        if origin is Literal:
            return inner[self.used % len(inner)]
        if origin is tuple:
            return tuple(self.value(part) for part in (inner[:1] if inner[1:] == (Ellipsis,) else inner))
        if dataclasses.is_dataclass(hint):
            return self.record(hint)  # type: ignore[arg-type]
        if origin in {Union, UnionType}:
            return self.value(inner[0])
        return {bool: True, int: 3, float: 0.5}.get(hint, {})


def hostile_dossier(turn: int) -> Dossier:
    """A dossier whose every text is a payload; its second member is of a document that is not there.

    With each `turn` the payloads move by one slot, so that over all turns each payload stands in each slot.
    """
    fill = _Filler(turn)
    document = fill.record(StoredDocument, document=fill.record(Document))
    media = document.document.media[0]
    member_ = fill.record(Member, document=document.id, media=media.id, asset="a" * 64)
    lost = dataclasses.replace(member_, document="absent \x1b", outlet=fill.payload())
    visual = fill.record(Visual, members=(member_, lost), chains=((document.id, fill.payload(), fill.payload()),), documents=2)
    at = AppearanceKey(document.id, media.id)
    words = {
        "assessments": (fill.record(Assessment, appearance=at),),
        "decisions": (fill.record(Decision, left=at),),
        "markings": (fill.record(Marking, assets=("a" * 64,)),),
    }
    thumbnails = {"a" * 64: b"<script>alert(1)</script>"}
    return fill.record(
        Dossier, visuals=(visual,), documents={document.id: document}, thumbnails=thumbnails, veiled=thumbnails, **words
    )


@pytest.fixture(scope="session")
def hostiles() -> list[Dossier]:
    """Each payload in each slot; see `hostile_dossier`."""
    return [hostile_dossier(turn) for turn in range(len(PAYLOADS))]


@pytest.fixture(scope="session")
def hostile(hostiles: list[Dossier]) -> Dossier:
    """One of them."""
    return hostiles[0]


@pytest.fixture(scope="session")
def graphic(dossier: Dossier) -> Dossier:
    """The dossier of the footbridge, its pictures marked graphic but for the blog's, which was looked at and is not."""
    visual = dossier.visuals[0]
    labels = {"a" * 64: "graphic", "b" * 64: "graphic", "c" * 64: "not-graphic", None: "not-looked-at"}
    members = tuple(dataclasses.replace(m, graphic=labels[m.asset]) for m in visual.members)
    basis = "Ines Okoro, 2031-05-10T08:00:00Z: a body in the water"
    marked = dataclasses.replace(visual, members=members, graphic="graphic", graphic_basis=basis)
    told = {"visual": visual.id, "who": "Ines Okoro"}
    return dataclasses.replace(
        dossier,
        visuals=(marked, *dossier.visuals[1:]),
        veiled={sha256: picture("#777777") for sha256 in ("a" * 64, "b" * 64)},
        markings=(
            Marking(
                id="m1",
                label="graphic",
                assets=("a" * 64, "b" * 64),
                why="a body in the water",
                at="2031-05-10T08:00:00Z",
                **told,
            ),
            Marking(id="m2", label="not-graphic", assets=("c" * 64,), why="cut above it", at="2031-05-10T08:05:00Z", **told),
        ),
    )
