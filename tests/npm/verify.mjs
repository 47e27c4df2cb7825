// Our server lets in what the official libraries let in, and nothing else: @slack/bolt, discord-interactions, grammy.
//
//   node verify.mjs PROGRAM [--each 10000] [--seed 1]    PROGRAM: verifying_server
//
// Of each platform so many random requests, good and bad in every way that is tried on such a thing, are shown to the
// official function and, over HTTP, to our server; they must say the same. Then requests which the official function
// takes though the platform cannot have sent them (old or future ones, other spellings): ours must refuse them all.
import { spawn } from "node:child_process";
import { createHmac, createPrivateKey, createPublicKey, sign } from "node:crypto";
import http from "node:http";
import { createRequire } from "node:module";
import readline from "node:readline";

const require = createRequire(import.meta.url);
const { isValidSlackRequest } = require("@slack/bolt");
const { verifyKey } = require("discord-interactions");
const { Bot, webhookCallback } = require("grammy");

const option = (name, usual) => {
  const at = process.argv.indexOf(name);
  return at < 0 ? usual : Number(process.argv[at + 1]);
};
const each = option("--each", 10_000);
const now = 1_767_225_600;  // seconds; whatever it is, both are told

// ---- chance, the same for the same seed (mulberry32) ----
let state = option("--seed", 1);
function below(bound) {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * bound);
}
const one = (list) => list[below(list.length)];
const text = (alphabet, length) => Array.from({ length }, () => alphabet[below(alphabet.length)]).join("");
const hex = "0123456789abcdef";
const token = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
const changed = (value, at, alphabet) => {
  let other = value[at];
  while (other === value[at]) other = one(alphabet);
  return value.slice(0, at) + other + value.slice(at + 1);
};
const anywhere = (value, alphabet) => changed(value, below(value.length), alphabet);

function anyBody() {
  const words = ["more on chips", "é", "𝔘", "👩‍👩‍👧", "\u0000", "\r\n", '"', "<!channel>", "%20&+", "{}", "עברית", " "];
  const said = Array.from({ length: below(30) }, () => one(words)).join("");
  switch (below(6)) {
    case 0: return "";
    case 1: return said;
    case 2: return `token=x&team_id=T1&user_id=U1&channel_id=C1&command=%2Fbrief&text=${encodeURIComponent(said)}`;
    case 3: return `payload=${encodeURIComponent(JSON.stringify({ type: "block_actions", said }))}`;
    case 4: return JSON.stringify({ type: "event_callback", team_id: "T1", event: { type: "message", text: said } });
    default: return JSON.stringify({ type: 1, said, deep: [[[said.repeat(below(50))]]] });
  }
}

// ---- Slack ----
const slackSecrets = [text(hex, 32), text(hex, 32)];  // one is being exchanged for the other
const slackSignature = (secret, at, body) =>
  `v0=${createHmac("sha256", secret).update(`v0:${at}:`).update(body).digest("hex")}`;

