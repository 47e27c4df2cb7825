#!/usr/bin/env python3
"""10,000 paths, queries, headers and broken requests that mean no good, over the wire, on the real server: it never
breaks, sends nothing of theirs back as markup, and tells nobody of another reader.

  hostile.py [PODBRIEF] [--requests N] [--seed N]
"""
import argparse
import base64
import collections
import os
import random
import re
import select
import socket
import sys
import time
import urllib.parse

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import world as worlds  # noqa: E402
import harness  # noqa: E402
from http_wire import Wire  # noqa: E402

KNOWN = {200, 301, 302, 303, 304, 400, 401, 403, 404, 405, 408, 410, 411, 413, 414, 415, 417, 429, 431}
PLATFORMS = """[slack]
mode = "http"
signing_secrets = ["8f742231b10e8888abcd99yyyzzz85a5"]
client_id = "12.34"
client_secret = "an-example-of-a-client-secret"
api_url = "http://127.0.0.1:1/api"
[secrets]
keys = ["%s"]
"""

DEADLINE_S = 2  # of the server, for one request to come in

MARKUP = ['"\'><zq>', "<zq/onload=x>", "</title><zq>", "</script><zq>", "<!--<zq>", "<![CDATA[<zq>", "<svg><zq>", "]]><zq>", "<ZQ>"]
BRACES = ["zqa{{style}}zqb", "zqa{{{content}}}zqb", "zqa{{#doors}}zqb", "zqa{{> doors}}zqb", "zqa{{=<% %>=}}<%style%>zqb"]
CLIMBING = ["../../etc/passwd", "..%2f..%2fetc%2fpasswd", "%2e%2e/%2e%2e/podbrief.db", "..%5c..%5cpodbrief.toml", "....//....//x",
            "%252e%252e%252f", "..;/status", "./././", "%c0%ae%c0%ae/", "//etc/passwd", "/\\evil.example", "podbrief.db-wal"]
LINES = ["%0d%0aX-Injected:%20zq", "%0aSet-Cookie:%20zq=1", "%0d%0a%0d%0a<zq>", "%E5%98%8A%E5%98%8DX-Injected:zq", "%00", "%01%02", "%7f"]
STRANGE = ["%F0%9F%92%A9", "%FF%FE", "%ED%A0%80", "%C3", "e%CC%81" * 50, "%E2%80%AE" + "cba", "%EF%BB%BF", "%ZZ", "%", "%2", "\u00e9".encode().decode("latin-1")]
SPOKEN = ["chips", "more on chip export controls", "what did Priya Sandoval say about chips", "other side", "sleep since March",
          "' OR 1=1 --", "\"; DROP TABLE insights; --", "1 UNION SELECT name FROM readers", "NEAR(a b)", "a* OR b", "${7*7}", "$(id)",
          "settings of " + worlds.MARKER.lower()[:3], "forget me", "page", "brief"]
PLACES = ["/", "/i/", "/i/5", "/i/5-x", "/i/5.json", "/i/5.png", "/topics", "/topics/", "/topics/export-control", "/shows", "/shows/1",
          "/shows/1-x", "/search", "/api/v1/search", "/oembed", "/robots.txt", "/sitemap.xml", "/sitemap-1.xml", "/favicon.svg",
          "/style.css", "/b/", "/status", "/status/explain", "/status/sign-out", "/admin", "/admin/", "/join/discord", "/healthz", "/readyz",
          "/metrics", "/slack/install", "/slack/oauth/callback", "/slack/events", "/slack/commands", "/slack/interactivity",
          "/telegram", "/discord/interactions", "/.git/config", "/.well-known/security.txt", "/podbrief.toml"]
NUMBERS = ["0", "-1", "1", "5", "99999999", "9223372036854775807", "9223372036854775808", "-9223372036854775809", "1e3", "0x5", "5.0",
           "\u0665", "05", "+5", "NaN", " 5"]
