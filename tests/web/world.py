"""What the tests of the web pages share: the sample library, a server over it, the platforms' doubles with Ann in front
of each, and readers with private pages. All on loopback."""
import os
import re
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.request

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "e2e"))
import harness  # noqa: E402
from platforms import make_certificate  # noqa: E402

MARKER = "Quokkamarsh"  # names the reader whose pages nobody else may see; in no feed and no template
WAYS = {"telegram": "polling", "slack": "http", "discord": "gateway"}


def sections(text):
    """TOML without nested tables -> {section: [lines]}."""
    found, here = {}, None
    for line in text.splitlines():
        named = re.fullmatch(r"\[(\w+)\]", line.strip())
        if named:
            here = found.setdefault(named.group(1), [])
        elif line.strip():
            here.append(line)
    return found


class Double:
    """One platform's stand-in, with Ann."""

    def __init__(self, path, folder, platform, url, certificate):
        config = os.path.join(folder, platform + ".toml")
        self.child = subprocess.Popen(
            [path, "--data", os.path.join(folder, platform), "doubles", "--platform", platform, "--mode", WAYS[platform],
             "--url", url, "--write", config], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
            env=dict(os.environ, PODBRIEF_NETWORK_CA_FILE=certificate))
        harness.atexit.register(harness.stop, self.child)
        self.people = self.child.stdout.readline().split()[-1]
        with open(config, encoding="utf-8") as written:
            self.settings = sections(written.read())[platform]

    def ask(self, path, text=None):
        data = None if text is None else text.encode()
        with urllib.request.urlopen(urllib.request.Request(self.people + path, data=data), timeout=60) as answer:
            return answer.read().decode()


class World:
    """A server; with `platforms`, by TLS (Slack comes back to no other address), and with their doubles. `server`:
    further lines of its settings."""

    def __init__(self, path, platforms=(), data=None, filled=True, server=()):
        self.path, self.folder, self.doubles = path, harness.scratch_folder(), {}
        self.port = harness.free_port()
        self.url = "%s://127.0.0.1:%d" % ("https" if platforms else "http", self.port)
        server = ['listen = "127.0.0.1:%d"' % self.port, 'public_url = "%s"' % self.url, *server]
        config = {"network": ['allow = ["127.0.0.0/8"]'], "server": server, "log": ['level = "warning"']}
        if platforms:
            self.certificate, key = make_certificate(self.folder)
            server += ['certificate_file = "%s"' % self.certificate, 'key_file = "%s"' % key]
            for platform in platforms:
                double = self.doubles[platform] = Double(path, self.folder, platform, self.url, self.certificate)
                config[platform] = double.settings
        if "slack" in config:  # installed from the page and by nothing else
            config["slack"] = [line for line in config["slack"] if not line.startswith("bot_token")]
            config["slack"] += ['client_id = "12.34"', 'client_secret = "an-example-of-a-client-secret"']
            config["secrets"] = ['keys = ["%s"]' % os.urandom(32).hex()]
        text = "".join("[%s]\n%s\n" % (name, "\n".join(lines)) for name, lines in config.items())
        self.podbrief = harness.Podbrief(path, data or os.path.join(self.folder, "data"), text)
        if filled:
            self.fill()

    def add_settings(self, toml):
        with open(self.podbrief.config, "a", encoding="utf-8") as config:
            config.write(toml)

    def run(self, *arguments):
        done = self.podbrief.run(*arguments)
        if done.returncode != 0:
            raise RuntimeError("podbrief %s: %s%s" % (" ".join(arguments), done.stdout, done.stderr))
        return done.stdout.strip()

    def fill(self):
        sample = harness.sample_server()
        self.run("feeds", "add", *sample.feeds)
        self.run("ingest")
        sample.shutdown()

    def serve(self):
        setups = [self.podbrief.start("platforms", "setup", name, stdout=subprocess.DEVNULL)
                  for name in self.doubles if name != "slack"]
        self.server = self.podbrief.start("serve", stdout=subprocess.DEVNULL)
        for setup in setups:
            setup.wait(120)
        harness.wait_for_port(self.port, self.server)
        for double in self.doubles.values():
            double.ask("/connect", "")

    def get(self, path, headers=None):
        """-> status, headers, text."""
        trusting = ssl.create_default_context()
        trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
        request = urllib.request.Request(self.url + path, headers=headers or {})
        try:
            with urllib.request.urlopen(request, timeout=60, context=trusting) as answer:
                return answer.status, answer.headers, answer.read().decode("utf-8", "replace")
        except urllib.error.HTTPError as refused:
            return refused.code, refused.headers, refused.read().decode("utf-8", "replace")

    def wait_for_text(self, path, texts, patience=120):
        """Until a page has all of these."""
        end, body = time.monotonic() + patience, ""
        while time.monotonic() < end:
            body = self.get(path)[2]
            if all(text in body for text in texts):
                return
            time.sleep(0.2)
        raise RuntimeError("%s has not %s:\n%s" % (path, texts, body[:2000]))

    def insight(self, beginning):
        """The number of the insight whose text begins so."""
        found = harness.rows(self.podbrief.store, "SELECT id FROM insights WHERE text LIKE '%s%%'" % beginning.replace("'", "''"))
        if len(found) != 1:
            raise RuntimeError("%d insights begin with %r" % (len(found), beginning))
        return found[0][0]

    def busy(self):
        """Whether something that came in is not carried out, or something that goes out is not there yet."""
        open_items = harness.rows(self.podbrief.store, "SELECT count(*) FROM inbox_items WHERE open = 1")[0][0]
        going = harness.rows(self.podbrief.store, "SELECT count(*) FROM deliveries WHERE final = 0 AND kind <> 'brief'")[0][0]
        return open_items + going > 0

    def end(self):
        code = harness.stop(self.server)
        for double in self.doubles.values():
            harness.stop(double.child)
        return code


def reader_with_brief(world, name, topics):
    """A reader with a brief of today; -> the path of their own page."""
    world.run("brief", "--reader", name, "--topics", topics, "--zone", "Europe/Berlin")
    return world.run("users", "page", name).replace(world.url, "")
