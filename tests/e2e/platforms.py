#!/usr/bin/env python3
"""A whole conversation on every platform, in every way podbrief can hear of what people do there: the real server, the
platform's double in a process of its own, real sockets between them. What Ann sees is compared with
tests/data/conversations/PLATFORM-MODE.txt.

  platforms.py [PODBRIEF] [--only PLATFORM-MODE] [--update]

--update writes these files anew: read what changed before it is committed.
"""
import argparse
import os
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import harness  # noqa: E402

WAYS = [("telegram", "polling"), ("telegram", "webhook"), ("slack", "socket"), ("slack", "http"),
        ("discord", "gateway"), ("discord", "http")]
GOLDEN = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "data", "conversations")

# (what Ann does, the text or the button, what she then sees). A button may be named differently on each platform.
PLAY = [
    ("open", "", "Which topics?"),
    ("say", "chip export controls, remote work", "Any shows"),
    ("press", "Skip", "At what hour"),
    ("press", "7:00", "7:00"),
    ("zone", "Europe/Berlin", "Europe/Berlin"),
    ("say", "brief", "Your brief for"),
    ("say", "more on chip export controls", "On chip export controls"),
    ("press", "Next", "More on chip export controls"),
    ("say", "other side", "The other side"),
    ("like", "\U0001F44D", "Liked"),
    ("say", "mute remote work", "Muted"),
    ("say", "settings", "How often"),
    ("say", "forget me", "forget"),
    ("say", "yes, forget me", "all that was kept of you is deleted"),
]


def same_every_day(text):
    """Without what changes from one day and one run to the next."""
    days = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    months = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*"
    text = re.sub(r"%s, \d{1,2} %s \d{4}" % (days, months), "DAY", text)
    text = re.sub(r"\d{1,2} %s \d{4}" % months, "DATE", text)
    text = re.sub(r"127\.0\.0\.1:\d+", "127.0.0.1", text)
    return text


def make_certificate(folder):
    """Of an authority of its own, for loopback: files of certificate and key."""
    certificate, key = os.path.join(folder, "certificate.pem"), os.path.join(folder, "key.pem")
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days",
                    "2", "-subj", "/CN=podbrief test", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out",
                    certificate], check=True, stderr=subprocess.DEVNULL)
    return certificate, key


class Way:
    """One platform in one mode: its double, the server, and Ann."""

    def __init__(self, path, library, platform, mode):
        self.name = "%s-%s" % (platform, mode)
        self.folder = os.path.join(harness.scratch_folder(), "way")
        os.makedirs(self.folder)
        self.platform, self.mode, self.seen = platform, mode, ""
        port = harness.free_port()
        by_tls = mode == "webhook"  # Telegram calls nothing else
        self.url = "%s://127.0.0.1:%d" % ("https" if by_tls else "http", port)
        certificate = make_certificate(self.folder) if by_tls else None
        config = os.path.join(self.folder, "double.toml")
        self.double = subprocess.Popen(
            [path, "--data", os.path.join(self.folder, "double"), "doubles", "--platform", platform, "--mode", mode, "--url",
             self.url, "--write", config], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
            env=dict(os.environ, PODBRIEF_NETWORK_CA_FILE=certificate[0] if by_tls else ""))
        self.people = self.double.stdout.readline().split()[-1]
        with open(config, encoding="utf-8") as written:
            text = written.read()
        listen = 'listen = "127.0.0.1:%d"\n' % port
        if by_tls:
            listen += 'certificate_file = "%s"\nkey_file = "%s"\n' % certificate
        text = text.replace("[server]\n", "[server]\n" + listen) if "[server]" in text else text + "[server]\n" + listen
        self.podbrief = harness.Podbrief(path, library(self.folder), text)
        if platform != "slack":
            self.setup = self.podbrief.start("platforms", "setup", platform)
        self.server = self.podbrief.start("serve", stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        if platform != "slack":
            self.setup.wait(120)
        harness.wait_for_port(port, self.server)

    def ask(self, path, text=None):
        data = None if text is None else text.encode()
        with urllib.request.urlopen(urllib.request.Request(self.people + path, data=data), timeout=60) as answer:
            return answer.read().decode()

    def busy(self):
        """Whether something that came in is not carried out, or something that goes out is not there yet."""
        open_items = harness.rows(self.podbrief.store, "SELECT count(*) FROM inbox_items WHERE open = 1")[0][0]
        going = harness.rows(self.podbrief.store,
                             "SELECT count(*) FROM deliveries WHERE final = 0 AND kind <> 'brief'")[0][0]
        return open_items + going > 0

    def wait_for(self, wanted, patience=120):
        """Until all is answered, and those words are in what is new."""
        end, idle = time.monotonic() + patience, 0
        while time.monotonic() < end:
            time.sleep(0.1)
            idle = 0 if self.busy() else idle + 1
            if idle < 4:
                continue
            now = self.ask("/transcript")
            if wanted in now and now != self.seen:
                self.seen = now
                return True
        self.seen = self.ask("/transcript")
        return False

    def act(self, what, text, wanted):
        if what == "zone":
            if "Where are you?" not in self.seen:  # the platform told
                return True
            what, text = "say", "in " + text
        if what == "like":
            what = "press"
            text = "1 " + text if self.platform == "telegram" else text
        try:
            self.ask("/" + what, text)
        except urllib.error.HTTPError as refused:
            return "%d %s" % (refused.code, refused.read().decode().strip())
        return self.wait_for(wanted)

    def end(self):
        code = harness.stop(self.server)
        harness.stop(self.double)
        return code


def play(checks, way, update):
    try:
        way.ask("/connect", "")
        for what, text, wanted in PLAY:
            done = way.act(what, text, wanted)
            checks.check("%s: %s %s" % (way.name, what, text), done is True, "%s; last seen:\n%s" % (done, way.seen[-1500:]))
        seen = same_every_day(way.ask("/transcript"))
    finally:
        checks.equal("%s: serve ends orderly" % way.name, way.end(), 0)
    golden = os.path.join(GOLDEN, way.name + ".txt")
    if update:
        os.makedirs(GOLDEN, exist_ok=True)
        with open(golden, "w", encoding="utf-8") as out:
            out.write(seen)
    with open(golden, encoding="utf-8") as kept:
        checks.same_text("%s: what Ann sees" % way.name, seen, kept.read())


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("path", nargs="?", default="build/release/podbrief")
    arguments.add_argument("--only")
    arguments.add_argument("--update", action="store_true")
    given = arguments.parse_args()
    path = os.path.abspath(given.path)
    checks, sample = harness.Checks(), harness.sample_server()
    filled = harness.Podbrief(path, os.path.join(harness.scratch_folder(), "data"))
    filled.run("feeds", "add", *sample.feeds)
    filled.run("ingest")

    def library(folder):
        data = os.path.join(folder, "data")
        subprocess.run(["cp", "-r", filled.data, data], check=True)
        return data

    for platform, mode in WAYS:
        if given.only and given.only != "%s-%s" % (platform, mode):
            continue
        play(checks, Way(path, library, platform, mode), given.update)
    return checks.end()


if __name__ == "__main__":
    sys.exit(main())
