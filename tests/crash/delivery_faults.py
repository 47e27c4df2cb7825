#!/usr/bin/env python3
"""What machines do to a server that delivers: stops and signals, failing and full disks, clocks that are set.

  delivery_faults.py [BUILD FOLDER] [--long] [PART...]

Parts: stopped, terminated, second, killed_at_sync, failing_sync, full_disk, clock. All of them when none is named. Each
ends with a comparison of what people saw with the store. --long: more rounds, longer stops. Parts whose tool cannot
work here (strace needs ptrace, a small disk needs root, faketime its library) are skipped and say so.
"""
import argparse
import os
import random
import shutil
import signal
import struct
import subprocess
import sys
import time

sys.dont_write_bytecode = True
from delivery_world import Doubles, Server, Verdict, harness, prepare

LEASE_S = 12  # delivery::Rules::lease
DISK_MIB = 24
SHIFTS = {"+0": 0, "+2h": 7200, "-2h": -7200, "+3h": 10800, "+30d": 30 * 86400}


class World:
    """A store, platforms and a server of their own for one case."""

    def __init__(self, tools, name, trouble=0.0, data=None):
        self.tools, self.name = tools, name
        data = data or os.path.join(tools.folder, name.replace(" ", "-"))
        shutil.copytree(tools.library, data)
        self.doubles = Doubles(tools.doubles, tools.rng.randrange(1 << 30), trouble)
        self.server = Server(tools.delivery_server, data, self.doubles)

    def busy(self, child, patience=15):
        """Waits until deliveries are under way."""
        end = time.monotonic() + patience
        while time.monotonic() < end and child.poll() is None:
            if self.server.in_hand() > 0:
                return True
            time.sleep(0.005)
        return False

    def end(self, early_is_wrong=True):
        """Peace, then the verdict."""
        self.doubles.calm()
        self.tools.checks.equal("%s: in peace all that waited ends" % self.name, self.server.finish(), 0)
        Verdict(self.server, self.doubles.log(), early_is_wrong).check(self.tools.checks, self.name, self.server)
        self.doubles.stop()


class Tools:
    def __init__(self, build, long):
        self.checks, self.folder, self.rng, self.long = harness.Checks(), harness.scratch_folder(), random.Random(7), long
        self.doubles = os.path.join(build, "tests", "crash", "doubles_server")
        self.delivery_server = os.path.join(build, "tests", "crash", "delivery_server")
        self.shim = os.path.join(os.path.abspath(build), "tests", "crash", "libwall_clock_shim.so")
        self.library = os.path.join(self.folder, "library")
        prepare(os.path.join(build, "podbrief"), self.library)


def stopped(tools):
    """Row 13: a process that slept longer than its lease sends nothing that it had in hand before."""
    for turn in range(5 if tools.long else 1):
        world = World(tools, "stopped %d" % turn, trouble=0.3)
        world.server.fill(120)
        child = world.server.serve()
        tools.checks.check("%s: it is at work" % world.name, world.busy(child))
        time.sleep(tools.rng.uniform(0, 0.5))
        child.send_signal(signal.SIGSTOP)
        last = world.server.last_event()
        time.sleep((60 if tools.long else LEASE_S) + 1)
        woke = int(time.time() * 1000)
        child.send_signal(signal.SIGCONT)
        time.sleep(3)
        anew = {row[0] for row in world.server.rows("""SELECT d.key FROM delivery_history h JOIN deliveries d
            ON d.id = h.delivery_id WHERE h.event = 'attempt began' AND h.id > %d""" % last)}
        made = [m for m in world.doubles.log()["messages"] if m["made_at_ms"] > woke + 50]
        zombies = [m["key"] for m in made if m["key"] not in anew]
        tools.checks.check("%s: nothing is sent by an attempt of before (%d sent since)" % (world.name, len(made)),
                           not zombies and made, zombies)
        tools.checks.equal("%s: it ends when asked" % world.name, harness.stop(child), 0)
        world.end()


