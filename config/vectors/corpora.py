"""What the word vectors are learnt from, as lists of stems: what core/text/words.hpp makes of the same text, but for
rarities."""
import json
import lzma
import os
import re
import unicodedata

import Stemmer

HERE = os.path.dirname(os.path.abspath(__file__))
with open(os.path.join(HERE, "..", "..", "core", "text", "stop_words.cpp")) as file:
    source = file.read()
STOP_WORDS = set(re.findall(r'"([^"]+)"', source[source.index("to_array"):]))

# Marks inside of words as WordScanner joins them: don't, 3.5, Node.js, U.S., GPT-4, H-1B; C++ and C# at the end.
WORD = re.compile(r"[^\W_]+(?:(?:['\u2019_](?=[^\W\d_])|(?<=\d)[.,](?=\d)|\.(?=[a-z])|(?<=\b[A-Z])\.(?=[A-Z]\b)|-(?=\d)"
                  r"|(?<=\d)-(?=\w)|(?<=\b\w)-(?=\w)|(?<=[A-Z])&(?=[A-Z]))[^\W_]+)*(?:\+\+|#)?")
STEMMER = Stemmer.Stemmer("english")
STRETCH = 300  # words of talk that are about one thing
known = {}


def fold(word):
    word = word.replace("\u2019", "'").lower()
    if not word.isascii():
        word = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    return word


def stem(word):
    """Empty: a stop word or a single letter."""
    if word not in known:
        folded = fold(word)
        if re.match(r"[a-z]\.[a-z]", folded):
            folded = folded.replace(".", "")
        if word in ("US", "U.S.", "U.S"):
            found = "usa"
        elif folded in STOP_WORDS or (len(folded) < 2 and not folded.isdigit()):
            found = ""
        else:
            found = STEMMER.stemWord(folded) if re.search("[a-z]", folded) else folded
        known[word] = found
    return known[word]


def stems(text):
    return [found for found in (stem(match.group()) for match in WORD.finditer(text)) if found]


def talk(path, held_out):
    """Transcripts in one file, each opened by `# show/file.md`, as stretches of some 300 words."""
    stretches, words, skipped = [], [], False

    def end():
        if words:
            stretches.append(list(words))
            words.clear()

    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("# "):
                end()
                skipped = line[2:].strip() in held_out
                continue
            if skipped:
                continue
            line = re.sub(r"\*\*[^*]{1,60}:\*\*|\\\[[\d:.]+\\\]|(?<=\])\(http[^)]*\)", "", line)
            words.extend(stems(line))
            if len(words) >= STRETCH:
                end()
    end()
    return stretches


def sentences(stretches):
    """Pieces as long as an insight, a few thousand of them from everywhere: to find what all texts share."""
    pieces = [stretch[at:at + 20] for stretch in stretches for at in range(0, len(stretch) - 20, 20)]
    return pieces[::max(1, len(pieces) // 6000)]


def wordnet(folder):
    """The sets of WordNet 3.0 (wndb(5)) as texts: the words of a set, thrice, with what they mean and the words above and
    below them between."""
    sets = {}
    for part in ("noun", "verb", "adj", "adv"):
        with open(os.path.join(folder, "data." + part)) as lines:
            for line in lines:
                if not line.startswith("  "):
                    read_set(line, sets)
    entries = []
    for names, gloss, pointers in sets.values():
        words = [found for name in names for found in stems(name)]
        around = [found for symbol, target in pointers if symbol in ("@", "@i", "+", "~")
                  for name in sets.get(target, ((),))[0][:2] for found in stems(name)][:8]
        told = stems(gloss)
        half = len(told) // 2
        entry = words + told[:half] + words + told[half:] + words + around
        if len(entry) > 2:
            entries.append(entry)
    return entries


def read_set(line, sets):
    data, _, gloss = line.partition("|")
    fields = data.split()
    count = int(fields[3], 16)
    names = [re.sub(r"\(.*", "", name).replace("_", " ") for name in fields[4:4 + 2 * count:2]]
    at = 4 + 2 * count
    pointers = [(fields[at + 1 + 4 * i], (fields[at + 3 + 4 * i].replace("s", "a"), fields[at + 2 + 4 * i]))
                for i in range(int(fields[at]))]
    sets[(fields[2].replace("s", "a"), fields[0])] = (names, gloss, pointers)


def glove(path):
    """GloVe's vectors by stem: forms of one word joined by how frequent they are, which is told by their order (Zipf)."""
    with open(path) as file:
        data = json.load(file)
    sums, weights = {}, {}
    total = sum(1 / (rank + 10) for rank in range(len(data["words"])))
    for rank, word in enumerate(data["words"]):
        found = stem(word) if re.match("[a-z0-9]", word) else ""
        if not found:
            continue
        weight = 1 / (rank + 10)
        row = [weight * value for value in data["vectors"][word][:100]]
        sums[found] = [a + b for a, b in zip(sums[found], row)] if found in sums else row
        weights[found] = weights.get(found, 0) + weight
    return ({word: [value / weights[word] for value in row] for word, row in sums.items()},
            {word: weight / total for word, weight in weights.items()})
