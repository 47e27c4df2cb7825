// What is not for everybody: a reader's briefs at their own address, and the operator's pages.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { parseRssFeed } from 'feedsmith';
import { ask } from './ask.mjs';
import { Visitor } from './browser.mjs';

// What a person does at the server's terminal.
export function podbrief(told, ...words) {
  const [program, ...settings] = told.command;
  return execFileSync(program, [...settings, ...words], { encoding: 'utf8' }).trim();
}

// A visitor who has followed the link that `podbrief admin` prints.
export async function signedIn(told, browser, options) {
  const visitor = await Visitor.come(browser, options);
  await visitor.go(podbrief(told, 'admin'));
  await visitor.page.waitForURL('**/status');
  return visitor;
}

async function brief(checks, told, browser) {
  const visitor = await Visitor.come(browser, { script: false });
  const { page } = visitor;
  checks.equal('own page: it opens', await visitor.go(told.url + told.private), 200);
  checks.check('own page: says whose it is', (await page.locator('main').innerText()).includes(told.marker));
  const claims = page.locator('main article .claim a');
  checks.equal('own page: five insights', await claims.count(), 5);
  checks.equal('own page: no search engine may list it', await page.locator('meta[name=robots]').getAttribute('content'), 'noindex');
  const answer = await ask(told.url + told.private);
  checks.equal('own page: no page learns its address', answer.headers['referrer-policy'], 'no-referrer');
  checks.check('own page: nobody keeps it', /private, no-store/.test(answer.headers['cache-control']), answer.headers);
  const text = await claims.first().innerText();
  await claims.first().click();
  await page.waitForURL('**/i/*');
  checks.check('own page: an insight leads to its public page', text.startsWith(await page.locator('h1').innerText()) || (await page.locator('h1').innerText()).startsWith(text.slice(0, 40)), text);
  checks.check('own page: that page knows nobody', !(await page.content()).includes(told.marker));

  const rss = await ask(`${told.url}${told.private}.rss`);
  const feed = parseRssFeed(rss.text);
  checks.check('own feed: has the brief', feed.items?.length === 1 && !Number.isNaN(Date.parse(feed.items[0].pubDate)) && feed.items[0].description.includes('<li>'), rss.text.slice(0, 800));
  checks.equal('own feed: its link opens', (await ask(feed.items[0].link)).status, 200);
  const ajv = addFormats(new Ajv2020({ allErrors: true, allowUnionTypes: true }));
  const validate = ajv.compile(JSON.parse(readFileSync(told.schemas.briefs, 'utf8')));
  const json = JSON.parse((await ask(`${told.url}${told.private}.json`)).text);
  checks.check('own JSON: is as its schema says', validate(json), JSON.stringify(validate.errors?.slice(0, 4)));
  checks.equal('own JSON: has the brief', json.briefs?.[0]?.insights.length, 5);
  checks.none('own page: nothing odd in console and requests', visitor.odd);
  await visitor.leave();
}

async function closed(checks, told) {
  const paths = [told.closing, `${told.closing}.rss`, `${told.closing}.json`];
  for (const path of paths) checks.equal(`${path.replace(/\w{26}/, 'KEY')}: opens`, (await ask(told.url + path)).status, 200);
  podbrief(told, 'users', 'page', 'Bertil', '--revoke');
  const none = await ask(`${told.url}/b/${'a'.repeat(26)}`);
  for (const path of paths) {
    const answer = await ask(told.url + path);
    const name = path.replace(/\w{26}/, 'KEY');
    checks.equal(`${name}: closed, it is gone at once`, answer.status, 404);
    checks.check(`${name}: and nothing tells that there was one`, answer.text === none.text);
  }
  checks.equal("another reader's page is still there", (await ask(told.url + told.private)).status, 200);
}

async function operator(checks, told, browser) {
  const stranger = await Visitor.come(browser);
  checks.equal('status: not for everybody', await stranger.go(`${told.url}/status`), 403);
  checks.check('status: says how to sign in', (await stranger.page.locator('main').innerText()).includes('podbrief admin'));

  const link = podbrief(told, 'admin');
  const visitor = await Visitor.come(browser, { script: false });
  const { page } = visitor;
  await visitor.go(link);
  await page.waitForURL('**/status');
  const cookie = (await visitor.context.cookies()).find((one) => one.name === 'podbrief_operator');
  checks.check('status: the session is for this server, TLS and no script', cookie?.httpOnly && cookie.secure && cookie.sameSite === 'Strict', cookie);
  checks.equal('status: the link works once', await stranger.go(link), 404);
  const words = await page.locator('main').innerText();
  for (const wanted of ['Briefs', 'Platforms', 'Feeds', 'Episodes', 'Costs today', 'Slack', 'Telegram', 'Discord']) {
    checks.check(`status: tells of ${wanted}`, words.includes(wanted), words);
  }
  checks.check('status: of what is not tried again, no time is told', words.includes('not tried again') && !/\d{5} d/.test(words), words);
  checks.check('status: has charts that are named', (await page.locator('figure svg').count()) >= 1
    && (await page.locator('figure figcaption').count()) === (await page.locator('figure svg').count()));
  await page.locator('input[name=reader]').fill('Clara');
  await page.locator('input[name=day]').fill(told.explained.slice(-10));
  await page.locator('form.look button').click();
  await page.waitForURL('**/status/explain*');
  const story = await page.locator('main').innerText();
  checks.check('explain: tells of the brief', /Clara/.test(story) && !/There is no reader|No brief was planned/.test(story), story);
  const forged = await visitor.context.request.post(`${told.url}/status/sign-out`, { form: { csrf: 'another' } });
  checks.equal('status: a form of another site does nothing', forged.status(), 403);
  checks.equal('status: still signed in', await visitor.go(`${told.url}/status`), 200);
  await page.locator('form.leave button').click();
  await page.waitForLoadState();
  checks.equal('status: signed out', await visitor.go(`${told.url}/status`), 403);
  await visitor.context.addCookies([{ ...cookie, expires: -1 }]);
  checks.equal('status: the old cookie is worth nothing', await visitor.go(`${told.url}/status`), 403);
  checks.none('status: nothing odd in console and requests', visitor.odd);
  await visitor.leave();
  await stranger.leave();
}

export async function privacy(checks, told, browser) {
  await brief(checks, told, browser);
  await closed(checks, told);
  await operator(checks, told, browser);
}
