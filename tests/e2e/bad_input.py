#!/usr/bin/env python3
"""Wrong configuration, wrong files, hostile feeds, a full disk, a second server: podbrief says in one line what is
wrong, where, and what to do, ends with the documented exit code, and what was stored before is as it was.

  bad_input.py [PODBRIEF]
"""
import json
import os
import re
import socket
import subprocess
import sys
import threading
import time
import zlib
from http.server import BaseHTTPRequestHandler

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import harness  # noqa: E402

OK, USAGE, BAD_DATA, NO_INPUT, UNAVAILABLE, CANNOT_CREATE, IO, IN_USE, CONFIG = 0, 64, 65, 66, 69, 73, 74, 75, 78
MEMORY_LIMIT_MIB = 200
# Every line ends in something to do about it, or says where that can be seen.
REMEDY = re.compile(r"\b(check|try|choose|look|use|give|make|add|write|allow it|stop that|mend|tell|move|leave out|remove|"
                    r"did you mean|see podbrief|should read|feeds list shows|restore|starts with|export it|wait)\b", re.I)
LIBRARY = ("SELECT (SELECT count(*) FROM podcasts), (SELECT count(*) FROM episodes), (SELECT count(*) FROM transcripts), "
           "(SELECT count(*) FROM insights), (SELECT group_concat(title) FROM podcasts)")


def gzip_bomb(mebibytes=1024):
    """A feed whose title does not end: 1 GiB in about 1 MB."""
    packer = zlib.compressobj(6, zlib.DEFLATED, 31)
    out = [packer.compress(b'<?xml version="1.0"?><rss version="2.0"><channel><title>')]
    block = b"a" * (1 << 20)
    out += [packer.compress(block) for _ in range(mebibytes)]
    return b"".join(out) + packer.flush()


def laughing_feed():
    """Entities that name entities that ...: a billion words, were they expanded."""
    entities = '<!ENTITY a0 "ha">' + "".join(
        '<!ENTITY a%d "%s">' % (n, ("&a%d;" % (n - 1)) * 10) for n in range(1, 10))
    return ('<?xml version="1.0"?><!DOCTYPE rss [%s]><rss version="2.0"><channel><title>&a9;</title></channel></rss>'
            % entities).encode()


PAGES = {
    "/not-a-feed.bin": (200, "application/octet-stream", bytes(range(256)) * 64),
    "/notes.txt": (200, "text/plain", b"Milk, bread, a longer ladder.\n" * 40),
    "/page.html": (200, "text/html", b"<!DOCTYPE html><html><head><title>Our podcast</title></head><body><p>Subscribe in "
                                     b"your favourite app!<br>It&rsquo;s free.</body></html>"),
    "/page.xml": (200, "application/rss+xml", b"<!DOCTYPE html><html><head><title>Sorry</title></head><body>Gone.</body>"),
    "/data.json": (200, "application/json", b'{"items": []}'),
    "/empty.xml": (200, "application/rss+xml", b""),
    "/deep.xml": (200, "application/rss+xml", b"<rss version='2.0'><channel>" + b"<a>" * 200000 + b"</a>" * 200000
                  + b"</channel></rss>"),
    "/unclosed.xml": (200, "application/rss+xml", b"<rss version='2.0'><channel>" + b"<a>" * 200000),
    "/laughs.xml": (200, "application/rss+xml", laughing_feed()),
    "/missing.xml": (404, "text/plain", b"not found\n"),
    "/broken.xml": (500, "text/plain", b"our fault\n"),
}


def hostile_server():
    bomb = gzip_bomb()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *arguments):
            pass

        def do_GET(self):
            if self.path == "/bomb.xml":
                return self.answer(200, "application/rss+xml", bomb, [("Content-Encoding", "gzip")])
            if self.path == "/loop.xml":
                return self.answer(302, "text/plain", b"", [("Location", self.server.base + "/loop.xml")])
            if self.path == "/inwards.xml":
                return self.answer(302, "text/plain", b"", [("Location", "http://10.0.0.1/feed.xml")])
            if self.path == "/silent.xml":
                time.sleep(30)
                return None
            self.answer(*PAGES.get(self.path, PAGES["/missing.xml"]))

        def answer(self, status, kind, body, headers=()):
            self.send_response(status)
            for name, value in headers:
                self.send_header(name, value)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    return harness.serve_in_background(harness.QuietServer(("127.0.0.1", 0), Handler)), len(bomb)


