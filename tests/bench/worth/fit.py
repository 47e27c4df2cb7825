#!/usr/bin/env python3
"""Learns what makes an insight worth reading from a reader's judgement (labels.tsv), and says how well it is told.

  podbrief bench quality FOLDER --part insights --candidates candidates.tsv
  fit.py candidates.tsv            the figures, on episodes that were not learned from
  fit.py candidates.tsv --write    the same, and core/insights/worth_{weights,stumps}.hpp fitted on all episodes

A logistic regression with a ridge and boosted stumps, half each; needs numpy (Debian: python3-numpy), takes some seconds.
Labels are joined to candidates by a hash of the text, so a text that the engine words anew has lost its label.
"""
import argparse
import hashlib
import math
import os

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
ENGINE = os.path.join(HERE, "..", "..", "..", "core", "insights")
TARGET = (0.0, 0.65, 1.0)  # what the labels 0, 1 and 2 stand for
RIDGE = 2.0
STUMPS, RATE, SHRINK, LEAST = 250, 0.06, 4.0, 25  # how many, how much of each, and the fewest texts on either side
HOURS_HELD_OUT = 62.3


def text_hash(text):
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def read_labels(path):
    with open(path, encoding="utf-8") as lines:
        rows = [line.rstrip("\n").split("\t") for line in lines if not line.startswith("#")]
    return {row[4]: (int(row[5]), row[6]) for row in rows}


class Candidate:
    def __init__(self, fields, label):
        self.episode = fields[0] + "/" + fields[1]
        self.quality = float(fields[4])
        self.features = [float(value) for value in fields[5:-1]]
        self.text = fields[-1]
        self.label = label

    def held_out(self):
        return int(hashlib.sha256(self.episode.encode()).hexdigest(), 16) % 2 == 1


def read_candidates(path, labels):
    """The names of the features, and the candidates that have a label."""
    with open(path, encoding="utf-8") as lines:
        names = next(lines).rstrip("\n").split("\t")[5:-1]
        rows = [line.rstrip("\n").split("\t") for line in lines]
    known = [Candidate(row, labels[text_hash(row[-1])][0]) for row in rows if text_hash(row[-1]) in labels]
    return names, known, len(rows)


def fit_line(features, target):
    """Weights of the features, and the bias behind them: logistic regression with a ridge, by Newton's method."""
    rows = np.c_[features, np.ones(len(features))]
    ridge = np.full(rows.shape[1], RIDGE)
    ridge[-1] = 1e-6
    weights = np.zeros(rows.shape[1])
    for _ in range(12):
        probability = 1 / (1 + np.exp(-np.clip(rows @ weights, -30, 30)))
        gradient = rows.T @ (target - probability) - ridge * weights
        steep = probability * (1 - probability) + 1e-6
        weights = weights + np.linalg.solve((rows * steep[:, None]).T @ rows + np.diag(ridge), gradient)
    return weights


def fit_stumps(features, target):
    """A base, and stumps (feature, threshold, added at most there, added above): gradient boosting of the log-odds."""
    chance = np.random.default_rng(0)
    borders = []
    for number, column in enumerate(features.T):
        for border in np.unique(np.quantile(column, np.linspace(0.06, 0.94, 12))):
            if border < column.max():
                borders.append((number, float("%.4f" % border)))
    above = np.array([features[:, number] > border for number, border in borders], dtype=np.float32)
    of = np.array([number for number, _ in borders])
    base = math.log(target.mean() / (1 - target.mean()))
    odds = np.full(len(features), base)
    stumps = []
    for _ in range(STUMPS):
        probability = 1 / (1 + np.exp(-odds))
        drawn = chance.random(len(features)) < 0.7
        slope = ((target - probability) * drawn).astype(np.float32)
        steep = (probability * (1 - probability) * drawn).astype(np.float32)
        sums = above @ np.c_[slope, steep, drawn.astype(np.float32)]
        slope_above, steep_above, count_above = sums.T
        slope_below, steep_below, count_below = slope.sum() - slope_above, steep.sum() - steep_above, drawn.sum() - count_above
        gain = slope_above ** 2 / (steep_above + SHRINK) + slope_below ** 2 / (steep_below + SHRINK)
        usable = (count_above >= LEAST) & (count_below >= LEAST) & (chance.random(features.shape[1]) < 0.5)[of]
        best = int(np.argmax(np.where(usable, gain, -1)))
        low = RATE * slope_below[best] / (steep_below[best] + SHRINK)
        high = RATE * slope_above[best] / (steep_above[best] + SHRINK)
        stumps.append((borders[best][0], borders[best][1], float(low), float(high)))
        odds += np.where(above[best] > 0, high, low)
    return base, stumps


