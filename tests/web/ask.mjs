// One plain request, nothing followed, nothing undone. Each comes from another loopback address, so that the limit for
// one address does not count what a test asks.
import http from 'node:http';
import https from 'node:https';

let asked = 0;

export function ask(url, { method = 'GET', headers = {}, body } = {}) {
  asked += 1;
  const localAddress = `127.0.${1 + Math.floor(asked / 250) % 250}.${1 + (asked % 250)}`;
  const client = url.startsWith('https:') ? https : http;
  return new Promise((resolve, reject) => {
    const request = client.request(url, { method, headers, localAddress, rejectUnauthorized: false }, (response) => {
      const parts = [];
      response.on('data', (part) => parts.push(part));
      response.on('error', reject);
      response.on('end', () => {
        const bytes = Buffer.concat(parts);
        resolve({ status: response.statusCode, headers: response.headers, bytes, text: bytes.toString('utf8') });
      });
    });
    request.setTimeout(60_000, () => request.destroy(new Error(`no answer in 60 s: ${url}`)));
    request.on('error', reject);
    request.end(body);
  });
}

// The same, led on by redirects that stay with us.
export async function opened(url, headers = {}) {
  let answer = await ask(url, { headers });
  for (let i = 0; i < 5 && [301, 302, 303].includes(answer.status); i += 1) {
    answer = await ask(new URL(answer.headers.location, url).href, { headers });
  }
  return answer;
}
