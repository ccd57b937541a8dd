// The door of the server: headers, foreign origins, throttling, and what leaves when something goes wrong.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAccount } from '#server/identity/accounts.ts';
import { testApp, TEST_PASSWORD, type TestApp } from '../support/test-app.ts';

const JSON_TYPE = { 'content-type': 'application/json' };
let app: TestApp;
let clientFolder: string;

beforeAll(async () => {
  clientFolder = mkdtempSync(join(tmpdir(), 'waypost-client-'));
  mkdirSync(join(clientFolder, 'assets'));
  writeFileSync(join(clientFolder, 'index.html'), '<!doctype html><title>Client</title>');
  writeFileSync(join(clientFolder, 'assets', 'app-1a2b.js'), 'plain');
  writeFileSync(join(clientFolder, 'assets', 'app-1a2b.js.br'), 'compressed');
  app = await testApp({ clientFolder });
});
afterAll(async () => {
  await app[Symbol.asyncDispose]();
  rmSync(clientFolder, { recursive: true });
});

const call = (name: string, body: unknown = {}, headers: Record<string, string> = {}) =>
  fetch(`${app.url}/api/trpc/${name}`, { method: 'POST', headers: { ...JSON_TYPE, ...headers }, body: JSON.stringify(body) });

describe('every answer', () => {
  it.each([
    ['the page', '/', 200, 'no-cache'],
    ['an address inside the application', '/resource/svc_1', 200, 'no-cache'],
    ['an asset', '/assets/app-1a2b.js', 200, 'public, max-age=31536000, immutable'],
    ['a missing asset', '/assets/gone.js', 404, null],
    ['the API', '/api/trpc/session.me', 200, 'no-store'],
    ['a missing procedure', '/api/trpc/session.you', 404, 'no-store'],
    ['sign-in', '/api/auth/list-sessions', 401, 'no-store'],
    ['a path of better-auth that is not open', '/api/auth/ok', 404, 'no-store'],
    ['the first administrator', '/setup?token=x', 200, 'no-store'],
    ['a missing tile', '/tiles/nothing/0/0/0.mvt', 404, null],
    ['the source control folder', '/.git/config', 404, null],
    ['a path that leaves the folder', '/assets/..%2f..%2fpackage.json', 404, null],
  ])('has the strict headers: %s', async (_name, path, status, cache) => {
    const html = path.startsWith('/api') || path.includes('.') ? '*/*' : 'text/html';
    const response = await fetch(app.url + path, { headers: { accept: html } });
    expect([response.status, response.headers.get('cache-control')]).toEqual([status, cache]);
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'self'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("worker-src 'self' blob:");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe-eval|upgrade-insecure-requests|\*|https?:/);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('referrer-policy')).toBe(path.startsWith('/setup') ? 'same-origin' : 'no-referrer');
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
    expect(response.headers.get('x-powered-by')).toBeNull();
    expect(response.headers.get('strict-transport-security')).toBeNull();
    expect(await response.text()).not.toMatch(/node_modules|\.ts:\d|at \S+ \(/);
  });

  it('is the page for whoever asks for the address alone, also by HEAD', async () => {
    expect((await fetch(`${app.url}/`, { method: 'HEAD', headers: { accept: '*/*' } })).status).toBe(200);
    expect((await fetch(`${app.url}/favicon.ico`, { headers: { accept: 'image/*' } })).status).toBe(404);
  });

  it('is compressed beforehand where the browser can read that', async () => {
    const response = await sendRaw('/assets/app-1a2b.js', { 'accept-encoding': 'gzip, br' });
    expect([response.headers['content-encoding'], response.body]).toEqual(['br', 'compressed']);
  });

  it('of the API is compressed on the way, and a stream of events is not held back', async () => {
    const answer = await call('plugins.contributions', { language: 'en' }, { 'accept-encoding': 'br' });
    expect(answer.headers.get('content-encoding')).toBe('br');
    expect(await answer.json()).toHaveProperty('result.data');
    const events = await fetch(`${app.url}/api/trpc/directory.onChange`, {
      headers: { 'accept-encoding': 'br', cookie: (await app.signIn('viewer')).cookie },
    });
    expect([events.headers.get('content-type'), events.headers.get('content-encoding')]).toEqual(['text/event-stream', null]);
    const first = await events.body!.getReader().read();
    expect(new TextDecoder().decode(first.value)).toContain('event: connected');
  });
});

