#!/usr/bin/env python3
"""Holds what the compiler cannot: lint.py ROOT MODULES prints every break of a rule and exits 1 if there is one.

MODULES is the table the build writes: one "name|folder|linked targets" a line. Each rule says its reason (DESIGN section
3 and 9: who may include whom, and what must not be there)."""
import pathlib
import re
import sys

SOURCES = ("shared", "server", "client-wasm", "client-native", "tools", "tests")
TEXTS = SOURCES + ("web", "toolchains", "docs", ".ci")
SUFFIXES = {".cpp", ".hpp"}
INCLUDE = re.compile(r'^\s*#\s*include\s*(?:"([^"]+)"|<([^>]+)>)', re.MULTILINE)

# Which module may use which; what a named one may use, its user may too. Everything may use text and protocol; the logger
# is the one global.
EDGES = {
    "text": [],
    "protocol": ["text"],
    "markup": ["protocol"],
    "emoji": ["markup"],
    "client": ["protocol", "emoji", "markup"],
    "composing": ["client", "emoji"],
    "websocket": [],
    "shard": ["protocol"],
    "observe": ["protocol"],
    "room": ["protocol", "markup"],
    "auth": ["protocol"],
    "net": ["shard", "websocket", "observe"],
    "store": ["shard", "observe", "markup"],
    "sqlite": ["store"],
    "rooms": ["room", "store", "net"],
    "people": ["room", "store", "net"],
    "session": ["net"],
    "handlers": ["session", "people", "rooms", "store", "auth"],
    "web_client": ["net"],
    "app": ["handlers", "sqlite", "web_client"],
    "client_native": ["client", "websocket"],
    "event_log": ["client"],
    "audit": ["event_log", "sqlite"],
    "cli": ["client_native", "event_log", "composing"],
    "load": ["client_native", "event_log"],
    "lettering": ["emoji"],
    "platform": ["lettering"],
    "ui": ["composing", "lettering"],
}

# pattern, what it is found in, the folders where it is allowed, why it is not elsewhere
PATTERNS = [
    (r'#\s*include\s*"[^"]*\.\./', "sources", (), "an include names its module; ../ goes round the borders"),
    (r"#\s*include\s*<websocketpp/", "sources", ("shared/websocket", "tests/bench"), "websocketpp is seen by one unit"),
    (r"#\s*include\s*<sqlite3\.h>", "sources", ("server/store/sqlite", "tests/server/sqlite"), "SQL lives behind the store's backend"),
    (r"#\s*include\s*<emscripten", "sources", ("client-wasm/platform",), "the browser is seen by platform alone"),
    (r"#\s*include\s*<imgui|#\s*include\s*<backends/imgui", "sources", ("client-wasm",), "only the page draws"),
    (r"\b(sleep_for|sleep_until|usleep|nanosleep)\b|\bsleep\s*\(\d", "tests/", (), "a test waits for what happens, not for a time"),
    (r"waitForTimeout|setTimeout\(\s*(?:resolve|r)\b", "tests/browser", (), "a test waits for what happens, not for a time"),
    (r"\bDISABLED_\w+|\bGTEST_SKIP\b", "tests/", (), "no test is switched off"),
    (r"127\.0\.0\.1:[1-9]\d*|localhost:[1-9]\d*", "tests/integration tests/browser tests/bench tests/support tests/served", (), "a test takes port 0"),
    (r"std::(recursive_|shared_|timed_)?mutex\b", "server/", ("server/shard", "server/store", "server/observe", "server/auth/password_pool", "server/app"),
     "state has one owner; crossing is post_to"),
    (r"#\s*include\s*<(thread|mutex|condition_variable|atomic|asio)\b", "shared/", ("shared/websocket",), "shared/ has no thread and no socket"),
    (r"\b\w+_clock::now\b|\brandom_device\b|\btime\(nullptr\)", "shared/", (), "shared/ is told the time and the chance"),
    (r"#\s*if.*(__EMSCRIPTEN__|__linux__|_WIN32)", "shared/", (), "shared/ knows no platform"),
    (r"\bconstexpr\b[^=;\n]*\bk\w*(Max|Maximum|Limit|AtMost)\w*\s*[={]", "server/ shared/ client-native/", ("shared/protocol",),
     "every bound stands in shared/protocol/limits.hpp"),
    (r"(?<![\w.])/(work|root|home)/\w", "texts", (), "no path of one machine"),
    (r"(registry\.)?npmjs\.(org|com)|pypi\.org|deb\.debian\.org|crates\.io", "texts", (), "a package registry is named by its own client's settings"),
    (r"\b(TODO|FIXME|XXX)\b(?!\(#\d+\))", "sources", (), "what is left to do carries an issue number: TODO(#12)"),
]
BAD_NAMES = re.compile(r"(^|_)(util|utils|helper|helpers|manager|common|misc|stuff)(_|$)")
OWN = "tests/lint/"


