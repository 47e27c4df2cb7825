#!/usr/bin/env python3
"""Learns from a reader's labels (labels.tsv) when a word of praise or blame is said of the thing asked for.

  lay_out.py FOLDER MORE
  podbrief bench quality FOLDER --part sides --sides labels.tsv --more MORE --pairs judged.tsv
  fit.py judged.tsv            how well it does on the half to tune on, each tenth by what was learned from the others
  fit.py judged.tsv --write    the same, and core/insights/side_weights.hpp, fitted on the half to tune on

Logistic regression with a ridge (Newton's method); the Python standard library is enough, and it takes some seconds.
The half that is held out is never looked at here: the figures of `bench quality` are for that.
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

WEIGHTS = os.path.join(HERE, "..", "..", "..", "core", "insights", "side_weights.hpp")
RIDGE = 3.0
FOLDS = 10


class Pair:
    def __init__(self, fields):
        self.topic, self.wanted, self.got, self.confidence, self.text = fields[1:6]
        self.cues = []  # (side, features)

    def fold(self):
        return int(hashlib.sha256(self.text.encode()).hexdigest(), 16) % FOLDS


def read_pairs(path):
    """The names of the features, and the pairs to tune on."""
    names, pairs, held_out = [], [], False
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            fields = line.rstrip("\n").split("\t")
            if fields[0] == "features":
                names = fields[1:]
            elif fields[0] != "cue":
                held_out = fields[0] == "held out"
                if not held_out:
                    pairs.append(Pair(fields))
            elif not held_out:
                pairs[-1].cues.append((fields[1], [float(value) for value in fields[2:]]))
    return names, pairs


def rows_of(pairs):
    """Sparse features with the bias behind them, and whether the cue tells the side the reader sees."""
    rows = []
    for pair in pairs:
        for side, features in pair.cues:
            sparse = [(i, value) for i, value in enumerate(features + [1.0]) if value]
            rows.append((sparse, 1.0 if side == pair.wanted else 0.0))
    return rows


def chance(weights, sparse):
    return 1 / (1 + math.exp(-sum(weights[i] * value for i, value in sparse)))


def fit(rows, size):
    """Weights of the features, and the bias behind them."""
    weights = [0.0] * size
    for _ in range(8):
        hessian = [[0.0] * size for _ in range(size)]
        gradient = [-RIDGE * w for w in weights]
        gradient[-1] = 0.0
        for i in range(size):
            hessian[i][i] = RIDGE if i + 1 < size else 1e-3
        for sparse, wanted in rows:
            p = chance(weights, sparse)
            q = p * (1 - p)
            for i, a in sparse:
                gradient[i] += (wanted - p) * a
                row = hessian[i]
                for j, b in sparse:
                    row[j] += q * a * b
        weights = [w + step for w, step in zip(weights, solve(hessian, gradient))]
    return weights


def decide(weights, pair):
    """As ClaimReading::on (core/insights/stance.cpp)."""
    best = {"+": 0.0, "-": 0.0}
    for side, features in pair.cues:
        best[side] = max(best[side], chance(weights, list(enumerate(features + [1.0]))))
    side = max(best, key=best.get)
    return side, max(best.values()) * (1 - min(best.values()))


def report(title, pairs, decisions):
    print(title)
    sides = sum(pair.wanted != "0" for pair in pairs)
    for least in (0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7):
        shown = [(pair, side) for pair, (side, sure) in zip(pairs, decisions) if pair.cues and sure >= least]
        right = sum(pair.wanted == side for pair, side in shown)
        other = sum(pair.wanted not in ("0", side) for pair, side in shown)
        print("  from %.2f: %3d shown, %3d right, %d of the other side, precision %.2f, recall %.2f"
              % (least, len(shown), right, other, right / max(1, len(shown)), right / sides))


def write(names, weights):
    lines = ["#pragma once", '#include "core/insights/side_sayings.hpp"', "", "namespace podbrief::insights {", "",
             "// Fitted by tests/bench/stance/fit.py on the labels beside it; not edited by hand.",
             "inline constexpr double side_bias = %.4f;" % weights[-1],
             "inline constexpr cues::SideFeatures side_weights = {"]
    cells = ["    %.4f," % weight for weight in weights[:-1]]
    width = max(len(cell) for cell in cells)
    lines += ["%-*s  // %s" % (width, cell, name) for cell, name in zip(cells, names)]
    lines += ["};", "", "}  // namespace podbrief::insights", ""]
    with open(WEIGHTS, "w", encoding="utf-8") as file:
        file.write("\n".join(lines))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("judged")
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    names, pairs = read_pairs(arguments.judged)
    size = len(names) + 1
    decisions = [None] * len(pairs)
    for fold in range(FOLDS):
        weights = fit(rows_of([pair for pair in pairs if pair.fold() != fold]), size)
        for i, pair in enumerate(pairs):
            if pair.fold() == fold:
                decisions[i] = decide(weights, pair)
    report("each tenth by the others", pairs, decisions)
    weights = fit(rows_of(pairs), size)
    report("what it learned from itself", pairs, [decide(weights, pair) for pair in pairs])
    for weight, name in sorted(zip(weights, names), key=lambda one: -abs(one[0])):
        print("  %7.3f  %s" % (weight, name))
    if arguments.write:
        write(names, weights)


if __name__ == "__main__":
    main()
