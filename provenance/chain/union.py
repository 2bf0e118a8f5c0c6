"""Sets of appearances that are one visual, with pairs that must never come together."""

from collections.abc import Iterable, Mapping


class Sets:
    """Disjoint sets that know their first member and their documents, and refuse what an analyst parted."""

    def __init__(self, parted: Mapping[str, frozenset[str]]) -> None:
        self._parted = parted
        self._parent: dict[str, str] = {}
        self._members: dict[str, list[str]] = {}
        self._documents: dict[str, set[str]] = {}
        self._first: dict[str, tuple[tuple[int, int], str]] = {}

    def add(self, key: str, document: str | None, order: tuple[int, int]) -> None:
        """A new set of one appearance (`document/medium`), with the document that it must not share with another set, if any."""
        if key not in self._parent:
            self._parent[key] = key
            self._members[key] = [key]
            self._documents[key] = {document} if document else set()
            self._first[key] = (order, key)

    def __contains__(self, key: object) -> bool:
        return key in self._parent

    def root(self, key: str) -> str:
        """The key that stands for the set of a key."""
        top = key
        while self._parent[top] != top:
            top = self._parent[top]
        while self._parent[key] != top:
            self._parent[key], key = top, self._parent[key]
        return top

    def members(self, key: str) -> list[str]:
        """All keys in the set of a key."""
        return self._members[self.root(key)]

    def first(self, key: str) -> str:
        """The member of the set of a key that was ingested first."""
        return self._first[self.root(key)][1]

    def roots(self) -> Iterable[str]:
        """One key a set."""
        return self._members.keys()

    def share_a_document(self, left: str, right: str) -> bool:
        """Whether one document is in both sets: it shows two pictures then, so weak evidence must not make them one."""
        a, b = self._documents[self.root(left)], self._documents[self.root(right)]
        return not a.isdisjoint(b)

    def join(self, left: str, right: str) -> bool:
        """Make two sets one; False when an analyst parted some of their members."""
        big, small = self.root(left), self.root(right)
        if big == small:
            return True
        if len(self._members[big]) < len(self._members[small]):
            big, small = small, big
        if self._are_parted(big, small):
            return False
        self._parent[small] = big
        self._members[big] += self._members.pop(small)
        self._documents[big] |= self._documents.pop(small)
        self._first[big] = min(self._first[big], self._first.pop(small))
        return True

    def _are_parted(self, big: str, small: str) -> bool:
        return bool(self._parted) and any(
            self.root(other) == big
            for key in self._members[small]
            for other in self._parted.get(key, ())
            if other in self._parent
        )
