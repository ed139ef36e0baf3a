"""The book as a workflow: validate, execute, collect, site, PDFs, publish.

`make book` calls it through `python -m tracktwo.book.build`, which only adds quiet output.
`config` knows four entries: `out`, the folder to build in, and for an edition that differs from
the published one `edition`, its name, `parameters`, a YAML file, and `data`, a folder.

Snakemake looks at a file's content only when its date is new. So every rule has a digest of what
it reads as a parameter: a file that changed counts, whatever its date.
"""

import json
import shlex
import sys
from pathlib import Path

from tracktwo.book.digests import digest
from tracktwo.book.notebooks import source_digest
from tracktwo.book.parameters import read_parameters
from tracktwo.book.toc import MOVED, chapter_files
from tracktwo.book.volumes import STEM, volumes_of
from tracktwo.book.yaml_files import check_yaml
from tracktwo.telling.titles import title_of

OUT = config.get("out", "_build")
EDITION = str(config.get("edition", ""))
EXECUTED = f"{OUT}/executed"
STAGE = f"{OUT}/stage"

try:
    for file in ("_config.yml", "CITATION.cff"):
        check_yaml(Path(file))
    FILES = chapter_files()
    SOURCES = {file: source_digest(file) for file in FILES}
    FILE = [str(config["parameters"])] if config.get("parameters") else []
    PARAMETERS = read_parameters(*FILE or [None])
    if config.get("data"):
        PARAMETERS["data"] = str(config["data"])
except ValueError as error:
    sys.exit(f"\nerror: {error}\n")
VOLUMES = [volume.file for volume in volumes_of(stem=EDITION or STEM)]
CHAPTERS = [file.removesuffix(".ipynb") for file in FILES]
TITLES = [title_of(Path(chapter).name) for chapter in CHAPTERS]
HAS_PANEL = any("{container} assumptions" in Path(file).read_text("utf-8") for file in FILES)
AS_JSON = json.dumps(PARAMETERS, sort_keys=True)
DATA = str(PARAMETERS.get("data", "data"))


def files(pattern):
    """Return the files below the repository's root that match, sorted, without hidden ones.

    Nor what Python keeps of modules: it writes that while the book is built.
    """
    found = (path for path in Path().glob(pattern) if path.is_file())
    left = (".", "__pycache__")
    return sorted(p.as_posix() for p in found if not any(x.startswith(left) for x in p.parts))


DATA_FILES = sorted(p.as_posix() for p in Path(DATA).rglob("*") if p.is_file())
ANALYSIS = [f for f in files("tracktwo/**/*") if f.endswith(".py") and "/book/" not in f]
LOCK = "requirements.txt"
RUN = f"{shlex.quote(sys.executable)} -m tracktwo.book.warm"
FONTS = files("_static/fonts/*.ttf")
STUDY = [*DATA_FILES, *ANALYSIS, LOCK]
CHECKED = [*STUDY, "tracktwo/book/parameters.py"]
FOR_CHAPTERS = [*STUDY, *FONTS, "references.bib", *(f"tracktwo/book/{n}.py" for n in ("execute", "notebooks"))]
FOR_RESULTS = [*DATA_FILES, "chapters/rows.csv", *(f"tracktwo/book/{n}.py" for n in ("results", "made_by", "rows"))]
FOR_EDITION = [*STUDY, "_config.yml", "_toc.yml", "CITATION.cff", *files("tracktwo/book/*.py")]
# An edition is held against the published one as it is committed.
FOR_MOVED = [*FOR_CHAPTERS, *FILES, *files("figures/*"), *files("tracktwo/book/*.py")] if EDITION else []
FOR_SCRIPTS = [*STUDY, *(f"tracktwo/book/site/live_{name}.py" for name in ("parts", "scripts", "versions"))]
FOR_PICTURES = ["tracktwo/book/pictures.py", FOR_SCRIPTS[-1], *files("tracktwo/drawing/*.py"), LOCK]
FOR_SITE = [
    *DATA_FILES,
    *files("_static/**/*"),
    *files("_templates/*"),
    *("_config.yml", "references.bib", "CITATION.cff"),
    *(f for f in files("tracktwo/book/**/*") if "/pdf/" not in f),
    LOCK,
]
FOR_PDF = [
    *files("tracktwo/book/pdf/*"),
    "tracktwo/book/volumes.py",
    *FONTS,
    LOCK,
]
FOR_PUBLISHING = ["tracktwo/book/publish.py"]

