// Accounts and sessions: who gets in, for how long, and what ends it.

import { describe, expect, it } from 'vitest';
import { createAccount, createFirstAdministratorToken, listAccounts } from '#server/identity/accounts.ts';
import { testApp, TEST_PASSWORD, type SignedIn, type TestApp } from '../support/test-app.ts';

const MINUTE = 60_000;
const JSON_TYPE = { 'content-type': 'application/json' };

async function me(person: SignedIn): Promise<{ role: string; agency: { name: string } | null; user: { id: string } | null }> {
  const response = await person.fetch('/api/trpc/session.me');
  return (await response.json()).result.data;
}

/** An application whose clock can be put ahead. */
async function appWithClock(engine: 'sqlite' | 'postgres' = 'sqlite') {
  const time = { ahead: 0 };
  const app = await testApp({ engine, clock: () => Date.now() + time.ahead });
  return Object.assign(app, { time });
}

const signInAs = (app: TestApp, email: string, password: string) =>
  fetch(`${app.url}/api/auth/sign-in/email`, { method: 'POST', headers: JSON_TYPE, body: JSON.stringify({ email, password }) });

describe('a session', () => {
  it.each(['sqlite', 'postgres'] as const)('ends after an hour without use, and use keeps it alive (%s)', async (engine) => {
    await using app = await appWithClock(engine);
    const person = await app.signIn('intake', { agency: 'Harbor House' });
    expect(await me(person)).toMatchObject({ role: 'intake', agency: { name: 'Harbor House' } });
    for (let i = 0; i < 3; i++) {
      app.time.ahead += 55 * MINUTE;
      expect((await me(person)).role).toBe('intake');
    }
    app.time.ahead += 61 * MINUTE;
    expect((await me(person)).role).toBe('anonymous');
    app.time.ahead = 0;
    expect((await me(person)).role).toBe('anonymous');
  });

  it('ends after twelve hours however much it is used', async () => {
    await using app = await appWithClock();
    const person = await app.signIn('admin');
    for (let i = 0; i < 14; i++) {
      app.time.ahead += 50 * MINUTE;
      expect((await me(person)).role).toBe('admin');
    }
    app.time.ahead += 25 * MINUTE;
    expect((await me(person)).role).toBe('anonymous');
  });

  it('lasts as long as the settings say', async () => {
    await using app = await appWithClock();
    const person = await app.signIn('viewer');
    await app.deps.settings.set('deployment', '', { key: 'session.idleMinutes', value: 5 });
    app.time.ahead += 6 * MINUTE;
    expect((await me(person)).role).toBe('anonymous');
  });

  it('ends at once when the account is disabled or its role taken back', async () => {
    await using app = await testApp();
    for (const change of [{ disabled: 1 }, { role: 'gone' }]) {
      const person = await app.signIn('steward');
      await app.deps.db.updateTable('account').set(change).where('email', '=', person.email).execute();
      expect((await me(person)).role).toBe('anonymous');
    }
  });

  it('ends when signing out: the old cookie is worth nothing', async () => {
    await using app = await testApp();
    const person = await app.signIn('viewer');
    expect((await person.fetch('/api/auth/sign-out', { method: 'POST' })).status).toBe(200);
    expect((await me(person)).role).toBe('anonymous');
    const refused = await person.fetch('/api/trpc/settings.set', { method: 'POST', headers: JSON_TYPE, body: '{}' });
    expect(refused.status).toBe(401);
  });

  it('cannot be made up: a cookie with a foreign signature is nobody', async () => {
    await using app = await testApp();
    const person = await app.signIn('admin');
    const forged = person.cookie.replace(/.{6}$/, 'AAAAAA');
    const response = await fetch(`${app.url}/api/trpc/session.me`, { headers: { cookie: forged } });
    expect((await response.json()).result.data.role).toBe('anonymous');
  });

  it('has a cookie that scripts and other sites do not get, and its token stands nowhere else', async () => {
    await using app = await testApp();
    await createAccount(app.deps.database, { email: 'a@example.org', name: 'A', role: 'viewer', password: TEST_PASSWORD }, Date.now());
    const response = await signInAs(app, 'A@Example.org', TEST_PASSWORD);
    const [cookie = ''] = response.headers.getSetCookie();
    expect(cookie).toMatch(/^waypost\.session_token=/);
    expect(cookie).toMatch(/HttpOnly/i);
    expect(cookie).toMatch(/SameSite=Lax/i);
    const token = decodeURIComponent(/=([^;.]+)/.exec(cookie)?.[1] ?? '');
    expect(token.length).toBeGreaterThan(20);
    expect(await response.text()).not.toContain(token);
  });
});

