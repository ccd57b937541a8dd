// Whatever is sent to whichever procedure or address, the answer is a problem in words: no crash, no stack, no 500.

import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createAppRouter } from '#server/router.ts';
import { testApp, type SignedIn, type TestApp } from '../support/test-app.ts';

const LIMITS = { burst: 1e9, perSecond: 1e6 };
let app: TestApp;
let admin: SignedIn;
let procedures: string[];

beforeAll(async () => {
  app = await testApp({ limits: { address: LIMITS, session: LIMITS, signInByAddress: LIMITS, signInByAccount: LIMITS } });
  admin = await app.signIn('admin');
  const all = createAppRouter(app.deps)._def.procedures as unknown as Record<string, { _def: { type: string } }>;
  procedures = Object.keys(all).filter((name) => all[name]?._def.type !== 'subscription');
});
afterAll(() => app[Symbol.asyncDispose]());

const path = fc.oneof(
  fc
    .array(
      fc.oneof(
        fc.string(),
        fc.constantFrom('api', 'trpc', 'auth', 'tiles', 'resources', 'basemap', '..', '%2e%2e', '0', '-1', '1e9', '.mvt'),
      ),
    )
    .map((parts) => `/${parts.map(encodeURI).join('/')}`),
  fc.constantFrom('/tiles/resources/x/99/0/0.mvt', '/tiles/basemap/none/0/0/0.mvt', '/api/trpc/', '/api/trpc/,,,?batch=1', '/api/auth/%00'),
);

async function check(response: Response, sent: unknown): Promise<void> {
  const text = await response.text();
  expect([sent, response.status, text.slice(0, 300)]).toEqual([
    sent,
    expect.toSatisfy((status: number) => status < 500),
    expect.not.stringMatching(/node_modules|\.ts:\d+/),
  ]);
}

it('procedures', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...procedures),
      fc.oneof(
        fc.json(),
        fc.string(),
        fc.json().map((value) => value.slice(1)),
      ),
      async (name, body) => {
        await check(await admin.fetch(`/api/trpc/${name}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body }), [
          name,
          body,
        ]);
      },
    ),
    { numRuns: 150 },
  );
});

it('addresses', async () => {
  await fc.assert(
    fc.asyncProperty(path, fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS'), async (address, method) => {
      await check(await admin.fetch(address, { method }), [method, address]);
    }),
    { numRuns: 150 },
  );
});

it('sign-in and the first administrator', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('/api/auth/sign-in/email', '/api/auth/change-password', '/setup'),
      fc.oneof(fc.json(), fc.string()),
      async (address, body) => {
        const type = address === '/setup' ? 'application/x-www-form-urlencoded' : 'application/json';
        await check(await admin.fetch(address, { method: 'POST', headers: { 'content-type': type }, body }), [address, body]);
      },
    ),
    { numRuns: 150 },
  );
});