# Snakemake itself lets what is there stand when what it was made from is gone.
READ = [*CHECKED, *FOR_CHAPTERS, *FOR_RESULTS, *FOR_EDITION, *FOR_MOVED, *FOR_PICTURES, *FOR_SITE]
READ += [*FOR_SCRIPTS, *FOR_PDF, *FOR_PUBLISHING]
if missing := sorted({file for file in READ if not Path(file).is_file()}):
    sys.exit(f"\nerror: the book needs what is not there: {', '.join(missing)}\n")


wildcard_constraints:
    chapter="|".join(CHAPTERS),
    volume="|".join(VOLUMES),


rule all:
    input:
        f"{STAGE}/published",


rule executed:
    input:
        expand(f"{EXECUTED}/{{chapter}}.ipynb", chapter=CHAPTERS),


rule validate:
    input:
        CHECKED,
    output:
        touch(f"{STAGE}/validated"),
    params:
        digest=digest(CHECKED),
        data=DATA,
        parameters=AS_JSON,  # other values are held against the data anew
        file=["--parameters", *FILE] if FILE else [],
    shell:
        "{RUN} tracktwo.__main__ check {params.data:q} {params.file:q}"


rule execute:
    input:
        f"{STAGE}/validated",
        FOR_CHAPTERS,
        notebook=ancient("{chapter}.ipynb"),
    output:
        notebook=f"{EXECUTED}/{{chapter}}.ipynb",
        figures=directory(f"{EXECUTED}/figures/{{chapter}}"),
    params:
        digest=digest(FOR_CHAPTERS),
        # The notebook counts by what it computes, not by its committed outputs.
        source=lambda wildcards: SOURCES[f"{wildcards.chapter}.ipynb"],
        titles=TITLES,  # by which chapters name one another
        parameters=AS_JSON,
    shell:
        "{RUN} tracktwo.book.execute {input.notebook:q} {output.notebook:q}"
        " {output.figures:q} --parameters {params.parameters:q}"


rule edition:
    input:
        f"{STAGE}/validated",
        FOR_EDITION,
    output:
        facts=f"{STAGE}/edition.json",
        toc=f"{STAGE}/_toc.yml",
    params:
        digest=digest(FOR_EDITION),
        parameters=AS_JSON,
        data=DATA,
        name=["--name", EDITION] if EDITION else [],
    shell:
        "{RUN} tracktwo.book.edition {params.data:q} {output.facts:q} {output.toc:q}"
        " --parameters {params.parameters:q} {params.name:q}"


# What opens an edition: it reads all its chapters, and the committed ones.
rule moved:
    input:
        rules.executed.input,
        FOR_MOVED,
        edition=f"{STAGE}/edition.json",
        notebook=ancient(f"{MOVED}.ipynb"),
    output:
        notebook=f"{EXECUTED}/{MOVED}.ipynb",
        figures=directory(f"{EXECUTED}/figures/{MOVED}"),
    params:
        digest=digest(FOR_MOVED),
        source=source_digest(f"{MOVED}.ipynb"),
        parameters=json.dumps({"data": DATA, "executed": EXECUTED, "edition": f"{STAGE}/edition.json"}),
    shell:
        "{RUN} tracktwo.book.execute {input.notebook:q} {output.notebook:q}"
        " {output.figures:q} --parameters {params.parameters:q}"


