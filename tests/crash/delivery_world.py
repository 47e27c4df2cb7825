"""What the crash tests of delivery share: the platform doubles, the server under test, and the oracle that joins what
people saw with what the store says."""
import atexit
import collections
import json
import os
import subprocess
import sys
import time
import urllib.request

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "e2e"))
import harness  # noqa: E402

CONFIG = harness.LOOPBACK + '[server]\nlisten = ""\n[log]\nlevel = "warning"\n'
FINAL = ("sent", "superseded", "destination_gone", "cancelled", "dead")


class Doubles:
    """The platforms: live on while the server dies."""

    def __init__(self, path, seed=1, trouble=0.0):
        command = [path, "--seed", str(seed), "--trouble", str(trouble)]
        self.child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        atexit.register(harness.stop, self.child)
        self.url = "http://127.0.0.1:%d" % int(self.child.stdout.readline().split()[1])

    def ask(self, path, method="GET"):
        with urllib.request.urlopen(urllib.request.Request(self.url + path, method=method), timeout=60) as answer:
            return answer.read()

    def log(self):
        return json.loads(self.ask("/log"))

    def calm(self):
        self.ask("/calm", "POST")

    def stop(self):
        self.child.stdin.close()
        self.child.wait(20)


class Server(harness.Podbrief):
    """delivery_server on one data folder; readers are r1, r2 ..."""

    def __init__(self, path, data, doubles):
        super().__init__(path, data, CONFIG)
        self.doubles, self.readers = doubles, 0

    def serve_arguments(self):
        return ["serve", "--doubles", self.doubles.url]

    def serve(self, before=(), **options):
        """Starts it, as an argument of the command `before` when there is one."""
        options.setdefault("stderr", subprocess.DEVNULL)
        environment = dict(self.environment(), **options.pop("env", {}))
        child = subprocess.Popen(list(before) + self.command(*self.serve_arguments()), stdin=subprocess.DEVNULL,
                                 stdout=subprocess.DEVNULL, env=environment, **options)
        atexit.register(harness.stop, child)
        return child

    def fill(self, count):
        """-> whether they were added."""
        done = self.run("fill", "--first", str(self.readers + 1), "--count", str(count))
        if done.returncode == 0:
            self.readers += count
        return done.returncode == 0

    def rows(self, query):
        return harness.rows(self.store, query)

    def count(self, query):
        return self.rows(query)[0][0]

    def unfinished(self):
        """Deliveries that have not ended, and slots and readers whose time has come and that have none."""
        now = int(time.time() * 1000)
        return self.count("""SELECT (SELECT count(*) FROM deliveries WHERE final = 0)
            + (SELECT count(*) FROM slots WHERE state IN ('planned', 'composing') AND due_at_ms <= %d)
            + (SELECT count(*) FROM readers r WHERE NOT EXISTS (SELECT 1 FROM slots WHERE reader_id = r.id))""" % now)

    def in_hand(self):
        return self.count("SELECT count(*) FROM deliveries WHERE state IN ('claimed', 'dispatching', 'reconciling')")

    def last_event(self):
        return self.count("SELECT coalesce(max(id), 0) FROM delivery_history")

    def first_claim(self, after, patience=60.0):
        """When the first delivery was claimed after that event (s since 1970); None: not in that time."""
        end = time.monotonic() + patience
        while time.monotonic() < end:
            found = self.rows("SELECT at_ms FROM delivery_history WHERE id > %d AND event IN "
                             "('claimed', 'reconciling') LIMIT 1" % after)
            if found:
                return found[0][0] / 1000
            time.sleep(0.01)
        return None

    def finish(self, patience=120):
        """Lets it work in peace until all is done; -> its exit status, or None: not done in time."""
        child = self.serve()
        time.sleep(1)  # to be asked to stop, it must have begun
        end = time.monotonic() + patience
        while time.monotonic() < end and child.poll() is None and self.unfinished() > 0:
            time.sleep(0.2)
        done = self.unfinished() == 0
        code = harness.stop(child)
        return code if done else None


def prepare(podbrief, folder):
    """A data folder with the sample library read, to be copied."""
    library = harness.Podbrief(podbrief, folder)
    server = harness.sample_server()
    opml = harness.write_opml(os.path.join(folder, "feeds.opml"), server.feeds)
    for arguments in (["feeds", "add", opml], ["ingest"]):
        done = library.run(*arguments)
        if done.returncode != 0:
            sys.exit("cannot prepare the library: " + done.stdout + done.stderr)
    server.shutdown()


