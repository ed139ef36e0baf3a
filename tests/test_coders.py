"""Whoever coded: one coder, a pair by any name, three rounds, or nobody twice.

The chapters that compare coders are run cell by cell, as their notebooks stand, on made studies.
"""

import dataclasses
import json

import matplotlib as mpl
import nbformat
import pytest
from made_studies import write_planted_study
