"""The commands for human coders: add-coder, and the exchange with programs that code texts."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from tracktwo.ground import paths


def add_coding_commands(commands: argparse._SubParsersAction) -> None:
    """Add the commands to those of the package; the modules are loaded when one runs."""
    command = commands.add_parser(
        "add-coder", help="check a person's codes and add them to a data set"
    )
    command.add_argument("file", type=Path, metavar="FILE", help="the codes, as CSV")
    command.add_argument("name", metavar="NAME", help="what the data call the coder")
    _add_data(command)
    command.add_argument("--replace", action="store_true", help="put them in place of earlier ones")
    command.add_argument(
        "--round",
        nargs=2,
        metavar=("ROUND", "OTHER"),
        help="declare a round of coding of this coder and another; both must have coded everything",
    )
    command.set_defaults(run=lambda options: _attempt(_add, options))


def _add_data(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--data", type=Path, default=paths.DATA, metavar="DIR", help="the data set's folder"
    )


def _add(options: argparse.Namespace) -> list[str]:
    from tracktwo.data.add_coder import add_coder

    return add_coder(options.file, options.name, options.data, options.replace, options.round)


def _attempt(work: Callable[[argparse.Namespace], list[str]], options: argparse.Namespace) -> int:
    """Do `work` and print what it says; what is wrong with what was given is one message."""
    from tracktwo.book.errors import said
    from tracktwo.data.validation.problems import DataError

    try:
        lines = work(options)
    except (DataError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    except OSError as error:
        print(said(error), file=sys.stderr)
        return 2
    print("\n".join(lines))
    return 0
