// How every kind of page looks: on a phone and on a desk, by day and by night; axe, sizes, and a picture of each.
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Visitor } from './browser.mjs';
import { kinds } from './kinds.mjs';
import { signedIn } from './private.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const SIZES = [{ width: 360, height: 640 }, { width: 1280, height: 800 }];

// Everything axe knows, best practices and WCAG 2.2 AA (which it leaves out by itself) included.
async function violations(page) {
  // Not by a script element: our content policy would refuse it.
  await page.evaluate(axe);
  const found = await page.evaluate(() => globalThis.axe.run(document, {
    rules: { 'target-size': { enabled: true }, 'css-orientation-lock': { enabled: true } },
    resultTypes: ['violations'],
  }));
  return found.violations.map((v) => `${v.id} (${v.impact}): ${v.nodes.slice(0, 3).map((n) => `${n.target} ${n.any[0]?.message ?? n.all[0]?.message ?? ''}`).join(' | ')}`);
}

// Targets under 24 px whose circle of 24 px meets another target, links within a sentence apart (WCAG 2.2, 2.5.8).
const smallTargets = () => {
  const all = [...document.querySelectorAll('a[href], button, input, select, summary')].filter((e) => !e.classList.contains('skip'));
  const boxes = all.map((e) => e.getBoundingClientRect());
  const middle = (box) => [box.x + box.width / 2, box.y + box.height / 2];
  const inSentence = (e) => getComputedStyle(e).display === 'inline' &&
    [...e.parentElement.childNodes].some((n) => n.nodeType === Node.TEXT_NODE && /\w/.test(n.textContent));
  const meets = (a, b) => {
    const [x, y] = middle(a);
    const dx = Math.max(b.left - x, 0, x - b.right);
    const dy = Math.max(b.top - y, 0, y - b.bottom);
    return Math.hypot(dx, dy) < 12;
  };
  return all.flatMap((e, i) => {
    const box = boxes[i];
    if (box.width === 0 || (box.width >= 24 && box.height >= 24) || inSentence(e)) return [];
    const near = boxes.findIndex((other, j) => j !== i && other.width > 0 && meets(box, other));
    return near < 0 ? [] : [`${e.tagName} ${e.innerText.slice(0, 40)} ${Math.round(box.width)}x${Math.round(box.height)} beside ${all[near].innerText.slice(0, 40)}`];
  });
};

async function measured(checks, visitor, kind, size, name) {
  const { page } = visitor;
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  checks.check(`${name}: nothing to scroll sideways`, wide <= size.width, `${wide} px wide`);
  checks.none(`${name}: targets can be hit`, await page.evaluate(smallTargets));
  const cut = await page.evaluate(() => [...document.querySelectorAll('main *')]
    .filter((e) => e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).overflowX === 'hidden' && e.clientWidth > 1)
    .map((e) => `${e.tagName} ${e.className}`));
  checks.none(`${name}: no text is cut off`, cut);
  if (!kind.doors) return;
  const call = await page.locator('.join h2').boundingBox();
  const doors = await page.locator('.join .door').evaluateAll((all) => all.map((e) => e.getBoundingClientRect().bottom));
  checks.check(`${name}: the call to action is above the fold`, call !== null && call.y + call.height <= size.height, call);
  checks.check(`${name}: a door is above the fold`, doors.length === 3 && Math.min(...doors) <= size.height, doors);
  const small = await page.locator('.join .door').evaluateAll((all) => all.filter((e) => e.getBoundingClientRect().height < 40).length);
  checks.equal(`${name}: doors are as large as thumbs`, small, 0);
}

export async function looks(checks, told, browser) {
  mkdirSync(told.shots, { recursive: true });
  for (const size of SIZES) {
    for (const dark of [false, true]) {
      const stranger = await Visitor.come(browser, { ...size, dark });
      const operator = await signedIn(told, browser, { ...size, dark });
      for (const kind of kinds(told)) {
        const visitor = kind.operators ? operator : stranger;
        const name = `${kind.name}, ${size.width}${dark ? ', dark' : ''}`;
        const status = await visitor.go(kind.url);
        checks.equal(`${name}: status`, status, kind.status);
        if (!dark) await measured(checks, visitor, kind, size, name);
        // What is wrong does not depend on the width by day and by night alike.
        if (!dark || size.width === 360) checks.none(`${name}: axe has nothing to say`, await violations(visitor.page));
        const file = `${kind.name}-${size.width}${dark ? '-dark' : ''}.png`;
        await visitor.page.screenshot({ path: join(told.shots, file), fullPage: true });
      }
      const hosts = [new URL(told.url).host, new URL(told.empty).host];
      for (const visitor of [stranger, operator]) {
        const name = `${size.width}${dark ? ', dark' : ''}${visitor === operator ? ', operator' : ''}`;
        checks.none(`${name}: nothing odd in console and requests`, visitor.odd);
        checks.none(`${name}: no third party was asked`, [...visitor.hosts].filter((host) => !hosts.includes(host)));
        await visitor.leave();
      }
    }
  }
}
