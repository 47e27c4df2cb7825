#!/usr/bin/env python3
"""Lays the episodes of changelog-text out as `podbrief bench quality` reads changelog: a folder to give as --more.

  lay_out.py FOLDER OUT             those that labels.tsv names
  lay_out.py FOLDER OUT --all       all of them but the 120 of changelog, for labelling (a minute)

FOLDER holds changelog and changelog-text. The Python standard library is enough.
"""
import argparse
import json
import lzma
import os

HERE = os.path.dirname(os.path.abspath(__file__))


def labelled():
    with open(os.path.join(HERE, "labels.tsv"), encoding="utf-8") as lines:
        rows = [line.split("\t") for line in lines if not line.startswith("#")]
    return {(row[1], row[2]) for row in rows}


def episodes(folder):
    """Show, name and text of each."""
    show = name = None
    text = []
    with lzma.open(os.path.join(folder, "changelog-text", "transcripts.md.xz"), "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("# ") and line.rstrip().endswith(".md") and line.count("/") == 1:
                if show:
                    yield show, name, "".join(text)
                show, name = line[2:].strip()[:-3].split("/")
                text = []
            else:
                text.append(line)
    if show:
        yield show, name, "".join(text)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("out")
    parser.add_argument("--all", action="store_true")
    arguments = parser.parse_args()
    with open(os.path.join(arguments.folder, "changelog", "episodes.json"), encoding="utf-8") as file:
        known = {one["transcript"].split("/", 1)[1][:-3] for one in json.load(file)["episodes"]}
    wanted = None if arguments.all else labelled()
    out = os.path.join(arguments.out, "changelog")
    listed = []
    for show, name, text in episodes(arguments.folder):
        if show + "/" + name in known or (wanted is not None and (show, name) not in wanted):
            continue
        path = os.path.join("transcripts", show, name + ".md")
        os.makedirs(os.path.join(out, "transcripts", show), exist_ok=True)
        with open(os.path.join(out, path), "w", encoding="utf-8") as file:
            file.write(text)
        listed.append({"show": show, "slug": name, "title": name, "published": "2024-01-01T00:00:00Z", "duration_s": None,
                       "link": None, "transcript": path, "notes": None, "chapters": []})
    with open(os.path.join(out, "episodes.json"), "w", encoding="utf-8") as file:
        json.dump({"episodes": listed}, file)
    with open(os.path.join(out, "shows.json"), "w", encoding="utf-8") as file:
        json.dump({one["show"]: {"title": one["show"]} for one in listed}, file)
    print(len(listed), "episodes")


if __name__ == "__main__":
    main()
