// Each door from an insight's page to the first brief, as Ann goes through it: the page in the browser, the platform by
// its double, whose word on what she sees is its transcript.
import { Visitor } from './browser.mjs';

const pause = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });

// Ann in front of one platform.
class Ann {
  constructor(people) {
    this.people = people;
  }

  async ask(path, body) {
    const answer = await fetch(this.people + path, body === undefined ? {} : { method: 'POST', body });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${path} ${body}: ${answer.status} ${text}`);
    return text;
  }

  say(text) { return this.ask('/say', text); }

  press(label) { return this.ask('/press', label); }

  // What she sees once that is there (words or a pattern); throws after two minutes of a very busy machine.
  async sees(words) {
    let seen = '';
    for (const end = Date.now() + 120_000; Date.now() < end;) {
      seen = await this.ask('/transcript');
      if (words instanceof RegExp ? words.test(seen) : seen.includes(words)) return seen;
      await pause(100);
    }
    throw new Error(`never seen: ${words}\n${seen.slice(-3000)}`);
  }
}

// From the first question, which knows what she came for, to the brief.
async function answered(checks, name, ann) {
  const first = await ann.sees('Which topics?');
  const asked = first.slice(first.lastIndexOf('Which topics?'));
  checks.check(`${name}: what the page was about is chosen already`, /export controls/i.test(asked), asked);
  return first;
}

async function onboarded(checks, name, ann, door) {
  await door();
  await answered(checks, name, ann);
  await ann.press('Done');
  await ann.sees('Any shows');
  await ann.press('Skip');
  await ann.sees('At what hour');
  await ann.press('7:00');
  if (/Where are you\?(?![\s\S]*That is all)/.test(await ann.sees(/Where are you\?|That is all/))) {
    await ann.say('in Europe/Berlin');  // not every platform tells
  }
  await ann.sees('Your first brief');
  await ann.press('Brief now');
  const all = await ann.sees(/Your brief for[\s\S]*\b5\. /); // of several messages, where one is too short
  const brief = all.slice(all.lastIndexOf('Your brief for'));
  checks.check(`${name}: the first brief has five insights`, [1, 2, 3, 4, 5].every((n) => brief.includes(`${n}. `)), brief);
  checks.check(`${name}: it is about what she came for`, /Why: you follow .*export controls/i.test(brief), brief);
}

export async function doors(checks, told, browser) {
  const visitor = await Visitor.come(browser, { width: 360, height: 640, script: false });
  const { page } = visitor;
  const door = (name) => page.locator('.join .door', { hasText: name });
  const open = () => visitor.go(`${told.url}/i/${told.disputed}`);

  // Telegram: the link opens the chat, and Telegram sends what it carries.
  await open();
  const link = new URL(await door('Telegram').getAttribute('href'));
  checks.equal('telegram: the link is one of Telegram', link.origin, 'https://t.me');
  const start = link.searchParams.get('start');
  checks.check('telegram: it carries the insight', /^i_[0-9a-z]+$/.test(start ?? ''), link.href);
  const telegram = new Ann(told.doubles.telegram);
  await onboarded(checks, 'telegram', telegram, () => telegram.say(`/start ${start}`));

  // Slack: asks whether we may be installed, comes back to us, and Ann is greeted.
  await open();
  await door('Slack').click();
  await page.waitForURL('**/slack/oauth/callback*');
  const words = await page.locator('body').innerText();
  checks.check('slack: it is installed', words.includes('installed'), words);
  const slack = new Ann(told.doubles.slack);
  await onboarded(checks, 'slack', slack, async () => {});

  // Discord: carries nothing, so a page of ours says what to send.
  await open();
  await door('Discord').click();
  await page.waitForURL('**/join/discord*');
  const send = await page.locator('.copy code').innerText();
  const invitation = new URL(await page.locator('main a.door').getAttribute('href'));
  checks.equal('discord: it leads to Discord', invitation.host, 'discord.com');
  const discord = new Ann(told.doubles.discord);
  await onboarded(checks, 'discord', discord, () => discord.say(send));
  checks.none('doors: nothing odd in console and requests', visitor.odd);
  await visitor.leave();
}
