// What machines make of the pages: HTML by html-validate, feeds by a reader of feeds, JSON by its schemas, the site map,
// oEmbed, preview pictures; and how much is sent.
import { readFileSync } from 'node:fs';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { parseRssFeed } from 'feedsmith';
import { HtmlValidate } from 'html-validate';
import { ask, opened } from './ask.mjs';
import { Visitor } from './browser.mjs';
import { kinds } from './kinds.mjs';
import { signedIn } from './private.mjs';

const html = new HtmlValidate({
  extends: ['html-validate:recommended'],
  rules: {
    // Of style, not of validity: we write "<!doctype html>" in lower case and void elements without a slash.
    'doctype-style': 'off',
    // Titles are made of claims; search engines cut them, feeds and cards show them whole.
    'long-title': 'off',
  },
});

async function pages(checks, told, browser) {
  const operator = await signedIn(told, browser);
  const session = (await operator.context.cookies()).map((one) => `${one.name}=${one.value}`).join('; ');
  await operator.leave();
  const links = new Map(); // where it was first found, by address
  for (const kind of kinds(told)) {
    const answer = await opened(kind.url, kind.operators ? { Cookie: session } : {});
    checks.equal(`${kind.name}: status`, answer.status, kind.status);
    checks.equal(`${kind.name}: type`, answer.headers['content-type'], 'text/html; charset=utf-8');
    const report = await html.validateString(answer.text, kind.name);
    checks.none(`${kind.name}: is valid HTML`, report.results.flatMap((r) => r.messages).map((m) => `line ${m.line}: ${m.ruleId}: ${m.message}`));
    checks.check(`${kind.name}: has one headline`, (answer.text.match(/<h1[\s>]/g) ?? []).length === 1);
    checks.check(`${kind.name}: no script`, !/<script/i.test(answer.text) && !/\son\w+=/i.test(answer.text.replace(/"[^"]*"/g, '""')));
    checks.check(`${kind.name}: nothing of templates is left`, !/\{\{|\}\}/.test(answer.text));
    for (const name of ['content-security-policy', 'x-content-type-options', 'referrer-policy']) {
      checks.check(`${kind.name}: ${name} is sent`, Boolean(answer.headers[name]));
    }
    if (kind.base === told.url) checks.check(`${kind.name}: by TLS, HSTS is sent`, Boolean(answer.headers['strict-transport-security']));
    if (kind.private) checks.check(`${kind.name}: nobody keeps it`, /no-store/.test(answer.headers['cache-control']), answer.headers['cache-control']);
    for (const [, href] of answer.text.matchAll(/<a[^>]* href="([^"]*)"/g)) {
      const url = new URL(href.replaceAll('&amp;', '&'), kind.url);
      const path = url.pathname + url.search;
      if (url.origin === kind.base && !links.has(path)) links.set(path, { ...kind, session: kind.operators ? { Cookie: session } : {} });
    }
  }
  const dead = [];
  for (const [path, kind] of links) {
    if (path.startsWith('/slack/')) continue; // leads to Slack
    if (path === '/join/discord') continue; // leads to Discord
    const { status } = await opened(kind.base + path, kind.session);
    if (status !== kind.status && status !== 200) dead.push(`${path} on ${kind.name}: ${status}`);
  }
  checks.none(`none of ${links.size} links on these pages is dead`, dead);
}

async function feed(checks, told, name, path) {
  const answer = await ask(told.url + path);
  checks.equal(`${name}: status`, answer.status, 200);
  checks.check(`${name}: type`, /^application\/rss\+xml/.test(answer.headers['content-type']), answer.headers['content-type']);
  const read = parseRssFeed(answer.text);
  const items = read.items ?? [];
  checks.check(`${name}: has title, link and items`, read.title && read.link?.startsWith(told.url) && items.length > 0, read);
  const wrong = [];
  const ids = new Set();
  for (const item of items) {
    if (!item.title || !item.description) wrong.push(`${item.link}: no title or description`);
    if (Number.isNaN(Date.parse(item.pubDate))) wrong.push(`${item.link}: date ${item.pubDate}`);
    if (!item.guid?.value || ids.has(item.guid.value)) wrong.push(`${item.link}: guid ${item.guid?.value}`);
    ids.add(item.guid?.value);
    if (!item.link?.startsWith(`${told.url}/`)) wrong.push(`link ${item.link}`);
    else if ((await ask(item.link)).status !== 200) wrong.push(`${item.link} does not open`);
  }
  checks.none(`${name}: ${items.length} items have titles, dates, guids and links that open`, wrong);
  const times = items.map((item) => Date.parse(item.pubDate));
  checks.check(`${name}: newest first`, times.every((t, i) => i === 0 || times[i - 1] >= t));
  const self = read.atom?.links?.find((link) => link.rel === 'self')?.href;
  checks.equal(`${name}: says where it is`, self, told.url + path);
  const again = await ask(told.url + path, { headers: { 'If-None-Match': answer.headers.etag ?? '' } });
  if (!path.startsWith('/b/')) checks.equal(`${name}: who has it already is told so`, again.status, 304);
}

function schemas(told) {
  const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true });
  addFormats(ajv);
  ajv.addSchema(JSON.parse(readFileSync(told.schemas.api, 'utf8')), 'api');
  return (checks, name, kind, text) => {
    const read = JSON.parse(text);
    const validate = ajv.getSchema(`api#/$defs/${kind}`);
    checks.check(`${name}: is as its schema says`, validate(read), JSON.stringify(validate.errors?.slice(0, 4)));
    return read;
  };
}

