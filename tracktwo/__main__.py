"""The command line: `python -m tracktwo COMMAND`, with `check`, `new`, `receipt` and others."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from tracktwo.book.coding_commands import add_coding_commands
from tracktwo.data.validation.problems import DataError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    parser = argparse.ArgumentParser(prog="python -m tracktwo")
    commands = parser.add_subparsers(required=True)
    command = commands.add_parser("check", help="validate a data set and list what is wrong")
    command.add_argument("folder", type=Path, metavar="DIR", help="the data set's folder")
    command.add_argument(
        "--parameters", type=Path, metavar="FILE", help="hold an edition's parameters against it"
    )
    command.set_defaults(run=lambda options: check(options.folder, options.parameters))
    command = commands.add_parser("new", help="write an empty data package to fill in")
    command.add_argument("folder", type=Path, metavar="DIR", help="a new folder, or an empty one")
    command.set_defaults(run=lambda options: new(options.folder))
    add_coding_commands(commands)
    receipt = commands.add_parser("receipt", help="compare the receipts of two reviews")
    diff = receipt.add_subparsers(required=True).add_parser("diff", help="say what differs")
    for name in ("one", "two"):
        diff.add_argument(name, type=Path, metavar=name.upper(), help="a receipt.json")
    diff.set_defaults(run=lambda options: receipt_diff(options.one, options.two))
    options = parser.parse_args(arguments)
    return options.run(options)


def new(folder: Path) -> int:
    """Write an empty data package into `folder` and return 0, or 2 when it is not empty."""
    from tracktwo.data.new import write_new

    try:
        write_new(folder)
    except (ValueError, OSError) as error:
        print(error)
        return 2
    print(f"{folder} is a new data package: its README.md says what to fill in")
    return 0


def check(folder: Path, parameters: Path | None = None) -> int:
    """Print what is wrong with the data set in `folder` and return 2, or 0 when it is good.

    With a file of `parameters`, also what is wrong with those for these data.
    """
    from tracktwo.book.parameters import check_parameters
    from tracktwo.data.study import study_of
    from tracktwo.data.validation.validate import validate

    try:
        valid = validate(folder)
        if parameters is not None:
            _demand_same(folder, parameters)
            check_parameters(parameters, study_of(valid, folder))
    except (DataError, ValueError) as error:
        print(error)
        return 2
    filled = {name: len(table) for name, table in valid.tables.items() if len(table)}
    counted = f"{len(filled)} tables, {sum(filled.values()):,} rows, digest {valid.digest}"
    print(f"{folder} is a valid data set: {counted}")
    if empty := [name for name in valid.tables if name not in filled]:
        print(f"  without {', '.join(empty)}: chapters that need them say so")
    own = [f"{table}.{c.name}" for table, of in valid.package.columns.items() for c in of]
    if own:
        print(f"  columns of its own: {', '.join(own)}")
    return 0


def receipt_diff(one: Path, two: Path) -> int:
    """Print what differs between two receipts; 0 same results, 1 others, 2 unreadable."""
    from tracktwo.book.review.diff import diff

    return diff(one, two)


def _demand_same(folder: Path, parameters: Path) -> None:
    """Refuse a file of parameters that names other data than those it is held against."""
    from tracktwo.book.parameters import read_parameters
    from tracktwo.ground.paths import under_root

    named = read_parameters(parameters).get("data")
    if named is not None and under_root(named).resolve() != folder.resolve():
        raise ValueError(f"{parameters}, data: found {named}; allowed: {folder}, which is checked")


if __name__ == "__main__":
    sys.exit(main())
