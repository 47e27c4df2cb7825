#!/usr/bin/env python3
"""Makes the sample library's feeds, transcripts and chapter files from source/, and checks that they agree.

  python3 make.py           # writes feeds/, transcripts/ and chapters/
  python3 make.py --check   # writes nothing: are the files as they would be made, and do feeds and files agree?

A source file has front matter, then turns ("Name: words"), "# Chapter" lines, and "=== notes" with show notes.
"""
import argparse
import html
import json
import os
import re
import shutil
import sys
import tempfile
import uuid
import xml.etree.ElementTree as ElementTree

HERE = os.path.dirname(os.path.abspath(__file__))
MADE = ("feeds", "transcripts", "chapters")
SECONDS_A_WORD = 0.4  # 150 words a minute
CUE_LIMIT = 180       # characters
MIME = {"vtt": "text/vtt", "srt": "application/x-subrip", "json": "application/json", "html": "text/html",
        "txt": "text/plain", "md": "text/markdown"}
PODCAST = "https://podcastindex.org/namespace/1.0"
OLD_PODCAST = "https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/1.0.md"
PODCAST_GUID_SPACE = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")


# reading the source ------------------------------------------------------------------------------------------------

class Episode:
    def __init__(self, show, slug, fields, turns, chapters, notes):
        self.show, self.slug, self.fields, self.turns, self.chapters, self.notes = show, slug, fields, turns, chapters, notes
        self.formats = [f for f in fields["formats"].split() if f != "none"]
        self.guests = [g.strip() for g in fields.get("guests", "").split(",") if g.strip()]
        self.words = sum(len(text.split()) for _, text in turns)
        self.duration = round(self.words * SECONDS_A_WORD) + 3 if turns else (90 if not self.guests else 1500)

    def path(self, extension):
        return "transcripts/%s/%s.%s" % (self.show, self.slug, extension)

    def guid(self):
        return str(uuid.uuid5(PODCAST_GUID_SPACE, "podbrief sample/%s/%s" % (self.show, self.slug)))


def read_episode(path, show):
    with open(path, encoding="utf-8") as f:
        _, front, body = f.read().split("---\n", 2)
    fields = dict(line.split(": ", 1) for line in front.splitlines() if line)
    body, _, notes = body.partition("=== notes\n")
    turns, chapters = [], []
    for block in (b.strip() for b in re.split(r"\n+", body)):
        if block.startswith("# "):
            chapters.append((len(turns), block[2:]))
        elif block:
            speaker, _, text = block.partition(": ")
            turns.append((speaker, text))
    slug = re.sub(r"^\d+-", "", os.path.basename(path)[:-3])
    return Episode(show, slug, fields, turns, chapters, notes.strip())


def read_library():
    with open(os.path.join(HERE, "source", "shows.json"), encoding="utf-8") as f:
        shows = json.load(f)
    library = []
    for key, about in shows.items():
        folder = os.path.join(HERE, "source", key)
        episodes = [read_episode(os.path.join(folder, name), key) for name in sorted(os.listdir(folder))]
        library.append((key, about, sorted(episodes, key=lambda e: float(e.fields["days_ago"]))))
    return library


# transcripts -------------------------------------------------------------------------------------------------------

def sentences(text):
    return [s for s in re.split(r"(?<=[.!?])\s+", text) if s]


