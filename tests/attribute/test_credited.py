"""Credit lines as citations; all names are invented, but for the agencies."""

import pytest

from provenance.attribute import read
from provenance.attribute.credited import party_of
from provenance.records import Document, Medium
from tests.attribute.pages import page, slice_of

Hop = tuple[str | None, str | None, str | None]


def credited(credit: str, parties: tuple[str, ...]) -> Document:
    text = f"The crane fell.\n{credit}"
    medium = Medium(id="m1", kind="photo", role="lead", credit=credit, credit_span=slice_of(text, credit), credit_parties=parties)
    return read(page(text, media=(medium,)))


def hops(document: Document) -> list[Hop]:
    """Citations as (who cites, whom, the platform of whom)."""
    return [(c.citing.name, c.cited.name, c.cited.platform) for c in document.citations]


@pytest.mark.parametrize(
    ("credit", "parties", "expected"),
    [
        ("Photo: Telegram/@lantern_watch", ("Telegram", "@lantern_watch"), [(None, "@lantern_watch", "telegram")]),
        ("Foto: Telegram / @lantern_watch", ("Telegram", "@lantern_watch"), [(None, "@lantern_watch", "telegram")]),
        ("Photo: Lantern Watch/Telegram", ("Lantern Watch", "Telegram"), [(None, "Lantern Watch", "telegram")]),
        ("© @lantern_watch/X", ("@lantern_watch", "X"), [(None, "@lantern_watch", "x")]),
        ("Photo: Telegram", ("Telegram",), [(None, None, "telegram")]),
        ("Foto: t.me/lantern_watch", ("t.me", "lantern_watch"), [(None, "@lantern_watch", "telegram")]),
        ("Video: Facebook de Ana Duarte", ("Facebook de Ana Duarte",), [(None, "Ana Duarte", "facebook")]),
        ("Video: Twitter users", ("Twitter users",), [(None, None, "x")]),
        (
            "Photo: Telegram/@lantern_watch via Reuters",
            ("Telegram", "@lantern_watch", "Reuters"),
            [(None, "Reuters", None), ("Reuters", "@lantern_watch", "telegram")],
        ),
        ("Ana Duarte/Reuters", ("Ana Duarte", "Reuters"), [(None, "Reuters", None), ("Reuters", "Ana Duarte", None)]),
        (
            "AP Photo/Ana Duarte",
            ("AP", "Ana Duarte"),
            [(None, "Associated Press", None), ("Associated Press", "Ana Duarte", None)],
        ),
        ("Images: Orbita; Tarn Gazette", ("Orbita", "Tarn Gazette"), [(None, "Tarn Gazette", None), (None, "Orbita", None)]),
        ("Photo: pool, CC BY-SA 2.0", ("pool", "CC BY-SA 2.0"), []),
    ],
)
def test_a_credit_line_is_a_chain_of_hops(credit: str, parties: tuple[str, ...], expected: list[Hop]) -> None:
    """A platform belongs to the account beside it, "via" makes a hop, ";" sets names side by side, a licence is nobody."""
    assert hops(credited(credit, parties)) == expected


def test_an_account_in_a_credit_is_the_account_of_its_picture() -> None:
    """The account of a credit line stands with the picture; a bare platform gives an account that has no name."""
    account = credited("Photo: Lantern Watch/Telegram", ("Lantern Watch", "Telegram")).media[0].account
    bare = credited("Photo: Telegram", ("Telegram",)).media[0].account
    assert account is not None and bare is not None  # noqa: PT018 - one fact
    assert (account.platform, account.name, account.handle) == ("telegram", "Lantern Watch", None)
    assert (bare.platform, bare.name, bare.handle) == ("telegram", None, None)


@pytest.mark.parametrize(
    ("credit", "parties"),
    [
        ("Images courtesy of Orbita", ("Orbita",)),
        ("사진=오르비타 제공", ("오르비타",)),
        ("Фото предоставлено Orbita", ("Orbita",)),
    ],
)
def test_what_was_given_is_said_to_be_given(credit: str, parties: tuple[str, ...]) -> None:
    """Words of giving in a credit make the party the provider."""
    assert [c.relation for c in credited(credit, parties).citations] == ["provided-by"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Ana Duarte", "expert"),
        ("Tarnside Ledger", "newspaper"),
        ("The Lantern", "organisation"),
        ("Redes sociales", "anonymous"),
        ("Reuters", "agency"),
        ("@lantern_watch", "social-account"),
    ],
)
def test_the_kind_of_a_name_is_read_off_its_form(name: str, kind: str) -> None:
    """Mastheads are no persons, social media at large is nobody, and a handle is an account."""
    assert party_of(name).kind == kind