it('refuses a character that no database holds in a text, and not what only looks like it', async () => {
  const refused = await call('plugins.contributions', { language: 'en\u0000' });
  expect([refused.status, await refused.text()]).toEqual([400, expect.stringContaining('NUL') as string]);
  expect(await (await call('plugins.contributions', { language: '\\u0000' })).text()).not.toContain('NUL');
});

describe('what comes from elsewhere is refused', () => {
  it.each([
    ['another site', { origin: 'https://evil.example' }, 403],
    ['another port', { origin: 'http://127.0.0.1:1' }, 403],
    ['a sandboxed frame', { origin: 'null' }, 403],
    ['a form without an origin', { 'sec-fetch-site': 'cross-site' }, 403],
    ['a neighbour under the same domain', { 'sec-fetch-site': 'same-site' }, 403],
    ['our own page', { 'sec-fetch-site': 'same-origin' }, 200],
    ['our own page that withholds its name', { origin: 'null', 'sec-fetch-site': 'same-origin' }, 200],
    ['a program', {}, 200],
  ])('%s', async (_name, headers, status) => {
    expect((await call('session.me', {}, headers)).status).toBe(status);
    expect((await fetch(`${app.url}/setup`, { method: 'POST', body: new URLSearchParams({ token: 'x' }), headers })).status).toBe(
      status === 200 ? 422 : 403,
    );
    // Reading a page by following a link from elsewhere is fine; calling the API is not.
    expect((await fetch(`${app.url}/`, { headers: { ...headers, accept: 'text/html' } })).status).toBe(200);
  });

  it('our own origin passes', async () => {
    expect((await call('session.me', {}, { origin: app.url })).status).toBe(200);
  });

  it('a foreign name that points here is not ours', async () => {
    const answer = await sendRaw('/', { host: 'evil.example', accept: 'text/html' });
    expect([answer.status, answer.body]).toEqual([400, expect.stringContaining('WAYPOST_ORIGIN')]);
  });
});

describe('nothing that was asked stands in an address', () => {
  it('a query with input by GET is refused', async () => {
    const input = encodeURIComponent(JSON.stringify({ language: 'en' }));
    const response = await fetch(`${app.url}/api/trpc/plugins.contributions?input=${input}`);
    expect([response.status, await response.text()]).toEqual([400, expect.stringContaining('sent by POST')]);
  });

  it('nor in the log', async () => {
    let logged = '';
    const sink = new Writable({ write: (chunk, _encoding, done) => ((logged += chunk), done()) });
    await using loud = await testApp({ log: pino({ level: 'trace' }, sink) });
    const send = (path: string, body: string) =>
      fetch(loud.url + path, { method: 'POST', headers: { ...JSON_TYPE, 'x-canary': 'canary' }, body });
    await send('/api/trpc/plugins.contributions?canary=1', '{"language":"canary"}');
    await send('/api/trpc/settings.set', '{"scope":"canary"');
    await send('/api/auth/sign-in/email', '{"email":"canary@example.org","password":"canary canary"}');
    await fetch(`${loud.url}/setup?token=canary`);
    await fetch(`${loud.url}/canary`);
    await loud.deps.db.schema.dropTable('setting').execute();
    await send('/api/trpc/settings.get?canary', '{}');
    expect(logged).toContain('"route":"/api/trpc/plugins.contributions"');
    expect(logged).toContain('procedure failed');
    expect(logged.toLowerCase()).not.toContain('canary');
    expect(logged).not.toContain('127.0.0.1');
  });
});

