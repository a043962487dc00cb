"""A table with a type for every column."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    import pandas
    import polars
    from typing_extensions import Self

#: What a column holds: texts, whole numbers of 64 bits, or float64. In any of them None stands for "there is no such number".
Kind = Literal["text", "int", "float"]

_READ: dict[Kind, type] = {"text": str, "int": int, "float": float}


class Table:
    """Columns of equal length, each of one type; what is not known is None in all of them.

    `table["share"]` is a column, a list; `len(table)` is the number of rows; `for row in table` gives rows as dicts.

    Attributes:
        kinds: what each column holds, by its name, in order.
    """

    def __init__(self, kinds: Mapping[str, Kind], columns: Mapping[str, Sequence[Any]]) -> None:
        self.kinds: dict[str, Kind] = dict(kinds)
        self._columns: dict[str, list[Any]] = {name: list(columns[name]) for name in self.kinds}
        lengths = {len(column) for column in self._columns.values()}
        if len(lengths) > 1:
            raise ValueError(f"columns of {sorted(lengths)} rows; expected the same number in each")
        self._rows = lengths.pop() if lengths else 0

    @classmethod
    def from_csv(cls, text: str, kinds: Mapping[str, Kind]) -> Self:
        """Reads a table as the program prints it; columns that `kinds` does not name are float."""
        rows = csv.reader(io.StringIO(text))
        names = next(rows, [])
        every: dict[str, Kind] = {name: kinds.get(name, "float") for name in names}
        columns: dict[str, list[Any]] = {name: [] for name in names}
        for row in rows:
            for name, cell in zip(names, row, strict=True):
                columns[name].append(_READ[every[name]](cell) if cell else None)
        return cls(every, columns)

    @property
    def columns(self) -> list[str]:
        """Names of the columns."""
        return list(self.kinds)

    def __len__(self) -> int:
        return self._rows

    def __getitem__(self, column: str) -> list[Any]:
        try:
            return self._columns[column]
        except KeyError:
            raise KeyError(f"no column {column!r}; expected one of {', '.join(self.kinds)}") from None

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for cells in zip(*self._columns.values()):
            yield dict(zip(self.kinds, cells))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Table) and self.kinds == other.kinds and self._columns == other._columns

    __hash__ = None  # type: ignore[assignment]

    def where(self, **values: Any) -> Table:
        """The rows in which columns have these values, such as `table.where(seat="north", turn=24)`."""
        wanted = [(self[name], value) for name, value in values.items()]
        rows = [row for row in range(self._rows) if all(column[row] == value for column, value in wanted)]
        return Table(self.kinds, {name: [column[row] for row in rows] for name, column in self._columns.items()})

    def to_dicts(self) -> list[dict[str, Any]]:
        """A dict for each row."""
        return list(self)

    def to_polars(self) -> polars.DataFrame:
        """The table for Polars: String, Int64 and Float64, with nulls."""
        import polars

        types = {"text": polars.String, "int": polars.Int64, "float": polars.Float64}
        return polars.DataFrame(self._columns, schema={name: types[kind] for name, kind in self.kinds.items()})

    def to_pandas(self) -> pandas.DataFrame:
        """The table for pandas: string, Int64 and Float64, which have `pandas.NA` where nothing is known."""
        import pandas

        types = {"text": "string", "int": "Int64", "float": "Float64"}
        return pandas.DataFrame(
            {name: pandas.array(self._columns[name], dtype=types[kind]) for name, kind in self.kinds.items()}  # type: ignore[call-overload]
        )

    def __repr__(self) -> str:
        names = ", ".join(self.columns[:8]) + (", …" if len(self.kinds) > 8 else "")
        return f"<Table of {self._rows} rows: {names}>"

    def _repr_html_(self) -> str:
        """The first rows, for notebooks."""
        from html import escape

        head = "".join(f"<th>{escape(name)}</th>" for name in self.kinds)
        shown = list(zip(*(column[:10] for column in self._columns.values())))
        body = "".join(
            "<tr>" + "".join(f"<td>{'' if cell is None else escape(str(cell))}</td>" for cell in row) + "</tr>" for row in shown
        )
        more = f"<p>{self._rows} rows</p>" if self._rows > len(shown) else ""
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"
