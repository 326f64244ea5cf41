"""Tables that look at a task's packages together: their figures, their order, who is in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allocator.packages.ranked import ranked
from allocator.report.table import Columns, Table, Value, joined, make_table, number, whole

if TYPE_CHECKING:
    from allocator.run import Run


def package_values(run: Run) -> Table:
    columns: Columns = {
        "task": "task that the package staffs",
        "rank": whole(
            "1 puts commitments at the least risk; then nearest to the targets, fewest people, "
            "fewest nations"
        ),
        "package": whole("number of the package in `packages`"),
        "nations": "its nations, ';' between",
        "size": whole("how many nations it has", "nations"),
        "release_risk": whole("of the commitments released, over all periods", "risk points"),
        "target_shortfall": whole(
            "against targets, over all lines and periods", "millionths of a target"
        ),
        "people": whole("deployed, summed over periods", "people times periods"),
        "largest_share_percent": number(
            "of one nation in the task's people, in the worst period", "%"
        ),
        "largest": "which nation that is",
        "led_by": "nations of it that fulfil what is asked of the framework nation, ';' between",
        "pick": whole("1 to 5: one of the packages that differ most, 1 the best of all"),
        "pick_distance": number(
            "from the nearest pick before: the part of both packages' nations that one alone has, "
            "and 1 where no nation can lead both",
        ),
    }
    rows: list[tuple[Value, ...]] = []
    for record in run.result.tasks:
        for rank, one in enumerate(ranked(run.problem, record), 1):
            share = one.values.largest_share
            rows.append(
                (
                    record.task,
                    rank,
                    one.number,
                    joined(one.package.nations),
                    len(one.package.nations),
                    one.values.release_risk,
                    one.values.shortfall,
                    one.values.people,
                    None if share is None else share / 10,
                    one.values.largest or None,
                    joined(one.values.leads) or None,
                    one.pick,
                    None if one.distance is None else round(float(one.distance), 6),
                )
            )
    text = "One row a package: its figures and its rank."
    return make_table("package_values", text, columns, rows)
