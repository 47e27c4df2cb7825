"""Learning, joining and writing word vectors. Every step is deterministic: chance is seeded."""
import hashlib
import struct

import numpy

WINDOW = 8        # words each side that count as company, nearer ones more
CONTEXTS = 6000   # words that count as company: the most frequent
LEARNT = 150      # dimensions
FEWEST = 4        # a word that comes less often is not learnt
SMOOTH = 0.75     # of the frequencies of company
ENOUGH = 20       # a word heard that often is trusted as much as all others together
FLATTEN = 0.25    # how far strong directions are brought down
RARE = 1e-3       # of the weights of words in a text
SHARED = 1        # directions that all texts share


def unit(rows):
    return rows / (numpy.linalg.norm(rows, axis=1, keepdims=True) + 1e-9)


def learn(texts, counts):
    """Vectors from the company that words keep: positive pointwise mutual information, brought down to its strongest
    directions (Levy, Goldberg and Dagan 2015, with their smoothing and the square root of the singular values; the
    decomposition by random projection is that of Halko, Martinsson and Tropp 2011)."""
    words = sorted((word for word, count in counts.items() if count >= FEWEST), key=lambda w: (-counts[w], w))
    number = {word: i for i, word in enumerate(words)}
    contexts = min(CONTEXTS, len(words))
    gap = [-1] * WINDOW
    sequence = []
    for text in texts:
        sequence.extend(number[word] for word in text if word in number)
        sequence.extend(gap)
    sequence = numpy.array(sequence, dtype=numpy.int64)
    share = numpy.array([counts[word] for word in words], dtype=float)
    share /= share.sum()
    kept = numpy.minimum(1, numpy.sqrt(1e-4 / share)).astype(numpy.float32)  # frequent words tell less

    table = numpy.zeros((len(words), contexts), dtype=numpy.float32)
    flat = table.reshape(-1)
    for distance in range(1, WINDOW + 1):
        first, second = sequence[:-distance], sequence[distance:]
        both = (first >= 0) & (second >= 0)
        for word, company in ((first[both], second[both]), (second[both], first[both])):
            counted = company < contexts
            cells, times = numpy.unique(word[counted] * contexts + company[counted], return_counts=True)
            flat[cells] += (times * ((WINDOW - distance + 1) / WINDOW)).astype(numpy.float32)
    table *= kept[:, None]
    table *= kept[None, :contexts]
    of_word = table.sum(1) + 1e-9
    of_company = table.sum(0) ** SMOOTH
    of_company /= of_company.sum()
    for at in range(0, len(words), 2000):
        block = table[at:at + 2000]
        block /= of_word[at:at + 2000, None]
        block /= of_company[None]
        with numpy.errstate(divide="ignore"):
            numpy.log(block, out=block)
        numpy.maximum(block, 0, out=block)

    chance = numpy.random.RandomState(1)
    found = table @ chance.standard_normal((contexts, LEARNT + 20)).astype(numpy.float32)
    for _ in range(3):
        found = table @ numpy.linalg.qr(table.T @ numpy.linalg.qr(found)[0])[0]
    basis = numpy.linalg.qr(found)[0]
    left, strength, _ = numpy.linalg.svd(basis.T @ table, full_matrices=False)
    rows = (basis @ left)[:, :LEARNT] * numpy.sqrt(strength[:LEARNT])
    return dict(zip(words, rows))


def matrix(table, words):
    rows = numpy.array([table[word] for word in words], dtype=numpy.float32)
    return rows


def join(words, general, learnt, counts, frequency):
    """One vector a word of the two it may have, side by side. What one of them does not know is guessed from the other by
    a linear map (ridge regression on the words both know; cf. Yin and Schutze 2016); a word that was seldom heard leans
    on the guess too. Then the main directions, the strong ones brought down."""
    frequent = sorted(frequency, key=lambda w: (-frequency[w], w))[:20000]
    sides = []
    for table in (general, learnt):
        mean = matrix(table, [w for w in frequent if w in table]).mean(0)
        has = numpy.array([w in table for w in words])
        width = len(mean)
        rows = numpy.zeros((len(words), width), dtype=numpy.float32)
        rows[has] = unit(matrix(table, [w for w in words if w in table]) - mean)
        sides.append((rows, has))
    (a, has_a), (b, has_b) = sides
    heard = numpy.array([counts.get(w, 0) for w in words], dtype=float)
    both = has_a & has_b & (heard >= 20)

    def guess(source, target):
        x, y = source[both], target[both]
        return 0.7 * unit(source @ numpy.linalg.solve(x.T @ x + 10 * numpy.eye(x.shape[1]), x.T @ y))

    guessed_b, guessed_a = guess(a, b), guess(b, a)
    trust = (heard / (heard + ENOUGH))[:, None]
    b = numpy.where((has_a & has_b)[:, None], trust * b + (1 - trust) * guessed_b, numpy.where(has_b[:, None], b, guessed_b))
    a = numpy.where(has_a[:, None], a, guessed_a)
    rows = numpy.hstack([a, b])
    weight = numpy.sqrt(numpy.minimum([frequency[w] for w in words], 1e-4))[:, None]
    weight /= weight.sum()
    rows -= (rows * weight).sum(0)
    strength, directions = numpy.linalg.eigh((rows * weight).T @ rows)
    return (rows @ directions[:, ::-1]) / numpy.maximum(strength[::-1], 1e-9) ** FLATTEN


def weigh(words, rows, frequency, texts, dimension):
    """Rows to be summed up: smooth inverse frequency and the removal of what texts share (Arora, Liang and Ma 2017) are
    linear, so they are worked into the rows. At last everything is turned at random: no cosine changes, and the sign of
    every dimension tells as much as that of any other."""
    rows = rows[:, :dimension + SHARED]
    weight = numpy.array([RARE / (RARE + frequency[w]) for w in words])
    rows = rows * weight[:, None]
    number = {word: i for i, word in enumerate(words)}
    sums = []
    for text in texts:
        found = [number[word] for word in text if word in number]
        if found:
            sums.append(rows[found].sum(0) / weight[found].sum())
    _, _, directions = numpy.linalg.svd(numpy.array(sums), full_matrices=True)
    turn = numpy.linalg.qr(numpy.random.RandomState(2).standard_normal((dimension, dimension)))[0]
    return rows @ directions[SHARED:].T @ turn


def write(path, model, words, rows):
    """The format is told in core/search/word_vectors.hpp."""
    scales = (numpy.abs(rows).max(1) / 127 + 1e-12).astype("<f4")
    small = numpy.rint(rows / scales[:, None]).clip(-127, 127).astype(numpy.int8)
    coded = [word.encode() for word in words]
    ends = numpy.cumsum([len(word) for word in coded]).astype("<u4")
    text = b"".join(coded)
    body = scales.tobytes() + ends.tobytes() + small.tobytes() + text
    digest = hashlib.sha256(body).hexdigest()[:16]
    name = ("%s-%s" % (model, digest[:8])).encode()
    with open(path, "wb") as file:
        file.write(b"podbrief vectors" + struct.pack("<4I", 1, len(words), rows.shape[1], len(text)))
        file.write(name.ljust(32, b"\0") + digest.encode() + body)