class Verdict:
    """What people saw, joined with the store. `wrong` has a line for everything that must not be."""

    def __init__(self, server, log, early_is_wrong=True):
        self.wrong, self.states = [], collections.Counter()
        self.lost = self.doubled = self.stray = self.in_doubt = self.briefs = 0
        shown, lines = collections.defaultdict(list), collections.Counter()
        for message in log["messages"]:
            if message["placeholder"]:
                lines[message["key"]] += 1
            else:
                shown[message["key"]].append(message)
        self.messages = sum(len(m) for m in shown.values())
        self.deliveries(server, shown, early_is_wrong)
        self.slots(server)
        self.stray = sum(n for key, n in lines.items())
        reserves = server.count("SELECT count(*) FROM delivery_history WHERE event = 'attempt began' AND detail = 'reserve'")
        if self.stray > reserves:
            self.wrong.append("%d lines stand alone, and only %d were reserved" % (self.stray, reserves))

    def deliveries(self, server, shown, early_is_wrong):
        known, parts = set(), collections.defaultdict(list)
        doubted = {row[0] for row in server.rows("""SELECT DISTINCT delivery_id FROM delivery_history
            WHERE event IN ('outcome unknown', 'taken over')""")}
        for row in server.rows("""SELECT id, key, state, platform, chat, slot_id, destination_id, part, send_at_ms, reason
                FROM deliveries WHERE kind = 'brief' ORDER BY slot_id, destination_id, part"""):
            number, key, state, platform, chat, slot, destination, part, send_at, reason = row
            name = "%s to %s %s, part %d" % (key, platform, chat, part)
            known.add(key)
            self.briefs += 1
            self.states[state] += 1
            seen = shown.get(key, [])
            if len(seen) > 1:
                self.doubled += 1
                self.wrong.append("doubled: %s, seen %d times, stored as %s" % (name, len(seen), state))
            if state == "sent" and not seen:
                self.lost += 1
                self.wrong.append("lost: %s is stored as sent, and nobody saw it" % name)
            if state not in FINAL:
                self.wrong.append("not ended: %s is %s (%s)" % (name, state, reason))
            elif state != "sent" and seen:
                self.in_doubt += 1
                if number not in doubted:
                    self.wrong.append("seen without a doubt: %s is %s" % (name, state))
            if seen:
                parts[(slot, destination)].append(seen[0]["made_at_ms"])
                if early_is_wrong and seen[0]["made_at_ms"] < send_at:
                    self.wrong.append("early: %s by %d ms" % (name, send_at - seen[0]["made_at_ms"]))
        for times in parts.values():
            if times != sorted(times):
                self.wrong.append("parts out of order: %s" % times)
        for key in set(shown) - known:
            self.lost += 1
            self.wrong.append("the store knows nothing of %s, which was seen" % key)

    def slots(self, server):
        """Every reader whose time has come was reached at each destination, once."""
        now = int(time.time() * 1000)
        for name, address, whole in server.rows("""
                SELECT r.name, d.platform || ' ' || d.chat,
                    (SELECT count(*) FROM (SELECT min(x.state = 'sent') AS whole FROM deliveries x
                        WHERE x.destination_id = d.id AND x.kind = 'brief' GROUP BY x.slot_id) WHERE whole)
                FROM readers r JOIN destinations d ON d.reader_id = r.id"""):
            if whole != 1:
                self.lost += whole == 0
                self.wrong.append("%s got %d whole briefs at %s: %s" % (name, whole, address, self.story(server, address)))
        left = server.rows("SELECT reader_id, key, state FROM slots WHERE due_at_ms <= %d AND state NOT IN "
                           "('fired', 'superseded', 'cancelled')" % now)
        self.wrong += ["slot not ended: %s" % (row,) for row in left]

    def story(self, server, address):
        """What the store says of all briefs to there, so that a failure that is rare explains itself."""
        told = server.rows("""SELECT d.key, d.state, d.reason, coalesce((SELECT group_concat(
                h.at_ms - d.send_at_ms || ' ' || h.event || ' (' || h.detail || ')', '; ')
                FROM delivery_history h WHERE h.delivery_id = d.id), 'no history')
            FROM deliveries d WHERE d.kind = 'brief' AND d.platform || ' ' || d.chat = '%s' ORDER BY d.id""" % address)
        return " | ".join("%s is %s (%s): %s" % row for row in told) or "no delivery"

    def check(self, checks, what, server):
        said = harness.integrity(server.store)
        if said != "ok":
            self.wrong.append("store not sound: " + said)
        few = "\n      ".join(self.wrong[:10]) + ("" if len(self.wrong) <= 10 else "\n      and %d more" % (len(self.wrong) - 10))
        return checks.check("%s: %d briefs, %d lost, %d doubled, %d lines astray" % (
            what, self.briefs, self.lost, self.doubled, self.stray), not self.wrong, few)


def quantile(values, share):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else float("nan")
