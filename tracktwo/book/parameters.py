"""The parameters of an edition: a YAML file that says in what it differs from the published one."""

from pathlib import Path
from typing import Any

import yaml


def read_parameters(file: str | Path | None) -> dict[str, Any]:
    """Return the parameters in the YAML `file`; none without a file, or with an empty one.

    Whether a chapter knows them, and their values, is for the chapter to say.

    Raises
    ------
    ValueError
        When there is no such file, or it holds no names with values; the message names it.
    """
    if file is None:
        return {}
    try:
        found = yaml.safe_load(Path(file).read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError(f"{file}: cannot be read as a file of parameters ({error})") from error
    except yaml.YAMLError as error:
        raise ValueError(f"{file}: not YAML: {' '.join(str(error).split())}") from error
    if found is None:
        return {}
    if not isinstance(found, dict) or not all(isinstance(name, str) for name in found):
        raise ValueError(
            f"{file}: found {found!r}; allowed: names with values, such as break_year: 1999"
        )
    return found
