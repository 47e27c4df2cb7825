"""What the end-to-end and crash tests share: the binary, a data folder, feed servers on loopback, one line a check."""
import atexit
import difflib
import importlib.util
import json
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SAMPLE = os.path.join(TOP, "tests", "data", "sample")
LOOPBACK = '[network]\nallow = ["127.0.0.0/8"]\n'
# What a person should never be shown: traces, types and terms of the implementation.
JARGON = re.compile(r"terminate called|what\(\)|std::|boost::|asio|nlohmann|SQLite::|sqlite3_|\w+\.[ch]pp\b|\bexception\b|"
                    r"Segmentation|core dumped|Aborted|AddressSanitizer|runtime error|0x[0-9a-f]{6,}|\berrno\b|\bnullptr\b|"
                    r"should not happen", re.I)


class Checks:
    """Counts; prints one line a check."""

    def __init__(self):
        self.passed = self.failed = 0

    def check(self, what, good, detail=""):
        if good:
            self.passed += 1
            print("ok    %s" % what, flush=True)
        else:
            self.failed += 1
            print("FAIL  %s%s" % (what, ": " + str(detail).strip()[:2000] if detail != "" else ""), flush=True)
        return bool(good)

    def equal(self, what, found, expected):
        return self.check(what, found == expected, "found %r, expected %r" % (found, expected))

    def same_text(self, what, found, expected):
        """The same for long texts: tells the lines that differ."""
        lines = difflib.unified_diff(expected.split("\n"), found.split("\n"), "expected", "found", lineterm="", n=2)
        return self.check(what, found == expected, "\n".join(lines))

    def skip(self, what, why):
        print("skip  %s: %s" % (what, why), flush=True)

    def end(self):
        print("%d passed, %d failed" % (self.passed, self.failed), flush=True)
        return 1 if self.failed else 0


def binary(arguments):
    """The podbrief to test: first argument, else $PODBRIEF, else build/release/podbrief."""
    path = arguments or os.environ.get("PODBRIEF") or os.path.join(TOP, "build", "release", "podbrief")
    if not os.access(path, os.X_OK):
        sys.exit("%s is not there: run ./dev build, or give the path of podbrief" % path)
    return os.path.abspath(path)


def scratch_folder():
    path = tempfile.mkdtemp(prefix="podbrief-test-")
    atexit.register(shutil.rmtree, path, ignore_errors=True)
    return path


def write(path, data):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb" if isinstance(data, bytes) else "w") as f:
        f.write(data)
    return path


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def shared_data(name):
    """A folder of the data kept beside the checkout; None where it is absent."""
    root = os.environ.get("PODBRIEF_SHARED_DATA") or os.path.join(os.path.dirname(TOP), "shared", "data")
    path = os.path.join(root, name)
    return path if os.path.isdir(path) else None


# the program -------------------------------------------------------------------------------------------------------

class Podbrief:
    """Runs one podbrief on one data folder with one configuration."""

    def __init__(self, path, data, config=LOOPBACK):
        self.path, self.data = path, data
        os.makedirs(data, exist_ok=True)
        self.config = write(os.path.join(data, "podbrief.toml"), config)

    def command(self, *arguments):
        return [self.path, "--config", self.config, "--data", self.data] + list(arguments)

    def environment(self):
        kept = {k: v for k, v in os.environ.items() if not k.startswith("PODBRIEF")}
        return dict(kept, LC_ALL="C.UTF-8")

    def run(self, *arguments, timeout=120, **options):
        """-> CompletedProcess with text output; a hanging command fails the test instead of hanging it."""
        done = subprocess.run(self.command(*arguments), capture_output=True, timeout=timeout, env=self.environment(),
                              stdin=subprocess.DEVNULL, **options)
        done.stdout, done.stderr = done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")
        return done

    def start(self, *arguments, **options):
        child = subprocess.Popen(self.command(*arguments), env=self.environment(), stdin=subprocess.DEVNULL, **options)
        atexit.register(stop, child)
        return child

    def json(self, *arguments):
        done = self.run("--json", *arguments)
        if done.returncode != 0:
            raise RuntimeError("podbrief %s ended with %d: %s" % (" ".join(arguments), done.returncode, done.stderr))
        return json.loads(done.stdout)

    @property
    def store(self):
        return os.path.join(self.data, "podbrief.db")


def stop(child, signal_number=signal.SIGTERM, patience=20):
    """Asks a child to end, insists after a while; gives its exit status."""
    if child.poll() is None:
        child.send_signal(signal_number)
        try:
            child.wait(patience)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
    return child.returncode


def wait_for_port(port, child, patience=120):
    """Until a child listens there; gives up when it has ended, or after two minutes of a very busy machine."""
    end = time.monotonic() + patience
    while child.poll() is None and time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError("nothing listens at port %d: the server %s" % (
        port, "does not get there" if child.poll() is None else "ended with %d" % child.returncode))


def peak_rss_mib(pid):
    """Peak resident memory of a running process, in MiB."""
    with open("/proc/%d/status" % pid) as f:
        return int(re.search(r"VmHWM:\s+(\d+) kB", f.read()).group(1)) / 1024


# the store ---------------------------------------------------------------------------------------------------------

