#!/usr/bin/env python3
"""Holds every request that podbrief makes of an OpenAI-compatible API, and every answer of its double, against OpenAI's
description, where that lies beside the checkout (../shared/platforms/specs/openai-openapi-subset.json, or beside
$PODBRIEF_DATA). Broken copies of each must not pass.

  check_payloads.py PROGRAM    the program that prints them (ai_payloads)
"""
import copy
import json
import os
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
DATA = os.environ.get("PODBRIEF_DATA") or os.path.join(os.path.dirname(ROOT), "shared", "data")
SPEC = os.path.join(os.path.dirname(os.path.abspath(DATA)), "platforms", "specs", "openai-openapi-subset.json")


def skip(why):
    print("skip  payloads: %s" % why)
    sys.exit(0)


def plain(node):
    """OpenAPI 3.0's `nullable` in the words of JSON Schema."""
    if isinstance(node, list):
        return [plain(item) for item in node]
    if not isinstance(node, dict):
        return node
    out = {key: plain(value) for key, value in node.items() if key != "nullable"}
    if node.get("nullable") is True:
        return {"anyOf": [out, {"type": "null"}]}
    return out


def broken(schema, body):
    """Copies that must be refused: what is required missing, or of another type."""
    keys = {"CreateChatCompletionRequest": ["messages", "model"], "CreateChatCompletionResponse": ["choices", "id"],
            "CreateEmbeddingRequest": ["input", "model"], "CreateEmbeddingResponse": ["data", "usage"],
            "ErrorResponse": ["error"]}[schema]
    for key in keys:
        without = copy.deepcopy(body)
        del without[key]
        yield without
        wrong = copy.deepcopy(body)
        wrong[key] = {"not": ["this"]}
        yield wrong
    if "max_tokens" in body or "max_completion_tokens" in body:
        wrong = copy.deepcopy(body)
        wrong["max_tokens"] = wrong["max_completion_tokens"] = "many"
        yield wrong
    if body.get("response_format", {}).get("type") == "json_schema":
        wrong = copy.deepcopy(body)
        del wrong["response_format"]["json_schema"]["name"]
        yield wrong


def main():
    if not os.path.exists(SPEC):
        skip("no %s" % SPEC)
    try:
        import jsonschema
    except ImportError:
        skip("python3-jsonschema is not installed")
    with open(SPEC, encoding="utf-8") as f:
        spec = plain(json.load(f))
    made = subprocess.run([sys.argv[1]], stdout=subprocess.PIPE, check=True).stdout.decode()
    checked, refused, failed, validators = {}, 0, 0, {}
    for line in made.splitlines():
        one = json.loads(line)
        name = one["schema"]
        if name not in validators:
            validators[name] = jsonschema.Draft202012Validator(
                {"$ref": "#/components/schemas/" + name, "components": spec["components"]})
        checked[name] = checked.get(name, 0) + 1
        error = jsonschema.exceptions.best_match(validators[name].iter_errors(one["body"]))
        if error is not None:
            failed += 1
            print("FAIL  %s: %s at %s" % (name, error.message[:300], list(error.absolute_path)))
            continue
        for wrong in broken(name, one["body"]):
            refused += 1
            if validators[name].is_valid(wrong):
                failed += 1
                print("FAIL  %s: a broken copy passes: %s" % (name, json.dumps(wrong)[:200]))
    for name, count in sorted(checked.items()):
        print("ok    %5d  %s" % (count, name))
    if len(checked) < 5:
        print("FAIL  only %d kinds were seen" % len(checked))
        failed += 1
    print("%d payloads, %d broken ones refused, %d failed" % (sum(checked.values()), refused, failed))
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