rule results:
    input:
        rules.executed.input,
        FOR_RESULTS,
        [*rules.moved.output] if EDITION else [],
        edition=f"{STAGE}/edition.json",
    output:
        results=f"{STAGE}/results.json",
        verdicts=f"{STAGE}/verdicts.json",
    params:
        digest=digest(FOR_RESULTS),
        parameters=AS_JSON,
    shell:
        "{RUN} tracktwo.book.results {EXECUTED:q} {output.results:q}"
        " {output.verdicts:q} --edition {input.edition:q} --parameters {params.parameters:q}"


rule pictures:
    input:
        FOR_PICTURES,
        figures=f"{EXECUTED}/figures/{{chapter}}",
    output:
        directory(f"{STAGE}/pictures/{{chapter}}"),
    params:
        digest=digest(FOR_PICTURES),
    shell:
        "{RUN} tracktwo.book.pictures {input.figures:q} {output:q}"


# What explorer, coders and panel read rests on the data alone, so it is made beside the chapters.
rule scripts:
    input:
        f"{STAGE}/validated",
        FOR_SCRIPTS,
    output:
        directory(f"{STAGE}/scripts"),
    params:
        digest=digest(FOR_SCRIPTS),
        data=DATA,
        parameters=AS_JSON,
        panel=["--panel"] if HAS_PANEL else [],
    shell:
        "{sys.executable:q} -m tracktwo.book.site.live_scripts {params.data:q} {output:q}"
        " --parameters {params.parameters:q} {params.panel:q}"


rule site:
    input:
        rules.executed.input,
        expand(f"{EXECUTED}/figures/{{chapter}}", chapter=CHAPTERS),
        expand(f"{STAGE}/pictures/{{chapter}}", chapter=CHAPTERS),
        FOR_SITE,
        scripts=f"{STAGE}/scripts",
        results=f"{STAGE}/results.json",
        verdicts=f"{STAGE}/verdicts.json",
        edition=rules.edition.output,
        moved=[*rules.moved.output] if EDITION else [],
    output:
        directory(f"{STAGE}/site"),
    params:
        digest=digest(FOR_SITE),
        data=DATA,
    shell:
        "{RUN} tracktwo.book.site.build_site {EXECUTED:q} {output:q} --data {params.data:q}"
        " --edition {input.edition:q} --pictures {STAGE:q}/pictures --scripts {input.scripts:q}"
        " --beside {input.results:q} {input.verdicts:q}"


# The book names pages of the data volume, which is set first.
# A volume whose own text, figures and facts are as they were is taken as it was set.
rule pdf:
    input:
        FOR_PDF,
        lambda which: [f"{STAGE}/pdf/{name}.places.json" for name in VOLUMES[1:] if which.volume == VOLUMES[0]],
        site=f"{STAGE}/site",
        edition=rules.edition.output,
    output:
        pdf=f"{STAGE}/pdf/{{volume}}",
        places=f"{STAGE}/pdf/{{volume}}.places.json",
    params:
        digest=digest(FOR_PDF),
    shell:
        "{RUN} tracktwo.book.pdf.build_pdf {input.site:q} {output.pdf:q}"
        " --edition {input.edition:q} && echo set {wildcards.volume:q}"


rule publish:
    input:
        FOR_PUBLISHING,
        site=f"{STAGE}/site",
        pdfs=expand(f"{STAGE}/pdf/{{volume}}", volume=VOLUMES),
    output:
        touch(f"{STAGE}/published"),
    params:
        digest=digest(FOR_PUBLISHING),
    shell:
        "{RUN} tracktwo.book.publish {input.site:q} {OUT:q} {input.pdfs:q}"


onstart:
    # A chapter that was renamed or dropped leaves nothing behind.
    kept = {Path(EXECUTED, name) for c in [*CHAPTERS, MOVED] for name in (f"{c}.ipynb", f"figures/{c}")}
    for old in [*Path(EXECUTED).rglob("*.ipynb"), *Path(EXECUTED, "figures").rglob("*.*")]:
        if not kept.intersection((old, *old.parents)):
            old.unlink()