METHODS = ["GET"] * 60 + ["HEAD", "HEAD", "POST", "POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "CONNECT", "get", "G\u00e9T", "X" * 40]
NAMES = ["q", "page", "url", "format", "reader", "day", "insight", "return", "state", "code", "error", "callback", "_method", "q[]", "", "%00"]


class Mischief:
    """Makes requests; the same seed makes the same ones."""

    def __init__(self, seed, keys):
        self.dice, self.keys = random.Random(seed), keys

    def words(self):
        pick = self.dice.choice
        kind = self.dice.randrange(9)
        if kind == 0:
            return urllib.parse.quote(pick(MARKUP), safe=pick(["", "<>/'"]))
        if kind == 1:
            return urllib.parse.quote(pick(BRACES), safe="{}")
        if kind == 2:
            return pick(CLIMBING)
        if kind == 3:
            return pick(LINES)
        if kind == 4:
            return pick(STRANGE)
        if kind == 5:
            return urllib.parse.quote(pick(NUMBERS))
        if kind == 6:
            return "".join("%%%02X" % self.dice.randrange(256) for _ in range(self.dice.randrange(1, 40)))
        if kind == 7:
            return "A" * self.dice.choice([150, 190, 210, 300, 300, 2_000, 7_000, 20_000])
        return urllib.parse.quote_plus(pick(SPOKEN) + self.dice.choice(["", " " + pick(MARKUP)]))

    def key(self):
        """Something like the key of a private page: another's with a mistake, or none at all."""
        key, kind = self.dice.choice(self.keys), self.dice.randrange(8)
        at = self.dice.randrange(len(key))
        if kind == 0:
            return key[:at] + chr(ord("a") + (ord(key[at]) + self.dice.randrange(1, 25)) % 26) + key[at + 1:]
        if kind == 1:
            return key[:at]
        if kind == 2:
            return key + self.dice.choice(["a", "%00", "%20", "/..", "//", ";", "'", "*", ".rss.json", "/2026-99-99", "%2frss"])
        if kind == 3:
            return key.swapcase()
        if kind == 4:
            return "%%%02x" % ord(key[0]) + key[1:]
        if kind == 5:
            return key[::-1]
        if kind == 6:
            return "%" * 26
        return "".join(self.dice.choice("abcdefghijklmnopqrstuvwxyz234567") for _ in range(26))

    def target(self):
        place = self.dice.choice(PLACES)
        if place in ("/b/", "/admin/"):
            place += self.key() + self.dice.choice(["", ".rss", ".json", "/2026-11-27", "/2026-11-27-2", "?x=1"])
        elif self.dice.random() < 0.5:
            place = self.dice.choice([place + self.words(), place + "/" + self.words(), "/" + self.words(), place.replace("5", self.words(), 1),
                                      place.upper(), place + "." + self.words()])
        if self.dice.random() < 0.6:
            pairs = ["%s=%s" % (self.dice.choice(NAMES), self.words()) for _ in range(self.dice.choice([1, 1, 1, 2, 5, 150]))]
            place += "?" + "&".join(pairs)
        if self.dice.random() < 0.3:  # where most of it comes back
            place = self.dice.choice(["/search?q=", "/search?page=1&q=", "/api/v1/search?q=", "/oembed?format=xml&url=/i/5-"]) + self.words()
        return place

    def headers(self):
        pick, found = self.dice.choice, []
        for _ in range(pick([0, 1, 1, 2, 4])):
            found.append(pick([
                ("X-Forwarded-For", pick(["1.2.3.4", "127.0.0.1", "evil", "'", "::1", "1.1.1.1, " * 200, "<zq>"])),
                ("X-Forwarded-Host", pick(["evil.example", "<zq>", "evil.example:99999"])), ("X-Forwarded-Proto", "javascript"),
                ("Forwarded", pick(['for="[::1]";host=evil.example;proto=https', "for=" + "x" * 3000, 'for="\\"'])),
                ("X-Original-URL", "/status"), ("X-Rewrite-URL", "/status"), ("X-HTTP-Method-Override", "DELETE"),
                ("Cookie", pick(["podbrief_admin=" + self.key(), "podbrief_session=%s; podbrief_session=%s" % (self.key(), self.key()), "=;=;;;", "a=" + "b" * 4000,
                                 "podbrief_slack_install=" + self.key(), "reader=" + worlds.MARKER[:5]])),
                ("Authorization", pick(["Bearer " + self.key(), "Basic " + base64.b64encode(b"admin:admin").decode(), "Negotiate"])),
                ("Accept-Encoding", pick(["gzip;q=0, br;q=9999999999", "*;q=0", "gzip," * 500, "\u00ff", "zstd", "br"])),
                ("If-None-Match", pick(['"' * 1000, "*", 'W/"x", ' * 300, "<zq>"])), ("If-Modified-Since", pick(["yesterday", "Fri, 31 Feb 2099 99:99:99 GMT"])),
                ("Range", pick(["bytes=0-0", "bytes=-1", "bytes=" + "0-1," * 300])), ("Referer", pick(["javascript:zq", "https://evil.example/<zq>"])),
                ("Origin", pick(["null", "https://evil.example"])), ("User-Agent", pick(["<zq>", "() { :;}; echo zq", "x" * 5000])),
                ("Accept", pick(["application/json", "*/*;q=zq", "text/html"])), ("Upgrade", "websocket"), ("Expect", "100-continue"),
                ("Content-Type", pick(["application/x-www-form-urlencoded", "multipart/form-data; boundary=zq", "application/json"])),
                ("X-" + "a" * pick([10, 3000]), "zq"), ("Host", "second.example")]))
        return found

    def request(self):
        """-> (the bytes, whether it is one whole request as HTTP has them)."""
        method, target = self.dice.choice(METHODS), self.target()
        host = self.dice.choice(["a"] * 80 + ["evil.example", "evil.example:80", "<zq>", "", "[::1", "a b", "a/../b", "\u00e9"])
        lines = ["%s %s HTTP/1.1" % (method, target), "Host: " + host] + ["%s: %s" % pair for pair in self.headers()]
        body = b""
        if method in ("POST", "PUT", "PATCH", "DELETE") or self.dice.random() < 0.02:
            body = self.dice.choice([b"", b"q=<zq>", b"{\"a\":" * 200, os.urandom(0), b"csrf=zq&a=b", b"\0" * 100])
            lines.append("Content-Length: %d" % len(body))
        if self.dice.random() < 0.94:
            return "\r\n".join(lines).encode("latin-1", "replace") + b"\r\n\r\n" + body, True
        return self.broken(lines, body), False

    def broken(self, lines, body):
        """Not a request any more."""
        raw = "\r\n".join(lines).encode("latin-1", "replace") + b"\r\n\r\n" + body
        at, kind = self.dice.randrange(len(raw)), self.dice.randrange(12)
        if kind == 0:
            return raw[:at]
        if kind == 1:
            return raw[:at] + bytes([self.dice.choice([0, 10, 13, 127, 255])]) + raw[at:]
        if kind == 2:
            return raw.replace(b"\r\n\r\n", b"\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello", 1)
        if kind == 3:
            return raw.replace(b"\r\n\r\n", b"\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n", 1)
        if kind == 4:
            return raw.replace(b"\r\n\r\n", b"\r\nTransfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\nGET /status HTTP/1.1\r\nHost: a\r\n\r\n", 1)
        if kind == 5:
            return raw.replace(b"HTTP/1.1", self.dice.choice([b"HTTP/9.9", b"HTTP/1", b"", b"http/1.1", b"HTTP/1.1 x"]), 1)
        if kind == 6:
            return b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
        if kind == 7:
            return raw.replace(b"\r\n", b"\n")
        if kind == 8:
            return raw.replace(b"\r\nHost", b"\r\n Host", 1)
        if kind == 9:
            return b"GET /\r\n"
        if kind == 10:
            return raw.replace(b"\r\n\r\n", b"\r\n" + b"X: y\r\n" * 3000 + b"\r\n", 1)
        return b"\x16\x03\x01\x02\x00" + os.urandom(0) + raw  # as one begins TLS


def wrong_with(request, answer, own):
    """What must not be in an answer; an empty list: all is well."""
    found, head, body = [], answer.head.lower(), answer.body
    oembed = request.split(b" ")[1:2][:1] and b"/oembed" in request.split(b"\r\n")[0]
    if answer.status not in KNOWN and not (answer.status == 501 and oembed):
        found.append("status %d" % answer.status)
    kind = answer.header("content-type")
    if re.search("html|xml|svg|css", kind) and re.search(rb"<\s*/?zq", body, re.I):
        found.append("markup came back: %r" % body[max(0, body.lower().find(b"<zq") - 80):][:160])
    if re.search(rb"zqa(/style|\s*<|zqb)", body):
        found.append("a template was filled in: %r" % body[body.find(b"zqa"):][:200])
    if re.search(rb"^(x-injected|set-cookie: zq)", head, re.M):
        found.append("a header came through: %r" % head)
    if not own and (worlds.MARKER.encode() in body or worlds.MARKER.encode() in answer.head):
        found.append("another reader's name: %r" % body[:300])
    if b"evil.example" in body and b"evil.example" not in urllib.parse.unquote_to_bytes(request.split(b"\r\n")[0]):
        found.append("another host is believed: %r" % body[max(0, body.find(b"evil.example") - 80):][:160])
    where = answer.header("location")
    if where and not re.match(r"/(?![/\\])|http://127\.0\.0\.1:1/oauth/v2/authorize\?", where):
        found.append("leads elsewhere: %r" % where)
    if kind.startswith("text/html") and "default-src 'none'" not in answer.header("content-security-policy"):
        found.append("a page without content policy")
    if re.search(rb"std::|sqlite|exception|/home/|terminate", body, re.I) and b"/metrics" not in request[:60]:
        found.append("it speaks of its inside: %r" % body[:300])
    return found


def misuse(checks, world, keys, own_keys, count, seed):
    mischief, wire = Mischief(seed, keys), Wire(world.port)
    statuses, wrong, slowest, echoed, begun = collections.Counter(), [], 0.0, 0, time.monotonic()
    for number in range(count):
        request, whole = mischief.request()
        asked = time.monotonic()
        answer = wire.ask(request) if whole else wire.ask_once(request)
        slowest = max(slowest, time.monotonic() - asked)
        statuses[answer.status] += 1
        if answer.status == 0 and whole:
            wrong.append("%d: %r: no answer" % (number, request[:300]))
        if answer.status == 0:
            continue
        echoed += b"zq" in answer.body.lower()
        own = any(key in request for key in own_keys)
        wrong += ["%d: %r: %s" % (number, request[:300], what) for what in wrong_with(request, answer, own)]
    seconds = time.monotonic() - begun
    told = ", ".join("%d x %s" % (n, status or "closed") for status, n in statuses.most_common())
    checks.check("%d hostile requests in %.0f s, %s; the slowest %.2f s" % (count, seconds, told, slowest), not wrong,
                 "%d wrong:\n      %s" % (len(wrong), "\n      ".join(wrong[:15])))
    checks.check("%d answers say again what was asked" % echoed, echoed > count // 50)
    checks.check("they were of many kinds", {200, 301, 400, 404, 405} <= set(statuses), statuses)


def limited(checks, world):
    """One address asks too much; another is served meanwhile."""
    greedy, other = Wire(world.port, "127.8.8.8"), Wire(world.port, "127.8.8.9")
    request = b"GET /search?q=chips HTTP/1.1\r\nHost: a\r\n\r\n"
    answers = [greedy.ask(request) for _ in range(400)]
    refused = [answer for answer in answers if answer.status == 429]
    checks.check("who asks 400 times at once is slowed down", refused and answers[0].status == 200, [a.status for a in answers[:5]])
    checks.check("and told for how long", all(int(answer.header("retry-after")) >= 1 for answer in refused))
    checks.equal("others are served meanwhile", other.ask(request).status, 200)
    told = [greedy.ask(request.replace(b"\r\n\r\n", b"\r\nX-Forwarded-For: 9.9.9.%d\r\nForwarded: for=9.9.9.%d\r\n\r\n" % (n, n)))
            for n in range(200)]
    checks.check("to say that one is somebody else does not help", any(answer.status == 429 for answer in told))


def forwarded(checks, world):
    """Who asks is told by the listed proxy alone."""
    proxy, liar = Wire(world.port, "127.77.0.1"), Wire(world.port, "127.8.9.1")
    search = lambda who: ("GET /search?q=chips HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: %s\r\n\r\n" % who).encode()
    metrics = lambda who: search(who).replace(b"/search?q=chips", b"/metrics")
    statuses = {proxy.ask(search("198.51.100.%d" % (n % 250))).status for n in range(300)}
    checks.equal("many people behind a listed proxy are many", statuses, {200})
    statuses = {proxy.ask(search("203.0.113.9")).status for _ in range(400)}
    checks.equal("one of them who asks too much is slowed down", statuses, {200, 429})
    checks.equal("the others behind it are not", proxy.ask(search("203.0.113.10")).status, 200)
    statuses = {liar.ask(search("198.51.100.%d" % (n % 250))).status for n in range(400)}
    checks.equal("who is no listed proxy stays who he is", statuses, {200, 429})
    checks.equal("and is not let in as a neighbour", liar.ask(metrics("127.0.0.1")).status, 403)
    checks.equal("a listed proxy's visitors do not read /metrics", proxy.ask(metrics("203.0.113.9")).status, 403)
    checks.equal("its neighbour does", proxy.ask(metrics("127.0.0.1")).status, 200)
    # The last one that the proxy itself has seen counts, not what came to it from outside.
    checks.equal("what was forged before the proxy is not believed", proxy.ask(metrics("127.0.0.1, 203.0.113.9")).status, 403)
    other = ("GET /metrics HTTP/1.1\r\nHost: a\r\nForwarded: for=127.0.0.1\r\nX-Forwarded-For: 203.0.113.9\r\n\r\n").encode()
    checks.equal("a header that the proxy does not set is not read", proxy.ask(other).status, 403)


def slow(checks, world):
    """Requests that come a byte at a time are cut off by the deadline; others are served meanwhile."""
    sockets = [socket.create_connection(("127.0.0.1", world.port), 30, ("127.9.9.%d" % (n + 1), 0)) for n in range(40)]
    header = b"GET /search?q=chips HTTP/1.1\r\nHost: a\r\nX-Slow: " + b"a" * 4000
    begun, ended, served = time.monotonic(), {}, []
    for step in range(len(header)):
        for one in [one for one in sockets if one not in ended]:
            try:
                one.sendall(header[step:step + 1])
            except OSError:
                ended[one] = b""
        if len(ended) < len(sockets):
            readable = select.select([one for one in sockets if one not in ended], [], [], 0.05)[0]
            for one in readable:
                try:
                    ended[one] = one.recv(4096)
                except OSError:
                    ended[one] = b""
        if step % 20 == 0:
            served.append(Wire(world.port, "127.8.10.1").ask(b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n").status)
        if len(ended) == len(sockets) or time.monotonic() - begun > 8 * DEADLINE_S:
            break
    took = time.monotonic() - begun
    for one in sockets:
        one.close()
    checks.equal("all of 40 slow requests are cut off", len(ended), 40)
    checks.check("by the deadline of %d s (%.1f s)" % (DEADLINE_S, took), DEADLINE_S * 0.8 < took < 8 * DEADLINE_S)
    checks.check("and told why, or just closed", all(not told or told.startswith(b"HTTP/1.1 408 ") for told in ended.values()),
                 set(ended.values()))
    checks.equal("others are served meanwhile", set(served), {200})


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("path", nargs="?", default="")
    arguments.add_argument("--requests", type=int, default=10_000)
    arguments.add_argument("--seed", type=int, default=6)
    given = arguments.parse_args()
    checks = harness.Checks()
    world = worlds.World(harness.binary(given.path), server=['trusted_proxies = ["127.77.0.0/16"]'])
    world.add_settings(PLATFORMS % ("ab" * 32) + "[web]\ndeadline_s = %d\n" % DEADLINE_S)
    world.run("withdraw", "7", "--reason", "misheard")
    secret = worlds.reader_with_brief(world, worlds.MARKER, "chip export controls, remote work")
    keys = [secret.split("/")[-1], worlds.reader_with_brief(world, "Bertil", "sleep").split("/")[-1]]
    world.serve()
    wire = Wire(world.port)
    page = lambda key: wire.ask(("GET /b/%s HTTP/1.1\r\nHost: a\r\n\r\n" % key).encode())
    checks.check("the reader's own page names them", worlds.MARKER.encode() in page(keys[0]).body)
    checks.check("another reader's page does not", page(keys[1]).status == 200 and worlds.MARKER.encode() not in page(keys[1]).body)
    before = harness.peak_rss_mib(world.server.pid)
    misuse(checks, world, keys, [keys[0].encode()], given.requests, given.seed)
    limited(checks, world)
    forwarded(checks, world)
    slow(checks, world)
    checks.check("the server is there afterwards", world.server.poll() is None)
    for path in ("/", "/i/5", "/search?q=chips", "/healthz", "/readyz"):
        answer = wire.ask(("GET %s HTTP/1.1\r\nHost: a\r\n\r\n" % path).encode())
        checks.check("%s is served" % path, answer.status in (200, 301), answer.status)
    checks.check("the reader's own page is as it was", worlds.MARKER.encode() in page(keys[0]).body)
    grown = harness.peak_rss_mib(world.server.pid) - before
    checks.check("it took %.0f MiB more at most" % grown, grown < 128)
    checks.equal("it ends orderly", world.end(), 0)
    checks.equal("the store is sound", harness.integrity(world.podbrief.store), "ok")
    return checks.end()


if __name__ == "__main__":
    sys.exit(main())
