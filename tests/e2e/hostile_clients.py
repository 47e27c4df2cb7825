#!/usr/bin/env python3
"""People who mean no good at the real server's door, each in a process of its own; RELIABILITY rows 92 and 93.

  hostile_clients.py [PODBRIEF] [--seconds N]

Slow ones: 5,000 connections that say a byte a second and come back when they are ended. A flood: 5,000 requests a second
that nobody signed. Meanwhile signed requests must all be acknowledged and kept, and nothing else. How long they took is
printed and not judged: it depends on the machine, and on what else it does.
"""
import argparse
import hashlib
import hmac
import json
import multiprocessing
import os
import resource
import selectors
import socket
import sys
import time
import urllib.request

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import harness  # noqa: E402

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
CONFIG = """
[server]
listen = "127.0.0.1:%d"
[slack]
mode = "http"
bot_token = "xoxb-test"
signing_secrets = ["%s"]
api_url = "http://127.0.0.1:1/api"
[network]
allow = ["127.0.0.0/8"]
"""
SLOW = 5000
RATE = 5000


def event(number, kind):
    return json.dumps({"type": "event_callback", "team_id": "T1", "event_id": "%s%d" % (kind, number), "event": {
        "type": "message", "channel_type": "im", "channel": "D%s%d" % (kind.upper(), number), "user": "U%d" % number, "ts": "1.000100",
        "text": "help"}}).encode()


def request_of(body, headers):
    lines = "".join("%s: %s\r\n" % pair for pair in headers.items())
    return b"POST /slack/events HTTP/1.1\r\nHost: a\r\n" + lines.encode() + b"Content-Length: %d\r\n\r\n" % len(body) + body


def signed(number, kind):
    body, at = event(number, kind), str(int(time.time()))
    mark = "v0=" + hmac.new(SECRET.encode(), b"v0:" + at.encode() + b":" + body, hashlib.sha256).hexdigest()
    return request_of(body, {"X-Slack-Request-Timestamp": at, "X-Slack-Signature": mark})


def allow_many_files():
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return hard


def be_slow(port, count, ready, end):
    """Keeps `count` connections open, each saying a byte a second; whoever is ended comes again."""
    allow_many_files()
    connections = []
    while not end.is_set():
        begun, kept = time.monotonic(), []
        for one in connections:
            try:
                one.send(b"x")
                kept.append(one)
            except OSError:
                one.close()
        connections = kept
        while len(connections) < count and not end.is_set():
            one = socket.socket()
            one.settimeout(2)
            try:
                one.connect(("127.0.0.1", port))
                one.send(b"POST /slack/events HTTP/1.1\r\nHost: a\r\nX: ")
                one.setblocking(False)
                connections.append(one)
            except OSError:
                one.close()
        ready.set()
        end.wait(max(0.0, 1 - (time.monotonic() - begun)))


