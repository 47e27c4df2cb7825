#!/usr/bin/env python3
"""Chooses the words of `podbrief bench quality --part words`: pairs of a word that insights use and another word for it, by the
relations of WordNet alone; neither our vectors nor config/words is looked at. What is nonsense was left out by hand after.

  choose.py <file written by `bench quality --part insights --candidates`, or a text a line> [--least 2]
            [--wordnet /usr/share/wordnet]

Rule: a word in lower case of four letters or more that two to fifteen of the texts hold (one to fifteen of the made-up claims); its most
frequent sense by WordNet's counts. same: the first other word of that set; broader: the first word of the set above it (what
readers ask by is seldom narrower). Both are single words of another stem. Of all those the first N by their SHA-256.
"""
import argparse
import collections
import hashlib
import os
import re
import sys

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "..", "..", "config", "words"))
sys.path.insert(0, os.path.join(HERE, "..", "..", "..", "config", "vectors"))
import corpora  # noqa: E402
import make  # noqa: E402

N = 260


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("texts")
    arguments.add_argument("--least", type=int, default=2)
    arguments.add_argument("--wordnet", default="/usr/share/wordnet")
    given = arguments.parse_args()
    senses = make.read_senses(given.wordnet)
    meanings = make.read_meanings(given.wordnet)
    holding = collections.Counter()
    with open(given.texts) as lines:
        for line in lines:
            holding.update(set(re.findall(r"\b[a-z]{4,}\b", line.rstrip("\n").split("\t")[-1])))
    pairs = []
    for word, count in holding.items():
        if not given.least <= count <= 15 or not corpora.stem(word) or word not in meanings:
            continue
        key = meanings[word][0][1]
        above = senses[key].above[:1]
        for kind, where in [("same", key)] + [("broader", one) for one in above]:
            for other in senses[where].names:
                if make.is_word(other) and corpora.stem(other) not in ("", corpora.stem(word)):
                    pairs.append((kind, word, other))
                    break
    for kind in ("same", "broader"):
        chosen = sorted((p for p in pairs if p[0] == kind), key=lambda p: hashlib.sha256(" ".join(p).encode()).digest())
        for pair in chosen[:N]:
            print("%s\t%s\t%s" % pair)


if __name__ == "__main__":
    main()
