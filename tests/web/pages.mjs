// pages.mjs TOLD.json: all that is looked at with a browser, on the world that pages.py made.
import { readFileSync } from 'node:fs';
import { Checks } from './checks.mjs';
import { launch } from './browser.mjs';
import { walk } from './walk.mjs';
import { keyboard } from './keyboard.mjs';
import { looks } from './looks.mjs';
import { validity } from './validity.mjs';
import { doors } from './doors.mjs';
import { privacy } from './private.mjs';

// The server's certificate is its own.
process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
process.removeAllListeners('warning');

const told = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const parts = { walk, keyboard, looks, validity, doors, private: privacy };
const checks = new Checks();
const browser = await launch(told.chromium);
for (const [name, part] of Object.entries(parts)) {
  if (told.only.length > 0 && !told.only.includes(name)) continue;
  const begun = Date.now();
  try {
    await part(checks, told, browser);
  } catch (error) {
    checks.check(`${name} comes to its end`, false, error.stack);
  }
  console.log(`      ${name} took ${((Date.now() - begun) / 1000).toFixed(1)} s`);
}
await browser.close();
process.exitCode = checks.end();
