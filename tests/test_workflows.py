"""What a host runs: the files are valid and safe, and say no command that an author could not."""

import os
import platform
import re
import shlex
import subprocess
import sys
from itertools import chain
from pathlib import Path

import pytest
import yaml

from tracktwo.ground import paths

BIN = Path(sys.executable).parent
WORKFLOWS = sorted((paths.ROOT / ".github/workflows").glob("*.yml"))
GITLAB = paths.ROOT / ".gitlab-ci.yml"
CI = paths.ROOT / ".ci/run"
MAKEFILE = (paths.ROOT / "Makefile").read_text("utf-8")
README = (paths.ROOT / "README.md").read_text("utf-8")
PACKING = {"cd", "cp", "echo", "gh", "mkdir", "python", "sha256sum", "tail", "test"}
"""What a step may call besides `make` and `.ci/run`: it packs what was built, or tells of it."""

BEYOND = {  # what macOS's tools, make 3.81 or bash 3.2 do not have, and how it would be written
    r"\bsed\b.* -i\b": "sed -i 's/a/b/' file",
    r"\bsed\b.*\\t": r"sed 's/a/\t/'",
    r"\bgrep\b.* -\w*P": "grep -oP 'a' file",
    r"\breadlink -f\b": "readlink -f file",
    r"\brealpath\b": "realpath file",
    r"\bdate\b.* (-d|--date)\b": "date -u -d yesterday",
    r"\bxargs\b.* (-\w*r|-d)\b": "xargs -0r rm",
    r"\bcp\b.* (-t|--parents|--reflink)\b": "cp -t folder file",
    r"\bstat\b.* -c\b": "stat -c %s file",
    r"\b(mktemp|head|tail|sort|cp|ln|mkdir|rm|tee)\b.* --\w": "mktemp --directory",
    r"\bhead\b.* -n -": "head -n -1 file",
    r"\b(nproc|timeout|sha256sum|tac|numfmt)\b": "nproc",
    r"\b(mapfile|readarray|coproc)\b": "mapfile -t lines",
    r"\bdeclare -\w*[Ag]": "declare -A table",
    r"\$\{\w+(\^|,|@)": "echo ${name,,}",
    r"&>>|\|&": "make |& tee log",
    r"^\.(ONESHELL|RECIPEPREFIX)\b": ".ONESHELL:",
    r"^\w+ *(!=|:::?=)": "NOW != date",
    r"\$\((file|guile|intcmp|let) ": "$(file >names,$(NAMES))",
    r" &: ": "one two &: three",
}


def run(*command, text=None, folder=paths.ROOT, **environment):
    """Run a program of this environment and return how it ended."""
    outer = {key: value for key, value in os.environ.items() if not key.startswith("MAKE")}
    done = subprocess.run(
        command, input=text, cwd=folder, env=outer | environment, capture_output=True, text=True
    )
    done.said = done.stdout + done.stderr
    return done


def read(file):
    # A plain loader: in YAML 1.1 `on` is a word for true.
    return yaml.load(file.read_text("utf-8"), yaml.BaseLoader)


def jobs(file):
    told = read(file)
    return told.get("jobs") or {name: job for name, job in told.items() if "script" in job}


def steps(file):
    return list(chain.from_iterable(job["steps"] for job in jobs(file).values()))


def step(file, beginning):
    """Return the script of the step whose name begins so."""
    named = [each for each in steps(file) if each.get("name", "").startswith(beginning)]
    return named[0]["run"]


def scripts(file):
    """Return what a workflow's steps run."""
    if file == GITLAB:
        return ["\n".join(job["script"]) for job in jobs(file).values()]
    return [each["run"] for each in steps(file) if "run" in each]


def made(text):
    """Return the targets that a script calls `make` with."""
    return set(re.findall(r"^ *make ([a-z]+)", text, re.MULTILINE))