const slack = {
  name: "slack",
  library: "@slack/bolt isValidSlackRequest",
  request() {
    const body = anyBody();
    const at = String(now + one([0, -1, 1, -299, -300, 300, below(601) - 300]));
    const secret = one(slackSecrets);
    const good = slackSignature(secret, at, body);
    const make = (timestamp, signature, sent = body) => ({ timestamp, signature, body: sent });
    switch (below(18)) {
      case 0: return make(at, anywhere(good, hex));
      case 1: return make(at, slackSignature(text(hex, 32), at, body));
      case 2: return make(at, good, body + one([" ", "\n", "x", "\u0000"]));
      case 3: return make(String(Number(at) + one([-1, 1])), good);
      case 4: return make(at, good.slice(0, below(good.length)));
      case 5: return make(at, good + text(hex, 1 + below(4)));
      case 6: return make(at, good.replace("v0", one(["v1", "V0", "", "v00"])));
      case 7: return make(at, one(["", "v0", "v0=", "=", text(hex, 64), "v0=" + text("xyz", 64)]));
      case 8: return make(undefined, good);
      case 9: return make(at, undefined);
      case 10: {
        const stale = String(now - 301 - below(one([2, 1000, 1_000_000_000])));
        return make(stale, slackSignature(secret, stale, body));
      }
      case 11: {
        const none = one(["", "now", "12three", "NaN", "-1", "1767225600x", "17 67"]);
        return make(none, slackSignature(secret, none, body));
      }
      case 12: return /[a-f]/.test(good.slice(3)) ? make(at, "v0=" + good.slice(3).toUpperCase()) : make(at, good);
      default: return make(at, good);
    }
  },
  lenient() {
    const body = anyBody();
    const future = String(now + 301 + below(one([2, 1000, 1_000_000])));
    const at = String(now);
    switch (below(3)) {
      case 0: return { timestamp: future, signature: slackSignature(slackSecrets[0], future, body), body };
      case 1: return { timestamp: at, signature: slackSignature(slackSecrets[0], at, body) + "=more", body };
      default: return { timestamp: one(["00", "+"]) + at, signature: slackSignature(slackSecrets[0], at, body), body };
    }
  },
  // As bolt's receivers call it: what is not there is refused, and the timestamp is a number.
  async official({ timestamp, signature, body }) {
    if (timestamp === undefined || signature === undefined) return false;
    const headers = { "x-slack-signature": signature, "x-slack-request-timestamp": Number(timestamp) };
    return slackSecrets.some((signingSecret) =>
      isValidSlackRequest({ signingSecret, body, headers, nowMilliseconds: now * 1000 + 999 * below(2) }));
  },
  sent: ({ timestamp, signature, body }) => ({
    path: one(["/slack/events", "/slack/commands", "/slack/interactivity"]),
    headers: { "X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": signature },
    body,
  }),
};

// ---- Discord ----
const pkcs8 = Buffer.from("302e020100300506032b657004220420", "hex");  // RFC 8410: what stands before the seed
function anyKey() {
  const seed = Buffer.from(text(hex, 64), "hex");
  return createPrivateKey({ key: Buffer.concat([pkcs8, seed]), format: "der", type: "pkcs8" });
}
const discordKeys = [0, 1].map(() => {
  const key = anyKey();
  return { key, shown: createPublicKey(key).export({ format: "der", type: "spki" }).subarray(-32).toString("hex") };
});
const discordSignature = (key, at, body) =>
  sign(null, Buffer.concat([Buffer.from(at), Buffer.from(body)]), key).toString("hex");
const order = 2n ** 252n + 27742317777372353535851937790883648493n;  // of the group

// S and the group's order: it would verify too, where nobody looked that S is below the order, as RFC 8032 wants it.
function malleable(signature) {
  const s = BigInt("0x" + Buffer.from(signature.slice(64), "hex").reverse().toString("hex")) + order;
  return signature.slice(0, 64) + Buffer.from(s.toString(16).padStart(64, "0"), "hex").reverse().toString("hex");
}

