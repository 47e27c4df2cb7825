// From the landing page to what others say against it, as a person with a mouse goes; with scripts and without.
import { Visitor } from './browser.mjs';

const claim = 'The export controls on advanced chips backfired';

async function walked(checks, told, browser, name, options) {
  const visitor = await Visitor.come(browser, options);
  const { page } = visitor;
  checks.equal(`${name}: the landing page opens`, await visitor.go(`${told.url}/`), 200);
  checks.check(`${name}: it says what this is`, (await page.locator('h1').innerText()).length > 10);
  checks.check(`${name}: it has today's best`, (await page.locator('main article h3 a').count()) >= 3);

  await page.locator('header input[name=q]').fill('chip export controls');
  await page.locator('header form[role=search] button').click();
  await page.waitForURL('**/search?q=*');
  checks.check(`${name}: the one search box keeps what was asked`,
    (await page.locator('input[name=q]').inputValue()) === 'chip export controls');
  const found = page.locator('main article h3 a');
  checks.check(`${name}: the search finds insights`, (await found.count()) >= 3, await page.locator('main').innerText());

  await found.filter({ hasText: claim }).first().click();
  await page.waitForURL('**/i/*');
  checks.check(`${name}: the insight stands at an address with its words`, /^\/i\/\d+-[a-z0-9-]+$/.test(visitor.path()),
    visitor.path());
  checks.check(`${name}: its claim is the headline`, (await page.locator('h1').innerText()).startsWith(claim));
  checks.check(`${name}: its exact words are there`, (await page.locator('h1 q, blockquote').first().innerText()).length > 40);
  const listen = page.locator('a.listen');
  checks.check(`${name}: it links to the moment it was said`, /#t=\d+$/.test(await listen.first().getAttribute('href')));

  const groups = await page.locator('section.group h2').allInnerTexts();
  checks.check(`${name}: what is related is grouped`, groups.length >= 2, groups);
  const opposing = page.locator('section.group.disputes article h3 a');
  checks.check(`${name}: somebody disputes it`, (await opposing.count()) >= 1, groups);
  const expected = await opposing.first().innerText();
  await opposing.first().click();
  await page.waitForURL((url) => url.pathname.startsWith('/i/') && !url.pathname.startsWith(`/i/${told.disputed}-`));
  // A claim that is nearly its quote is shown as the quote: begin alike, end alike or not.
  checks.equal(`${name}: the opposing insight opens`, (await page.locator('h1').innerText()).slice(0, 30), expected.slice(0, 30));
  const back = page.locator(`section.group a[href^="/i/${told.disputed}-"], section.group a[href="/i/${told.disputed}"]`);
  checks.check(`${name}: who is disputed is found from there`, (await back.count()) >= 1,
    await page.locator('main').innerText());

  await page.locator('ul.tags a').first().click();
  await page.waitForURL('**/topics/*');
  checks.check(`${name}: its topic lists insights`, (await page.locator('main article').count()) >= 1);
  await page.locator('main article .source a').first().click();
  await page.waitForURL('**/shows/*');
  checks.check(`${name}: its show lists insights`, (await page.locator('main article').count()) >= 1);
  await page.locator('header a.brand').click();
  await page.waitForURL(`${told.url}/`);
  checks.check(`${name}: the brand leads home`, visitor.path() === '/');

  checks.equal(`${name}: no script was asked for`, visitor.scripts, 0);
  checks.none(`${name}: nothing odd in console and requests`, visitor.odd);
  checks.none(`${name}: no third party was asked`, [...visitor.hosts].filter((host) => host !== new URL(told.url).host));
  checks.none(`${name}: no cookie was set`, (await visitor.context.cookies()).map((cookie) => cookie.name));
  await visitor.leave();
}

export async function walk(checks, told, browser) {
  await walked(checks, told, browser, 'desk', { width: 1280, height: 800 });
  await walked(checks, told, browser, 'phone, no JavaScript', { width: 360, height: 640, script: false });
}
