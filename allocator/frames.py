"""Runs and comparisons as the door hands them out: their tables are pandas DataFrames.

What was found is data without any report (`RunRecord`, `ComparisonRecord`); here it meets the
tables that reports are made of.
"""

from __future__ import annotations

import os
from base64 import b64encode
from collections import Counter
from dataclasses import dataclass, fields
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Self

from allocator.analysis.comparison.comparison import ComparisonRecord
from allocator.atomic import replace_file
from allocator.results.run import RunRecord, meant
from allocator.words import count

if TYPE_CHECKING:
    import pandas as pd


_FRAME = 'sandbox="allow-scripts" title="The page of the run" style="width:100%;height:44rem"'


@dataclass(frozen=True, repr=False)
class Run(RunRecord):
    """The outcome of one command, frozen and self-describing.

    Tables are attributes: `allocation`, `packages`, `unlocking`, `blocking`, `gaps`,
    `shortfalls`, `released`, `net_availability` and more, each a pandas DataFrame. `run["task"]`
    is the task's record.
    """

    @classmethod
    def of(cls, record: RunRecord) -> Self:
        """Return the same run with its tables."""
        return cls(**{field.name: getattr(record, field.name) for field in fields(record)})

    def __getattr__(self, name: str) -> pd.DataFrame:
        from allocator.report.tables.frames import FRAMES, frame

        if name not in FRAMES:
            raise AttributeError(f"a run has no table '{name}'{meant(name, FRAMES)}")
        return frame(self, name)

    def __dir__(self) -> list[str]:
        from allocator.report.tables.frames import FRAMES

        return sorted({*super().__dir__(), *FRAMES})

    def save(self, path: str | os.PathLike[str], *, parquet: bool = False) -> Path:
        """Write the run's folder, as the command line keeps it, and return its path.

        path: a new folder, or one with an earlier run, which is replaced. parquet: the tables as
        Parquet too. A run of tables in memory is kept with a copy of them, which
        `allocator verify` reads. Raises RunFolderError for a folder with anything else in it,
        OSError where it cannot be written.
        """
        from allocator.report.folder.runs import write_run
        from allocator.results.store.settled import settled

        return write_run(settled(self), Path(path), parquet=parquet)

    def to_excel(self, path: str | os.PathLike[str], *, handling_mark: str = "") -> Path:
        """Write the run's workbook, `results.xlsx` of its folder, and return its path.

        path: what is there is replaced. handling_mark: how it is to be handled, top and bottom of
        each page. Raises OSError where it cannot be written.
        """
        from allocator.report.tables.run import all_tables
        from allocator.report.workbook import write_workbook

        tables = all_tables(self)
        replace_file(Path(path), lambda new: write_workbook(self, tables, new, handling_mark))
        return Path(path)

    def report(
        self, path: str | os.PathLike[str], *, handling_mark: str = "", brief: bool = False
    ) -> Path:
        """Write the run's page, `report.html` of its folder, and return its path.

        path: what is there is replaced. handling_mark: how it is to be handled, top and bottom.
        brief: page 1 alone, which prints on one sheet. Raises OSError where it cannot be written.
        """
        from allocator.report.page import page
        from allocator.report.page.brief import brief as page_one

        text = (page_one if brief else page)(self, handling_mark).encode()
        replace_file(Path(path), lambda new: new.write_bytes(text))
        return Path(path)

    def __repr__(self) -> str:
        told = [f"<Run of {self.command}: {self.problem.model} in {self.world.name}"]
        if self.result.plan.status != "unknown":
            staffed = len(self.result.plan.staffed)
            told.append(f"{staffed} of {count(len(self.problem.tasks), 'task')} staffed")
        verdicts = Counter(record.verdict for record in self.result.tasks)
        told.append(", ".join(f"{number} {verdict}" for verdict, number in verdicts.items()))
        return "; ".join(filter(None, told)) + ">"

    def _repr_html_(self) -> str:
        """Show it in a notebook: what was asked, the tasks, and its page, which is closed until
        somebody opens it, and can reach nothing of the notebook."""
        from allocator.report.page import page
        from allocator.report.sentences.overview import operation, world

        asked = (operation(self.problem), world(self.world, self.problem))
        told = f"<p>{'<br>'.join(map(escape, asked))}</p>{self.tasks.to_html(index=False)}"
        text = b64encode(page(self).encode()).decode()
        within = f'<iframe src="data:text/html;charset=utf-8;base64,{text}" {_FRAME}></iframe>'
        return f"{told}<details><summary>Its page</summary>{within}</details>"


@dataclass(frozen=True, repr=False)
class Comparison(ComparisonRecord):
    """Runs side by side. The first is the base that the others are compared with.

    Tables are attributes: `tasks`, `changes`, `reasons`, `differences`, `criteria`, `levels`,
    `nations`, `contributions`, `released`, `gaps`, `runs`, each a pandas DataFrame.
    """

    @classmethod
    def of(cls, record: ComparisonRecord) -> Self:
        """Return the same comparison with its tables."""
        return cls(**{field.name: getattr(record, field.name) for field in fields(record)})

    def __getattr__(self, name: str) -> pd.DataFrame:
        from allocator.report.comparing.tables import MAKERS
        from allocator.report.tables.frames import frame_of

        if name not in MAKERS:
            raise AttributeError(f"a comparison has no table '{name}'; it has {', '.join(MAKERS)}")
        return frame_of(MAKERS[name](self))

    def __dir__(self) -> list[str]:
        from allocator.report.comparing.tables import MAKERS

        return sorted({*super().__dir__(), *MAKERS})

    def __repr__(self) -> str:
        return f"<Comparison of {', '.join(side.name for side in self.sides)}>"

    def _repr_html_(self) -> str:
        """Show it in a notebook: the verdicts that changed."""
        return f"<p>{escape(repr(self)[1:-1])}</p>{self.changes.to_html(index=False)}"