async function documents(checks, told) {
  const judged = schemas(told);
  const one = await ask(`${told.url}/i/${told.disputed}.json`);
  checks.equal('an insight as JSON: status', one.status, 200);
  const insight = judged(checks, 'an insight as JSON', 'insight', one.text);
  checks.equal('an insight as JSON: it is this one', insight?.id, told.disputed);
  checks.check('an insight as JSON: what is related has its stance', insight?.related.some((r) => r.relation === 'disputes'));
  const found = await ask(`${told.url}/api/v1/search?q=chip+export+controls`);
  const results = judged(checks, 'a search as JSON', 'search', found.text);
  checks.check('a search as JSON: it finds', results?.results.length >= 3 && results.total >= results.results.length);
  if (results?.next) {
    const more = JSON.parse((await ask(results.next)).text);
    const seen = new Set(results.results.map((r) => r.id));
    checks.check('a search as JSON: the next page has others', more.results.length > 0 && more.results.every((r) => !seen.has(r.id)));
  }
  judged(checks, 'a search that finds nothing', 'search', (await ask(`${told.url}/api/v1/search?q=zymurgy`)).text);
  for (const [path, status] of [['/api/v1/search', 400], ['/api/v1/search?q=x&page=0', 400], ['/i/999999.json', 404], [`/i/${told.withdrawn}.json`, 410]]) {
    const answer = await ask(told.url + path);
    checks.equal(`${path}: status`, answer.status, status);
    judged(checks, path, 'error', answer.text);
  }
}

async function maps(checks, told) {
  const parser = new XMLParser({ ignoreAttributes: false });
  const robots = await ask(`${told.url}/robots.txt`);
  const named = /^Sitemap: (\S+)$/m.exec(robots.text)?.[1];
  checks.check('robots.txt names the site map', named?.startsWith(told.url), robots.text);
  const index = await ask(named);
  checks.equal('the site map is well-formed', XMLValidator.validate(index.text), true);
  const parts = [parser.parse(index.text).sitemapindex?.sitemap ?? []].flat().map((part) => part.loc);
  checks.check('the site map has parts', parts.length >= 2, index.text);
  const urls = [];
  for (const part of parts) {
    const answer = await ask(part);
    checks.equal(`${new URL(part).pathname} is well-formed`, XMLValidator.validate(answer.text), true);
    urls.push(...[parser.parse(answer.text).urlset.url].flat());
  }
  checks.check('it has every insight', urls.filter((u) => new URL(u.loc).pathname.startsWith('/i/')).length === told.insights, urls.length);
  const wrong = [];
  for (const { loc, lastmod } of urls) {
    if (lastmod !== undefined && Number.isNaN(Date.parse(lastmod))) wrong.push(`${loc}: ${lastmod}`);
    const answer = await ask(loc);
    if (answer.status !== 200) wrong.push(`${loc}: ${answer.status}`);
    const canonical = /<link rel="canonical" href="([^"]+)">/.exec(answer.text)?.[1];
    if (canonical?.replaceAll('&amp;', '&') !== loc) wrong.push(`${loc} calls itself ${canonical}`);
    if (/name="robots" content="noindex"/.test(answer.text)) wrong.push(`${loc} does not want to be listed`);
  }
  checks.none(`all ${urls.length} addresses of it open and call themselves so`, wrong);
}

