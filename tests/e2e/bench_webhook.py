#!/usr/bin/env python3
"""`podbrief bench webhook`, small: every platform's signed requests are let in and answered, all of them, and nothing is
left behind. How fast is for people to read, not for a test to judge.

  bench_webhook.py [PODBRIEF]
"""
import os
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import harness  # noqa: E402

PARTS = ("answer_at_once", "durable", "paced")


class BenchWebhook(harness.Checks):
    def __init__(self, path):
        super().__init__()
        self.folder = harness.scratch_folder()
        os.environ["TMPDIR"] = os.path.join(self.folder, "tmp")
        os.makedirs(os.environ["TMPDIR"])
        self.podbrief = harness.Podbrief(path, os.path.join(self.folder, "data"))

    def run(self):
        report = self.podbrief.json("bench", "webhook", "--insights", "500", "--seconds", "0.3", "--rate", "50",
                                    "--connections", "4", "--wait", "60")
        self.equal("platforms", [one["platform"] for one in report["platforms"]], ["slack", "telegram", "discord"])
        self.equal("insights", report["insights"], 500)
        for platform in report["platforms"]:
            for part in PARTS:
                self.part("%s, %s" % (platform["platform"], part), platform[part])
            found = platform["answers_with_insights"]
            self.check("%s: answers list insights" % platform["platform"],
                       0 < found <= platform["answer_at_once"]["answers"], found)
            self.equal("%s: as many as the pace says" % platform["platform"], platform["paced"]["requests"], 15)
            self.check("%s: what is kept is stored" % platform["platform"],
                       platform["durable"]["writes"] >= platform["durable"]["requests"], platform["durable"])
        self.one_platform()
        self.equal("nothing is left behind", os.listdir(os.environ["TMPDIR"]), [])
        return self.end()

    def part(self, what, part):
        self.check(what + ": there were requests", part["requests"] > 0, part)
        self.equal(what + ": refused signatures", part["refused_signatures"], 0)
        self.equal(what + ": errors", part["errors"], 0)
        self.equal(what + ": all are acknowledged", part["acknowledged"], part["requests"])
        self.equal(what + ": all are answered", part["answers"], part["acknowledged"])
        self.check(what + ": times are in order",
                   0 < part["acknowledged_p50_ms"] <= part["acknowledged_p99_ms"], part)
        self.check(what + ": memory is told", part["peak_rss_mib"] > 1, part)

    def one_platform(self):
        done = self.podbrief.run("bench", "webhook", "--platform", "telegram", "--insights", "100", "--seconds", "0.2",
                                 "--rate", "20", "--connections", "2", "--wait", "60")
        self.equal("one platform as a table: code", done.returncode, 0)
        self.check("one platform as a table", "telegram  kept, then answered" in done.stdout, done.stdout)
        self.check("only that one", "slack" not in done.stdout and "discord" not in done.stdout, done.stdout)
        self.check("nothing else is said", done.stderr == "", done.stderr)
        done = self.podbrief.run("bench", "webhook", "--platform", "slak")
        self.check("an unknown platform is refused", done.returncode != 0 and "slak" in done.stderr, done.stderr)


if __name__ == "__main__":
    sys.exit(BenchWebhook(harness.binary(sys.argv[1] if len(sys.argv) > 1 else "")).run())
