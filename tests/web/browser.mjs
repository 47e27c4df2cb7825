// Debian's Chromium, and what it is watched for on every page: requests, console, what content policy refuses.
import { chromium } from 'playwright-core';

// Of the deadline of one step, ms: the machine may be very busy.
const patience = 60_000;

export async function launch(program) {
  // No sandbox: as root, and in containers, Chromium has none.
  return chromium.launch({ executablePath: program, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
}

// One visitor: a context of their own (cookies, cache), one tab, and all that was odd.
export class Visitor {
  odd = []; // console errors, scripts that failed, requests that did
  hosts = new Set(); // every host that was asked, ours included
  requests = []; // {url, type}
  scripts = 0;

  static async come(browser, { width = 1280, height = 800, dark = false, script = true } = {}) {
    const visitor = new Visitor();
    visitor.context = await browser.newContext({
      viewport: { width, height },
      colorScheme: dark ? 'dark' : 'light',
      javaScriptEnabled: script,
      ignoreHTTPSErrors: true,
      hasTouch: width < 600,
      reducedMotion: 'reduce',
    });
    visitor.context.setDefaultTimeout(patience);
    visitor.page = await visitor.context.newPage();
    visitor.#watch();
    return visitor;
  }

  #watch() {
    const { page } = this;
    page.on('request', (request) => {
      const url = new URL(request.url());
      this.hosts.add(url.host);
      this.requests.push({ url: request.url(), type: request.resourceType() });
      if (request.resourceType() === 'script') this.scripts += 1;
    });
    page.on('requestfailed', (request) => {
      const why = request.failure()?.errorText ?? '';
      if (why !== 'net::ERR_ABORTED') this.odd.push(`${request.url()}: ${why}`);
    });
    page.on('console', (message) => {
      if (message.type() !== 'error' && message.type() !== 'warning') return;
      // The page itself may be meant to be a 404; what it loads may not, see response below.
      if (message.text().startsWith('Failed to load resource')) return;
      this.odd.push(`${page.url()}: console: ${message.text()}`);
    });
    page.on('pageerror', (error) => this.odd.push(`${page.url()}: ${error.message}`));
    page.on('response', (response) => {
      const main = response.request().isNavigationRequest();
      if (!main && response.status() >= 400) this.odd.push(`${response.url()}: ${response.status()}`);
    });
  }

  // -> the status of the page.
  async go(url) {
    const response = await this.page.goto(url, { waitUntil: 'load' });
    return response.status();
  }

  path() {
    const url = new URL(this.page.url());
    return url.pathname + url.search;
  }

  async leave() {
    await this.context.close();
  }
}
