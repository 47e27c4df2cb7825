// Every kind of payload that we send has the type that the platform's own packages give it.
//
//   node types.mjs PROGRAM    PROGRAM prints the payloads, one JSON object a line (npm_payloads)
//
// All payloads become constants of a TypeScript file, which `tsc --strict` must take; and of each kind some are broken,
// each of which it must refuse.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { blocksOf, expected, imports, kindOf } from "./kinds.mjs";

const { MessageFlags } = createRequire(import.meta.url)("discord-api-types/v10");
const here = dirname(fileURLToPath(import.meta.url));
const tsc = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin", "tsc");
const options = ["--strict", "--noEmit", "--skipLibCheck", "--target", "es2022", "--module", "nodenext",
  "--moduleResolution", "nodenext", "--types", "node", "--pretty", "false"];

// A payload as TypeScript. Several flags of a Discord message together are a value that no type lists: they are written
// as their names, so that each has to be one.
function literal(platform, body) {
  const json = JSON.stringify(body);
  if (platform !== "discord") return json;
  return json.replace(/"flags":(\d+)/g, (whole, digits) => {
    const bits = Array.from({ length: 31 }, (_, bit) => 2 ** bit).filter((bit) => Number(digits) & bit);
    if (bits.length < 2) return whole;
    return `"flags":${bits.map((bit) => `discord.MessageFlags.${MessageFlags[bit] ?? "NoSuchFlag"}`).join(" | ")}`;
  });
}

// One line that checks one payload.
function checked(platform, type, body) {
  const inside = blocksOf({ platform, body });
  const blocks = inside === null ? "" : ` const b: ${inside.type} = ${literal(platform, inside.blocks)}; void b;`;
  return `{ const p: ${type} = ${literal(platform, body)}; void p;${blocks} }`;
}

function compiled(file) {
  const how = { cwd: here, encoding: "utf8", maxBuffer: 1 << 28 };
  const result = spawnSync(process.execPath, [tsc, ...options, file], how);
  return { good: result.status === 0, errors: result.stdout.split("\n").filter((line) => line.includes("error TS")) };
}

// The same payload with something wrong in it, in each way that it can be.
function* broken(body) {
  if (Array.isArray(body)) {
    if (body.length === 0) return;
    for (const [what, first] of broken(body[0])) yield [`first element: ${what}`, [first, ...body.slice(1)]];
    yield ["a number for an element", [...body, 7]];
    return;
  }
  yield ["an unknown field", { ...body, podbrief_knows_no_such_field: 1 }];
  for (const [name, value] of Object.entries(body)) {
    yield [`${name} of another type`, { ...body, [name]: typeof value === "object" ? 7 : { wrong: true } }];
  }
}

// Something wrong in the first block, component or button: it is none; or the first words in it are a number.
function insideOf(body) {
  return body?.blocks ?? body?.view?.blocks ?? body?.data?.components ?? body?.components ??
    body?.reply_markup?.inline_keyboard?.[0];
}
function spoilWords(value) {
  for (const [name, inner] of Object.entries(value)) {
    if (typeof inner === "string" && ["text", "content", "label", "custom_id"].includes(name)) {
      value[name] = 7;
      return true;
    }
    if (typeof inner === "object" && inner !== null && spoilWords(inner)) return true;
  }
  return false;
}
function* brokenInside(body) {
  if (!Array.isArray(insideOf(body)) || insideOf(body).length === 0) return;
  const none = structuredClone(body);
  insideOf(none)[0] = { type: "podbrief_knows_no_such_block" };
  yield ["an element that is none", none];
  for (const at of insideOf(body).keys()) {
    const wrong = structuredClone(body);
    if (spoilWords(insideOf(wrong)[at])) yield [`a number for words in element ${at}`, wrong];
    if (at > 8) return;
  }
}

const made = execFileSync(process.argv[2], { encoding: "utf8", maxBuffer: 1 << 28 });
const kinds = new Map();  // name -> { type, bodies }
let failed = 0;
const fail = (line) => { ++failed; if (failed <= 40) console.log(`FAIL  ${line}`); };

for (const line of made.split("\n")) {
  if (line === "") continue;
  const payload = JSON.parse(line);
  if (payload.body === null) continue;
  const kind = kindOf(payload);
  if (!kind) { fail(`no type is known for ${payload.platform} ${payload.method}`); continue; }
  if (!kinds.has(kind.name)) {
    kinds.set(kind.name, { platform: payload.platform, type: kind.type, bodies: new Set() });
  }
  kinds.get(kind.name).bodies.add(JSON.stringify(payload.body));
}
for (const name of expected) if (!kinds.has(name)) fail(`no ${name} was made`);

const files = mkdtempSync(join(here, "node_modules", ".payloads-"));  // where the packages are found
try {
  const good = imports.split("\n");
  const names = [];
  for (const [name, { platform, type, bodies }] of kinds) {
    for (const body of bodies) {
      names[good.length] = name;
      good.push(checked(platform, type, JSON.parse(body)));
    }
  }
  writeFileSync(join(files, "good.ts"), good.join("\n"));
  const result = compiled(join(files, "good.ts"));
  for (const error of result.errors) {
    const line = Number(/\((\d+),/.exec(error)?.[1]) - 1;
    fail(`${names[line] ?? "?"}: ${error.replace(/^.*error /, "").slice(0, 600)}`);
  }
  if (!result.good && result.errors.length === 0) fail("tsc did not work");

  // An expectation that does not come true is an error.
  const bad = imports.split("\n");
  const wrongs = [];
  for (const [name, { platform, type, bodies }] of kinds) {
    const body = JSON.parse([...bodies].sort((a, b) => b.length - a.length)[0]);
    for (const [what, wrong] of [...broken(body), ...brokenInside(body)]) {
      bad.push("// @ts-expect-error");
      wrongs[bad.length - 1] = `${name}: ${what}`;
      bad.push(checked(platform, type, wrong));
    }
  }
  writeFileSync(join(files, "bad.ts"), bad.join("\n"));
  for (const error of compiled(join(files, "bad.ts")).errors) {
    const line = Number(/\((\d+),/.exec(error)?.[1]) - 1;
    fail(`a broken payload passes: ${wrongs[line] ?? error}`);
  }
  const payloads = [...kinds.values()].reduce((sum, { bodies }) => sum + bodies.size, 0);
  for (const [name, { bodies }] of [...kinds].sort()) console.log(`ok    ${String(bodies.size).padStart(5)}  ${name}`);
  const refused = wrongs.filter(Boolean).length;
  console.log(`${kinds.size} kinds, ${payloads} payloads, ${refused} broken ones; ${failed} failed`);
} finally {
  rmSync(files, { recursive: true, force: true });
}
process.exit(failed === 0 ? 0 : 1);
