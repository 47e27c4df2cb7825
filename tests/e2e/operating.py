#!/usr/bin/env python3
"""What somebody who runs podbrief needs: serve composes ahead of a reader's hour, explain tells the story of that
brief, users destinations and withdraw change what is sent, doctor says how delivery is doing, and serve ends orderly.

  operating.py [PODBRIEF]
"""
import os
import signal
import subprocess
import sys
import time
from datetime import datetime, timedelta, timezone

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import harness  # noqa: E402

USAGE, NO_INPUT = 64, 66


class Operating(harness.Checks):
    def __init__(self, path):
        super().__init__()
        self.sample = harness.sample_server()
        self.podbrief = harness.Podbrief(path, os.path.join(harness.scratch_folder(), "data"),
                                         harness.LOOPBACK + '[server]\nlisten = ""\n')
        due = datetime.now(timezone.utc) + timedelta(minutes=20)
        self.day, self.at = due.strftime("%Y-%m-%d"), due.strftime("%H:%M")

    def refused(self, what, code, *arguments, says):
        done = self.podbrief.run(*arguments)
        self.equal(what + ": code", done.returncode, code)
        self.check(what + ": " + says, says in done.stderr, done.stderr)
        self.check(what + ": one line", done.stderr.count("\n") == 1, done.stderr)

    def run(self):
        self.podbrief.run("feeds", "add", *self.sample.feeds)
        self.podbrief.run("ingest")
        self.podbrief.run("users", "add", "anna", "--zone", "UTC", "--at", self.at, "--topics", "export controls")
        self.destinations()
        self.before_anything_ran()
        self.serve()
        self.story()
        self.withdrawal()
        self.health()
        return self.end()

    def destinations(self):
        listed = self.podbrief.run("users", "destinations", "anna").stdout
        self.check("a reader without chats is told how to get one", "--add slack:" in listed, listed)
        self.podbrief.run("users", "destinations", "anna", "--add", "telegram:42")
        paused = self.podbrief.json("users", "destinations", "anna", "--pause", "1")
        self.equal("a destination is added and paused", [(d["destination"], d["state"]) for d in paused],
                   [("telegram:42", "paused")])
        self.refused("an unknown platform", USAGE, "users", "destinations", "anna", "--add", "slak:T1/C1",
                     says="did you mean slack?; known are slack, telegram and discord")
        self.refused("an address that does not fit its platform", USAGE, "users", "destinations", "anna", "--add",
                     "slack:C1", says="give one such as slack:")
        self.refused("somebody else's number", NO_INPUT, "users", "destinations", "anna", "--resume", "9",
                     says="has no destination 9")

    def before_anything_ran(self):
        self.refused("a day without a brief", NO_INPUT, "explain", "--reader", "anna", "--day", "2026-01-01",
                     says="none was planned so far. The next one is due on %s at %s UTC" % (self.day, self.at))
        self.refused("an unknown reader", NO_INPUT, "explain", "--reader", "ann", says="there is anna")
        self.refused("a day that is none", USAGE, "explain", "--reader", "anna", "--day", "someday", says="such as today")

    def serve(self):
        serving = self.podbrief.start("serve", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        fired = "SELECT count(*) FROM slots WHERE state = 'fired'"
        for _ in range(300):
            if serving.poll() is not None or harness.rows(self.podbrief.store, fired) == [(1,)]:
                break
            time.sleep(0.1)
        self.equal("the brief is composed before its hour", harness.rows(self.podbrief.store, fired), [(1,)])
        begun = time.monotonic()
        self.equal("serve ends orderly when it is asked to", harness.stop(serving, signal.SIGTERM), 0)
        self.check("and within its grace", time.monotonic() - begun < 11)
        with open(self.podbrief.store + ".seen") as f:
            seen = int(f.read())
        self.check("it leaves when it ran beside the store", abs(seen / 1000 - time.time()) < 120, seen)

    def story(self):
        told = self.podbrief.json("explain", "--reader", "anna", "--day", self.day)
        self.equal("explain knows when it was due", datetime.fromtimestamp(told["slot"]["due_at_ms"] / 1000, timezone.utc)
                   .strftime("%Y-%m-%d %H:%M"), self.day + " " + self.at)
        self.equal("what happened, in order", [e["event"] for e in told["history"]],
                   ["planned", "composing", "composed", "fired"])
        self.check("of what it was made", len(told["brief"]["items"]) > 0 and told["brief"]["items"][0]["show"])
        text = self.podbrief.run("explain", "--reader", "anna", "--day", self.day).stdout
        self.check("why nothing was sent", "there was nowhere to send it to" in text, text)
        self.check("within 80 columns", max(map(len, text.splitlines())) <= 80, text)
        self.refused("another day names the one there is", NO_INPUT, "explain", "--reader", "anna", "--day", "2026-01-01",
                     says="the nearest is " + self.day)
        brief = self.podbrief.json("brief", "--reader", "anna")
        shown = [b["insight_id"] for b in brief["blocks"] if b["type"] == "insight"]
        if self.day == datetime.now(timezone.utc).strftime("%Y-%m-%d"):  # else it is tomorrow's
            self.equal("brief shows the stored one", shown, [i["insight_id"] for i in told["brief"]["items"]])

    def withdrawal(self):
        told = self.podbrief.json("explain", "--reader", "anna", "--day", self.day)
        insight = str(told["brief"]["items"][0]["insight_id"])
        done = self.podbrief.run("withdraw", insight, "--reason", "the transcript was wrong")
        self.check("an insight is withdrawn", done.returncode == 0 and "Withdrawn. No message that was sent shows it" in
                   done.stdout, done.stdout + done.stderr)
        self.refused("twice", NO_INPUT, "withdraw", insight, "--reason", "again", says="was withdrawn before")
        self.refused("one that is not there", NO_INPUT, "withdraw", "999999", "--reason", "x", says="no insight 999999")
        self.equal("a reason is needed", self.podbrief.run("withdraw", insight).returncode, USAGE)

    def health(self):
        report = self.podbrief.json("doctor")
        self.equal("doctor: nothing waits", [report["outbox"][k] for k in ("ready", "dispatching", "unknown", "parked")],
                   [0, 0, 0, 0])
        self.check("doctor: the clock, the zones and when it ran", report["clock_trusted"] and report["zones"] ==
                   report["zones_planned_by"] and report["last_served_ms"], report)
        text = self.podbrief.run("doctor").stdout
        self.check("doctor says it to people", all(w in text for w in ("outbox ", "clock      trusted", "serve ", "zones ")),
                   text)


if __name__ == "__main__":
    sys.exit(Operating(harness.binary(sys.argv[1] if len(sys.argv) > 1 else None)).run())
