"""Who may speak to the desk: a browser of this machine that was given the address, and nobody else.

Every address begins with the token. The name that is called (Host) has to be this machine's own, so
that no other name leads here; and a page that asks (Origin) has to be the desk's own, so that none
of another address can, whatever the browser lets it try.
"""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

LOOPBACK = "127.0.0.1"

_HEADERS = (
    (b"cache-control", b"no-store"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"SAMEORIGIN"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
)

_POLICY = (
    b"content-security-policy",
    b"default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    b"frame-src 'self'; img-src data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
)
"""Of the desk's own page; the report's pages bring theirs, which is stricter."""

_FRAMED = (b"content-security-policy", b"frame-ancestors 'self'")

LARGEST = 100_000
"""Bytes of what is sent to the desk."""


class Guard:
    """Lets through what may come, under its path without the token. Nothing of why a request was
    refused is told but a number."""

    def __init__(self, app: App, token: str, port: int, once: str = "") -> None:
        self._app = app
        self._prefix = f"/{token}"
        self._hosts = {f"{name}:{port}".encode() for name in (LOOPBACK, "localhost")}
        self._once = once

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return  # No sockets, and nothing at the beginning or the end.
        status = self._refused(scope)
        if status == 404 and self._opens(scope["path"]):
            await _empty(send, 303, (b"location", f"{self._prefix}/".encode()))
            return
        if status:
            await _empty(send, status)
            return
        path = scope["path"][len(self._prefix) :] or "/"
        within = {**scope, "path": path, "raw_path": path.encode(), "root_path": ""}
        policy = _FRAMED if path.startswith("/page/") else _POLICY

        async def sealed(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), *_HEADERS, policy]
            await send(message)

        await self._app(within, receive, sealed)

    def _refused(self, scope: Scope) -> int:
        """The number that it is refused with; 0 where it is let through."""
        headers = {name.lower(): value for name, value in scope["headers"]}
        if headers.get(b"host") not in self._hosts:
            return 421
        own = b"http://" + headers[b"host"]
        asks = scope["method"] not in ("GET", "HEAD")
        if headers.get(b"origin", b"" if asks else own) != own:
            return 403
        if headers.get(b"sec-fetch-site", b"none") not in (b"same-origin", b"none"):
            return 403
        too_large = not headers.get(b"content-length", b"0").isdigit()
        too_large = too_large or int(headers.get(b"content-length", b"0")) > LARGEST
        if asks and (too_large or b"transfer-encoding" in headers):
            return 413
        return 0 if self._has_token(scope["path"]) else 404

    def _opens(self, path: str) -> bool:
        """Whether it is the address that leads to the desk once: the one that a browser is started
        with, which others of this machine may see among its arguments."""
        once, self._once = self._once, ""
        if once and secrets.compare_digest(path.encode(), f"/{once}".encode()):
            return True
        self._once = once
        return False

    def _has_token(self, path: str) -> bool:
        given = path[: len(self._prefix)]
        rest = path[len(self._prefix) :]
        same = secrets.compare_digest(given.encode(), self._prefix.encode())
        return same and rest.startswith("/")


async def _empty(send: Send, status: int, *more: tuple[bytes, bytes]) -> None:
    headers = [(b"content-length", b"0"), *_HEADERS, *more]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b""})
