"""Exact splitting of whole amounts.

All amounts are integers counted in the smallest unit of a currency, so that sums
are exact by construction whatever the number of decimals of that currency.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import floor


@dataclass
class CostSplit:
    """What each output bears of a pool: ``totals`` in currency units per output."""

    totals: dict


def largest_remainder(total, weights):
    """Split ``total`` over ``weights`` so that the parts add up exactly.

    Method of largest remainders (Hamilton): every part gets the floor of its ideal
    share, the units left over go to the largest fractions, ties to the first weight.

    :param int total: amount to split, in currency units; may be negative
    :param weights: non-negative numbers, at least one of them positive
    :return: list of int, one per weight, adding up to ``total``
    :raise ValueError: when no weight is positive or one is negative
    """
    weights = [Fraction(weight) for weight in weights]
    whole = sum(weights)
    if whole <= 0 or min(weights) < 0:
        raise ValueError("largest_remainder needs non-negative weights, one positive")
    sign, total = (-1, -total) if total < 0 else (1, total)
    ideals = [total * weight / whole for weight in weights]
    parts = [floor(ideal) for ideal in ideals]
    by_fraction = sorted(range(len(parts)), key=lambda i: (parts[i] - ideals[i], i))
    for index in by_fraction[: total - sum(parts)]:
        parts[index] += 1
    return [sign * part for part in parts]


def controlled_rounding(row_totals, column_totals):
    """Spread row totals over columns so that rows and columns both add up exactly.

    The ideal cell is ``row × column / total``. Each result is the floor or the ceiling
    of its ideal, which is always possible because both margins are whole numbers
    (controlled rounding, Cox 1987): the units missing after flooring are a flow from
    rows to columns, found along augmenting paths.

    :param list row_totals: int per row (cost elements); may hold negative values
    :param list column_totals: int per column (outputs), same sum as the rows
    :return: list of rows, each a list of int
    :raise ValueError: when the margins do not have the same sum
    """
    total = sum(row_totals)
    if total != sum(column_totals):
        raise ValueError("controlled_rounding needs margins of the same sum")
    if not total:
        return _spread_zero_total(row_totals, column_totals)
    ideals = [
        [Fraction(row * column, total) for column in column_totals]
        for row in row_totals
    ]
    cells = [[floor(ideal) for ideal in line] for line in ideals]
    fractions = [
        [ideal - cell for ideal, cell in zip(line, row, strict=True)]
        for line, row in zip(ideals, cells, strict=True)
    ]
    missing_rows = [
        row - sum(line) for row, line in zip(row_totals, cells, strict=True)
    ]
    missing_columns = [
        column - sum(line[index] for line in cells)
        for index, column in enumerate(column_totals)
    ]
    raised = _match_units(fractions, missing_rows, missing_columns)
    for row, column in raised:
        cells[row][column] += 1
    return cells


def _spread_zero_total(row_totals, column_totals):
    """Margins that add up to nothing are met through the first row and column."""
    cells = [[0] * len(column_totals) for _row in row_totals]
    if not cells or not column_totals:
        return cells
    for row, amount in enumerate(row_totals):
        cells[row][0] += amount
    for column, amount in enumerate(column_totals):
        cells[0][column] += amount
    return cells


def _match_units(fractions, missing_rows, missing_columns):
    """Choose the cells to round up: a bipartite flow with one unit per cell.

    :return: set of ``(row, column)``
    """
    raised = set()
    for row, missing in enumerate(missing_rows):
        for _unit in range(missing):
            _augment(row, fractions, missing_columns, raised)
    return raised


def _augment(start, fractions, missing_columns, raised):
    """Add one unit to ``start`` row along the shortest augmenting path."""
    paths = [(start, ())]
    seen = {start}
    while paths:
        row, path = paths.pop(0)
        columns = sorted(
            (
                column
                for column, fraction in enumerate(fractions[row])
                if fraction and (row, column) not in raised
            ),
            key=lambda column: (-fractions[row][column], column),
        )
        for column in columns:
            step = (*path, (row, column))
            if missing_columns[column]:
                missing_columns[column] -= 1
                raised.symmetric_difference_update(step)
                return
            for other, taken in sorted(raised):
                if taken == column and other not in seen:
                    seen.add(other)
                    paths.append((other, (*step, (other, column))))
