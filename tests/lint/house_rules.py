#!/usr/bin/env python3
"""The rules of this house that no compiler knows: arrows between rooms, who may touch clocks, threads and names, what
headers may pull in.

  house_rules.py [--root FOLDER]

Each breach is one line, `file:line: what; why; what instead`. Exit 1 when there is any. A line that must break a rule
says so: `house-rules: allow RULE because ...` in a comment on it.
"""
import argparse
import os
import re
import subprocess
import sys

CORE_LEVELS = [{"model"}, {"ports"}, {"async", "crypto", "text"}, {"feeds", "transcripts", "insights"},
               {"search"}, {"briefs", "delivery"}, {"commands"}, {"rendering"}, {"services"}]
LEVEL = {room: level for level, rooms in enumerate(CORE_LEVELS) for room in rooms}
CODE = (".cpp", ".hpp")
TEXT = CODE + (".py", ".sh", ".cmake", ".txt", ".md", ".json", ".toml", ".yml", ".yaml", ".xml", ".service", "")
LONG_FILE = 450
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
ALLOW = re.compile(r"house-rules: allow ([a-z-]+) because \S")
MACHINE_PATH = re.compile(r"(?<![\w.~$}])/(?:(?:home|tmp)/\w|(?:root|work)/)")

# (rule, pattern, rooms where it is at home, why, what instead)
CALLS = [
    ("clock", r"\b(?:system|steady|high_resolution|utc|file)_clock\s*::\s*now\b|\bgettimeofday\s*\(|\bclock_gettime\s*\("
              r"|(?<![\w.>:])(?:std\s*::\s*)?time\s*\(\s*(?:nullptr|NULL|0)\s*\)", ["adapters/system"],
     "time comes from outside, so that tests can move it", "take a Clock& (core/ports/clock.hpp)"),
    ("random", r"\brandom_device\b|(?<![\w.>:])(?:std\s*::\s*)?s?rand\s*\(|(?<![\w.>])(?:get|a)random\s*\(",
     ["adapters/system"], "chance comes from outside, so that a seed gives the same run",
     "take a Random& (core/ports/random.hpp)"),
    ("sleep", r"\bthis_thread\s*::\s*sleep_(?:for|until)\b|(?<![\w.>:])(?:::\s*)?(?:u|nano)?sleep\s*\(", ["adapters/system"],
     "a sleeping thread serves nobody and hides a race", "co_await clock.sleep_for(...)"),
    ("resolve", r"\bgetaddrinfo\s*\(|\bgethostbyname\s*\(", ["adapters/http"],
     "it blocks the thread, and the egress guard must see every address", "use the resolver of adapters/http"),
    ("thread", r"\bstd\s*::\s*j?thread\b|\bthread_pool\b|\bpthread_create\s*\(|\bstd\s*::\s*async\s*\(",
     ["adapters/system", "adapters/sqlite", "adapters/http/*resolv*"],
     "threads have owners, who also stop them in order", "spawn in a TaskScope, or take the executor of the CPU pool"),
    ("detached", r"\bdetached\b(?=\s*[)\]},;])|\basio\s*::\s*detached\b", [],
     "nobody owns the task, hears how it ended or can wait for it", "spawn it in a TaskScope (core/async/task_scope.hpp)"),
    ("secret-compare", r"(?<![\w.>])(?:\w+_)?(?:secret|signature|h?mac)(?:_of)?(?:\([^;()]*\))?\s*[!=]="
                       r"(?!\s*(?:nullptr\b|std::nullopt\b|[A-Z]\w*::))"
                       r"|[!=]=\s*\*?(?:\w+_)?(?:secret|signature|h?mac)(?:_of)?\b(?!\s*(?:\.|->|::))", [],
     "a comparison that stops at the first difference tells by its time how much of a forgery is right",
     "crypto::equal_in_constant_time (core/crypto/signatures.hpp)"),
]
CALLS = [(rule, re.compile(pattern), homes, why, instead) for rule, pattern, homes, why, instead in CALLS]

HEAVY = [
    (re.compile(r"boost/beast(?:\.hpp|/(?!(?:\w+/)*error\.hpp))"), "Beast costs every file that includes the header seconds of compiling"),
    (re.compile(r"SQLiteCpp/"), "the database's types stay behind the store"),
    (re.compile(r"nlohmann/json\.hpp"), "full JSON costs seconds of compiling; headers do with nlohmann/json_fwd.hpp"),
]


def without_comments_and_strings(source):
    """The source with comments and the insides of literals blanked; lines and columns stay."""
    out, i, n = [], 0, len(source)

    def blank(end):
        nonlocal i
        out.append("".join(c if c == "\n" else " " for c in source[i:end]))
        i = end

    def ends(mark, begin, escapes):
        j = begin
        while j < n and source[j] != "\n":
            if escapes and source[j] == "\\":
                j += 2
                continue
            if source[j] == mark:
                return j + 1
            j += 1
        return j

    while i < n:
        two = source[i:i + 2]
        raw = re.match(r'(?:u8|[uUL])?R"([^\s()\\]{0,16})\(', source[i:i + 24])
        before = source[i - 1] if i else " "
        if two == "//":
            end = source.find("\n", i)
            blank(n if end < 0 else end)
        elif two == "/*":
            end = source.find("*/", i + 2)
            blank(n if end < 0 else end + 2)
        elif raw and not (before.isalnum() or before == "_"):
            end = source.find(")%s\"" % raw.group(1), i)
            blank(n if end < 0 else end + len(raw.group(1)) + 2)
        elif source[i] == '"':
            blank(ends('"', i + 1, True))
        elif source[i] == "'" and not (before.isalnum() and source[i + 1:i + 2].isalnum()):
            blank(ends("'", i + 1, True))
        else:
            out.append(source[i])
            i += 1
    return "".join(out)


