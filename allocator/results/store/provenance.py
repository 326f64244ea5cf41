"""The schema of `run.json`, for files that somebody may have edited."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from allocator.results.held import HeldRow
from allocator.results.run import Command


def _moment(text: str) -> str:
    """A moment with its time zone, as `datetime.isoformat` writes it."""
    if datetime.fromisoformat(text).tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return text


def _day(text: str) -> str:
    """A day, as `date.isoformat` writes it."""
    date.fromisoformat(text)
    return text


Moment = Annotated[str, AfterValidator(_moment)]
Hashes = dict[str, Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]]
"""sha256 in hex by path."""
Names = list[str]


class Options(BaseModel):
    """What was asked. Commands may have further options, which nothing reads back."""

    model_config = ConfigDict(extra="allow")

    model: str = ""
    world: str = "today"
    with_: Names = Field([], alias="with")
    time_limit: float = 0
    workers: int = 1
    seed: int = 0
    without: Names = []
    tasks: Names = []
    departures: bool = False
    front: Names = []
    relax: Names = []
    without_holder: Names = []
    limit: int | None = None
    with_nations: Names = []
    without_nations: Names = []
    max_nations: int | None = None
    handling_mark: str = ""
    plan: str = ""
    held: list[HeldRow] = []
    count: str | None = None
    on: Annotated[str, AfterValidator(_day)] | None = None


class Provenance(BaseModel):
    """`run.json`. Keys that earlier versions did not write have defaults."""

    model_config = ConfigDict(extra="allow")

    schema_: Literal[1] = Field(alias="schema")
    command: Command
    began: Moment
    inputs: dict[str, str]
    options: Options
    versions: dict[str, str]
    seconds: dict[str, Annotated[float, Field(ge=0)]]
    interrupted: bool
    timed_out: bool
    out_of_memory: bool = False
    faults: Names
    proofs: dict[str, str] = {}
    undecided: dict[str, list[Names]] = {}
    left_out: Names = []
    copy_: Hashes = Field({}, alias="copy")
    files: Hashes = {}
    seal: str = ""
