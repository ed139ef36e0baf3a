"""The commands for human coders: add-coder, and the exchange with programs that code texts."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from tracktwo.analysis.sample import PARTS, SEEDS
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
    command = commands.add_parser("export-codebook", help="write the codebook as REFI-QDA (.qdc)")
    command.add_argument("file", type=Path, metavar="FILE", help="the .qdc file to write")
    _add_data(command)
    _add_part(command)
    command.set_defaults(run=lambda options: _attempt(_export_codebook, options))
    command = commands.add_parser("export-qda", help="write a sample as a REFI-QDA project (.qdpx)")
    command.add_argument("file", type=Path, metavar="FILE", help="the .qdpx file to write")
    _add_data(command)
    _add_part(command)
    command.add_argument("--seed", type=int, default=1, help="number of the draw")
    command.add_argument("--size", type=int, default=20, help="how many rows")
    command.set_defaults(run=lambda options: _attempt(_export_sample, options))
    command = commands.add_parser(
        "import-qda", help="write the codes in a .qdpx as CSV for add-coder"
    )
    command.add_argument("file", type=Path, metavar="FILE", help="the coded .qdpx file")
    command.add_argument("--coder", required=True, metavar="NAME", help="who coded it")
    command.add_argument("--output", type=Path, metavar="CSV", help="default: codes_NAME.csv")
    _add_data(command)
    command.set_defaults(run=lambda options: _attempt(_import, options))


def _add_data(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--data", type=Path, default=paths.DATA, metavar="DIR", help="the data set's folder"
    )


def _add_part(command: argparse.ArgumentParser) -> None:
    first, *_ = PARTS
    command.add_argument("--part", choices=PARTS, default=first, help=f"default: {first}")


def _add(options: argparse.Namespace) -> list[str]:
    from tracktwo.data.add_coder import add_coder

    return add_coder(options.file, options.name, options.data, options.replace, options.round)


def _export_codebook(options: argparse.Namespace) -> list[str]:
    from tracktwo.book.refi.write import write_codebook
    from tracktwo.data.study import open_study

    write_codebook(open_study(options.data), options.part, options.file)
    return [f"wrote {options.file}"]


def _export_sample(options: argparse.Namespace) -> list[str]:
    from tracktwo.book.refi.write import write_sample
    from tracktwo.data.study import open_study

    if options.seed not in SEEDS or options.size < 1:
        raise ValueError(
            f"found draw {options.seed} of {options.size}; allowed: a seed from {SEEDS[0]} to"
            f" {SEEDS[-1]}, and at least one row"
        )
    study = open_study(options.data)
    n = write_sample(study, options.part, options.seed, options.size, options.file)
    return [f"wrote {options.file}: {n} {options.part}, draw {options.seed}"]


def _import(options: argparse.Namespace) -> list[str]:
    from tracktwo.book.refi.read import read_codes
    from tracktwo.data.add_coder import as_csv, demand_name
    from tracktwo.data.study import open_study

    demand_name(options.coder)
    given = read_codes(options.file, open_study(options.data))
    target = options.output or Path(f"codes_{options.coder}.csv")
    target.write_text(as_csv(given.part, options.coder, given.codes), encoding="utf-8", newline="")
    said = f"wrote {target}: {len(given.codes)} codes of {len({c[0] for c in given.codes})} rows"
    further = f"python -m tracktwo add-coder {target} {options.coder} --data mydata"
    return [said, *given.ignored, f"next, on a copy of the data (cp -r data mydata): {further}"]


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