def room_of(path):
    """("core", "text"), ("adapters", "http"), ("bot", ""), ("tests", "") or (None, "")."""
    parts = path.split("/")
    if parts[0] in ("core", "adapters") and len(parts) > 2:
        return parts[0], parts[1]
    if parts[0] in ("bot", "tests"):
        return parts[0], ""
    return None, ""


def is_at_home(path, homes):
    for home in homes:
        if "*" in home:
            folder, _, name = home.rpartition("/")
            if os.path.dirname(path) == folder and name.strip("*") in os.path.basename(path):
                return True
        elif path.startswith(home + "/"):
            return True
    return path.startswith("tests/")


def broken_arrow(path, target):
    """Why a file at `path` may not include `target`; None when it may."""
    house, room = room_of(path)
    other_house, other_room = room_of(target)
    if other_house is None or house in (None, "tests"):
        return None
    if other_house == "tests":
        return "the product includes tests"
    if house == "core":
        if other_house != "core":
            return "core includes %s" % other_house
        if room not in LEVEL or other_room not in LEVEL:
            unknown = room if room not in LEVEL else other_room
            return "core/%s has no level (give it one in tests/lint/house_rules.py)" % unknown
        if room != other_room and LEVEL[other_room] >= LEVEL[room]:
            return "core/%s includes core/%s" % (room, other_room)
    if house == "adapters":
        if other_house == "bot":
            return "an adapter includes bot"
        if other_house == "adapters" and other_room != room:
            return "adapters/%s includes adapters/%s" % (room, other_room)
    return None


def check_code(path, source, report):
    product = room_of(path)[0] in ("core", "adapters", "bot")
    lines = source.split("\n")
    blanked = without_comments_and_strings(source).split("\n")
    for number, (line, code) in enumerate(zip(lines, blanked), 1):
        include = INCLUDE.match(line) if code.lstrip().startswith("#") else None
        if include:
            quoted, target = include.group(1) == '"', include.group(2)
            why = broken_arrow(path, target) if quoted else None
            if why:
                report(path, number, "rooms", why, "arrows point down only: bot, adapters, core (services, briefs, "
                       "search, text, ports, model)", "move what is shared down, or pass it through a port")
            if product and path.endswith(".hpp"):
                for pattern, reason in HEAVY:
                    if pattern.match(target):
                        report(path, number, "heavy-header", "a header includes %s" % target, reason,
                               "include it in the .cpp, behind a plain interface")
            continue
        for rule, pattern, homes, why, instead in CALLS:
            found = pattern.search(code)
            if found and not is_at_home(path, homes):
                report(path, number, rule, "uses " + found.group(0).strip().rstrip("(").strip(), why, instead)
    if path.endswith(".hpp") and not re.search(r"^#pragma once$", source, re.M):
        report(path, 1, "pragma-once", "has no #pragma once", "a header may be included twice", "put it on the first line")


def check_text(path, source, report):
    for number, line in enumerate(source.split("\n"), 1):
        found = MACHINE_PATH.search(line)
        made_up = found and path.startswith("tests/") and path.endswith(CODE) and "/home/" in found.group(0)
        if found and not made_up:  # what a test feeds to a parser may be anybody's home
            report(path, number, "machine-path", "names a path of one machine (%s)" % line[found.start():].split()[0][:40],
                   "another machine has none of it", "derive it from the checkout, the configuration or a temporary folder")
        if "\t" in line and path.endswith(CODE + (".py", ".cmake")):
            report(path, number, "tab", "has a tab", "columns differ from editor to editor", "use spaces")


def files_of(root):
    try:
        listed = subprocess.run(["git", "-C", root, "ls-files", "-co", "--exclude-standard", "-z"], check=True,
                                capture_output=True).stdout.decode()
        return sorted({name for name in listed.split("\0") if name})
    except (OSError, subprocess.CalledProcessError):
        found = []
        for top, folders, names in os.walk(root):
            folders[:] = [f for f in folders if f not in ("build", ".git")]
            found += [os.path.relpath(os.path.join(top, name), root) for name in names]
        return sorted(found)


def check(root, files=None):
    """-> (breaches, notes): lists of lines."""
    breaches, notes = [], []
    for path in files_of(root) if files is None else files:
        full = os.path.join(root, path)
        if path.startswith("tests/data/") or not path.endswith(TEXT) or not os.path.isfile(full):
            continue
        try:
            with open(full, encoding="utf-8") as f:
                source = f.read()
        except UnicodeDecodeError:
            if path.endswith(CODE):
                breaches.append("%s:1: is not UTF-8; tools disagree about its letters; save it as UTF-8" % path)
            continue
        lines = source.split("\n")

        def report(where, number, rule, what, why, instead):
            allowed = ALLOW.search(lines[number - 1])
            if not (allowed and allowed.group(1) == rule):
                breaches.append("%s:%d: %s; %s; %s [%s]" % (where, number, what, why, instead, rule))

        if path.endswith(CODE):
            check_code(path, source, report)
            if len(lines) > LONG_FILE:
                notes.append("%s: note: %d lines; is it still one topic?" % (path, len(lines)))
        check_text(path, source, report)
    return breaches, notes


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--root", default=os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
    breaches, notes = check(parser.parse_args().root)
    for line in breaches + notes:
        print(line)
    print("house rules: %d broken, %d notes" % (len(breaches), len(notes)))
    return 1 if breaches else 0


if __name__ == "__main__":
    sys.exit(main())
