#!/usr/bin/env python3
"""The Slack manifests against Slack's own schema (slackapi/manifest-schema), where it and a validator are there.

  manifest_schema.py

The schema is looked for in platforms/specs of the folder beside the checkout that developers keep (or beside
$PODBRIEF_DATA).
"""
import json
import os
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
DATA = os.environ.get("PODBRIEF_DATA") or os.path.join(os.path.dirname(ROOT), "shared", "data")
SCHEMA = os.path.join(os.path.dirname(os.path.normpath(DATA)), "platforms", "specs", "slack-manifest-schema-v2.json")


def main():
    try:
        import jsonschema
        import yaml
    except ImportError as missing:
        print("skip  manifest_schema: %s" % missing)
        return 0
    if not os.path.exists(SCHEMA):
        print("skip  manifest_schema: no %s" % SCHEMA)
        return 0
    with open(SCHEMA, encoding="utf-8") as file:
        validator = jsonschema.Draft7Validator(json.load(file))
    failures = 0
    for name in ("slack-manifest.yaml", "slack-manifest-socket.yaml"):
        with open(os.path.join(ROOT, "config", name), encoding="utf-8") as file:
            manifest = yaml.safe_load(file)
        for error in validator.iter_errors(manifest):
            failures += 1
            print("FAIL  config/%s: %s: %s" % (name, "/".join(map(str, error.path)), error.message))
    if not failures:
        print("ok    both manifests keep to the schema")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
