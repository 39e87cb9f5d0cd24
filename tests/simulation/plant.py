#!/usr/bin/env python3
"""Plants a bug into a copy of the tree and counts the runs of the simulation until it is found.

plant.py [NAME …] [--seeds N]   every patch of planted/ unless named. The copy stays in build/planted; the product is not touched.
plant.py --check                only whether every patch still applies; nothing is built.
A patch's first line says which options its runs have, and what is planted. Exit code 1: a bug was not found, or does not apply."""
import argparse
import pathlib
import re
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
COPY = ROOT / "build" / "planted"


def run(*command, **options):
    return subprocess.run(command, cwd=COPY, text=True, capture_output=True, **options)


def refresh_copy():
    COPY.mkdir(parents=True, exist_ok=True)
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, text=True, capture_output=True, check=True).stdout
    for name in filter(None, listed.split("\0")):
        source, target = ROOT / name, COPY / name
        if not source.is_file():
            continue
        if target.is_file() and target.read_bytes() == source.read_bytes():
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(source.read_bytes())
        target.chmod(source.stat().st_mode)
    if not (COPY / "build/release/build.ninja").is_file():
        done = run("cmake", "--preset", "release", "-DPARLEY_WEB_CLIENT=OFF")
        if done.returncode:
            sys.exit(done.stdout + done.stderr)


def options_of(patch):
    options = re.match(r"# \[(.*?)\]", patch.read_text().splitlines()[0])
    if not options:
        sys.exit(f"{patch}: its first line does not say how it is run")
    return options[1].split()


def check(patches):
    bad = 0
    for patch in patches:
        options_of(patch)
        tried = subprocess.run(["patch", "-p1", "--forward", "--dry-run", "-i", str(patch)], cwd=ROOT, text=True, capture_output=True)
        if tried.returncode:
            bad += 1
            print(f"{patch.name} does not apply any more:\n{tried.stdout}{tried.stderr}")
    print(f"{len(patches)} planted bugs, {bad} do not apply")
    return 1 if bad or not patches else 0


def search(patch, seeds):
    options = options_of(patch)
    if run("patch", "-p1", "--forward", "-i", str(patch)).returncode:
        sys.exit(f"{patch.name} does not apply any more")
    try:
        built = run("cmake", "--build", "build/release", "--target", "parley_simulation", "-j2")
        if built.returncode:
            sys.exit(f"{patch.name} does not compile:\n" + built.stdout[-3000:])
        return run("build/release/tests/parley_simulation", "--seeds", str(seeds), "--until-failed", "1", *options,
                   timeout=1800).stdout
    finally:
        run("patch", "-p1", "--reverse", "-i", str(patch))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("names", nargs="*")
    parser.add_argument("--seeds", type=int, default=2000)
    parser.add_argument("--check", action="store_true")
    asked = parser.parse_args()
    patches = [patch for patch in sorted((HERE / "planted").glob("*.patch")) if not asked.names or patch.stem in asked.names]
    if asked.check:
        return check(patches)
    refresh_copy()
    missed = 0
    for patch in patches:
        story = search(patch, asked.seeds)
        found = re.search(r"^seed (\d+): (\w+): (.*)$", story, re.MULTILINE)
        missed += found is None
        print(f"{patch.stem:36} " + (f"seed {found[1]:>5}  {found[2]}: {found[3][:90]}" if found else "NOT FOUND"), flush=True)
    return 1 if missed else 0


sys.exit(main())