const discord = {
  name: "discord",
  library: "discord-interactions verifyKey",
  request() {
    const bytes = () => Array.from({ length: below(300) }, () => below(256));
    const body = Buffer.from(below(4) === 0 ? bytes() : anyBody());
    const at = String(now + below(61) - 30);
    const { key } = one(discordKeys);
    const good = discordSignature(key, at, body);
    const make = (timestamp, signature, sent = body) => ({ timestamp, signature, body: sent });
    switch (below(18)) {
      case 0: return make(at, anywhere(good, hex));
      case 1: return make(at, discordSignature(anyKey(), at, body));
      case 2: return make(at, good, Buffer.concat([body, Buffer.from(one([" ", "\n", "x", "\u0000"]))]));
      case 3: return make(String(Number(at) + one([-1, 1])), good);
      case 4: return make(at, good.slice(0, 2 * below(64)));
      case 5: return make(at, good + text(hex, 2 * (1 + below(3))));
      case 6: return make(at, "");
      case 7: return make(undefined, good);
      case 8: return make(at, undefined);
      case 9: return make(at, malleable(good));
      case 10: return make(at, one(["00", "ff", "01"]).repeat(64));
      case 11: return make(at, text(hex, 128));
      case 12: return make(at, good.slice(64) + good.slice(0, 64));
      case 13: return make(at, good.toUpperCase());
      default: return make(at, good);
    }
  },
  // The library looks at no timestamp, and reads two digits as far as they are some.
  lenient() {
    const body = Buffer.from(anyBody());
    const { key } = discordKeys[0];
    const far = 86_400 + below(1_000_000);
    const at = one([String(now + far), String(now - far), "now", `${now}.0`, "0".repeat(20)]);
    if (below(2) === 0) return { timestamp: at, signature: discordSignature(key, at, body), body };
    for (;;) {  // a byte that is one digit: "0a" as "ag"
      const fresh = String(now + below(31));
      const filled = Buffer.concat([body, Buffer.from(text(hex, 8))]);
      const signature = discordSignature(key, fresh, filled);
      const pair = signature.match(/../g).findIndex((two) => two[0] === "0");
      if (pair < 0) continue;
      const spelt = signature[2 * pair + 1] + one("ghxyz");
      const other = signature.slice(0, 2 * pair) + spelt + signature.slice(2 * pair + 2);
      return { timestamp: fresh, signature: other, body: filled };
    }
  },
  async official({ timestamp, signature, body }) {
    if (!timestamp || !signature) return false;  // as verifyKeyMiddleware
    for (const { shown } of discordKeys) if (await verifyKey(body, signature, timestamp, shown)) return true;
    return false;
  },
  sent: ({ timestamp, signature, body }) => ({
    path: "/discord/interactions",
    headers: { "X-Signature-Timestamp": timestamp, "X-Signature-Ed25519": signature },
    body,
  }),
};

// ---- Telegram ----
const telegramSecrets = [text(token, 64), text(token, 256)];
const bot = new Bot("123456:example", {
  botInfo: { id: 1, is_bot: true, first_name: "Brief", username: "BriefBot", can_join_groups: true,
    can_read_all_group_messages: false, supports_inline_queries: false, can_connect_to_business: false,
    has_main_web_app: false },
});
const telegramOfficial = telegramSecrets.map((secretToken) => {
  const adapter = (header, said) => ({
    update: Promise.resolve({ update_id: 1 }),
    header,
    unauthorized: () => said(false),
    respond: () => said(true),
    end: () => said(true),
  });
  return webhookCallback(bot, adapter, { secretToken });
});

const telegram = {
  name: "telegram",
  library: "grammy webhookCallback secretToken",
  request() {
    const good = one(telegramSecrets);
    const body = below(2) === 0 ? anyBody() : JSON.stringify({ update_id: below(1_000_000) });
    const make = (secret) => ({ secret, body });
    switch (below(14)) {
      case 0: return make(undefined);
      case 1: return make("");
      case 2: return make(anywhere(good, token));
      case 3: return make(good.slice(0, below(good.length)));
      case 4: return make(good + text(token, 1 + below(5)));
      case 5: return make(text(token, good.length));
      case 6: return make(good.toLowerCase());
      case 7: return make(telegramSecrets.join(one([",", ", ", "", ";"])));
      case 8: return make(changed(good, one([0, good.length - 1]), token));
      case 9: return make(`"${good}"`);
      default: return make(good);
    }
  },
  lenient: null,  // grammy compares, as we do
  async official({ secret }) {
    for (const callback of telegramOfficial) {
      let answer;
      await callback(secret, (said) => { answer = said; });
      if (answer) return true;
    }
    return false;
  },
  sent: ({ secret, body }) => ({
    path: "/telegram/updates",
    headers: { "X-Telegram-Bot-Api-Secret-Token": secret },
    body,
  }),
};