class BadInput:
    def __init__(self, path):
        self.checks, self.folder, self.path = harness.Checks(), harness.scratch_folder(), path
        self.sample = harness.sample_server()
        self.good = harness.Podbrief(path, os.path.join(self.folder, "good"),
                                     harness.LOOPBACK + "deadline_s = 3\n[server]\nlisten = \"\"\n")
        for arguments in (["feeds", "add"] + self.sample.feeds[:2], ["ingest"]):
            done = self.good.run(*arguments)
            if done.returncode != OK:
                sys.exit("cannot prepare: podbrief %s: %s%s" % (arguments[0], done.stdout, done.stderr))
        self.before = harness.rows(self.good.store, LIBRARY)

    def refused(self, name, code, *arguments, podbrief=None, says=(), lines=1, timeout=60):
        """Runs it, and checks exit code, what is said, and that the good store is unharmed."""
        podbrief = podbrief or self.good
        try:
            done = podbrief.run(*arguments, timeout=timeout)
        except subprocess.TimeoutExpired:
            return self.checks.check(name, False, "did not end within %d s" % timeout)
        self.judge(name, code, done.returncode, done.stderr, says, lines)
        return done

    def judge(self, name, code, found, stderr, says=(), lines=1):
        wrong = []
        codes = code if isinstance(code, tuple) else (code,)
        said = stderr.rstrip("\n").split("\n")
        if found not in codes:
            wrong.append("exit code %s instead of %s" % (found, " or ".join(map(str, codes))))
        if len(said) != lines or not all(said):
            wrong.append("%d lines instead of %d" % (len(said) if stderr else 0, lines))
        if not all(line.startswith("podbrief: ") for line in said):
            wrong.append("a line that does not begin with podbrief:")
        if harness.JARGON.search(stderr):
            wrong.append("it speaks of %s" % harness.JARGON.search(stderr).group(0))
        if any(len(line) > 400 for line in said):
            wrong.append("a line of %d characters" % max(map(len, said)))
        if not all(REMEDY.search(line) for line in said):
            wrong.append("it does not say what to do")
        wrong += ["it does not say %s" % s for s in says if not re.search(s, stderr, re.I)]
        if harness.rows(self.good.store, LIBRARY) != self.before or harness.integrity(self.good.store) != "ok":
            wrong.append("the data from before is not as it was")
        self.checks.check(name, not wrong, "; ".join(wrong))
        for line in said:
            print("      %s" % line[:300], flush=True)

    # the cases -----------------------------------------------------------------------------------------------------

    def command_line(self):
        self.refused("unknown command", USAGE, "ingets", says=["ingets"])
        self.refused("no command", USAGE)
        self.refused("unknown option", USAGE, "ingest", "--frobnicate", says=["--frobnicate"])
        self.refused("missing argument", USAGE, "feeds", "add")
        self.refused("unknown reader", NO_INPUT, "users", "remove", "nobody", says=["nobody"])
        self.refused("unknown podcast", NO_INPUT, "feeds", "remove", "no such show", says=["no such show", "feeds list"])
        self.refused("ingest without podcasts", NO_INPUT, "ingest", podbrief=self.other("none"), says=["feeds add"])
        self.refused("a time zone that does not exist", (USAGE, BAD_DATA), "users", "add", "zoe", "--zone", "Mars/Olympus",
                     says=["Mars/Olympus|--zone"])

    def other(self, name, config=harness.LOOPBACK):
        return harness.Podbrief(self.path, os.path.join(self.folder, name), config)

    def configuration(self):
        bad = self.other("config", '[polling]\nintervall_s = 60\nparallel = 9000\n[netwrok]\nallow = []\n[log]\nlevel = 7\n')
        self.refused("four mistakes in the configuration", CONFIG, "feeds", "list", podbrief=bad, lines=4,
                     says=["podbrief.toml:2.*intervall_s.*did you mean polling.interval_s", "podbrief.toml:3.*parallel",
                           "netwrok", "log.level"])
        torn = self.other("torn", "[polling\ninterval_s = 60\n")
        self.refused("configuration that is no TOML", CONFIG, "feeds", "list", podbrief=torn, says=["podbrief.toml:1"])
        absent = self.other("absent")
        os.remove(absent.config)
        self.refused("configuration file that is not there", CONFIG, "feeds", "list", podbrief=absent, says=[absent.config])
        folder = self.other("folder")
        os.remove(folder.config)
        os.mkdir(folder.config)
        self.refused("a folder as configuration file", CONFIG, "feeds", "list", podbrief=folder, says=[folder.config])
        wrong = dict(os.environ, PODBRIEF_POLLING_INTERVAL_S="often")
        done = subprocess.run(self.good.command("feeds", "list"), capture_output=True, env=wrong, timeout=60)
        self.judge("a wrong value in the environment", CONFIG, done.returncode, done.stderr.decode(),
                   says=["PODBRIEF_POLLING_INTERVAL_S"])

    def files(self):
        missing = os.path.join(self.folder, "missing", "feed.xml")
        self.refused("a file that is not there", NO_INPUT, "feeds", "add", missing, says=[re.escape(missing)])
        circle = os.path.join(self.folder, "circle.xml")
        os.symlink(circle, circle)
        self.refused("a file that cannot be opened", (NO_INPUT, BAD_DATA), "feeds", "add", circle, says=[re.escape(circle)])
        if os.geteuid() == 0:
            self.checks.skip("a file without permission", "root may read everything")
        else:
            secret = harness.write(os.path.join(self.folder, "secret.xml"), "<rss/>")
            os.chmod(secret, 0)
            self.refused("a file without permission", NO_INPUT, "feeds", "add", secret, says=["permission"])
        noise = harness.write(os.path.join(self.folder, "noise.xml"), bytes(range(256)) * 64)
        self.refused("a file that is no feed", BAD_DATA, "feeds", "add", noise, says=["noise.xml"])
        opml = harness.write(os.path.join(self.folder, "list.opml"), "<opml version='2.0'><head/><body/></opml>")
        self.refused("an OPML list without feeds", BAD_DATA, "feeds", "add", opml, says=["list.opml"])
        empty = os.path.join(self.folder, "empty-folder")
        os.mkdir(empty)
        self.refused("a folder without transcripts", (BAD_DATA, NO_INPUT), "feeds", "add", empty, says=["empty-folder"])

    def feeds(self):
        server, size = hostile_server()
        add = lambda name, code, page, says=(), **options: self.refused(
            name, code, "feeds", "add", server.base + page, says=[re.escape(server.base.split("//")[1]) + "|" + page] + list(says),
            **options)
        add("bytes that are no feed", BAD_DATA, "/not-a-feed.bin")
        add("text that is no feed", BAD_DATA, "/notes.txt")
        add("JSON instead of a feed", BAD_DATA, "/data.json")
        add("an empty answer", BAD_DATA, "/empty.xml")
        add("a web page", BAD_DATA, "/page.html", says=["web page|HTML"])
        add("a web page that claims to be a feed", BAD_DATA, "/page.xml", says=["web page|HTML"])
        add("200,000 nested tags", BAD_DATA, "/deep.xml")
        add("200,000 tags that never close", BAD_DATA, "/unclosed.xml")
        add("a redirect to itself", (BAD_DATA, UNAVAILABLE), "/loop.xml", says=["redirect"])
        add("a redirect to a private address", (BAD_DATA, UNAVAILABLE), "/inwards.xml", says=["10.0.0.1|private|not allowed"])
        add("404", (BAD_DATA, UNAVAILABLE), "/missing.xml", says=["404"])
        add("500", UNAVAILABLE, "/broken.xml", says=["500"])
        add("a server that says nothing", UNAVAILABLE, "/silent.xml", timeout=20)
        self.bomb(server, size)
        self.laughs(server)
        gone = "http://127.0.0.1:%d/feed.xml" % harness.free_port()
        self.refused("a port where nobody listens", UNAVAILABLE, "feeds", "add", gone, says=["127.0.0.1"])
        self.refused("an address that is none", (USAGE, BAD_DATA), "feeds", "add", "http://", says=["http://"])
        self.refused("another scheme", (USAGE, BAD_DATA), "feeds", "add", "gopher://example.org/1", says=["gopher"])
        guarded = self.other("guarded", "[network]\nallow = []\n")
        for address in (server.base + "/page.html", "http://10.0.0.1/feed", "http://169.254.169.254/latest/meta-data/",
                        "http://[::1]/feed", "http://100.64.0.1/feed", "http://2130706433/feed", "http://localhost/feed"):
            self.refused("the private address %s" % address, (BAD_DATA, UNAVAILABLE), "feeds", "add", address,
                         podbrief=guarded, says=["not allowed|private|not public"])
        # What was added before and fails now.
        self.refused("every feed fails", UNAVAILABLE, "ingest", podbrief=self.failing(), says=[])

    def failing(self):
        podbrief = self.other("failing")
        opml = harness.write_opml(os.path.join(self.folder, "gone.opml"), ["http://127.0.0.1:%d/a.xml" % harness.free_port()])
        podbrief.run("feeds", "add", opml)
        return podbrief

    def bomb(self, server, size):
        child = self.good.start("feeds", "add", server.base + "/bomb.xml", stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        watchdog = threading.Timer(60, child.kill)
        watchdog.start()
        stderr = child.stderr.read().decode("utf-8", "replace")
        _, status, usage = os.wait4(child.pid, 0)
        watchdog.cancel()
        child.returncode = os.waitstatus_to_exitcode(status)
        self.judge("a gzip bomb: 1 GiB in %d KiB" % (size // 1024), BAD_DATA, child.returncode, stderr, says=["bomb.xml|127.0.0.1"])
        peak = usage.ru_maxrss / 1024
        self.checks.check("the bomb costs %.0f MiB at most, limit %d" % (peak, MEMORY_LIMIT_MIB), peak <= MEMORY_LIMIT_MIB)

    def laughs(self, server):
        """Either refused, or read without expanding anything; never a gigabyte of laughter."""
        podbrief = self.other("laughs")
        began = time.monotonic()
        done = podbrief.run("feeds", "add", server.base + "/laughs.xml")
        sizes = harness.rows(podbrief.store, "SELECT coalesce(max(length(title)), 0) FROM podcasts")
        good = done.returncode in (OK, BAD_DATA) and time.monotonic() - began < 5 and sizes[0][0] < 1000
        self.checks.check("a billion laughs are not expanded", good and not harness.JARGON.search(done.stderr),
                          done.stdout + done.stderr)

    def stores(self):
        serving = self.good.start("serve", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(100):
            done = self.good.run("doctor")
            time.sleep(0.1)
            if done.returncode != OK or self.good.run("ingest").returncode == IN_USE:
                break
        self.refused("a second server on the same store", IN_USE, "serve", says=[re.escape(self.good.store)], timeout=20)
        self.refused("ingest beside a server", IN_USE, "ingest", says=[re.escape(self.good.store)], timeout=20)
        self.checks.check("the first server runs on", serving.poll() is None)
        self.checks.equal("it stops when asked", harness.stop(serving), 0)

        noise = self.other("noise")
        harness.write(noise.store, b"This is not a database. " * 500)
        self.refused("a store that is no database", BAD_DATA, "feeds", "list", podbrief=noise, says=[re.escape(noise.store)])
        self.refused_newer()
        file = harness.write(os.path.join(self.folder, "file"), "x")
        below = harness.Podbrief(self.path, os.path.join(self.folder, "below"))
        below.data = os.path.join(file, "data")
        self.refused("a data folder below a file", CANNOT_CREATE, "feeds", "list", podbrief=below, says=[re.escape(file)])
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            address = "127.0.0.1:%d" % taken.getsockname()[1]
            busy = self.other("busy", '[server]\nlisten = "%s"\n[log]\nlevel = "error"\n' % address)
            self.refused("a port in use", (CANNOT_CREATE, UNAVAILABLE, IN_USE, CONFIG), "serve", podbrief=busy,
                         says=[re.escape(address)], timeout=20)

    def refused_newer(self):
        import sqlite3
        newer = self.other("newer")
        newer.run("feeds", "list")
        connection = sqlite3.connect(newer.store)
        connection.execute("PRAGMA user_version = 999")
        connection.close()
        self.refused("a store of a newer podbrief", BAD_DATA, "feeds", "list", podbrief=newer, says=["newer"])

    def disk(self):
        """A file system of a few MiB of its own, in a mount namespace of its own."""
        mount = os.path.join(self.folder, "small-disk")
        os.mkdir(mount)
        inside = [sys.executable, os.path.abspath(__file__), "--inside-small-disk", self.path, mount] + self.sample.feeds
        done = subprocess.run(["unshare", "-m", "sh", "-c", 'mount -t tmpfs -o size=6m none "$1" || exit 99; shift; exec "$@"',
                               "sh", mount] + inside, capture_output=True, text=True)
        if done.returncode == 99 or "unshare" in done.stderr:
            return self.checks.skip("disk full", "needs the right to mount a small file system (root)")
        if done.returncode != 0:
            return self.checks.check("disk full", False, done.stdout + done.stderr)
        found = json.loads(done.stdout)
        for name, code, stderr in found["refused"]:
            self.judge("disk full: %s" % name, IO, code, stderr, says=["full|space", "small-disk"])
        self.checks.check("disk full: some command met it", found["refused"])
        self.checks.equal("disk full: the store is sound", found["integrity"], "ok")
        self.checks.equal("disk full: earlier data is as it was", found["during"], found["before"])
        self.checks.check("disk full: with space again, it goes on", found["after_code"] == OK
                          and found["after"][1] > found["before"][1], found)

    def run(self):
        for part in (self.command_line, self.configuration, self.files, self.feeds, self.stores, self.disk):
            part()
        return self.checks.end()


def inside_small_disk(path, mount, feeds):
    """Fills the disk in the middle of the work; prints what happened as JSON."""
    podbrief = harness.Podbrief(path, os.path.join(mount, "data"))
    for arguments in (["feeds", "add", feeds[0]], ["ingest"]):
        done = podbrief.run(*arguments)
        if done.returncode != OK:
            sys.exit("cannot prepare: %s%s" % (done.stdout, done.stderr))
    first = "SELECT count(*), (SELECT count(*) FROM insights WHERE podcast_id = 1), (SELECT group_concat(title) FROM " \
            "episodes WHERE podcast_id = 1) FROM episodes WHERE podcast_id = 1"
    count = lambda: harness.rows(podbrief.store, first)[0]
    before, refused = count(), []
    filler = os.path.join(mount, "filler")
    with open(filler, "wb", buffering=0) as f:
        try:
            while True:
                f.write(b"x" * 4096)
        except OSError:
            pass
    for leave in (200, 100, 50, 0):  # KiB
        with open(filler, "r+b") as f:
            f.truncate(max(0, f.seek(0, 2) - leave * 1024))
        for arguments in (["feeds", "add"] + feeds[1:], ["ingest"]):
            done = podbrief.run(*arguments)
            if done.returncode != OK:
                refused.append(("podbrief %s, %d KiB more" % (" ".join(arguments[:2 if arguments[0] == "feeds" else 1]), leave),
                                done.returncode, done.stderr))
    integrity, during = harness.integrity(podbrief.store), count()
    os.remove(filler)
    opml = harness.write_opml(os.path.join(mount, "feeds.opml"), feeds[1:3])
    podbrief.run("feeds", "add", opml)
    done = podbrief.run("ingest")
    after = harness.rows(podbrief.store, "SELECT count(*), (SELECT count(*) FROM insights) FROM episodes")[0]
    json.dump({"refused": refused, "integrity": integrity, "before": before, "during": during, "after": after,
               "after_code": done.returncode, "after_stderr": done.stderr}, sys.stdout)
    return 0


def main():
    if "--inside-small-disk" in sys.argv:
        return inside_small_disk(sys.argv[2], sys.argv[3], sys.argv[4:])
    return BadInput(harness.binary(sys.argv[1] if len(sys.argv) > 1 else None)).run()


if __name__ == "__main__":
    sys.exit(main())