ALL = [*WORKFLOWS, GITLAB]
each_workflow = pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.stem)
needs_shellcheck = pytest.mark.skipif(
    sys.platform != "darwin" and platform.machine() != "x86_64",
    reason="ShellCheck has no wheel for this machine",
)
each_file = pytest.mark.parametrize("file", ALL, ids=lambda file: file.stem)


# Valid and safe


@each_file
def test_when_a_host_reads_a_workflow_then_it_is_what_its_schema_allows(file):
    schema = "vendor.gitlab-ci" if file == GITLAB else "vendor.github-workflows"
    done = run(BIN / "check-jsonschema", "--builtin-schema", schema, file)
    assert done.returncode == 0, done.said


def test_when_workflows_are_audited_then_nothing_is_found():
    done = run(BIN / "zizmor", "--offline", "--quiet", "--persona", "pedantic", *WORKFLOWS)
    assert done.returncode == 0, done.said


@each_workflow
def test_when_an_action_is_used_then_it_is_the_hosts_own_and_pinned_by_digest(file):
    used = re.findall(r"^[ -]*uses: (.*)$", file.read_text("utf-8"), re.MULTILINE)
    for action in used:
        assert re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", action), action
    assert len(used) == sum("uses" in each for each in steps(file))


def test_when_an_action_is_used_twice_then_it_is_the_same_version():
    found = {
        re.sub(" #.*", "", each["uses"]) for f in WORKFLOWS for each in steps(f) if "uses" in each
    }
    assert len({action.split("@")[0] for action in found}) == len(found)


@each_workflow
def test_when_a_workflow_runs_then_it_may_do_only_what_its_jobs_need(file):
    workflow = read(file)
    assert workflow["permissions"] == {}
    assert workflow["concurrency"]["group"]
    for job in workflow["jobs"].values():
        assert job["permissions"] and int(job["timeout-minutes"]) <= 90
        writes = {key for key, value in job["permissions"].items() if value == "write"}
        ours = [each["run"] for each in job["steps"] if made(each.get("run", ""))]
        assert not (writes and ours), "no job that runs the repository's code may write"
    for each in steps(file):
        if each.get("uses", "").startswith("actions/checkout@"):
            assert each["with"]["persist-credentials"] == "false"


@each_workflow
def test_when_a_run_fails_then_what_it_left_is_kept(file):
    for job in jobs(file).values():
        called = set().union(*(made(each.get("run", "")) for each in job["steps"]))
        kept = [
            each["with"]["path"]
            for each in job["steps"]
            if each.get("if") == "failure()" and "actions/upload-artifact@" in each["uses"]
        ]
        for target, folder in (("test", "_build/executed"), ("review", "_build/review")):
            assert target not in called or folder in kept[0]


# The same commands everywhere


@each_file
def test_when_a_host_runs_something_then_an_author_could(file):
    listed = {line.split()[0] for line in run("make", "help").stdout.splitlines()}
    for line in chain.from_iterable(script.splitlines() for script in scripts(file)):
        called = made(line)
        assert called <= listed and all(f"make {target}" in README for target in called), line
        word = line.removeprefix("open=$(").split()[0]
        assert called or word in PACKING or line == ".ci/run", line


def test_when_the_book_is_checked_then_it_is_by_the_readmes_two_commands():
    two = README.split("## Two commands")[1].split("##")[0]
    assert made(CI.read_text("utf-8")) == set(re.findall(r"^\| `make (\w+)`", two, re.MULTILINE))
    assert made("\n".join(scripts(paths.ROOT / ".github/workflows/check.yml"))) == {"test"}


def test_when_the_book_is_checked_then_it_is_with_every_python_that_it_runs_on():
    pythons = sorted(set(re.findall(r"python(3\.\d+)", MAKEFILE)))
    check = jobs(paths.ROOT / ".github/workflows/check.yml")
    assert check["linux"]["strategy"]["matrix"]["python"] == pythons
    assert read(GITLAB)["check"]["parallel"]["matrix"][0]["PYTHON"] == pythons
    assert "macos" in check["macos"]["runs-on"]


# Shells


