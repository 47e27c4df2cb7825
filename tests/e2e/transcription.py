#!/usr/bin/env python3
"""A podcast without transcripts, as a user has it: the recording is downloaded, decoded and cut by ffmpeg, heard by a
service, and becomes insights whose quotes are what was heard; a second run pays for nothing.

  transcription.py [PODBRIEF]
"""
import array
import email.parser
import json
import math
import os
import shutil
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import harness  # noqa: E402

RATE, SECONDS = 8000, 700  # longer than one part


def wav():
    """A tone, with a second of silence at the end of each minute."""
    second = array.array("h", (int(8000 * math.sin(i * 2 * math.pi * 440 / RATE)) for i in range(RATE)))
    silence = array.array("h", bytes(2 * RATE))
    samples = b"".join((silence if s % 60 == 59 else second).tobytes() for s in range(SECONDS))

    def number(value, size):
        return value.to_bytes(size, "little")
    return (b"RIFF" + number(36 + len(samples), 4) + b"WAVEfmt " + number(16, 4) + number(1, 2) + number(1, 2) +
            number(RATE, 4) + number(RATE * 2, 4) + number(2, 2) + number(16, 2) + b"data" + number(len(samples), 4) +
            samples)


CLAIM = ("A single deployable service lowers the cost of change for companies with fewer than fifty engineers. In case "
         "%d the saving came to %d percent because the two teams stopped waiting for each other.")


class Ears(BaseHTTPRequestHandler):
    """The podcast and the service on one port; the service is strict about what it is sent."""
    heard, wrong = [], []

    def log_message(self, *arguments):
        pass

    def reply(self, body, kind, status=200):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        if self.path == "/feed.xml":
            feed = ('<rss version="2.0"><channel><title>Unwritten</title><language>en</language><item><title>One</title>'
                    '<guid>one</guid><pubDate>Sun, 01 Mar 2026 12:00:00 GMT</pubDate><enclosure url="http://127.0.0.1:%d'
                    '/one.wav" type="audio/wav" length="1"/></item></channel></rss>' % self.server.server_port)
            return self.reply(feed.encode(), "application/rss+xml")
        if self.path == "/one.wav":
            return self.reply(self.server.recording, "audio/wav")
        return self.reply(b"no", "text/plain", 404)

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        message = email.parser.BytesParser().parsebytes(
            b"Content-Type: " + self.headers["Content-Type"].encode() + b"\r\n\r\n" + body)
        fields = {p.get_param("name", header="content-disposition"): p.get_payload(decode=True)
                  for p in message.get_payload()} if message.is_multipart() else {}
        good = (self.path == "/v1/audio/transcriptions" and self.headers["Authorization"] == "Bearer key-canary" and
                fields.get("model") == b"whisper-1" and fields.get("response_format") == b"verbose_json" and
                fields.get("language") == b"en" and fields.get("file", b"").startswith(b"fLaC"))
        if not good:
            self.wrong.append((self.path, sorted(fields)))
            return self.reply(b'{"error":{"message":"no"}}', "application/json", 400)
        self.heard.append(len(fields["file"]))
        segments = [{"id": i, "start": 20.0 * i, "end": 20.0 * i + 19, "avg_logprob": -0.2, "no_speech_prob": 0.01,
                     "text": " " + CLAIM % (len(self.heard) * 10 + i, 10 + 7 * i)} for i in range(4)]
        answer = {"task": "transcribe", "language": "english", "text": "", "segments": segments}
        return self.reply(json.dumps(answer).encode(), "application/json")


class Transcription(harness.Checks):
    def __init__(self, path):
        super().__init__()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Ears)
        self.server.recording = wav()
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.base = "http://127.0.0.1:%d" % self.server.server_port
        self.config = harness.LOOPBACK + (
            '[transcription]\nprovider = "openai"\nurl = "%s/v1"\nname = "whisper-1"\nkey = "key-canary"\nwait_min = 0\n'
            % self.base)
        self.path = path
        self.folder = harness.scratch_folder()

    def run(self):
        if shutil.which("ffmpeg") is None:
            self.skip("transcription", "ffmpeg is not installed (apt install ffmpeg)")
            return self.end()
        podbrief = harness.Podbrief(self.path, os.path.join(self.folder, "data"), self.config)
        podbrief.run("feeds", "add", self.base + "/feed.xml")
        done = podbrief.run("ingest")
        self.equal("ingest ends well", done.returncode, 0)
        self.check("the service was asked as its API says", not Ears.wrong, Ears.wrong)
        self.equal("in two parts, cut in a silence", len(Ears.heard), 2)
        self.check("each well below the service's limit", max(Ears.heard, default=0) < 25 << 20, Ears.heard)
        insights = harness.rows(podbrief.store, "SELECT quote, origin FROM insights")
        self.check("insights are made of what was heard",
                   insights and all(origin == "transcript" and "saving came to" in quote or "deployable" in quote
                                    for quote, origin in insights), insights)
        transcripts = harness.rows(podbrief.store, "SELECT source_url, timed FROM transcripts")
        self.equal("the transcript says where it comes from", transcripts, [("transcribed: openai whisper-1", 1)])
        notes = harness.rows(podbrief.store, "SELECT value FROM notes WHERE name LIKE 'transcription_%' AND "
                                             "name <> 'transcription_spending'")
        self.check("its quality is stored", len(notes) == 1 and json.loads(notes[0][0])["quality"] > 0.7, notes)
        self.equal("nothing is left beside the store", os.listdir(podbrief.store + ".audio"), [])
        podbrief.run("ingest")
        self.equal("a second run pays for nothing", len(Ears.heard), 2)
        report = podbrief.json("doctor")
        self.check("doctor tells the audio of the day, each part rounded up to a second",
                   SECONDS <= report["transcription"]["today"][0]["audio_s"] <= SECONDS + 2, report["transcription"])
        self.check("and that all is there", report["transcription"]["works"], report["transcription"])
        self.check("the key is in no message", "canary" not in done.stdout + done.stderr, done.stderr)
        self.without_ffmpeg()
        return self.end()

    def without_ffmpeg(self):
        podbrief = harness.Podbrief(self.path, os.path.join(self.folder, "without"),
                                    self.config + 'ffmpeg = "no-such-ffmpeg"\n')
        podbrief.run("feeds", "add", self.base + "/feed.xml")
        done = podbrief.run("ingest")
        self.check("without ffmpeg ingest says so and goes on",
                   done.returncode == 0 and "ffmpeg is not there" in done.stderr, done.stderr)
        line = [l for l in podbrief.run("doctor").stdout.splitlines() if l.startswith("audio")]
        self.check("doctor says what to install", len(line) == 1 and "apt install ffmpeg" in line[0], line)


if __name__ == "__main__":
    sys.exit(Transcription(harness.binary(sys.argv[1] if len(sys.argv) > 1 else None)).run())
