"""What the buttons do: another world, a run that is kept, a plan to take away, files put back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import allocator
from allocator.cli import main
from allocator.desk.serving import OpenDesk
from tests.desk.desks import ask, edit, fresh, opened, stage, until, verdicts

AVAILABILITY = "inputs/availability.csv"


def _post(desk: OpenDesk, path: str, **data: Any) -> tuple[int, dict[str, Any]]:
    status, body, _ = ask(desk.url, "POST", path, data=data)
    return status, json.loads(body)


def test_switches_ask_for_the_plan_of_their_world(desk: OpenDesk, small: Path) -> None:
    assert _post(desk, "world", met=["ceasefire"])[0] == 200
    view = until(desk, stage("whole", number=2))
    assert (view["state"]["world"], view["state"]["with"]) == ("today", ["ceasefire"])
    run = desk.desk.sitting.run
    there = allocator.load(small).solve(with_=["ceasefire"], workers=1)
    assert run is not None
    assert (run.result, run.notes, run.options) == (there.result, there.notes, there.options)
    edit(small / AVAILABILITY, "FRA,mech,6", "FRA,mech,5")  # A save asks about the same world.
    view = until(desk, stage("whole", number=3))
    assert view["state"]["with"] == ["ceasefire"]
    assert _post(desk, "base")[0] == 200
    view = until(desk, stage("whole", number=4))
    assert view["state"]["is_base"]
    assert verdicts(view) == {r.task: r.verdict for r in fresh(small).result.tasks}


def test_what_is_kept_is_what_the_command_writes(small: Path) -> None:
    """File by file, but for times; after edits, of which answers were kept."""
    desk = opened(small)
    try:
        until(desk, stage("whole"))
        edit(small / AVAILABILITY, "GBR,medical,2", "GBR,medical,1")
        until(desk, stage("whole", number=2))
        status, told = _post(desk, "keep")
    finally:
        desk.close()
    assert status == 200
    kept = Path(told["kept"])
    assert kept.parent == small / "reports"
    command = ["solve", "-w", str(small), "--workers", "1", "--out", str(small.parent / "run")]
    assert CliRunner().invoke(main, command).exit_code == 0
    names = {str(p.relative_to(kept)) for p in kept.rglob("*") if p.is_file()}
    other = small.parent / "run"
    assert names == {str(p.relative_to(other)) for p in other.rglob("*") if p.is_file()}
    # They say when, and how long it took.
    made_anew = {"machine/run.json", "report.html", "results.xlsx"}
    for name in names - made_anew:
        assert (kept / name).read_bytes() == (other / name).read_bytes(), name
    one, two = (json.loads((folder / "machine/run.json").read_bytes()) for folder in (kept, other))
    for key in ("options", "inputs", "proofs", "undecided", "faults", "command"):
        assert one[key] == two[key]
    assert CliRunner().invoke(main, ["verify", str(kept), "-w", str(small)]).exit_code == 0


def test_the_plan_that_is_taken_away_can_be_reviewed(small: Path) -> None:
    desk = opened(small, "truce")
    try:
        until(desk, stage("whole"))
        status, body, headers = ask(desk.url, path="plan.csv")
    finally:
        desk.close()
    assert status == 200
    assert headers["content-disposition"] == 'attachment; filename="plan-small.csv"'
    plan = small.parent / "plan.csv"
    plan.write_bytes(body)
    assert body.splitlines()[0].endswith(b",kind")
    review = allocator.load(small).review(plan, world="truce")
    assert review.valid


def test_files_of_an_earlier_save_are_put_back_on_a_button_alone(
    desk: OpenDesk, small: Path
) -> None:
    first = (small / AVAILABILITY).read_bytes()
    edit(small / AVAILABILITY, "FRA,mech,6", "FRA,mech,five")
    until(desk, stage("wrong"))
    second = (small / AVAILABILITY).read_bytes()
    assert second != first
    assert _post(desk, "restore", number=1) == (200, {"written": [AVAILABILITY]})
    assert (small / AVAILABILITY).read_bytes() == first
    view = until(desk, stage("whole", number=3))
    assert view["state"]["recalled"] in (0, view["state"]["tasks"])
    assert _post(desk, "restore", number=1) == (200, {"written": []})
    assert _post(desk, "restore", number=2)[0] == 200  # What was written over can be had again.
    assert (small / AVAILABILITY).read_bytes() == second


def test_nothing_is_put_back_over_what_somebody_is_editing(desk: OpenDesk, small: Path) -> None:
    edit(small / AVAILABILITY, "FRA,mech,6", "FRA,mech,5")
    until(desk, stage("whole", number=2))
    text = (small / AVAILABILITY).read_bytes()
    lock = small / "inputs/.~lock.availability.csv#"
    lock.write_text("somebody")
    status, told = _post(desk, "restore", number=1)
    assert status == 409
    assert "open in another program" in told["why"]
    lock.unlink()
    desk.desk.follower.end()  # It no longer sees what is saved next.
    edit(small / AVAILABILITY, "FRA,mech,5", "FRA,mech,4")
    newer = (small / AVAILABILITY).read_bytes()
    status, told = _post(desk, "restore", number=1)
    assert status == 409
    assert "saved again" in told["why"]
    assert (small / AVAILABILITY).read_bytes() == newer != text


def test_nothing_is_kept_before_it_is_whole(small: Path) -> None:
    edit(small / AVAILABILITY, "FRA,mech,6", "FRA,mech,six")
    desk = opened(small)
    try:
        until(desk, stage("wrong"))
        for path in ("keep", "world"):
            assert _post(desk, path, met=[])[0] == 409
        assert ask(desk.url, path="plan.csv")[0] == 404
    finally:
        desk.close()
    assert not (small / "reports").exists()


def test_a_folder_with_something_else_is_never_replaced(
    desk: OpenDesk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/thesis.txt").write_text("mine")
    monkeypatch.setattr(desk.desk, "out", tmp_path / "mine")
    status, told = _post(desk, "keep")
    assert status == 409
    assert "thesis.txt" in told["why"] or "holds no run" in told["why"]
    assert (tmp_path / "mine/thesis.txt").read_text() == "mine"
