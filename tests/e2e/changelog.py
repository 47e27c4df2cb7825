#!/usr/bin/env python3
"""120 real episodes through `podbrief serve`, from feeds and transcripts that are served badly: none lost, none twice.

  changelog.py [PODBRIEF] [--minutes N]

Needs the changelog data ($PODBRIEF_SHARED_DATA, or shared/data beside the checkout); skips where it is absent.
"""
import argparse
import collections
import glob
import os
import re
import sys
import time

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import harness  # noqa: E402

HELD_BACK = 3
MEMORY_LIMIT_MIB = 150
FORMATS = {"json", "webvtt", "srt", "html", "text", "markdown"}
DONE = {"extracted", "from_notes", "without_transcript"}

# How the n-th poll of each feed is answered; the last one holds from then on.
FEED_PLANS = {
    "practicalai": ["truncated", "503", "reset", "gzip", "chunked", "badgzip", "weaketag"],
    "podcast": ["429", "500", "html", "deflate", "nolength", "empty", "etagonly", "stale304", "etagonly"],
    "shipit": ["hops-3", "302", "badchunk", "relative", "latin1"],
    "jsparty": ["301"],
    "gotime": ["bom", "utf16", "slow", "limit-3", "delay-300", "lastmodonly"],
}
# How transcripts are served, in turn.
TRANSCRIPT_MODES = ["", "fault/gzip", "fault/chunked", "fault/302", "once/truncated", "fault/hops-3", "fault/limit-3",
                    "fault/deflate", "fault/flaky-1", "fault/delay-200", "once/reset", "fault/nolength", "once/500",
                    "fault/bom", "fault/wrongtype", "once/429", "fault/notype", "fault/weaketag", "once/badgzip",
                    "fault/relative"]


def spoil_transcripts(site):
    """Points the feeds' transcript addresses at fault paths. -> how many of each kind."""
    count = collections.Counter()
    turn = 0
    for path in sorted(glob.glob(os.path.join(site, "feeds", "*.xml"))):
        stamp = os.stat(path)
        with open(path, encoding="utf-8", newline="") as f:
            text = f.read()

        def spoil(hit):
            nonlocal turn
            mode = TRANSCRIPT_MODES[turn % len(TRANSCRIPT_MODES)]
            turn += 1
            count[mode or "good"] += 1
            return hit.group(1) + ("/" + mode if mode else "") + "/transcripts/"

        with open(path, "w", encoding="utf-8", newline="") as f:
            f.write(re.sub(r'(<podcast:transcript url="http://[^/"]+)/transcripts/', spoil, text))
        os.utime(path, (stamp.st_atime, stamp.st_mtime))
    return count