def terminated(tools):
    """Row 11: SIGTERM under load, with platforms that answer slowly."""
    for turn in range(10 if tools.long else 1):
        world = World(tools, "terminated %d" % turn, trouble=0.5)
        world.server.fill(200)
        child = world.server.serve()
        tools.checks.check("%s: it is at work" % world.name, world.busy(child))
        time.sleep(tools.rng.uniform(0, 1.5))
        began = time.monotonic()
        child.send_signal(signal.SIGTERM)
        try:
            code = child.wait(10)
        except subprocess.TimeoutExpired:
            code = "still running"
        took = time.monotonic() - began
        tools.checks.equal("%s: it ends within 10 s (%.1f s)" % (world.name, took), code, 0)
        harness.stop(child, signal.SIGKILL)
        tools.checks.equal("%s: nothing is left in hand" % world.name, world.server.in_hand(), 0)
        world.end()


def second(tools):
    """Row 25: a second server on the same store."""
    world = World(tools, "second server")
    world.server.fill(30)
    child = world.server.serve()
    world.busy(child)
    began = time.monotonic()
    other = world.server.serve()
    code = other.wait(10)
    tools.checks.check("second server: it ends at once with 75", code == 75 and time.monotonic() - began <= 1,
                       "%s after %.2f s" % (code, time.monotonic() - began))
    tools.checks.equal("second server: the first one runs on and stops when asked", harness.stop(child), 0)
    world.end()


def can_strace(tools, what):
    if not shutil.which("strace"):
        return tools.checks.skip(what, "strace is not installed (./dev test installs it)")
    tried = subprocess.run(["strace", "-o", "/dev/null", "true"], capture_output=True)
    if tried.returncode != 0:
        return tools.checks.skip(what, "strace may not trace here")
    return True


def strace(inject):
    return ["strace", "-f", "-qq", "-o", "/dev/null", "--seccomp-bpf", "-e", "trace=fdatasync,fsync", "-e",
            "inject=fdatasync,fsync:" + inject]


def killed_at_sync(tools):
    """Row 21: killed at the n-th sync of the store's files."""
    if not can_strace(tools, "killed at the n-th sync"):
        return
    world = World(tools, "killed at the n-th sync", trouble=0.05)
    numbers = range(1, 501) if tools.long else (1, 2, 3, 5, 8, 13, 21, 34)
    reached = 0
    for number in numbers:
        world.server.fill(3)
        child = world.server.serve(before=strace("error=EIO:signal=KILL:when=%d" % number), start_new_session=True)
        end = time.monotonic() + (20 if tools.long else 8)
        while child.poll() is None and time.monotonic() < end and world.server.unfinished() > 0:
            time.sleep(0.02)
        reached += child.poll() is not None
        kill_group(child)
        said = harness.integrity(world.server.store)
        if said != "ok":
            tools.checks.check("killed at sync %d: the store is sound" % number, False, said)
    tools.checks.check("killed at the n-th sync: %d of %d were reached" % (reached, len(numbers)), reached > 0)
    world.end()