async function unfurling(checks, told) {
  const moved = await ask(`${told.url}/i/${told.disputed}-another-slug`);
  checks.equal('another slug: moved for good', moved.status, 301);
  const page = await ask(new URL(moved.headers.location, told.url).href);
  const meta = (name) => new RegExp(`<meta (?:property|name)="${name}" content="([^"]*)"`).exec(page.text)?.[1];
  for (const name of ['og:title', 'og:description', 'og:url', 'og:site_name', 'og:image', 'twitter:card', 'description']) {
    checks.check(`an insight has ${name}`, Boolean(meta(name)), page.text.slice(0, 1500));
  }
  const picture = await ask(meta('og:image'));
  checks.equal('its picture: status', picture.status, 200);
  checks.equal('its picture: type', picture.headers['content-type'], 'image/png');
  const is = picture.bytes.length > 33 && picture.bytes.subarray(1, 4).toString() === 'PNG';
  checks.equal('its picture: size', is ? `${picture.bytes.readUInt32BE(16)}x${picture.bytes.readUInt32BE(20)}` : 'no PNG', '1200x630');

  const embed = /<link rel="alternate" type="application\/json\+oembed" href="([^"]+)">/.exec(page.text)?.[1];
  const json = JSON.parse((await ask(embed.replaceAll('&amp;', '&'))).text);
  checks.check('oEmbed: version, type, title, provider', json.version === '1.0' && ['link', 'rich'].includes(json.type) && json.title && json.provider_name === 'podbrief', json);
  checks.check('oEmbed: a picture of three fields', json.thumbnail_url === meta('og:image') && json.thumbnail_width === 1200 && json.thumbnail_height === 630, json);
  const xml = await ask(`${embed.replaceAll('&amp;', '&')}&format=xml`);
  checks.equal('oEmbed as XML is well-formed', XMLValidator.validate(xml.text), true);
  checks.equal('oEmbed says the same as XML', new XMLParser({ htmlEntities: true }).parse(xml.text).oembed?.title, json.title);
  checks.equal('oEmbed of elsewhere: 404', (await ask(`${told.url}/oembed?url=${encodeURIComponent('https://example.com/i/1')}`)).status, 404);
}

// What a first visit of an insight's page costs, headers included.
async function weight(checks, told, browser) {
  const visitor = await Visitor.come(browser);
  const wire = await visitor.context.newCDPSession(visitor.page);
  await wire.send('Network.enable');
  let bytes = 0;
  const parts = [];
  const names = new Map();
  wire.on('Network.responseReceived', (event) => names.set(event.requestId, event.response.url));
  wire.on('Network.loadingFinished', (event) => {
    bytes += event.encodedDataLength;
    parts.push(`${new URL(names.get(event.requestId)).pathname}: ${event.encodedDataLength}`);
  });
  await visitor.go(`${told.url}/i/${told.disputed}`);
  await visitor.page.waitForLoadState('networkidle');
  checks.check(`an insight's page costs ${bytes} bytes (at most 30 KB): ${parts.join(', ')}`, bytes > 1000 && bytes <= 30_000);
  checks.equal('an insight asks no third party', [...visitor.hosts].join(), new URL(told.url).host);
  await visitor.leave();
}

export async function validity(checks, told, browser) {
  await pages(checks, told, browser);
  await feed(checks, told, 'the feed of a topic', '/topics/export-control.rss');
  await feed(checks, told, 'the feed of a show', new URL((await ask(`${told.url}/shows/1`)).headers.location, told.url).pathname + '.rss');
  await documents(checks, told);
  await maps(checks, told);
  await unfurling(checks, told);
  await weight(checks, told, browser);
}
