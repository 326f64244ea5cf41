"""What the files of earlier saves held: every content once, pressed."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from hashlib import sha256

Digests = Mapping[str, str]
"""By path within the workspace, the name of its content."""


class Saves:
    """The contents of all saves of a sitting; most files are the same from save to save."""

    def __init__(self) -> None:
        self._held: dict[str, bytes] = {}

    def put(self, files: Mapping[str, bytes]) -> Digests:
        """Keep them; return under which names."""
        digests = {name: sha256(content).hexdigest() for name, content in files.items()}
        for name, digest in digests.items():
            if digest not in self._held:
                self._held[digest] = zlib.compress(files[name], 6)
        return digests

    def get(self, digests: Digests) -> dict[str, bytes]:
        """The contents as they were."""
        return {name: zlib.decompress(self._held[digest]) for name, digest in digests.items()}