def kill_group(child):
    try:
        os.killpg(child.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    child.wait()


def failing_sync(tools):
    """Row 20: after a sync that failed nobody knows what is on the disk: it ends, and the next start recovers."""
    if not can_strace(tools, "failing sync"):
        return
    world = World(tools, "failing sync", trouble=0.05)
    for number in range(1, 30) if tools.long else (2, 9, 20):
        world.server.fill(10)
        child = world.server.serve(before=strace("error=EIO:when=%d+" % number), start_new_session=True)
        try:
            code = child.wait(20)
        except subprocess.TimeoutExpired:
            code = "still running"
        kill_group(child)
        tools.checks.equal("failing sync %d: it ends with a failure of the disk" % number, code, 74)
    world.end()


def full_disk(tools):
    """Rows 18 and 19, in a file system of a few MiB in a mount namespace of its own."""
    mount = os.path.join(tools.folder, "small-disk")
    os.mkdir(mount)
    inside = [sys.executable, os.path.abspath(__file__), "--inside-small-disk", mount, tools.build]
    done = subprocess.run(["unshare", "-m", "sh", "-c", 'mount -t tmpfs -o size=%dm none "$1" || exit 99; shift; exec "$@"'
                           % DISK_MIB, "sh", mount] + inside, stderr=subprocess.PIPE, text=True)
    if done.returncode == 99 or "unshare" in done.stderr:
        return tools.checks.skip("full disk", "needs the right to mount a small file system (root)")
    tools.checks.check("full disk: all of the above", done.returncode == 0, done.stderr)


def inside_small_disk(tools, mount):
    world = World(tools, "full disk", data=os.path.join(mount, "data"))
    checks, server = tools.checks, world.server
    server.fill(150)
    child = server.serve()
    checks.check("full disk: it is at work", world.busy(child))
    filler = os.path.join(mount, "filler")
    with open(filler, "wb", buffering=0) as f:
        try:
            while True:
                f.write(b"x" * 4096)
        except OSError:
            pass
    time.sleep(3)
    sent_before = server.count("SELECT count(*) FROM deliveries WHERE state = 'sent'")
    time.sleep(2)
    sent_after = server.count("SELECT count(*) FROM deliveries WHERE state = 'sent'")
    checks.equal("full disk: nothing more is written", sent_after, sent_before)
    calls = lambda: sum(c["made"] for c in world.doubles.log()["counters"].values())
    made = calls()
    time.sleep(2)
    checks.equal("full disk: nothing is sent that could not be written before", calls(), made)
    checks.check("full disk: it did not end", child.poll() is None, child.poll())
    checks.check("full disk: much is left to do", server.unfinished() > 5, server.unfinished())
    os.remove(filler)
    end = time.monotonic() + 60
    while server.unfinished() > 0 and time.monotonic() < end and child.poll() is None:
        time.sleep(0.2)
    checks.equal("full disk: with space again, it goes on by itself", (server.unfinished(), child.poll()), (0, None))
    checks.equal("full disk: it stops when asked", harness.stop(child), 0)
    world.end()
    return 1 if checks.failed else 0


def clock(tools):
    """Row 42: the wall clock is set under the running server."""
    for shift in ("+2h", "-2h", "+30d"):
        clock_set(tools, shift)


def set_clock(control, shift):
    with open(control, "r+b" if os.path.exists(control) else "wb") as f:
        f.write(struct.pack("=q", SHIFTS[shift]))


def clock_set(tools, shift):
    world = World(tools, "clock set by " + shift, trouble=0.05)
    checks, server, name = tools.checks, world.server, "clock set by " + shift
    control = os.path.join(server.data, "clock")
    set_clock(control, "+0")
    child = server.serve(env={"LD_PRELOAD": tools.shim, "WALL_CLOCK_FILE": control})
    server.fill(80)
    checks.check("%s: it is at work" % name, world.busy(child))
    time.sleep(0.3)
    set_clock(control, shift)
    time.sleep(4)  # what was in hand may end
    made = lambda: sum(c["made"] for c in world.doubles.log()["counters"].values())
    before = made()
    server.fill(20)
    time.sleep(3)
    if shift == "+30d":
        checks.check("%s: nothing is planned or sent" % name, made() == before, "%d more" % (made() - before))
    else:
        checks.check("%s: it runs on" % name, child.poll() is None)
    set_clock(control, "+0")
    if shift != "+30d":  # what was put off by a clock that was ahead waits until then
        time.sleep(3)
        set_clock(control, "+3h")
    end = time.monotonic() + 60
    while server.unfinished() > 0 and time.monotonic() < end and child.poll() is None:
        time.sleep(0.2)
    checks.equal("%s: when it is set back, all that waited ends" % name, (server.unfinished(), child.poll()), (0, None))
    checks.equal("%s: it stops when asked" % name, harness.stop(child), 0)
    world.end(early_is_wrong=False)


PARTS = {part.__name__: part for part in (stopped, terminated, second, killed_at_sync, failing_sync, full_disk, clock)}


def main():
    if "--inside-small-disk" in sys.argv:
        tools = Tools(sys.argv[3], False)
        return inside_small_disk(tools, sys.argv[2])
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build", nargs="?", default=os.path.join(harness.TOP, "build", "release"))
    parser.add_argument("parts", nargs="*", help=", ".join(PARTS))
    parser.add_argument("--long", action="store_true")
    options = parser.parse_args()
    unknown = set(options.parts) - set(PARTS)
    if unknown:
        parser.error("no such part: " + ", ".join(sorted(unknown)))
    tools = Tools(options.build, options.long)
    tools.build = options.build
    for name, part in PARTS.items():
        if not options.parts or name in options.parts:
            began = time.monotonic()
            part(tools)
            print("      %s: %.0f s" % (name, time.monotonic() - began), flush=True)
    print("faults during delivery: %d checks passed, %d failed" % (tools.checks.passed, tools.checks.failed), flush=True)
    return tools.checks.end()


if __name__ == "__main__":
    sys.exit(main())