describe('guessing passwords', () => {
  it('is stopped at the account, whoever guesses', async () => {
    await using app = await testApp({ limits: { signInByAccount: { burst: 3, perSecond: 0 } } });
    const statuses = [];
    for (const email of ['b@example.org', 'B@example.org', ' b@example.org', 'b@example.org'])
      statuses.push((await signInAs(app, email, 'wrong password')).status);
    expect(statuses.slice(-1)).toEqual([429]);
    expect((await signInAs(app, 'c@example.org', 'wrong password')).status).toBe(401);
  });

  it('is stopped at the address, whatever is tried', async () => {
    await using app = await testApp({ limits: { signInByAddress: { burst: 3, perSecond: 0 } } });
    const statuses = [];
    for (let i = 0; i < 5; i++) statuses.push((await signInAs(app, `d${i}@example.org`, 'wrong password')).status);
    expect(statuses).toEqual([401, 401, 401, 429, 429]);
  });

  it('learns nothing of which addresses have an account', async () => {
    await using app = await testApp();
    const { email } = await app.signIn('viewer');
    const answers = await Promise.all(
      [email, 'nobody@example.org'].map(async (address) => (await signInAs(app, address, 'wrong password')).text()),
    );
    expect(answers[0]).toBe(answers[1]);
  });
});

describe('accounts', () => {
  it('cannot be made by signing up', async () => {
    await using app = await testApp();
    const body = JSON.stringify({ email: 'x@example.org', password: TEST_PASSWORD, name: 'X', role: 'admin' });
    for (const path of ['/api/auth/sign-up/email', '/api/auth/organization/create', '/api/auth/update-user']) {
      expect((await fetch(app.url + path, { method: 'POST', headers: JSON_TYPE, body })).status).toBe(404);
    }
    expect(await listAccounts(app.deps.db)).toEqual([]);
  });

  it.each([
    ['1234567', false],
    ['12345678', true],
    ['x'.repeat(128), true],
    ['x'.repeat(129), false],
  ])('have passwords of 8 to 128 characters and no other rule: %s', async (password, fits) => {
    await using app = await testApp();
    const made = createAccount(app.deps.database, { email: 'p@example.org', name: 'P', role: 'viewer', password }, Date.now());
    if (fits) await made;
    else await expect(made).rejects.toThrow('A password has 8 to 128 characters.');
  });

  it('are one for each address', async () => {
    await using app = await testApp();
    const account = { email: 'Same@example.org', name: 'S', role: 'viewer' as const, password: TEST_PASSWORD };
    await createAccount(app.deps.database, account, Date.now());
    await expect(createAccount(app.deps.database, { ...account, email: 'same@EXAMPLE.org' }, Date.now())).rejects.toThrow(
      'There is an account with the address',
    );
  });
});

describe('the first administrator', () => {
  const form = { name: 'Ada', email: 'ada@example.org', password: TEST_PASSWORD };
  const send = (app: TestApp, fields: Record<string, string>) =>
    fetch(`${app.url}/setup`, { method: 'POST', body: new URLSearchParams(fields), headers: { origin: app.url }, redirect: 'manual' });

  it.each(['sqlite', 'postgres'] as const)('is made once with the token from the console, and is signed in then (%s)', async (engine) => {
    await using app = await testApp({ engine });
    const token = await createFirstAdministratorToken(app.deps.db);
    const wrong = await send(app, { ...form, token: 'guess' });
    expect([wrong.status, await wrong.text()]).toEqual([410, expect.stringContaining('role="alert"')]);
    const short = await send(app, { ...form, password: 'short', token });
    expect([short.status, await short.text()]).toEqual([422, expect.stringContaining('8 to 128 characters')]);

    const [first, second] = await Promise.all([send(app, { ...form, token }), send(app, { ...form, email: 'eve@example.org', token })]);
    expect([first.status, second.status].toSorted()).toEqual([303, 410]);
    const cookie = [first, second]
      .flatMap((response) => response.headers.getSetCookie())
      .map((line) => line.split(';')[0])
      .join('; ');
    const answer = await fetch(`${app.url}/api/trpc/session.me`, { headers: { cookie } });
    expect((await answer.json()).result.data.role).toBe('admin');
    expect((await send(app, { ...form, email: 'late@example.org', token })).status).toBe(410);
  });

  it('is drawn in the language of the browser, and nothing that was typed becomes markup', async () => {
    await using app = await testApp();
    const page = await fetch(`${app.url}/setup?token=${encodeURIComponent('"><script>')}`, { headers: { 'accept-language': 'ar-EG,en' } });
    const html = await page.text();
    expect(html).toContain('<html lang="ar" dir="rtl">');
    expect(html).not.toContain('<script>');
  });
});
