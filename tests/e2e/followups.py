#!/usr/bin/env python3
"""Answers worth asking for, by the program: what no insight says is looked up in the transcripts, what nobody said is
watched, and questions are narrowed. Transcripts in a local folder; no network.
"""
import os
import sys
import time

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import harness  # noqa: E402

# Claims on different things, of which one insight an episode leaves out most.
CLAIMS = {
    "solar kilns": "Solar kilns cut the cost of drying timber by 40 percent because the sun replaces the gas that heats the "
                   "chamber, and small sawmills in Portugal get their money back within two years.",
    "lead glazes": "Lead glazes were banned in most potteries of Europe after the war because the workers who dipped the "
                   "plates fell ill, and the substitutes that replaced them needed hotter ovens.",
    "night ferries": "Night ferries lose money on nine of ten crossings because lorry drivers sleep in their cabs instead of "
                     "cabins, and the harbour in Esbjerg charges 12 percent more after midnight.",
}
FUSION = ("Fusion plants raise the cost of power in Norway by 20 percent because the permits take a decade, and the operators "
          "pay for the cooling that runs while the plant stands still.")


def transcript(title, day, claims):
    """A Markdown transcript: small talk with these claims in it."""
    said = ["Yeah, number %d was nice, was it not?" % i for i in range(60)]
    for at, claim in enumerate(claims):
        said.insert(10 + 15 * at, claim)
    parts = ["**%s:** [%02d:%02d] %s" % ("Rui Costa" if i % 2 else "Ada Moor", i // 4, i % 4 * 15, text)
             for i, text in enumerate(said)]
    return "---\ntitle: %s\ndate: %s\nshow: Harbour Radio\n---\n\n%s\n" % (title, day, "\n\n".join(parts))


class FollowUps(harness.Checks):
    def __init__(self, path):
        super().__init__()
        folder = harness.scratch_folder()
        self.episodes = os.path.join(folder, "harbour-radio")
        self.podbrief = harness.Podbrief(path, os.path.join(folder, "data"), "[insights]\nper_episode = 1\n[polling]\ninterval_s = 1\n")

    def add(self, name, *arguments):
        harness.write(os.path.join(self.episodes, name + ".md"), transcript(*arguments))

    def ask(self, *words):
        return self.podbrief.json("ask", *words)

    @staticmethod
    def cards(reply):
        return [block for block in reply["blocks"] if block.get("type") == "insight"]

    def insights(self):
        return harness.rows(self.podbrief.store, "SELECT count(*) FROM insights")[0][0]

    def run(self):
        self.add("one", "Three things", "2026-01-05", list(CLAIMS.values()))
        self.podbrief.run("feeds", "add", self.episodes)
        self.podbrief.run("ingest")
        before = self.insights()
        chosen = " ".join(row[0] for row in harness.rows(self.podbrief.store, "SELECT quote FROM insights"))
        topic = next(topic for topic, claim in CLAIMS.items() if claim not in chosen)
        first = self.cards(self.ask("more on " + topic))
        self.equal("one insight is made of the transcript", len(first), 1)
        if not first:
            return self.end()
        self.check("it says where it is from", first[0]["origin"] == "asked", first[0])
        self.check("it speaks of what was asked", topic.split()[1] in first[0]["text"], first[0])
        quoted = self.cards(self.ask("quote", "1"))
        self.check("its words are quoted exactly", quoted and quoted[0]["quote"] in CLAIMS[topic], quoted)
        again = self.cards(self.ask("more on " + topic))
        self.equal("asked again it is the same", [c["insight_id"] for c in again], [first[0]["insight_id"]])
        self.equal("and stored once", self.insights(), before + 1)

        nothing = self.ask("more on fusion plants")
        self.equal("what nobody said is not found", self.cards(nothing), [])
        self.check("it may be watched", "watch fusion plants" in nothing["suggestions"], nothing["suggestions"])
        self.equal("nothing is stored for it", self.insights(), before + 1)
        self.ask("watch fusion plants")
        shown = self.podbrief.run("ask", "topics").stdout
        self.check("the watch is among the topics", "fusion plants" in shown and "watched" in shown, shown)

        older = self.podbrief.run("ask", "more on %s since 2026-02-01" % topic).stdout
        self.check("a filter that leaves nothing is said", "Nothing on %s since 1 Feb 2026" % topic in older, older)
        self.check("and the rest is shown", "Without that there is" in older and "Harbour Radio" in older, older)

        self.add("two", "Power", "2026-01-06", [FUSION])
        time.sleep(1.1)  # the folder is due again
        self.podbrief.run("ingest")
        brief = self.podbrief.run("brief").stdout
        self.check("news of what is watched begins the next brief", "you watch fusion plants" in brief, brief)
        self.check("what was looked up is in no brief", topic.split()[1] not in brief, brief)
        return self.end()


if __name__ == "__main__":
    sys.exit(FollowUps(harness.binary(sys.argv[1] if len(sys.argv) > 1 else None)).run())
