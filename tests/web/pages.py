#!/usr/bin/env python3
"""The web pages as people, browsers and feed readers meet them: the real server over the sample library, the platforms'
doubles behind the doors, Debian's Chromium in front (tests/web/*.mjs).

  pages.py [PODBRIEF] [--node NODE] [--only PART,...] [--kinds KIND,...] [--shots FOLDER]

PARTS: walk, doors, private, keyboard, looks, validity. Screenshots of every kind of page go to FOLDER (build/web-shots).
"""
import argparse
import json
import os
import shutil
import subprocess
import sys
import time

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import world as worlds  # noqa: E402
import harness  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))


def missing(node, chromium):
    if shutil.which(node) is None:
        return "node is not installed"
    if chromium is None:
        return "chromium is not installed"
    if not os.path.isfile(os.path.join(HERE, "node_modules", ".package-lock.json")):
        return "the packages are not there; with a network, npm ci in tests/web (or ./dev test) brings them"
    return None


def facts(world, empty):
    """What the browser is told of the world: addresses, and what is behind them."""
    told = {"url": world.url, "empty": empty.url, "marker": worlds.MARKER,
            "schemas": {"api": os.path.join(harness.TOP, "config", "web", "api.schema.json"),
                        "briefs": os.path.join(harness.TOP, "config", "schemas", "briefs.json")}}
    disputed = world.insight("The export controls on advanced chips backfired")
    supporting = world.insight("Chip export controls without controls on lithography")
    taken_back = world.insight("Public benchmarks understate the gap between AI labs")
    told["correction"] = "The guest named the wrong laboratory."
    world.run("withdraw", str(taken_back), "--reason", told["correction"])
    told.update(disputed=disputed, supporting=supporting, withdrawn=taken_back)
    told["insights"] = harness.rows(world.podbrief.store, "SELECT count(*) FROM insights")[0][0] - 1
    told["doubles"] = {name: double.people for name, double in world.doubles.items()}
    told["private"] = worlds.reader_with_brief(world, worlds.MARKER, "chip export controls, remote work")
    told["closing"] = worlds.reader_with_brief(world, "Bertil", "sleep")
    # A brief that is due soon enough to be planned, and too late to be sent meanwhile; to be explained.
    due = time.time() + 2400
    world.run("users", "add", "Clara", "--topics", "sleep", "--zone", "UTC", "--at", time.strftime("%H:%M", time.gmtime(due)))
    world.run("users", "destinations", "Clara", "--add", "telegram:123456789")
    told["explained"] = "/status/explain?reader=Clara&day=" + time.strftime("%Y-%m-%d", time.gmtime(due))
    return told


def wait_for_plan(world, patience=120):
    end = time.monotonic() + patience
    while time.monotonic() < end and not harness.rows(world.podbrief.store, "SELECT count(*) FROM slots")[0][0]:
        time.sleep(0.2)


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("path", nargs="?", default="")
    arguments.add_argument("--node", default="node")
    arguments.add_argument("--only", default="")
    arguments.add_argument("--kinds", default="")
    arguments.add_argument("--shots", default=os.path.join(harness.TOP, "build", "web-shots"))
    given = arguments.parse_args()
    chromium = shutil.which("chromium")
    why_not = missing(given.node, chromium)
    if why_not:
        print("skip  web: " + why_not)
        return 0
    world = worlds.World(harness.binary(given.path), ("telegram", "slack", "discord"))
    empty = worlds.World(world.path, filled=False)
    told = facts(world, empty)
    told.update(chromium=chromium, shots=os.path.abspath(given.shots), only=[part for part in given.only.split(",") if part])
    told["kinds"] = [kind for kind in given.kinds.split(",") if kind]
    told["command"] = world.podbrief.command()  # for what a person does at a terminal
    world.serve()
    empty.serve()
    wait_for_plan(world)
    world.wait_for_text("/", ["Add to Slack", "Open in Telegram", "Add to Discord"])
    path = harness.write(os.path.join(world.folder, "told.json"), json.dumps(told))
    done = subprocess.run([given.node, os.path.join(HERE, "pages.mjs"), path], timeout=900)
    ended = [world.end(), empty.end()]
    if ended != [0, 0]:
        print("FAIL  the servers end orderly: %s" % ended)
        return 1
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
