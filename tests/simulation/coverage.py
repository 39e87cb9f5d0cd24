#!/usr/bin/env python3
"""Which branches of the server's and the client's core runs of the simulation take.

coverage.py [--seeds N] [--missing]   builds the preset `coverage`, runs the simulation, prints a table per module; --missing names each branch
that no run took. Counted are the branches of our own sources. Left out are the edges that gcov marks as those of exceptions, each with the edge
beside it (every call that may throw has such a pair), and lines without a condition: what branches there is the compiler's tidying up of temporaries. An
instance of a template counts as part of its line."""
import argparse
import collections
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
BUILD = ROOT / "build" / "coverage"
MODULES = {"server/session": "server/session/", "server/rooms": "server/rooms/", "server/room": "server/room/", "server/people": "server/people/",
           "shared/client/outbox*": "shared/client/outbox"}
CONDITION = re.compile(r"\b(if|for|while|switch|case|default)\b|\?|&&|\|\|")


def run(*command, **options):
    done = subprocess.run(command, cwd=ROOT, text=True, **options)
    if done.returncode:
        sys.exit(f"{command[0]} failed:\n{done.stdout or ''}{done.stderr or ''}")
    return done


def build_and_run(seeds):
    if not (BUILD / "build.ninja").is_file():
        run("cmake", "--preset", "coverage", capture_output=True)
    run("cmake", "--build", str(BUILD), "--target", "parley_simulation", "-j", str(os.cpu_count()), capture_output=True)
    for counts in BUILD.rglob("*.gcda"):
        counts.unlink()
    run(str(BUILD / "tests/parley_simulation"), "--seeds", str(seeds), "--jobs", str(os.cpu_count()), capture_output=True)


# The branches of one line that somebody decides: without the edges of exceptions and what stands beside each.
def decisions(branches):
    left = list(branches)
    for place, branch in enumerate(branches):
        if not branch["throw"]:
            continue
        left[place] = None
        for beside in (place - 1, place + 1):
            if 0 <= beside < len(left) and left[beside] and left[beside]["fallthrough"]:
                left[beside] = None
                break
    return [branch["count"] for branch in left if branch]


# file -> line -> how often each branch was taken, over all objects and instances.
def read_counts():
    lines = collections.defaultdict(dict)
    counts = [str(path) for path in BUILD.rglob("*.gcda") if "/tests/" not in str(path.relative_to(BUILD))]
    with tempfile.TemporaryDirectory() as scratch:
        for path in counts:
            told = subprocess.run(["gcov", "--branch-probabilities", "--json-format", "--stdout", path], cwd=scratch, text=True,
                                  capture_output=True, check=True).stdout
            for document in filter(None, told.splitlines()):
                for file in json.loads(document)["files"]:
                    source = (BUILD / file["file"]).resolve()
                    if source.is_relative_to(ROOT):
                        add(lines[str(source.relative_to(ROOT))], file["lines"], source.read_text().splitlines())
    return lines


def add(known, lines, text):
    for line in lines:
        if not CONDITION.search(text[line["line_number"] - 1]):
            continue
        taken = decisions(line["branches"])
        if len(taken) < 2:
            continue
        before = known.get(line["line_number"])
        if before is None or len(before) < len(taken):
            known[line["line_number"]] = taken
        elif len(before) == len(taken):
            known[line["line_number"]] = [one + other for one, other in zip(before, taken)]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seeds", type=int, default=2000)
    parser.add_argument("--missing", action="store_true")
    asked = parser.parse_args()
    build_and_run(asked.seeds)
    lines = read_counts()
    for module, prefix in MODULES.items():
        files = [name for name in sorted(lines) if name.startswith(prefix)]
        all_of = [taken for name in files for line in lines[name].values() for taken in line]
        hit = sum(taken > 0 for taken in all_of)
        print(f"{module:24} {hit:5} of {len(all_of):5} branches  {100 * hit / max(1, len(all_of)):5.1f} %")
        for name in files if asked.missing else []:
            for number in sorted(lines[name]):
                if not all(lines[name][number]):
                    text = (ROOT / name).read_text().splitlines()[number - 1].strip()
                    print(f"    {name}:{number}  {sum(taken == 0 for taken in lines[name][number])} of {len(lines[name][number])}: {text}")
    return 0


sys.exit(main())
