// A real server on a free port with its own data and key folder: `await using app = await testApp()`.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAnonymousActor, createLocalActor } from '#server/identity/actor.ts';
import { createAccount } from '#server/identity/accounts.ts';
import type { Role } from '#server/identity/policies.ts';
import { createLog } from '#server/log.ts';
import { createAppRouter } from '#server/router.ts';
import { startServer, type RunningServer, type StartOptions } from '#server/start.ts';
import { createCallerFactory } from '#server/trpc.ts';
import { copyContributions } from './contributions-cache.ts';
import { createPostgresDatabase, dropPostgresDatabase } from './postgres-server.ts';
import { findTemplate } from './postgres-templates.ts';

export const TEST_PASSWORD = 'a long test password';

export interface TestAppOptions extends Partial<
  Pick<StartOptions, 'demo' | 'clock' | 'origin' | 'limits' | 'pluginsFolder' | 'clientFolder' | 'log' | 'localHosts'>
> {
  engine?: 'sqlite' | 'postgres';
  /** What an operator does before the first start, such as `waypost basemap add`; the environment names the key's folder. */
  before?: (dataFolder: string) => Promise<unknown>;
}

/** A person who has signed in: their cookie, and requests that carry it. */
export interface SignedIn {
  email: string;
  cookie: string;
  fetch(path: string, init?: RequestInit): Promise<Response>;
}

export interface TestApp extends AsyncDisposable {
  url: string;
  dataFolder: string;
  deps: RunningServer['app'];
  /** Calls procedures as a role, without HTTP. */
  caller(role: Role | 'anonymous'): ReturnType<ReturnType<typeof createTestCaller>>;
  /** Makes an account with this role and signs in over HTTP. */
  signIn(role: Role, options?: { agency?: string }): Promise<SignedIn>;
  /** Signs in over HTTP to an account that exists, with the password of all tests. */
  signInAs(email: string): Promise<SignedIn>;
}

function createTestCaller(deps: RunningServer['app']) {
  return createCallerFactory(createAppRouter(deps));
}

export async function testApp(options: TestAppOptions = {}): Promise<TestApp> {
  const folder = mkdtempSync(join(tmpdir(), 'waypost-test-'));
  const dataFolder = join(folder, 'data');
  const { engine = 'sqlite', before, ...rest } = options;
  const previous = process.env['XDG_CONFIG_HOME'];
  process.env['XDG_CONFIG_HOME'] = join(folder, 'config');
  if (!options.pluginsFolder) copyContributions(dataFolder);
  let running: RunningServer;
  let database: string | undefined;
  try {
    database = engine === 'postgres' ? await createPostgresDatabase(findTemplate('whole')) : undefined;
    await before?.(dataFolder);
    running = await startServer({
      log: createLog({ level: 'fatal' }),
      demo: false,
      ...rest,
      dataFolder,
      url: database,
      host: '127.0.0.1',
      port: 0,
    });
  } finally {
    // The key has been read; other test apps of this process have folders of their own.
    if (previous === undefined) delete process.env['XDG_CONFIG_HOME'];
    else process.env['XDG_CONFIG_HOME'] = previous;
  }
  const { app, url } = running;
  const createCaller = createTestCaller(app);
  let accounts = 0;

  async function signInAs(email: string): Promise<SignedIn> {
    const response = await fetch(`${url}/api/auth/sign-in/email`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: url },
      body: JSON.stringify({ email, password: TEST_PASSWORD }),
    });
    if (!response.ok) throw new Error(`Signing in failed: ${response.status} ${await response.text()}`);
    const cookie = response.headers
      .getSetCookie()
      .map((line) => line.split(';', 1)[0])
      .join('; ');
    const send = (path: string, init: RequestInit = {}) =>
      fetch(`${url}${path}`, { ...init, headers: { origin: url, cookie, ...(init.headers as Record<string, string> | undefined) } });
    return { email, cookie, fetch: send };
  }

  return {
    url,
    dataFolder,
    deps: app,
    caller: (role) => {
      const actor = role === 'anonymous' ? createAnonymousActor({ findWithoutAccount: true }) : createLocalActor(role);
      return createCaller({ actor, address: '127.0.0.1' });
    },
    async signIn(role, { agency } = {}) {
      const email = `${role}-${++accounts}@example.org`;
      await createAccount(app.database, { email, name: `Test ${role}`, role, agency, password: TEST_PASSWORD }, app.clock());
      return signInAs(email);
    },
    signInAs,
    async [Symbol.asyncDispose]() {
      await running.stop();
      if (database !== undefined) await dropPostgresDatabase(database);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