// ---- our server ----
const server = spawn(process.argv[2], { stdio: ["pipe", "pipe", "inherit"] });
const secrets = {
  now_s: now,
  slack: slackSecrets,
  discord: discordKeys.map(({ shown }) => shown),
  telegram: telegramSecrets,
};
server.stdin.write(JSON.stringify(secrets) + "\n");
const port = await new Promise((resolve, reject) => {
  readline.createInterface({ input: server.stdout }).once("line", (line) => resolve(Number(line.split(" ")[1])));
  server.once("exit", () => reject(new Error("the server ended")));
});
const agent = new http.Agent({ keepAlive: true, maxSockets: 16 });

function ours({ path, headers, body }) {
  const sent = { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(body) };
  for (const [name, value] of Object.entries(headers)) if (value !== undefined) sent[name] = value;
  return new Promise((resolve, reject) => {
    const request = http.request({ host: "127.0.0.1", port, path, method: "POST", agent, headers: sent }, (answer) => {
      answer.resume();
      answer.once("end", () => {
        const verdict = answer.headers["x-let-in"];
        if (verdict !== "yes" && verdict !== "no") {
          reject(new Error(`${path}: ${answer.statusCode}, and no verdict: ${JSON.stringify(headers)}`));
        }
        resolve(verdict === "yes");
      });
    });
    request.once("error", reject);
    request.end(body);
  });
}

// Of `count` requests: how often each said what.
async function compare(platform, make, count) {
  const seen = { good: 0, bad: 0, refused_by_us_only: 0, let_in_by_us_only: 0, examples: [] };
  for (let done = 0; done < count; done += 16) {
    const requests = Array.from({ length: Math.min(16, count - done) }, make);
    await Promise.all(requests.map(async (request) => {
      const sent = platform.sent(request);
      const [theirs, own] = await Promise.all([platform.official(request), ours(sent)]);
      if (theirs && own) ++seen.good;
      else if (!theirs && !own) ++seen.bad;
      else {
        ++seen[theirs ? "refused_by_us_only" : "let_in_by_us_only"];
        const example = { theirs, own, ...sent, body: String(sent.body).slice(0, 100) };
        if (seen.examples.length < 5) seen.examples.push(example);
      }
    }));
  }
  return seen;
}

let failed = 0;
const fail = (line) => { ++failed; console.log(`FAIL  ${line}`); };
for (const platform of [slack, discord, telegram]) {
  const begun = Date.now();
  const seen = await compare(platform, () => platform.request(), each);
  const disagreements = seen.refused_by_us_only + seen.let_in_by_us_only;
  const seconds = ((Date.now() - begun) / 1000).toFixed(1);
  console.log(`${disagreements === 0 ? "ok  " : "FAIL"}  ${platform.name}: ${each} requests, ${seen.good} let in, ` +
    `${seen.bad} refused, ${disagreements} disagreements with ${platform.library} (${seconds} s)`);
  if (disagreements !== 0) ++failed;
  for (const example of seen.examples) console.log("      ", JSON.stringify(example));
  if (Math.min(seen.good, seen.bad) < each / 10) fail(`${platform.name}: hardly any of one sort, which shows nothing`);
  if (platform.lenient === null) continue;
  const count = Math.ceil(each / 10);
  const more = await compare(platform, () => platform.lenient(), count);
  if (more.refused_by_us_only === count) {
    console.log(`ok    ${platform.name}: ${count} more that the library takes and no platform sends, all refused`);
  } else {
    fail(`${platform.name}: of ${count} that only the library takes: ${JSON.stringify(more)}`);
  }
}
agent.destroy();
server.removeAllListeners("exit");
server.stdin.end();
const code = await new Promise((resolve) => server.once("exit", resolve));
if (code !== 0) fail(`the server ended with ${code}`);
process.exit(failed === 0 ? 0 : 1);