def flood(port, rate, ready, end, sent, refused):
    """So many requests a second over 50 connections, without a signature or with a wrong one."""
    selector, unsent = selectors.DefaultSelector(), {}

    def connect():
        one = socket.create_connection(("127.0.0.1", port))
        one.setblocking(False)
        selector.register(one, selectors.EVENT_READ)
        unsent[one] = b""

    def lose(one):
        selector.unregister(one)
        del unsent[one]
        one.close()
        connect()

    for _ in range(50):
        connect()
    wrong = {"X-Slack-Request-Timestamp": str(int(time.time())), "X-Slack-Signature": "v0=" + "0" * 64}
    pieces = [request_of(event(i, "Flood"), wrong if i % 2 else {}) for i in range(100)]
    begun, count, answers = time.monotonic(), 0, 0
    ready.set()
    while not end.is_set():
        due = int((time.monotonic() - begun) * rate) - count
        for one in list(unsent)[:due // 10 if due >= 10 else 0]:
            if not unsent[one]:
                unsent[one] = b"".join(pieces[(count + i) % 100] for i in range(10))
                count += 10
            try:
                unsent[one] = unsent[one][one.send(unsent[one]):]
            except BlockingIOError:
                pass
            except OSError:
                lose(one)
        for key, _ in selector.select(0.001):
            try:
                came = key.fileobj.recv(1 << 16)
            except OSError:
                came = b""
            answers += came.count(b"HTTP/1.1 401 ")
            if not came:
                lose(key.fileobj)
        sent.value, refused.value = count, answers


def ask(port, request, kept=None):
    """-> (status, seconds) on a new connection, or on the one that is kept."""
    begun = time.monotonic()
    one = kept or socket.create_connection(("127.0.0.1", port), 20)
    try:
        one.sendall(request)
        head = one.recv(4096)
        return int(head[9:12] or 0), time.monotonic() - begun
    except (OSError, ValueError):
        return 0, time.monotonic() - begun
    finally:
        if kept is None:
            one.close()


def ask_for_a_while(port, seconds, kind, one_connection):
    """20 signed requests a second. -> (statuses, seconds of each)"""
    kept = socket.create_connection(("127.0.0.1", port), 20) if one_connection else None
    statuses, times, begun = [], [], time.monotonic()
    for number in range(int(seconds * 20)):
        time.sleep(max(0.0, begun + number / 20 - time.monotonic()))
        status, took = ask(port, signed(number, kind), kept)
        statuses.append(status)
        times.append(took)
    return statuses, sorted(times)


def told(times):
    at = lambda part: 1000 * times[min(len(times) - 1, int(part * len(times)))]
    return "p50 %.1f ms, p99 %.1f ms, longest %.1f ms" % (at(0.5), at(0.99), 1000 * times[-1])


def metric(port, name):
    with urllib.request.urlopen("http://127.0.0.1:%d/metrics" % port, timeout=20) as answer:
        for line in answer.read().decode().splitlines():
            if line.startswith("podbrief_" + name + " "):
                return float(line.split()[-1])
    return 0.0


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("path", nargs="?")
    arguments.add_argument("--seconds", type=float, default=5)
    given = arguments.parse_args()
    checks, port = harness.Checks(), harness.free_port()
    podbrief = harness.Podbrief(harness.binary(given.path), os.path.join(harness.scratch_folder(), "data"), CONFIG %
                                (port, SECRET))
    server = podbrief.start("serve", stdout=open(os.devnull, "w"), stderr=open(os.devnull, "w"))
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            break
        except OSError:
            time.sleep(0.05)

    def kept(kind):
        return harness.rows(podbrief.store, "SELECT count(*) FROM inbox_items WHERE event_id LIKE '%%:D%s%%'" % kind.upper())[0][0]

    def play(name, target, rest, one_connection):
        ready, end = multiprocessing.Event(), multiprocessing.Event()
        others = multiprocessing.Process(target=target, args=(port,) + rest[:1] + (ready, end) + rest[1:], daemon=True)
        others.start()
        checks.check("%s: the hostile ones are there" % name, ready.wait(60))
        statuses, times = ask_for_a_while(port, given.seconds, name, one_connection)
        checks.equal("%s: every signed request is acknowledged" % name, statuses, [200] * len(statuses))
        checks.equal("%s: and kept" % name, kept(name), len(statuses))
        print("      %s: %d signed requests, %s" % (name, len(times), told(times)), flush=True)
        open_now = metric(port, "web_connections")
        checks.check("%s: the hostile ones are there to the end" % name, others.is_alive())
        end.set()
        others.join(20)
        return open_now

    quiet, times = ask_for_a_while(port, min(given.seconds, 5), "Quiet", False)
    checks.equal("quiet: every signed request is acknowledged", quiet, [200] * len(quiet))
    print("      quiet: %s" % told(times), flush=True)

    many = min(SLOW, allow_many_files() - 200)
    if many < SLOW:
        print("      only %d slow connections: ulimit -n" % many)
    before = metric(port, "web_connections_shed")
    open_now = play("Slow", be_slow, (many,), False)
    shed = metric(port, "web_connections_shed") - before
    print("      Slow: %d connections, %d open at once, %d shed" % (many, open_now, shed), flush=True)
    if many > 2000:
        checks.check("Slow: they took every place", open_now > 1000 and shed > 0, (open_now, shed))
    checks.check("Slow: no more than 2,000 are open", open_now <= 2000, open_now)

    sent, refused = multiprocessing.Value("q", 0), multiprocessing.Value("q", 0)
    begun = time.monotonic()
    play("Signed", flood, (RATE, sent, refused), True)
    lasted = time.monotonic() - begun
    print("      Signed: beside %d unsigned requests, %d a second, %d of them refused with 401" %
          (sent.value, sent.value / lasted, refused.value), flush=True)
    checks.check("Signed: there was a flood", sent.value > 100 * given.seconds, sent.value)
    checks.check("Signed: the flood is refused", refused.value > 0.5 * sent.value, refused.value)
    checks.equal("Signed: nothing of the flood is kept", kept("Flood"), 0)
    checks.equal("serve ends orderly", harness.stop(server), 0)
    return checks.end()


if __name__ == "__main__":
    sys.exit(main())