describe('a failure leaves as a problem in words', () => {
  it.each([
    ['no JSON', '/api/trpc/plugins.contributions', '{"language"', 400, 'bad_request'],
    ['too much', '/api/trpc/settings.set', JSON.stringify({ key: 'x'.repeat(1_100_000) }), 413, 'too_large'],
    ['not signed in', '/api/trpc/settings.set', '{}', 401, 'not_signed_in'],
    ['wrong input', '/api/trpc/plugins.contributions', '{"language":7}', 400, 'bad_request'],
    ['no such procedure', '/api/trpc/nothing.here', '{}', 404, 'not_found'],
    ['no such address', '/api/nothing', '{}', 404, 'not_found'],
    ['no JSON for sign-in', '/api/auth/sign-in/email', 'x', 400, 'bad_request'],
    ['wrong password', '/api/auth/sign-in/email', '{"email":"a@example.org","password":"wrong password"}', 401, 'not_signed_in'],
  ])('%s', async (_name, path, body, status, code) => {
    const response = await fetch(app.url + path, { method: 'POST', headers: JSON_TYPE, body });
    const answer = (await response.json()) as { problem?: unknown; error?: { data: { problem: unknown } } };
    expect(response.status).toBe(status);
    expect(answer.problem ?? answer.error?.data.problem).toEqual({
      code,
      status,
      say: expect.stringMatching(/^[A-Z].*\.$/),
      suggestions: [],
    });
  });

  it('says nothing of what nobody foresaw', async () => {
    await using broken = await testApp();
    await broken.deps.db.schema.dropTable('setting').execute();
    const response = await fetch(`${broken.url}/api/trpc/settings.get`, { method: 'POST', headers: JSON_TYPE, body: '{}' });
    const text = await response.text();
    expect([response.status, JSON.parse(text).error.data.problem.code]).toEqual([500, 'internal']);
    expect(text).not.toMatch(/sqlite|no such table|setting|\.ts/i);
  });
});

describe('behind a proxy that ends TLS', () => {
  it('cookies are for HTTPS alone, browsers are told to stay there, and only its name and loopback are answered', async () => {
    await using proxied = await testApp({ origin: 'https://help.example.org' });
    const account = { email: 'a@example.org', name: 'A', role: 'viewer' as const, password: TEST_PASSWORD };
    await createAccount(proxied.deps.database, account, Date.now());
    const send = (host: string, origin: string) =>
      sendRaw(
        '/api/auth/sign-in/email',
        { host, origin, ...JSON_TYPE },
        { app: proxied, body: JSON.stringify({ email: account.email, password: TEST_PASSWORD }) },
      );
    const answer = await send('help.example.org', 'https://help.example.org');
    expect([answer.status, String(answer.headers['set-cookie'])]).toEqual([
      200,
      expect.stringMatching(/^__Secure-waypost\.session_token=.*; Secure/),
    ]);
    expect(answer.headers['strict-transport-security']).toBe('max-age=31536000');
    const cookie = String(answer.headers['set-cookie']).split(';')[0] as string;
    const me = await sendRaw('/api/trpc/session.me', { host: 'help.example.org', cookie }, { app: proxied });
    expect(JSON.parse(me.body).result.data.role).toBe('viewer');
    expect((await send('other.example.org', 'https://other.example.org')).status).toBe(400);
    expect((await send('help.example.org', 'https://other.example.org')).status).toBe(403);
  });
});

describe('too many requests', () => {
  it('from one address', async () => {
    await using small = await testApp({ limits: { address: { burst: 3, perSecond: 0 } } });
    const statuses = [];
    for (let i = 0; i < 5; i++) statuses.push((await fetch(`${small.url}/api/trpc/session.me`)).status);
    expect(statuses).toEqual([200, 200, 200, 429, 429]);
  });

  it('of one session, where each call of a batch counts, and others go on', async () => {
    await using small = await testApp({ limits: { session: { burst: 4, perSecond: 0 } } });
    const [one, other] = [await small.signIn('viewer'), await small.signIn('viewer')];
    const batch = '/api/trpc/session.me,session.me,session.me?batch=1';
    const send = (person: typeof one) => person.fetch(batch, { method: 'POST', headers: JSON_TYPE, body: '{"0":{},"1":{},"2":{}}' });
    expect((await send(one)).status).toBe(200);
    expect((await send(one)).status).toBe(429);
    expect((await send(other)).status).toBe(200);
  });
});

interface RawOptions {
  app?: TestApp;
  /** Sent by POST. */
  body?: string;
}

/** A request whose headers fetch would not let through. */
function sendRaw(path: string, headers: Record<string, string>, options: RawOptions = {}) {
  const method = options.body === undefined ? 'GET' : 'POST';
  return new Promise<{ status: number | undefined; headers: Record<string, unknown>; body: string }>((resolve, reject) => {
    request((options.app ?? app).url + path, { headers, method }, (response) => {
      let body = '';
      response.on('data', (piece) => (body += piece));
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, body }));
    })
      .on('error', reject)
      .end(options.body);
  });
}
