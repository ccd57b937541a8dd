import { describe, expect, test } from 'vitest';
import type { HandoutContent } from '#shared/handout/content.ts';
import { testApp } from '../support/test-app.ts';

const DAY = 86_400_000;
const content: HandoutContent = {
  version: 1,
  language: 'es',
  direction: 'ltr',
  paper: 'letter',
  textSize: 13,
  heading: { title: 'Lugares', subtitle: '', date: 'hoy', from: 'A pie desde Mill St & Union Ave' },
  services: [
    {
      number: 1,
      name: { text: 'Riverside Food Pantry', language: 'en' },
      summary: null,
      hours: { now: 'Abierto', week: null },
      address: '118 Tanner Street',
      travel: '13 minutos a pie',
      bring: null,
      phones: ['555 0142'],
      access: null,
      cost: null,
      verified: '2026-11-03',
    },
  ],
  map: null,
  code: null,
  crisis: null,
  footer: [],
};

describe('a handout behind a link', () => {
  test('whoever has the link reads what was printed, without where the person is, until it expires', async () => {
    let now = Date.parse('2026-11-22T12:00:00Z');
    await using app = await testApp({ clock: () => now });
    const made = await app.caller('intake').handout.create({ content });
    expect(made.url).toBe(`/h/${made.token}`);
    expect(made.expiresAt).toBe(new Date(now + 14 * DAY).toISOString());

    const found = await app.caller('anonymous').handout.get({ token: made.token });
    expect(found.content).toEqual({ ...content, heading: { ...content.heading, from: null } });

    now += 14 * DAY;
    await expect(app.caller('anonymous').handout.get({ token: made.token })).rejects.toMatchObject({ cause: { code: 'expired' } });
    await app.caller('intake').handout.create({ content });
    expect(await app.deps.db.selectFrom('handout').select('expires_at').execute()).toHaveLength(1);
  });

  test('the database holds the hash of the token alone', async () => {
    await using app = await testApp();
    const { token } = await app.caller('intake').handout.create({ content });
    expect(JSON.stringify(await app.deps.db.selectFrom('handout').selectAll().execute())).not.toContain(token);
  });

  test('a guess, and a viewer who may not make one, are refused', async () => {
    await using app = await testApp();
    await expect(app.caller('anonymous').handout.get({ token: 'x'.repeat(32) })).rejects.toMatchObject({ cause: { code: 'expired' } });
    await expect(app.caller('anonymous').handout.get({ token: '../etc' })).rejects.toThrow();
    await expect(app.caller('intake').handout.create({ content: { ...content, note: 'for staff' } as never })).rejects.toThrow();
  });

  test('its page is not kept by caches nor found by search engines', async () => {
    await using app = await testApp();
    const response = await fetch(`${app.url}/h/${'x'.repeat(32)}`, { headers: { accept: 'text/html' } });
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('x-robots-tag')).toContain('noindex');
    expect(response.headers.get('referrer-policy')).toBe('no-referrer');
  });
});
