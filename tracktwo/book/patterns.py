"""How what a notebook shows is known: its figures, tables, headings and stored verdicts."""

import re

FIGURE = re.compile(r'```\{figure\} /figures/(.+)\.svg\n(?:.*\n)*?:alt: (".*")\n\n(.+)')
TABLE = re.compile(r"```\{table\} (.+)\n:name: tab-(.+)\n")
HEADING = re.compile(r"(#+) (.+)")

VERDICTS = "application/x-tracktwo-verdicts"
"""The type under which the chapter `verdicts` stores what it found."""

PREFIX = "application/papermill.record/"
"""What myst-nb's glue puts before a mime type when the value is stored and not displayed."""
