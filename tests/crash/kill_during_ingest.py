#!/usr/bin/env python3
"""Kills `podbrief ingest` (SIGKILL) at random moments; a restart continues, and nothing is lost or doubled.

  kill_during_ingest.py [PODBRIEF] [--runs N] [--seed S] [--sample]

Each round starts from nothing, is killed again and again until one run comes through, and must then equal an ingest
that nobody disturbed: same episodes, same states, as many insights of each, and the same ones but for at most one in a
hundred (what is new in an episode depends on what was read before it, and so, at a tie, on the order). Uses the changelog data when it is
beside the checkout, else (or with --sample) the sample library.
"""
import argparse
import collections
import os
import random
import shutil
import signal
import subprocess
import sys
import time

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "e2e"))
import harness  # noqa: E402

CONFIG = harness.LOOPBACK + "[polling]\nfirst_episodes = 500\n"


def contents(store):
    """What the library holds, without ids and times: {(show, guid): (state, transcripts, insights)}."""
    found = {}
    for show, guid, state, transcripts, insights in harness.rows(store, """
            SELECT p.title, e.guid, e.state, (SELECT count(*) FROM transcripts t WHERE t.episode_id = e.id),
                   (SELECT count(*) FROM insights i WHERE i.episode_id = e.id AND i.superseded = 0)
            FROM episodes e JOIN podcasts p ON p.id = e.podcast_id"""):
        found[(show, guid)] = "twice" if (show, guid) in found else (state, transcripts, insights)
    return found


def insights(store):
    """[(guid, text)] of all that stand, with those of episodes that are gone."""
    return collections.Counter(harness.rows(store, "SELECT coalesce(e.guid, 'no episode'), i.text FROM insights i "
                                                   "LEFT JOIN episodes e ON e.id = i.episode_id WHERE i.superseded = 0"))


def differences(reference, found):
    out = []
    for key in sorted(set(reference) | set(found)):
        if reference.get(key) != found.get(key):
            out.append("%s: %s instead of %s" % (key, found.get(key, "lost"), reference.get(key, "not there")))
    return out


class Interrupted:
    """Rounds of a feeds add and ingests, each run killed after a random while, until `kills` of them were."""

    def __init__(self, path, folder, opml, kills, rng, checks, reference, full_time):
        self.path, self.folder, self.opml, self.kills, self.rng = path, folder, opml, kills, rng
        self.checks, self.reference, self.full_time = checks, contents(reference), full_time
        self.told = insights(reference)
        self.killed = self.rounds = self.unsound = self.refused = 0

    def moment(self):
        """Often early, where the store is opened and recovered; else anywhere in a whole run."""
        return self.rng.uniform(0, 0.15) if self.rng.random() < 0.3 else self.rng.uniform(0, self.full_time)

    def run_and_kill(self, podbrief, *arguments):
        """-> True when the run ended by itself before its moment came."""
        child = podbrief.start(*arguments, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        try:
            child.wait(self.moment() if self.killed < self.kills else 600)
        except subprocess.TimeoutExpired:
            child.send_signal(signal.SIGKILL)
            child.wait()
        complaint = child.stderr.read().decode("utf-8", "replace").strip()
        child.stderr.close()
        if child.returncode == 0:
            return True
        if child.returncode == -signal.SIGKILL:
            self.killed += 1
            if os.path.exists(podbrief.store):
                said = harness.integrity(podbrief.store)
                if said != "ok":
                    self.unsound += 1
                    self.checks.check("kill %d leaves a sound store" % self.killed, False, said)
        else:
            self.refused += 1
            self.checks.check("a run after kill %d works" % self.killed, False,
                              "ended with %s: %s" % (child.returncode, complaint))
        return False

    def round(self):
        self.rounds += 1
        data = os.path.join(self.folder, "round-%d" % self.rounds)
        podbrief = harness.Podbrief(self.path, data, CONFIG)
        before = self.killed
        while not self.run_and_kill(podbrief, "feeds", "add", self.opml):
            if self.refused > 5:
                return
        while not self.run_and_kill(podbrief, "ingest"):
            if self.refused > 5:
                return
        wrong = differences(self.reference, contents(podbrief.store))
        told = insights(podbrief.store)
        others = sum((told - self.told).values())
        if max(told.values()) > 1 or others > 0.01 * sum(self.told.values()):
            wrong.append("%d other insights, %d twice" % (others, sum(n - 1 for n in told.values())))
        sound = harness.integrity(podbrief.store)
        report = podbrief.json("doctor")
        indexed = report["insights"] == report["insights_in_index"] == sum(r[2] for r in self.reference.values())
        self.checks.check("round %d, %d kills: as if undisturbed, store sound, index whole" % (
            self.rounds, self.killed - before), not wrong and sound == "ok" and indexed,
            "; ".join(wrong[:5]) + " integrity: %s, doctor: %s" % (sound, report))
        shutil.rmtree(data)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("podbrief", nargs="?")
    parser.add_argument("--runs", type=int, default=200, help="how many kills")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32))
    parser.add_argument("--sample", action="store_true", help="the sample library even where the changelog data is")
    options = parser.parse_args()
    checks, folder, path = harness.Checks(), harness.scratch_folder(), harness.binary(options.podbrief)
    manifest = None if options.sample else harness.make_changelog_site(os.path.join(folder, "site"))
    server = harness.changelog_server(os.path.join(folder, "site")) if manifest else harness.sample_server()
    opml = harness.write_opml(os.path.join(folder, "feeds.opml"), server.feeds)
    print("seed %d, %s" % (options.seed, "changelog data" if manifest else "sample library"), flush=True)

    undisturbed = harness.Podbrief(path, os.path.join(folder, "reference"), CONFIG)
    added = undisturbed.run("feeds", "add", opml)
    began = time.monotonic()
    done = undisturbed.run("ingest", timeout=600)
    full_time = time.monotonic() - began
    if not checks.check("an undisturbed ingest works", added.returncode == done.returncode == 0,
                        added.stderr + done.stderr + done.stdout):
        return checks.end()
    reference = contents(undisturbed.store)
    expected = len(manifest["episodes"]) if manifest else 27
    checks.equal("episodes of the undisturbed ingest", len(reference), expected)
    checks.check("all of them read once", "twice" not in reference.values() and all(r[1] <= 1 for r in reference.values()))
    print("      %.1f s, %d insights" % (full_time, sum(r[2] for r in reference.values())), flush=True)

    again = undisturbed.run("ingest")
    checks.check("a second ingest adds nothing", again.returncode == 0 and contents(undisturbed.store) == reference,
                 again.stdout + again.stderr)

    test = Interrupted(path, folder, opml, options.runs, random.Random(options.seed), checks, undisturbed.store,
                       full_time)
    began = time.monotonic()
    while test.killed < options.runs and test.refused <= 5:
        test.round()
    checks.check("%d kills in %d rounds, %.0f s: every store was sound right after, every restart went on" % (
        test.killed, test.rounds, time.monotonic() - began), test.killed >= options.runs and not test.unsound + test.refused)
    return checks.end()


if __name__ == "__main__":
    sys.exit(main())
