#!/usr/bin/env python3
"""Kills the server (SIGKILL) at random moments while it delivers; at the end every brief was seen exactly once.

  kill_during_delivery.py [BUILD FOLDER] [--runs N] [--seed S] [--trouble SHARE]

The real server on a real store sends to platform doubles in a process of their own, which keep the true log of what
people see. Before every start some readers join whose hour has just passed. The server is killed while it starts, or at
a random moment after its first claim; then it is started again. At the end it works in peace until all is done, and the
log is joined with the store. Short form: --runs 300; long form: --runs 10000 (./dev night), about an hour and a half.
"""
import argparse
import os
import random
import shutil
import signal
import sys
import time

sys.dont_write_bytecode = True
from delivery_world import Doubles, Server, Verdict, harness, prepare, quantile

MOST_WAITING = 60  # deliveries; then no readers join for a while
GOAL_P99_S = 1.0


class KillLoop:
    def __init__(self, server, rng, checks):
        self.server, self.rng, self.checks = server, rng, checks
        self.restarts, self.in_hand, self.unsound, self.silent = [], [], 0, 0

    def kill_once(self, number):
        server = self.server
        if number == 0 or server.unfinished() < MOST_WAITING:
            server.fill(self.rng.randrange(2, 7))
        last = server.last_event()
        began = time.time()
        child = server.serve()
        if self.rng.random() < 0.3:
            time.sleep(self.rng.uniform(0, 0.15))
        else:
            claimed = server.first_claim(last)
            if claimed is None:
                self.silent += 1
            else:
                self.restarts.append(claimed - began)
                time.sleep(self.rng.uniform(0, 0.25))
        gone = child.poll() is not None
        child.send_signal(signal.SIGKILL)
        child.wait()
        if gone:
            self.checks.check("start %d works" % (number + 1), False, "ended by itself with %s" % child.returncode)
        self.in_hand.append(server.in_hand())
        if number % 50 == 0:
            said = harness.integrity(server.store)
            if said != "ok":
                self.unsound += 1
                self.checks.check("kill %d leaves a sound store" % (number + 1), False, said)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build", nargs="?", default=os.path.join(harness.TOP, "build", "release"))
    parser.add_argument("--runs", type=int, default=300, help="how many kills")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32))
    parser.add_argument("--trouble", type=float, default=0.05, help="share of calls at which the platforms misbehave")
    parser.add_argument("--keep", help="where the data folder is copied to when something is wrong")
    options = parser.parse_args()
    checks, folder, rng = harness.Checks(), harness.scratch_folder(), random.Random(options.seed)
    print("seed %d" % options.seed, flush=True)
    data = os.path.join(folder, "data")
    prepare(os.path.join(options.build, "podbrief"), data)
    crash = os.path.join(options.build, "tests", "crash")
    doubles = Doubles(os.path.join(crash, "doubles_server"), options.seed, options.trouble)
    server = Server(os.path.join(crash, "delivery_server"), data, doubles)

    loop = KillLoop(server, rng, checks)
    began = time.monotonic()
    for number in range(options.runs):
        loop.kill_once(number)
        if (number + 1) % 500 == 0:
            print("      %d kills, %d readers, %d s" % (number + 1, server.readers, time.monotonic() - began), flush=True)
    killing = time.monotonic() - began
    doubles.calm()
    waiting = server.unfinished()
    ended = server.finish()
    checks.equal("the last start ends all that waited (%d) and stops when asked" % waiting, ended, 0)
    verdict = Verdict(server, doubles.log())
    verdict.check(checks, "what people saw is what the store says", server)
    p50, p99 = quantile(loop.restarts, 0.5), quantile(loop.restarts, 0.99)
    # A figure, not a check: the machine may be busy with something else.
    print("      restart to first claim: p50 %.2f s, p99 %.2f s (goal %.1f s%s)" % (
        p50, p99, GOAL_P99_S, "" if p99 <= GOAL_P99_S else ", MISSED here"), flush=True)
    checks.check("every start claims what waits", loop.silent == 0, "%d starts claimed nothing" % loop.silent)
    if checks.failed and options.keep:
        shutil.copytree(data, options.keep)
    print("kill -9 during delivery: %d kills in %d s (%.1f deliveries in hand at each), %d briefs to %d readers, %d lost, "
          "%d doubled, %d lines astray, %s; restart to first claim p50 %.2f s, p99 %.2f s" % (
              options.runs, killing, sum(loop.in_hand) / max(1, len(loop.in_hand)), verdict.briefs, server.readers,
              verdict.lost, verdict.doubled, verdict.stray, dict(verdict.states), p50, p99), flush=True)
    doubles.stop()
    return checks.end()


if __name__ == "__main__":
    sys.exit(main())