def recipes():
    """Return every recipe of the Makefile, as `make` would give it to a shell."""
    targets = re.findall(r"^([a-z]+):.*##", MAKEFILE, re.MULTILINE)
    done = run("make", "-n", "-B", *targets, ".venv/.ready", "NAME=x", "GRID=x.yml")
    assert done.returncode == 0, done.said
    return done.stdout


@needs_shellcheck
def test_when_a_recipe_is_given_to_a_plain_shell_then_it_is_sound():
    told = recipes()
    assert "uv pip compile" in told and "-m venv .venv" in told
    done = run(BIN / "shellcheck", "--shell=sh", "-", text=told)
    assert done.returncode == 0, done.said


@needs_shellcheck
def test_when_a_script_is_given_to_bash_then_it_is_sound():
    done = run(BIN / "shellcheck", CI)
    assert done.returncode == 0, done.said
    for script in chain.from_iterable(map(scripts, ALL)):
        told = f"set -eo pipefail\n{script}"  # as the hosts do
        done = run(BIN / "shellcheck", "--shell=bash", "-", text=told)
        assert done.returncode == 0, f"{script}\n{done.said}"


@pytest.mark.parametrize("form", BEYOND, ids=BEYOND.get)
def test_when_macos_runs_the_makefile_then_its_old_tools_understand_it(form):
    assert re.search(form, BEYOND[form], re.MULTILINE)
    here = f"{MAKEFILE}\n{recipes()}\n{CI.read_text('utf-8')}"
    assert not (found := re.search(f".*(?:{form}).*", here, re.MULTILINE)), found[0]


# What the steps do


@pytest.mark.parametrize("is_open", [0, 1])
def test_when_the_book_differs_then_one_issue_is_opened_with_the_report(is_open, tmp_path):
    told = f'[ "$2" = list ] && echo {is_open} || {{ echo "$@"; cat issue.md; }} >> opened'
    (tmp_path / "gh").write_text(f"#!/bin/sh\n{told}\n")
    (tmp_path / "gh").chmod(0o755)
    (tmp_path / "report.txt").write_text("NOT IDENTICAL: `figure` $(touch broken)\n")
    script = step(paths.ROOT / ".github/workflows/monthly.yml", "Open an issue")
    around = {"PATH": f"{tmp_path}:{os.environ['PATH']}", "TITLE": "It differs", "RUN": "the run"}
    done = run("bash", "-e", "-c", script, folder=tmp_path, **around)
    assert done.returncode == 0, done.said
    assert not (tmp_path / "broken").exists()
    if is_open:
        assert not (tmp_path / "opened").exists()
    else:
        told = (tmp_path / "opened").read_text()
        assert shlex.split(told.splitlines()[0])[:2] == ["issue", "create"]
        assert "the run" in told and "    NOT IDENTICAL: `figure` $(touch broken)" in told


@pytest.mark.skipif(sys.platform != "linux", reason="releases are put together on Linux")
def test_when_a_release_is_put_together_then_its_checksums_hold(tmp_path):
    book = tmp_path / "_build/review/book"
    files = ("pdf/a.pdf", "pdf/b.pdf", "html/index.html", "html/downloads/data.zip")
    for file in (
        *(book / name for name in files),
        *(book.parent / f"receipt.{x}" for x in ("html", "json")),
    ):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(file.name)
    script = step(paths.ROOT / ".github/workflows/release.yml", "Put together")
    around = {"PATH": f"{BIN}:{os.environ['PATH']}"}
    done = run("bash", "-e", "-c", script, folder=tmp_path, **around)
    assert done.returncode == 0, done.said
    found = {file.name for file in (tmp_path / "release").iterdir()}
    packed = {"a.pdf", "b.pdf", "data.zip", "receipt.html", "receipt.json", "site.zip"}
    assert found == packed | {"SHA256SUMS"}
    done = run("sha256sum", "--check", "SHA256SUMS", folder=tmp_path / "release")
    assert done.returncode == 0 and done.stdout.count(": OK") == len(packed), done.said
