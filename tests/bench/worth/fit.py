#!/usr/bin/env python3
"""Learns what makes an insight worth reading from a reader's judgement (labels.tsv), and says how well it is told.

  podbrief bench quality FOLDER --part insights --candidates candidates.tsv
  fit.py candidates.tsv            the figures, on episodes that were not learned from
  fit.py candidates.tsv --write    the same, and core/insights/worth_weights.hpp fitted on all episodes

Logistic regression with a ridge (Newton's method); the Python standard library is enough, and it takes some seconds.
Labels are joined to candidates by a hash of the text, so a text that the engine words anew has lost its label.
"""
import argparse
import hashlib
import math
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(HERE))
from linear import solve  # noqa: E402

WEIGHTS = os.path.join(HERE, "..", "..", "..", "core", "insights", "worth_weights.hpp")
TARGET = (0.0, 0.65, 1.0)  # what the labels 0, 1 and 2 stand for
RIDGE = 3.0


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


def score(weights, features):
    return weights[-1] + sum(w * f for w, f in zip(weights, features))


def fit(candidates):
    """Weights of the features, and the bias behind them."""
    size = len(candidates[0].features) + 1
    weights = [0.0] * size
    for _ in range(10):
        hessian = [[0.0] * size for _ in range(size)]
        gradient = [0.0] * size
        for one in candidates:
            probability = 1 / (1 + math.exp(-score(weights, one.features)))
            steep = probability * (1 - probability) + 1e-6
            features = one.features + [1.0]
            present = [i for i, value in enumerate(features) if value]
            for i in present:
                gradient[i] += (TARGET[one.label] - probability) * features[i]
                for j in present:
                    hessian[i][j] += steep * features[i] * features[j]
        for i in range(size - 1):
            hessian[i][i] += RIDGE
            gradient[i] -= RIDGE * weights[i]
        hessian[-1][-1] += 1e-9
        step = solve(hessian, gradient)
        weights = [w + s for w, s in zip(weights, step)]
        if max(abs(s) for s in step) < 1e-4:
            break
    return weights


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
    for share in (0.1, 0.25, 0.5):
        best = [labels[i] for i in order[:int(share * len(order))]]
        print("  best %3.0f %% of all:            %4d, mean label %.2f, worth reading %.0f %%, of them 2: %.0f %%" % (
            100 * share, len(best), sum(best) / len(best), 100 * sum(label > 0 for label in best) / len(best),
            100 * sum(label == 2 for label in best) / len(best)))


def write(names, weights):
    with open(WEIGHTS, "w", encoding="utf-8") as out:
        out.write("#pragma once\n#include \"core/insights/worth.hpp\"\n\nnamespace podbrief::insights {\n\n"
                  "// Fitted by tests/bench/worth/fit.py on the labels beside it; not edited by hand.\n"
                  "inline constexpr double worth_bias = %.4f;\n"
                  "inline constexpr WorthFeatures worth_weights = {\n" % weights[-1])
        widest = max(len("%.4f," % weight) for weight in weights[:-1])
        for name, weight in zip(names, weights):
            out.write("    %s  // %s\n" % (("%.4f," % weight).ljust(widest), name))
        out.write("};\n\n}  // namespace podbrief::insights\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("candidates")
    parser.add_argument("--labels", default=os.path.join(HERE, "labels.tsv"))
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    names, known, made = read_candidates(options.candidates, read_labels(options.labels))
    learned = [one for one in known if not one.held_out()]
    held_out = [one for one in known if one.held_out()]
    print("%d of %d candidates have a label; %d are of episodes held out" % (len(known), made, len(held_out)))
    figures("as the engine ranked them", held_out, [one.quality for one in held_out])
    weights = fit(learned)
    figures("as learned from the other half", held_out, [score(weights, one.features) for one in held_out])
    if options.write:
        write(names, fit(known))


if __name__ == "__main__":
    main()
