#!/usr/bin/env python3
"""Makes english.words, the other words for a word that are part of podbrief (README.md beside this file tells how).

  make.py [--vectors ../vectors/english.vectors] [--wordnet /usr/share/wordnet] [--out english.words]

Needs Debian's python3-numpy, python3-stemmer and wordnet-base. The same inputs give the same file. Some ten seconds.
"""
import argparse
import collections
import hashlib
import os
import struct
import sys

import numpy

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "vectors"))
import corpora  # noqa: E402

WORDS = 30000       # stems that are asked about or given: the more frequent ones of the vectors
MOST = 8            # other words of one
SENSES = 2          # of a word, by how often they are meant
LEAST_SHARE = 0.15  # of what a word means, for such a sense
SAME, NARROWER, BROADER = range(3)
#        kind: weight, and how near the two must lie by their vectors
KINDS = {SAME: (0.9, 0.25), NARROWER: (0.67, 0.35), BROADER: (0.45, 0.35)}


def read_vectors(path):
    """The stems, most frequent first, and their directions (core/search/word_vectors.hpp tells the format)."""
    with open(path, "rb") as file:
        data = file.read()
    version, words, dimension, text = struct.unpack_from("<4I", data, 16)
    at = 32 + 32 + 16
    at += 4 * words  # scales: directions do without
    ends = numpy.frombuffer(data, "<u4", words, at)
    at += 4 * words
    rows = numpy.frombuffer(data, "i1", words * dimension, at).reshape(words, dimension).astype(numpy.float32)
    at += words * dimension
    spelt = data[at:at + text].decode()
    assert version == 1 and at + text == len(data), "not a file of vectors as train.py writes them"
    stems = [spelt[(ends[i - 1] if i else 0):ends[i]] for i in range(words)]
    return stems, rows / (numpy.linalg.norm(rows, axis=1, keepdims=True) + 1e-9)


class Sense:
    """A set of WordNet: what its words are, and the sets above it."""

    def __init__(self, names, above):
        self.names = names
        self.above = above
        self.below = []


def read_senses(folder):
    senses = {}
    for part in ("noun", "verb", "adj", "adv"):
        with open(os.path.join(folder, "data." + part)) as lines:
            for line in lines:
                if line.startswith("  "):
                    continue
                fields = line.partition("|")[0].split()
                kind = fields[2].replace("s", "a")
                count = int(fields[3], 16)
                names = [name.partition("(")[0] for name in fields[4:4 + 2 * count:2]]
                at = 4 + 2 * count
                above = [(kind, fields[at + 2 + 4 * i]) for i in range(int(fields[at])) if fields[at + 1 + 4 * i] == "@"]
                senses[(kind, fields[0])] = Sense(names, above)
    for key, sense in senses.items():
        for above in sense.above:
            senses[above].below.append(key)
    return senses


def read_meanings(folder):
    """What each word means, as [(share, set)], the most frequent first: by the counts of WordNet's tagged texts, and where
    there are none, by the order in which WordNet has them."""
    counts = collections.Counter()
    with open(os.path.join(folder, "cntlist.rev")) as lines:
        for line in lines:
            key, number, count = line.split()
            name, _, rest = key.partition("%")
            counts[(name, "_nvara"[int(rest[0])], int(number))] += int(count)
    meanings = collections.defaultdict(list)
    for part in ("noun", "verb", "adj", "adv"):
        with open(os.path.join(folder, "index." + part)) as lines:
            for line in lines:
                if line.startswith("  "):
                    continue
                fields = line.split()
                name, kind, number = fields[0], fields[1], int(fields[2])
                for i, place in enumerate(fields[len(fields) - number:]):
                    meanings[name].append((counts[(name, kind, i + 1)] + 1 / (i + 1), (kind, place)))
    for name, list_of in meanings.items():
        whole = sum(count for count, _ in list_of)
        meanings[name] = sorted(((count / whole, key) for count, key in list_of), key=lambda one: (-one[0], one[1]))
    return meanings


def is_word(name):
    return name.isalpha() and name.islower() and len(name) > 2


def main_senses(name, meanings):
    return [key for share, key in meanings.get(name.lower(), ())[:SENSES] if share >= LEAST_SHARE]


def related(names, senses, meanings):
    """{(stem, other stem): kind}, the nearest kind of each."""
    found = {}

    def note(one, other, kind):
        a, b = corpora.stem(one), corpora.stem(other)
        if a and b and a != b:
            found[(a, b)] = min(kind, found.get((a, b), kind))

    for name in names:
        for key in main_senses(name, meanings):
            sense = senses[key]
            # Each of the two must often be meant so: a machine is seldom a car.
            others = [(SAME, key)] + [(BROADER, above) for above in sense.above] + [(NARROWER, b) for b in sense.below]
            for kind, where in others:
                for other in senses[where].names:
                    if is_word(other) and other != name and where in main_senses(other, meanings):
                        note(name, other, kind)
    return found


def write(path, stems, others):
    """Little-endian: "podbrief words 1" | words u32 | entries u32 | bytes of text u32 | the first 16 hex digits of the SHA-256
    of all that follows | ends of the words in the text u32[words] | ends of their entries u32[words] |
    entries u32[entries]: number of the word << 16 | weight of 255 << 8 | kind | text. Words are in order."""
    stems = sorted(stems)
    number = {stem: i for i, stem in enumerate(stems)}
    text = "".join(stems).encode()
    ends, entry_ends, entries = [], [], []
    at = 0
    for stem in stems:
        at += len(stem.encode())
        ends.append(at)
        entries += [number[other] << 16 | round(255 * weight) << 8 | kind for weight, kind, other in others.get(stem, ())]
        entry_ends.append(len(entries))
    body = b"".join(struct.pack("<%dI" % len(part), *part) for part in (ends, entry_ends, entries)) + text
    with open(path, "wb") as file:
        file.write(b"podbrief words 1" + struct.pack("<3I", len(stems), len(entries), len(text)))
        file.write(hashlib.sha256(body).hexdigest()[:16].encode() + body)


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--vectors", default=os.path.join(HERE, "..", "vectors", "english.vectors"))
    arguments.add_argument("--wordnet", default="/usr/share/wordnet")
    arguments.add_argument("--out", default=os.path.join(HERE, "english.words"))
    given = arguments.parse_args()

    known, rows = read_vectors(given.vectors)
    senses = read_senses(given.wordnet)
    meanings = read_meanings(given.wordnet)
    names = sorted(name for name in meanings if is_word(name))
    listed = {corpora.stem(name) for name in names}
    row = {}
    for i, stem in enumerate(known):
        if stem in listed and len(row) < WORDS:
            row[stem] = i
    others = collections.defaultdict(list)
    for (one, other), kind in sorted(related(names, senses, meanings).items()):
        if one not in row or other not in row:
            continue
        weight, least = KINDS[kind]
        near = float(rows[row[one]] @ rows[row[other]])
        if near >= least:
            others[one].append((round(weight * min(1.0, near + 0.4), 3), kind, other))
    for one in others:
        others[one] = sorted(others[one], key=lambda entry: (-entry[0], entry[2]))[:MOST]
    write(given.out, row, others)
    counts = collections.Counter(kind for entries in others.values() for _, kind, _ in entries)
    print("%s: %d words, %d of them with %d others (same %d, narrower %d, broader %d), %d bytes" % (
        given.out, len(row), len(others), sum(counts.values()), counts[SAME], counts[NARROWER], counts[BROADER],
        os.path.getsize(given.out)))


if __name__ == "__main__":
    main()