def files(root, folders, suffixes=None):
    for folder in folders:
        for path in sorted((root / folder).rglob("*")):
            if "node_modules" in path.parts:  # other people's
                continue
            if path.is_file() and (suffixes is None or path.suffix in suffixes):
                yield path.relative_to(root).as_posix(), path


def read(path):
    return path.read_text(encoding="utf-8", errors="replace")


def line_of(text, at):
    return text.count("\n", 0, at) + 1


def in_scope(name, scope):
    if scope == "texts":
        return True
    if scope == "sources":
        return name.startswith(SOURCES) and pathlib.PurePath(name).suffix in SUFFIXES
    return any(name.startswith(prefix) for prefix in scope.split())


def check_patterns(root):
    for name, path in files(root, TEXTS):
        if name.startswith(OWN) or path.suffix in {".png", ".ico", ".hex"} or path.name == "package-lock.json":
            continue
        text = read(path)
        for pattern, scope, allowed, reason in PATTERNS:
            if not in_scope(name, scope) or name.startswith(allowed or ("\0",)):
                continue
            for match in re.finditer(pattern, text):
                yield f"{name}:{line_of(text, match.start())}: {match.group(0).strip()!r}: {reason}"


def check_names(root):
    for name, path in files(root, SOURCES, SUFFIXES):
        if BAD_NAMES.search(path.stem):
            yield f"{name}: a file is a noun of the domain"
        if path.suffix == ".hpp" and "#pragma once" not in read(path):
            yield f"{name}: a header starts with #pragma once"


def closure(module):
    reached, waiting = set(), [module]
    while waiting:
        for used in EDGES.get(waiting.pop(), []):
            if used not in reached:
                reached.add(used)
                waiting.append(used)
    return reached | {"text", "protocol"}


def read_modules(root, table):
    modules = {}
    for line in table.read_text().splitlines():
        name, folder, linked = line.split("|")
        modules[name] = (pathlib.Path(folder).resolve().relative_to(root.resolve()).as_posix(), set(linked.split(";")))
    return modules


def owner_of(name, modules):
    owners = [m for m, (folder, _) in modules.items() if name.startswith(folder + "/")]
    return max(owners, key=lambda m: len(modules[m][0]), default=None)


def check_borders(root, modules):
    for module, (folder, linked) in modules.items():
        if folder.startswith("tests/"):
            continue
        if module not in EDGES:
            yield f"{folder}/CMakeLists.txt: module {module} is not in the table of borders (tests/lint/lint.py)"
            continue
        for used in sorted(linked & modules.keys() - closure(module)):
            yield f"{folder}/CMakeLists.txt: {module} may not use {used} (tests/lint/lint.py, DESIGN section 3)"
    for name, path in files(root, SOURCES, SUFFIXES):
        module = owner_of(name, modules)
        if module is None or name.startswith("tests/"):
            continue
        text = read(path)
        for match in INCLUDE.finditer(text):
            used = (match.group(1) or "").split("/")[0]
            if used in modules and used != module and used not in modules[module][1]:
                yield f"{name}:{line_of(text, match.start(1))}: {module} includes {used} directly, its USES do not name it"


def main():
    root, table = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    modules = read_modules(root, table)
    breaks = [*check_patterns(root), *check_names(root), *check_borders(root, modules)]
    print("\n".join(breaks))
    print(f"{len(modules)} modules, {len(breaks)} breaks of the rules")
    return 1 if breaks or not modules else 0


sys.exit(main())
