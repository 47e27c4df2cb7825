// All of it without a mouse: what Tab reaches, in which order, whether one sees where one is, and what Enter does.
import { Visitor } from './browser.mjs';

const FOCUSABLE = 'a[href], button, input:not([type=hidden]), select, textarea, summary';

// What has the focus, as a person would name it, and whether it is marked.
const focused = () => {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const style = getComputedStyle(element);
  const box = element.getBoundingClientRect();
  return {
    tag: element.tagName.toLowerCase(),
    name: (element.innerText || element.getAttribute('aria-label') || element.name || '').trim().slice(0, 60),
    href: element.getAttribute('href') ?? '',
    skip: element.classList.contains('skip'),
    door: element.classList.contains('door'),
    search: element.getAttribute('name') === 'q',
    related: element.closest('section.group') !== null && element.closest('h3') !== null,
    marked: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
    seen: box.width > 0 && box.right > 0 && box.bottom > 0 && box.left < innerWidth && box.top < innerHeight,
  };
};

// All stops of Tab from the top of the page until it leaves the page.
async function stops(page) {
  const all = [];
  await page.evaluate(() => document.activeElement?.blur());
  for (let i = 0; i < 400; i += 1) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(focused);
    if (stop === null) break;
    all.push(stop);
  }
  return all;
}

async function tabTo(page, wanted) {
  for (let i = 0; i < 400; i += 1) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(focused);
    if (stop === null) return null;
    if (wanted(stop)) return stop;
  }
  return null;
}

async function enter(page) {
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
}

export async function keyboard(checks, told, browser) {
  const visitor = await Visitor.come(browser);
  const { page } = visitor;
  for (const path of ['/', `/i/${told.disputed}`, '/search?q=chip+export+controls', '/topics']) {
    await visitor.go(told.url + path);
    const all = await stops(page);
    const there = await page.locator(FOCUSABLE).count();
    checks.equal(`keys, ${path}: Tab reaches all there is`, all.length, there);
    checks.check(`keys, ${path}: the first is the skip link`, all[0]?.skip, all[0]);
    checks.none(`keys, ${path}: one sees where one is`, all.filter((stop) => !stop.marked).map((s) => `${s.tag} ${s.name}`));
    checks.none(`keys, ${path}: what has the focus is on the screen`, all.filter((stop) => !stop.seen).map((s) => `${s.tag} ${s.name}`));
    checks.none(`keys, ${path}: everything has a name`, all.filter((stop) => stop.name === '' && !stop.search).map((s) => `${s.tag} ${s.href}`));
  }

  await visitor.go(`${told.url}/`);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  checks.equal('keys: the skip link leads to the content', await page.evaluate(() => document.activeElement.id), 'content');
  await page.keyboard.press('Tab');
  checks.check('keys: from there Tab goes on in the content',
    await page.evaluate(() => document.activeElement.closest('main') !== null && document.activeElement.id !== 'content'));

  await visitor.go(`${told.url}/`);
  checks.check('keys: the search box is reached', await tabTo(page, (stop) => stop.search));
  await page.keyboard.type('chip export controls');
  await enter(page);
  checks.check('keys: Enter searches', visitor.path().startsWith('/search?q=chip'), visitor.path());
  checks.check('keys: a result is reached', await tabTo(page, (stop) => stop.href.startsWith(`/i/${told.disputed}`)));
  await enter(page);
  checks.check('keys: Enter opens it', visitor.path().startsWith(`/i/${told.disputed}-`), visitor.path());
  const names = [];
  for (let i = 0; i < 3; i += 1) names.push((await tabTo(page, (stop) => stop.door))?.name);
  checks.equal('keys: the three doors are reached', names.join(', '), 'Add to Slack, Open in Telegram, Add to Discord');
  checks.check('keys: what is related is reached', await tabTo(page, (stop) => stop.related));
  const before = visitor.path();
  await enter(page);
  checks.check('keys: Enter opens it', visitor.path().startsWith('/i/') && visitor.path() !== before, visitor.path());
  checks.none('keys: nothing odd in console and requests', visitor.odd);
  await visitor.leave();
}
