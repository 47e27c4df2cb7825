#!/usr/bin/env python3
"""Holds every request that podbrief makes of Discord against Discord's OpenAPI description, where that lies beside the
checkout (../shared/platforms/specs/discord-openapi.json, or beside $PODBRIEF_DATA).

  check_payloads.py PROGRAM    the program that prints the requests (discord_payloads)
"""
import json
import os
import re
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
DATA = os.environ.get("PODBRIEF_DATA") or os.path.join(os.path.dirname(ROOT), "shared", "data")
SPEC = os.path.join(os.path.dirname(os.path.abspath(DATA)), "platforms", "specs", "discord-openapi.json")


def skip(why):
    print("skip  payloads: %s" % why)
    sys.exit(0)


def schema_of(spec, method, path):
    """The schema of that request's body; the most literal path counts."""
    best = None
    for template, operations in spec["paths"].items():
        pattern = "^" + re.sub(r"\{[^}]+\}", "[^/]+", template) + "$"
        if method.lower() in operations and re.match(pattern, path):
            if best is None or template.count("{") < best[0]:
                best = (template.count("{"), template, operations[method.lower()])
    if best is None:
        return None, None
    content = best[2].get("requestBody", {}).get("content", {}).get("application/json", {})
    return best[1], content.get("schema")


def main():
    if not os.path.exists(SPEC):
        skip("no %s" % SPEC)
    try:
        import jsonschema
    except ImportError:
        skip("python3-jsonschema is not installed")
    with open(SPEC, encoding="utf-8") as f:
        spec = json.load(f)
    made = subprocess.run([sys.argv[1]], stdout=subprocess.PIPE, check=True).stdout.decode()
    checked, failed, validators = {}, 0, {}
    for line in made.splitlines():
        request = json.loads(line)
        template, schema = schema_of(spec, request["method"], request["path"])
        if template is None:
            print("FAIL  %s %s: Discord has no such route" % (request["method"], request["path"]))
            failed += 1
            continue
        kind = "%s %s" % (request["method"], template)
        checked[kind] = checked.get(kind, 0) + 1
        if schema is None:
            if request["body"] is not None:
                print("FAIL  %s takes no body" % kind)
                failed += 1
            continue
        if kind not in validators:
            whole = dict(schema)
            whole["components"] = spec["components"]
            validators[kind] = jsonschema.Draft202012Validator(whole)
        error = jsonschema.exceptions.best_match(validators[kind].iter_errors(request["body"]))
        if error is not None:
            failed += 1
            if failed <= 20:
                print("FAIL  %s: %s at %s" % (kind, error.message[:300], list(error.absolute_path)))
    for kind, count in sorted(checked.items()):
        print("ok    %5d  %s" % (count, kind))
    if len(checked) < 12:
        print("FAIL  only %d kinds of requests were made" % len(checked))
        failed += 1
    print("%d requests, %d failed" % (sum(checked.values()), failed))
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