def wait_until(seconds, serving, condition):
    """True when the condition came to hold before the time was over or the server ended."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and serving.poll() is None:
        if condition():
            return True
        time.sleep(0.5)
    return condition()


def states(store):
    return collections.Counter(row[0] for row in harness.rows(store, "SELECT state FROM episodes"))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("podbrief", nargs="?")
    parser.add_argument("--minutes", type=float, default=8, help="how long ingest may take")
    options = parser.parse_args()
    checks = harness.Checks()
    folder = harness.scratch_folder()
    site = os.path.join(folder, "site")
    manifest = harness.make_changelog_site(site)
    if manifest is None:
        checks.skip("changelog", "the data is not beside the checkout; name its folder in PODBRIEF_SHARED_DATA")
        return checks.end()
    modes = spoil_transcripts(site)
    server = harness.changelog_server(site, FEED_PLANS, HELD_BACK)
    podbrief = harness.Podbrief(
        harness.binary(options.podbrief), os.path.join(folder, "data"),
        harness.LOOPBACK + "[polling]\ninterval_s = 1\nfirst_episodes = 500\n[server]\nlisten = \"127.0.0.1:%d\"\n"
        % harness.free_port())
    store = podbrief.store
    expected = collections.Counter((e["show"], e["guid"]) for e in manifest["episodes"])
    total = sum(expected.values())

    opml = harness.write_opml(os.path.join(folder, "feeds.opml"), ["%s/plan/%s.xml" % (server.base, s) for s in FEED_PLANS])
    added = podbrief.run("feeds", "add", opml)
    checks.check("a list of five feeds is added", added.returncode == 0, added.stdout + added.stderr)

    began = time.monotonic()
    log = open(os.path.join(folder, "serve.log"), "wb")
    serving = podbrief.start("serve", stdout=log, stderr=log)
    settled = lambda n: sum(states(store).values()) == n and sum(states(store)[s] for s in DONE) == n
    early = total - HELD_BACK * len(FEED_PLANS)
    ready = wait_until(options.minutes * 60, serving, lambda: settled(early))
    checks.check("all %d episodes in the feeds are read, through every fault" % early, ready, dict(states(store)))
    print("      %.0f s; transcripts served: %s" % (
        time.monotonic() - began, ", ".join("%s %d" % m for m in sorted(modes.items()))))

    harness.publish(server)
    began = time.monotonic()
    ready = wait_until(options.minutes * 60, serving, lambda: settled(total))
    checks.check("%d more arrive once they are published" % (total - early), ready, dict(states(store)))
    print("      %.0f s" % (time.monotonic() - began))
    moved = lambda: any(u.endswith("/feeds/jsparty.xml") for u, in harness.rows(store, "SELECT feed_url FROM podcasts"))
    checks.check("a permanent redirect is remembered once confirmed", wait_until(30, serving, moved))
    # Goes on polling for a while, so that every answer of the plans was met.
    met = lambda: all(server.asked.get("/plan/%s.xml" % s, 0) >= len(p) for s, p in FEED_PLANS.items())
    checks.check("every feed was asked through all of its faults", wait_until(120, serving, met),
                 {p: n for p, n in server.asked.items() if p.startswith("/plan/")})

    checks.check("serve runs on", serving.poll() is None, "it ended with %s" % serving.returncode)
    if serving.poll() is None:
        peak = harness.peak_rss_mib(serving.pid)
        checks.check("memory of serve: %.0f MiB at most, limit %d" % (peak, MEMORY_LIMIT_MIB), peak <= MEMORY_LIMIT_MIB)
        began = time.monotonic()
        checks.equal("serve stops when asked", harness.stop(serving), 0)
        checks.check("serve stops within 10 s", time.monotonic() - began < 10)

    show_of = {}
    for podcast, url in harness.rows(store, "SELECT id, feed_url FROM podcasts"):
        show_of[podcast] = re.search(r"/([\w-]+)\.xml$", url).group(1)
    found = collections.Counter((show_of[p], g) for p, g in harness.rows(store, "SELECT podcast_id, guid FROM episodes"))
    checks.equal("episodes lost", sorted(expected - found), [])
    checks.equal("episodes twice or unknown", sorted(found - expected), [])
    versions = harness.rows(store, "SELECT episode_id, count(*) FROM transcripts GROUP BY episode_id HAVING count(*) > 1")
    checks.equal("episodes read twice", versions, [])
    counts = harness.rows(store, "SELECT e.title, e.state, count(i.id) FROM episodes e LEFT JOIN insights i "
                                 "ON i.episode_id = e.id AND i.superseded = 0 GROUP BY e.id")
    # An episode may have nothing to say that stands alone; hardly any of these has.
    silent = [t for t, s, n in counts if s == "extracted" and n == 0]
    checks.check("hardly an episode is read without an insight", len(silent) <= 0.05 * len(counts), silent)
    with_offer = sum(1 for e in manifest["episodes"] if e["formats"])
    checks.equal("episodes read from a transcript", sum(1 for _, s, _ in counts if s == "extracted"), with_offer)
    formats = collections.Counter(f for f, in harness.rows(store, "SELECT format FROM transcripts"))
    checks.check("every transcript format was met", FORMATS <= set(formats), dict(formats))
    print("      %s; %d insights" % (dict(formats), sum(n for _, _, n in counts)))
    unsound = harness.rows(store, "SELECT count(*) FROM insights WHERE length(text) > 350 OR text = '' OR quote = ''")
    checks.equal("insights beyond 350 characters or without a quote", unsound[0][0], 0)
    checks.equal("the store is sound", harness.integrity(store), "ok")
    report = podbrief.json("doctor")
    checks.equal("doctor counts the same", (report["episodes"], report["podcasts"]), (total, len(FEED_PLANS)))
    listed = podbrief.json("feeds", "list")
    checks.equal("feeds that still fail", [f["title"] for f in listed if f["consecutive_failures"]], [])

    for arguments in (["brief", "--reader", "tester", "--topics", "retrieval augmented generation, open source"],
                      ["ask", "--reader", "tester", "more on retrieval augmented generation"]):
        done = podbrief.run(*arguments)
        answered = done.returncode == 0 and not done.stderr and re.search(r"^\s*1\.?\s+\S", done.stdout, re.M)
        checks.check("podbrief %s answers with a list" % arguments[0], answered, done.stdout + done.stderr)
        print("\n" + done.stdout)
    if checks.failed:
        with open(log.name, encoding="utf-8", errors="replace") as f:
            print("the last lines of the log:\n" + "".join(f.readlines()[-20:]))
    return checks.end()


if __name__ == "__main__":
    sys.exit(main())
