"""The desk's own server: its page, the report's pages, events, and what the buttons ask for."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from allocator.desk.following import Follower
from allocator.desk.keeping import NotNowError, keep, plan_csv, put_back
from allocator.desk.sitting import Sitting
from allocator.desk.worlds import switched
from allocator.errors import AllocatorError

KINDS = {"desk.html": "text/html", "desk.js": "text/javascript", "desk.css": "text/css"}

PAUSE = 0.05
"""Seconds between two events at the least."""

SIGN_OF_LIFE = 5.0
"""Seconds after which a browser hears that there is no news."""


class Hub:
    """Wakes all who wait for news, from any thread."""

    def __init__(self) -> None:
        self.closed = False
        self._waiting: set[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = set()

    def tell(self) -> None:
        for loop, event in list(self._waiting):
            with suppress(RuntimeError):  # It has ended.
                loop.call_soon_threadsafe(event.set)

    def close(self) -> None:
        self.closed = True
        self.tell()

    async def wait(self, version: Callable[[], int], seen: int) -> None:
        """Until the version is another, or some seconds have gone by."""
        one = asyncio.get_running_loop(), asyncio.Event()
        self._waiting.add(one)
        try:
            if version() == seen and not self.closed:
                with suppress(TimeoutError):
                    await asyncio.wait_for(one[1].wait(), SIGN_OF_LIFE)
        finally:
            self._waiting.discard(one)


@dataclass
class Desk:
    """What stands behind the addresses. path: the workspace. reports, out: where runs are kept."""

    path: Path
    sitting: Sitting
    follower: Follower
    reports: Path
    out: Path | None = None
    hub: Hub = field(default_factory=Hub)

    def app(self) -> Starlette:
        gets: dict[str, Any] = {
            "/": self.page,
            "/desk.js": self.asset,
            "/desk.css": self.asset,
            "/page/{key}": self.report,
            "/events": self.events,
            "/plan.csv": self.plan,
        }
        posts: dict[str, Any] = {
            "/world": self.world,
            "/base": self.base,
            "/cancel": self.cancel,
            "/keep": self.keep,
            "/restore": self.restore,
        }
        routes = [Route(path, answer, methods=["GET"]) for path, answer in gets.items()]
        routes += [
            Route(path, _refusing(answer), methods=["POST"]) for path, answer in posts.items()
        ]
        return Starlette(routes=routes)

    # What is looked at

    async def page(self, request: Request) -> Response:
        return _asset("desk.html")

    async def asset(self, request: Request) -> Response:
        return _asset(request.url.path.rpartition("/")[2])

    async def report(self, request: Request) -> Response:
        text = self.sitting.pages.get(request.path_params["key"])
        if text is None:
            return Response("This page is no longer kept.", 404, media_type="text/plain")
        return Response(text, media_type="text/html; charset=utf-8")

    async def plan(self, request: Request) -> Response:
        run = self.sitting.latest
        if run is None or run.result.plan.status == "unknown":
            return Response("There is no plan yet.", 404, media_type="text/plain")
        name = f'attachment; filename="plan-{run.problem.model}.csv"'
        headers = {"content-disposition": name.encode("ascii", "replace").decode()}
        return Response(plan_csv(run), media_type="text/csv; charset=utf-8", headers=headers)

    async def events(self, request: Request) -> Response:
        return StreamingResponse(self._stream(), media_type="text/event-stream")

    async def _stream(self) -> AsyncIterator[str]:
        seen = -1
        while not self.hub.closed:
            if self.sitting.version == seen:
                yield ": no news\n\n"
            else:
                view = self.sitting.view()
                seen = view["version"]
                yield f"data: {json.dumps(view)}\n\n"
                await asyncio.sleep(PAUSE)
            await self.hub.wait(lambda: self.sitting.version, seen)

    # What the buttons ask for

    async def world(self, request: Request) -> dict[str, Any]:
        """Another world, as the switches make it."""
        asked, run = await request.json(), self.sitting.latest
        if run is None:
            raise NotNowError("nothing is known of these files yet")
        self.follower.put(switched(run, map(str, asked["met"])))
        return {}

    async def base(self, request: Request) -> dict[str, Any]:
        """The world that the desk was opened with."""
        self.follower.put(self.sitting.base)
        return {}

    async def cancel(self, request: Request) -> dict[str, Any]:
        self.follower.cancel()
        return {}

    async def keep(self, request: Request) -> dict[str, Any]:
        run = self.sitting.run
        if run is None:
            raise NotNowError("the answer is not whole yet")
        return {"kept": str(await run_in_threadpool(keep, run, self.reports, self.out))}

    async def restore(self, request: Request) -> dict[str, Any]:
        """The files of an earlier state, in the place of those that are there."""
        asked = await request.json()
        entry, present = self.sitting.entry(int(asked["number"])), self.sitting.present
        if entry is None or present is None:
            raise NotNowError("there is no such state")
        earlier, now = self.sitting.files(entry), self.sitting.files(present)
        return {"written": await run_in_threadpool(put_back, self.path, earlier, now)}


def _refusing(answer: Any) -> Any:
    """The answer as JSON; what cannot be done now, or makes no sense, as its reason."""

    async def answered(request: Request) -> Response:
        try:
            return JSONResponse(await answer(request))
        except AllocatorError as error:
            return JSONResponse({"why": str(error)}, 409)
        except OSError as error:
            return JSONResponse({"why": error.strerror or str(error)}, 409)
        except (ValueError, KeyError, TypeError):
            return JSONResponse({"why": "this makes no sense here"}, 400)

    return answered


def _asset(name: str) -> Response:
    text = files("allocator.desk").joinpath("static", name).read_text(encoding="utf-8")
    return Response(text, media_type=f"{KINDS[name]}; charset=utf-8")
