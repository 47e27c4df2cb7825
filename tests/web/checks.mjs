// Counts; prints one line a check, as tests/e2e/harness.py does, and at the end once more what failed.
export class Checks {
  passed = 0;
  failures = [];

  check(what, good, detail = '') {
    if (good) {
      this.passed += 1;
      console.log(`ok    ${what}`);
    } else {
      const text = String(typeof detail === 'string' ? detail : JSON.stringify(detail)).trim().slice(0, 2000);
      const line = `FAIL  ${what}${text === '' ? '' : `: ${text}`}`;
      this.failures.push(line);
      console.log(line);
    }
    return Boolean(good);
  }

  equal(what, found, expected) {
    return this.check(what, found === expected, `found ${JSON.stringify(found)}, expected ${JSON.stringify(expected)}`);
  }

  // That nothing is in the list of what is wrong.
  none(what, wrong) {
    return this.check(what, wrong.length === 0, wrong.slice(0, 12).join('\n      '));
  }

  end() {
    if (this.failures.length > 0) console.log(`what failed:\n${this.failures.map((line) => line.slice(0, 300)).join('\n')}`);
    console.log(`${this.passed} passed, ${this.failures.length} failed`);
    return this.failures.length === 0 ? 0 : 1;
  }
}