def rows(store, query):
    """Reads the store of a podbrief that may be running."""
    connection = sqlite3.connect("file:%s?mode=ro" % store, uri=True, timeout=10)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def integrity(store):
    """What SQLite says of a copy of the store, its journal included: "ok", or the first complaints."""
    with tempfile.TemporaryDirectory(prefix="podbrief-test-") as folder:
        copy = os.path.join(folder, "copy.db")
        for suffix in ("", "-wal"):
            if os.path.exists(store + suffix):
                shutil.copyfile(store + suffix, copy + suffix)
        connection = sqlite3.connect(copy)
        try:
            broken = [r[0] for r in connection.execute("PRAGMA integrity_check(5)")]
            dangling = connection.execute("PRAGMA foreign_key_check").fetchall()
        except sqlite3.DatabaseError as error:
            return str(error)
        finally:
            connection.close()
        if dangling:
            return "rows that point nowhere: %s" % dangling[:5]
        return "; ".join(broken)


# servers -----------------------------------------------------------------------------------------------------------

class QuietServer(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request, client_address):
        pass  # a client that went away is part of the game


def serve_in_background(server):
    threading.Thread(target=server.serve_forever, daemon=True).start()
    server.base = "http://127.0.0.1:%d" % server.server_address[1]
    return server


def sample_server(folder=SAMPLE):
    """Serves the sample library, its placeholders filled in as of now."""
    types = {".xml": "application/rss+xml", ".vtt": "text/vtt", ".srt": "application/x-subrip", ".json": "application/json",
             ".html": "text/html", ".txt": "text/plain", ".md": "text/markdown"}
    begun = time.time()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *arguments):
            pass

        def do_GET(self):
            path = os.path.realpath(os.path.join(folder, self.path.lstrip("/")))
            if not path.startswith(os.path.realpath(folder) + os.sep) or not os.path.isfile(path):
                return self.answer(404, b"not found\n", "text/plain")
            with open(path, "rb") as f:
                body = f.read()
            extension = os.path.splitext(path)[1]
            if extension == ".xml":
                then = lambda hit: time.gmtime(begun - float(hit.group(1)) * 86400)
                body = body.replace(b"{{base}}", self.server.base.encode())
                body = re.sub(rb"\{\{days_ago ([\d.]+)\}\}",
                              lambda hit: time.strftime("%a, %d %b %Y %H:%M:%S +0000", then(hit)).encode(), body)
                body = re.sub(rb"\{\{days_ago_iso ([\d.]+)\}\}",
                              lambda hit: time.strftime("%Y-%m-%dT%H:%M:%SZ", then(hit)).encode(), body)
            self.answer(200, body, types.get(extension, "application/octet-stream"))

        def answer(self, status, body, kind):
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    server = serve_in_background(QuietServer(("127.0.0.1", 0), Handler))
    feeds = sorted(os.listdir(os.path.join(folder, "feeds")))
    server.feeds = ["%s/feeds/%s" % (server.base, name) for name in feeds]
    return server


def make_changelog_site(out):
    """Generates feeds and transcripts of the changelog data; None where that is absent."""
    data = shared_data("changelog")
    if data is None:
        return None
    subprocess.run([sys.executable, os.path.join(data, "gen_feeds.py"), "--out", out], check=True, stdout=subprocess.DEVNULL)
    with open(os.path.join(out, "manifest.json"), encoding="utf-8") as f:
        return json.load(f)


def changelog_server(site, plans=None, hold_back=0):
    """The data's own fault server, in this process, with two things more: `/plan/<show>.xml` answers the n-th request
    by the n-th mode of plans[show] (the last one from then on; "" is the good path), and `/once/<mode>/<path>` is bad
    once, the first time that path is asked."""
    spec = importlib.util.spec_from_file_location("changelog_serve", os.path.join(shared_data("changelog"), "serve.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    asked, lock = {}, threading.Lock()

    class Handler(module.Handler):
        def do_GET(self):
            plan = re.fullmatch(r"/plan/([\w-]+)\.xml", self.path)
            once = re.fullmatch(r"/once/([\w-]+)(/.*)", self.path)
            with lock:
                count = asked[self.path] = asked.get(self.path, 0) + 1
            if plan:
                modes = plans[plan.group(1)]
                mode = modes[min(count, len(modes)) - 1]
                self.path = ("/fault/%s" % mode if mode else "") + "/feeds/%s.xml" % plan.group(1)
            elif once:
                self.path = once.group(2) if count > 1 else "/fault/%s%s" % once.groups()
            super().do_GET()

    server = QuietServer(("127.0.0.1", 0), Handler)
    serve_in_background(server)
    server.state, server.gzip, server.verbose = module.State(site, server.base, hold_back), False, False
    server.asked = asked
    server.feeds = ["%s/feeds/%s.xml" % (server.base, show) for show in server.state.shows]
    return server


def publish(server):
    """Shows every item that the changelog server held back."""
    with server.state.lock:
        for show in server.state.shows:
            server.state.hidden[show] = 0


def write_opml(path, urls):
    outlines = "".join('<outline type="rss" text="%s" xmlUrl="%s"/>' % (u.rsplit("/", 1)[1], u) for u in urls)
    return write(path, '<?xml version="1.0"?><opml version="2.0"><head/><body>%s</body></opml>' % outlines)