def pieces(text):
    """One or a few sentences each, at most CUE_LIMIT characters; a longer sentence is broken between words."""
    out = []
    for sentence in sentences(text):
        while len(sentence) > CUE_LIMIT:
            cut = sentence.rfind(" ", CUE_LIMIT // 2, CUE_LIMIT)
            out.append(sentence[:cut])
            sentence = sentence[cut + 1:]
        if out and len(out[-1]) + 1 + len(sentence) <= CUE_LIMIT and out[-1][-1] in ".!?":
            out[-1] += " " + sentence
        else:
            out.append(sentence)
    return out


def turn_starts(episode):
    starts, at = [], 0.0
    for _, text in episode.turns:
        starts.append(at)
        at += len(text.split()) * SECONDS_A_WORD
    return starts


def cues(episode):
    """[(start, end, speaker, text)] in seconds."""
    out = []
    for (speaker, text), at in zip(episode.turns, turn_starts(episode)):
        for piece in pieces(text):
            end = at + len(piece.split()) * SECONDS_A_WORD
            out.append((round(at, 3), round(end, 3), speaker, piece))
            at = end
    return out


def clock(seconds, point=".", hours=True):
    ms = round(seconds * 1000)
    h, ms = divmod(ms, 3600000)
    m, ms = divmod(ms, 60000)
    s, ms = divmod(ms, 1000)
    return ("%02d:" % h if hours or h else "") + "%02d:%02d%s%03d" % (m, s, point, ms)


def to_vtt(episode, k):
    lines = ["WEBVTT - " + episode.fields["title"], "", "NOTE", "An invented conversation, made for podbrief's tests.", ""]
    for n, (start, end, speaker, text) in enumerate(cues(episode), 1):
        if k % 2:
            lines.append(str(n))
        settings = " align:start position:10%" if n % 4 == 1 else ""
        lines.append("%s --> %s%s" % (clock(start, hours=k % 3 > 0), clock(end, hours=k % 3 > 0), settings))
        lines += ["<v %s>%s</v>" % (html.escape(speaker, False), html.escape(text, False)), ""]
    return "\n".join(lines)


def to_srt(episode, k):
    lines, last = [], None
    for n, (start, end, speaker, text) in enumerate(cues(episode), 1):
        label = "%s: " % speaker if speaker != last else ""
        last = speaker
        lines += [str(n), "%s --> %s" % (clock(start, ","), clock(end, ",")), label + text, ""]
    bom = "\ufeff" if episode.show == "model-behaviour" else ""
    return bom + "\n".join(lines).replace("\n", "\r\n")


def to_json(episode, k):
    segments = [{"speaker": speaker, "startTime": start, "endTime": end, "body": text}
                for start, end, speaker, text in cues(episode)]
    return json.dumps({"version": "1.0.0", "segments": segments}, ensure_ascii=bool(k % 2), indent=1) + "\n"


def to_html(episode, k):
    out = ["<!DOCTYPE html>", '<html lang="en"><head><meta charset="utf-8"><title>%s</title></head><body>'
           % html.escape(episode.fields["title"])]
    for (speaker, text), start in zip(episode.turns, turn_starts(episode)):
        out += ["<cite>%s:</cite>" % html.escape(speaker), "<time>%d:%02d</time>" % divmod(int(start), 60),
                "<p>%s</p>" % html.escape(text)]
    return "\n".join(out + ["</body></html>", ""])


def to_txt(episode, k):
    return "\n\n".join("%s: %s" % turn for turn in episode.turns) + "\n"


def to_md(episode, k):
    out, due = [], 0.0
    for (speaker, text), start in zip(episode.turns, turn_starts(episode)):
        mark = ""
        if start >= due:  # about one mark in two minutes
            mark, due = "\\[%02d:%02d\\] " % divmod(int(start), 60), start + 120
        out.append("**%s:** %s%s" % (speaker, mark, text))
    return "\n\n".join(out) + "\n"


WRITERS = {"vtt": to_vtt, "srt": to_srt, "json": to_json, "html": to_html, "txt": to_txt, "md": to_md}


def chapter_file(episode):
    starts = turn_starts(episode)
    chapters = [{"startTime": round(starts[index], 1), "title": title} for index, title in episode.chapters]
    return json.dumps({"version": "1.2.0", "chapters": chapters}, indent=1) + "\n"


# feeds -------------------------------------------------------------------------------------------------------------

def notes_html(episode):
    if not episode.notes:
        guests = ", ".join(episode.guests)
        return "<p>%s</p>" % html.escape(episode.fields["summary"], False) + ("<p>Guest: %s</p>" % guests if guests else "")
    paragraphs = []
    for block in re.split(r"\n\s*\n", episode.notes):
        text = re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", html.escape(block.strip(), False))
        paragraphs.append("<p>%s</p>" % text)
    return "\n".join(paragraphs)


def podcasting_tags(episode, about):
    tags = ['<podcast:person role="host">%s</podcast:person>' % html.escape(h) for h in about["hosts"]]
    tags += ['<podcast:person role="guest">%s</podcast:person>' % html.escape(g) for g in episode.guests]
    for extension in episode.formats:
        rel = ' rel="captions"' if extension in ("vtt", "srt") else ""
        tags.append('<podcast:transcript url="{{base}}/%s" type="%s" language="en"%s/>'
                    % (episode.path(extension), MIME[extension], rel))
    if episode.fields.get("chapters"):
        tags.append('<podcast:chapters url="{{base}}/chapters/%s/%s.json" type="application/json+chapters"/>'
                    % (episode.show, episode.slug))
    return tags


def duration_text(seconds, k):
    m, s = divmod(seconds, 60)
    return (str(seconds), "%d:%02d" % (m, s), "00:%02d:%02d" % (m, s))[k % 3]


def link(episode):
    return "https://%s.example/%s" % (episode.show, episode.slug)


def enclosure(episode):
    return "{{base}}/audio/%s/%s.mp3" % (episode.show, episode.slug), episode.duration * 16000


def to_rss(key, about, episodes, k):
    encoding = "windows-1252" if about["flavour"] == "windows-1252" else "UTF-8"
    namespace = OLD_PODCAST if key == "slow-wave" else PODCAST
    escape = (lambda t: t) if about["flavour"] == "broken" else (lambda t: html.escape(t, False))
    out = ['<?xml version="1.0" encoding="%s"?>' % encoding,
           '<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" '
           'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:podcast="%s">' % namespace,
           "<channel>", "<title>%s</title>" % escape(about["title"]), "<link>https://%s.example/</link>" % key,
           "<description>%s</description>" % escape(about["description"]), "<language>en</language>",
           "<itunes:author>%s</itunes:author>" % escape(" & ".join(about["hosts"])),
           '<itunes:category text="%s"/>' % html.escape(about["category"]), "<itunes:explicit>false</itunes:explicit>",
           "<podcast:guid>%s</podcast:guid>" % uuid.uuid5(PODCAST_GUID_SPACE, key + ".example"),
           "<podcast:locked>no</podcast:locked>"]
    out += ['<podcast:person role="host">%s</podcast:person>' % html.escape(h) for h in about["hosts"]]
    for n, episode in enumerate(episodes):
        audio, size = enclosure(episode)
        notes = notes_html(episode)
        out += ["<item>", "<title>%s</title>" % escape(episode.fields["title"]),
                '<guid isPermaLink="false">%s</guid>' % episode.guid(), "<link>%s</link>" % link(episode),
                "<pubDate>{{days_ago %s}}</pubDate>" % episode.fields["days_ago"],
                '<enclosure url="%s" length="%d" type="audio/mpeg"/>' % (audio, size)]
        if about["flavour"] == "broken":  # as some hosts write it: markup escaped, ampersands and spaces not
            out.append("<description>%s&nbsp;</description>" % notes.replace("<", "&lt;").replace(">", "&gt;"))
        elif k % 2:
            out += ["<description>%s</description>" % escape(episode.fields["summary"]),
                    "<content:encoded><![CDATA[%s]]></content:encoded>" % notes]
        else:
            out.append("<description>%s</description>" % html.escape(notes, False))
        out += ["<itunes:duration>%s</itunes:duration>" % duration_text(episode.duration, k + n),
                "<itunes:episodeType>%s</itunes:episodeType>" % episode.fields.get("type", "full")]
        out += podcasting_tags(episode, about) + ["</item>"]
    return ("\n".join(out + ["</channel>", "</rss>", ""])).encode(encoding)


def to_atom(key, about, episodes):
    out = ['<?xml version="1.0" encoding="utf-8"?>',
           '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:podcast="%s" '
           'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd">' % PODCAST,
           "<id>tag:%s.example,2024:feed</id>" % key, "<title>%s</title>" % html.escape(about["title"]),
           "<subtitle>%s</subtitle>" % html.escape(about["description"]),
           "<updated>{{days_ago_iso %s}}</updated>" % episodes[0].fields["days_ago"],
           '<link rel="alternate" href="https://%s.example/"/>' % key,
           '<link rel="self" href="{{base}}/feeds/%s.xml"/>' % key]
    out += ["<author><name>%s</name></author>" % html.escape(h) for h in about["hosts"]]
    for episode in episodes:
        audio, size = enclosure(episode)
        when = "{{days_ago_iso %s}}" % episode.fields["days_ago"]
        out += ["<entry>", "<id>tag:%s.example,2024:%s</id>" % (key, episode.guid()),
                "<title>%s</title>" % html.escape(episode.fields["title"], False),
                "<published>%s</published>" % when, "<updated>%s</updated>" % when,
                '<link rel="alternate" href="%s"/>' % link(episode),
                '<link rel="enclosure" href="%s" length="%d" type="audio/mpeg"/>' % (audio, size),
                '<content type="html">%s</content>' % html.escape(notes_html(episode), False),
                "<itunes:duration>%d</itunes:duration>" % episode.duration]
        out += podcasting_tags(episode, about) + ["</entry>"]
    return ("\n".join(out + ["</feed>", ""])).encode()


def make(target):
    """Writes everything below `target`; gives the relative paths."""
    written = []

    def write(path, data):
        full = os.path.join(target, path)
        os.makedirs(os.path.dirname(full), exist_ok=True)
        with open(full, "wb") as f:
            f.write(data)
        written.append(path)

    for folder in MADE:
        shutil.rmtree(os.path.join(target, folder), ignore_errors=True)
    for k, (key, about, episodes) in enumerate(read_library()):
        feed = to_atom(key, about, episodes) if about["flavour"] == "atom" else to_rss(key, about, episodes, k)
        write("feeds/%s.xml" % key, feed)
        for n, episode in enumerate(episodes):
            for extension in episode.formats:
                write(episode.path(extension), WRITERS[extension](episode, k + n).encode())
            if episode.fields.get("chapters"):
                write("chapters/%s/%s.json" % (key, episode.slug), chapter_file(episode).encode())
    return written


# checking ----------------------------------------------------------------------------------------------------------

def committed():
    found = []
    for folder in MADE:
        for top, _, names in os.walk(os.path.join(HERE, folder)):
            found += [os.path.relpath(os.path.join(top, name), HERE) for name in names]
    return found


def load(path):
    with open(os.path.join(HERE, path), "rb") as f:
        return f.read()


def served(data):
    """The bytes as the loopback server would send them."""
    data = data.replace(b"{{base}}", b"http://127.0.0.1:1")
    data = re.sub(rb"\{\{days_ago [0-9.]+\}\}", b"Mon, 02 Mar 2026 08:00:00 +0000", data)
    return re.sub(rb"\{\{days_ago_iso [0-9.]+\}\}", b"2026-03-02T08:00:00Z", data)


def check_files(problem):
    with tempfile.TemporaryDirectory() as fresh:
        expected = make(fresh)
        for path in sorted(set(expected) | set(committed())):
            if path not in expected:
                problem(path, "is not made by make.py; remove it")
            elif not os.path.exists(os.path.join(HERE, path)):
                problem(path, "is missing; run make.py")
            elif load(path) != open(os.path.join(fresh, path), "rb").read():
                problem(path, "differs from what make.py writes; run make.py")


def check_feeds(problem):
    offered, guids, items = set(), [], 0
    for key, about, episodes in read_library():
        path = "feeds/%s.xml" % key
        data = load(path)
        rest = served(data)
        if b"{{" in rest:
            problem(path, "has a placeholder that the server does not know")
        try:
            ElementTree.fromstring(rest)
            if about["flavour"] == "broken":
                problem(path, "is well formed, but should be a little broken")
        except ElementTree.ParseError as error:
            if about["flavour"] != "broken":
                problem(path, "is not well formed: %s" % error)
        if about["flavour"] == "windows-1252" and not any(byte > 0x7F for byte in data):
            problem(path, "has no character that shows its encoding")
        found = re.findall(rb"<guid[^>]*>([^<]+)</guid>|<entry>\s*<id>([^<]+)</id>", data)
        if len(found) != len(episodes):
            problem(path, "has %d items for %d episodes" % (len(found), len(episodes)))
        items += len(found)
        guids += [a or b for a, b in found]
        offered |= {u.decode() for u in re.findall(rb'podcast:(?:transcript|chapters) url="\{\{base\}\}/([^"]+)"', data)}
    if len(set(guids)) != len(guids):
        problem("feeds", "use one guid twice")
    present = {path for path in committed() if not path.startswith("feeds/")}
    for path in sorted(offered - present):
        problem(path, "is offered by a feed but is not there")
    for path in sorted(present - offered):
        problem(path, "is there but no feed offers it")
    return items


def times_in(path, text):
    number = r"(?:(\d+):)?(\d+):(\d\d)[.,](\d\d\d)"
    if path.endswith((".vtt", ".srt")):
        out = []
        for hit in re.finditer(r"^%s --> %s" % (number, number), text, re.M):
            part = [int(g or 0) for g in hit.groups()]
            out.append(tuple(part[i] * 3600 + part[i + 1] * 60 + part[i + 2] + part[i + 3] / 1000 for i in (0, 4)))
        return out
    return [(s["startTime"], s["endTime"]) for s in json.loads(text)["segments"]]


def check_transcripts(problem):
    formats, chip_episodes, chip_shows = set(), 0, set()
    for key, about, episodes in read_library():
        for episode in episodes:
            name = "%s/%s" % (key, episode.slug)
            if episode.turns and not 700 <= episode.words <= 1500:
                problem(name, "has %d words, not 700 to 1500" % episode.words)
            strangers = {s for s, _ in episode.turns} - set(about["hosts"]) - set(episode.guests) - {"Break"}
            if strangers:
                problem(name, "has speakers that the feed does not name: %s" % ", ".join(sorted(strangers)))
            said = " ".join(text for _, text in episode.turns)
            if len(re.findall(r"export (?:control|rule|ban|licen)|chip control|smuggle", said)) >= 3:
                chip_episodes += 1
                chip_shows.add(key)
            for extension in episode.formats:
                formats.add(extension)
                path = episode.path(extension)
                text = load(path).decode("utf-8-sig").replace("\r\n", "\n")
                if extension == "vtt" and not text.startswith("WEBVTT"):
                    problem(path, "does not begin with WEBVTT")
                if extension in ("vtt", "srt", "json"):
                    spans = times_in(path, text)
                    ordered = all(s < e for s, e in spans) and all(a[1] <= b[0] + 0.001 for a, b in zip(spans, spans[1:]))
                    if not spans or not ordered or spans[-1][1] > episode.duration:
                        problem(path, "has times out of order or beyond the episode's %d s" % episode.duration)
    if formats != set(MIME):
        problem("transcripts", "lack the formats %s" % ", ".join(sorted(set(MIME) - formats)))
    if chip_episodes < 5 or len(chip_shows) < 4:
        problem("source", "speaks of export controls in %d episodes of %d shows only" % (chip_episodes, len(chip_shows)))


def check_local(problem):
    for top, _, names in os.walk(os.path.join(HERE, "local")):
        for name in names:
            path = os.path.relpath(os.path.join(top, name), HERE)
            text = load(path).decode()
            for field in ("title", "date", "show"):
                if not re.search(r"\A---\n(?:.+\n)*%s: .+\n(?:.+\n)*---\n" % field, text):
                    problem(path, "has no %s in its front matter" % field)
            if not re.search(r"^\*\*[^*]+:\*\* ", text, re.M):
                problem(path, "has no speaker labels")


def check():
    problems = []
    problem = lambda where, what: problems.append("%s: %s" % (where, what))
    check_files(problem)
    items = check_feeds(problem)
    check_transcripts(problem)
    check_local(problem)
    for line in problems:
        print(line)
    print("%d episodes, %d problems" % (items, len(problems)))
    return 1 if problems else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    if parser.parse_args().check:
        return check()
    print("%d files written" % len(make(HERE)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