def fit(candidates):
    features = np.array([one.features for one in candidates])
    target = np.array([TARGET[one.label] for one in candidates])
    return fit_line(features, target), fit_stumps(features, target)


def scores_of(model, candidates):
    """Log-odds: the mean of what the line says and what the stumps say."""
    line, (base, stumps) = model
    features = np.array([one.features for one in candidates])
    odds = np.c_[features, np.ones(len(features))] @ line + base
    for number, border, low, high in stumps:
        odds += np.where(features[:, number] > border, high, low)
    return list(odds / 2)


def area(scores, good):
    """Under the ROC curve: how often a good one is above another."""
    above = [s for s, g in zip(scores, good) if g]
    below = [s for s, g in zip(scores, good) if not g]
    return sum((a > b) + 0.5 * (a == b) for a in above for b in below) / len(above) / len(below)


def figures(name, candidates, scores):
    labels = [one.label for one in candidates]
    print("%s: AUC of worth reading %.3f, of worth a busy person's time %.3f" % (
        name, area(scores, [label > 0 for label in labels]), area(scores, [label == 2 for label in labels])))
    by_episode = {}
    for one, value in zip(candidates, scores):
        by_episode.setdefault(one.episode, []).append((value, one.label))
    for most in (1, 3, 5, 1000):
        chosen = [label for of_one in by_episode.values() for _, label in sorted(of_one, reverse=True)[:most]]
        print("  best %4d of each episode: %4d, mean label %.2f, worth reading %.0f %%, of them 2: %.0f %%" % (
            most, len(chosen), sum(chosen) / len(chosen), 100 * sum(label > 0 for label in chosen) / len(chosen),
            100 * sum(label == 2 for label in chosen) / len(chosen)))
    order = sorted(range(len(scores)), key=lambda i: -scores[i])
    for an_hour in (1, 2, 3, 4, 5):
        best = [labels[i] for i in order[:round(an_hour * HOURS_HELD_OUT)]]
        print("  best %d an hour:           %4d, mean label %.2f, worth reading %.0f %%, of them 2: %.0f %%" % (
            an_hour, len(best), sum(best) / len(best), 100 * sum(label > 0 for label in best) / len(best),
            100 * sum(label == 2 for label in best) / len(best)))


def write(names, model):
    line, (base, stumps) = model
    note = "// Fitted by tests/bench/worth/fit.py on the labels beside it; not edited by hand.\n"
    with open(os.path.join(ENGINE, "worth_weights.hpp"), "w", encoding="utf-8") as out:
        out.write("#pragma once\n#include \"core/insights/worth.hpp\"\n\nnamespace podbrief::insights {\n\n" + note +
                  "inline constexpr double worth_bias = %.4f;\n"
                  "inline constexpr WorthFeatures worth_weights = {\n" % line[-1])
        widest = max(len("%.4f," % weight) for weight in line[:-1])
        for name, weight in zip(names, line):
            out.write("    %s  // %s\n" % (("%.4f," % weight).ljust(widest), name))
        out.write("};\n\n}  // namespace podbrief::insights\n")
    with open(os.path.join(ENGINE, "worth_stumps.hpp"), "w", encoding="utf-8") as out:
        out.write("#pragma once\n#include \"core/insights/worth.hpp\"\n\nnamespace podbrief::insights {\n\n" + note +
                  "inline constexpr double worth_base = %.4f;\ninline constexpr WorthStump worth_stumps[] = {\n" % base)
        for number, border, low, high in stumps:
            out.write("    {%d, %.4f, %.4f, %.4f},\n" % (number, border, low, high))
        out.write("};\n\n}  // namespace podbrief::insights\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("candidates")
    parser.add_argument("--labels", default=os.path.join(HERE, "labels.tsv"))
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--half", action="store_true", help="write what was learned from the one half only")
    options = parser.parse_args()
    names, known, made = read_candidates(options.candidates, read_labels(options.labels))
    learned = [one for one in known if not one.held_out()]
    held_out = [one for one in known if one.held_out()]
    print("%d of %d candidates have a label; %d are of episodes held out" % (len(known), made, len(held_out)))
    figures("as the engine ranked them", held_out, [one.quality for one in held_out])
    model = fit(learned)
    figures("as learned from the other half", held_out, scores_of(model, held_out))
    if options.write:
        write(names, model if options.half else fit(known))


if __name__ == "__main__":
    main()
