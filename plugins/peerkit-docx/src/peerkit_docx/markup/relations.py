"""
What a part points at, and the pictures that a paper brings into its package.
"""

from __future__ import annotations

import attrs

__all__ = ["NAMESPACE", "Picture", "Relations"]

NAMESPACE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


@attrs.frozen
class Picture:
    """
    A picture to be put into the package as the part *name*.
    """

    name: str
    content: bytes
    media_type: str


@attrs.define
class Relations:
    """
    What one part points at: links by address, pictures by part name.
    """

    prefix: str
    links: dict[str, str] = attrs.field(factory=dict)
    pictures: dict[str, str] = attrs.field(factory=dict)

    def to(self, kind: dict[str, str], target: str) -> str:
        """
        Return the id of the relation to *target*, made at need.
        """
        count = len(self.links) + len(self.pictures) + 1
        return kind.setdefault(target, f"{self.prefix}{count}")
