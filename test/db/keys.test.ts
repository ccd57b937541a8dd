// The database's key: where it lies, who may read it, what is said without it; and that nothing on the disk is readable.

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { formatRecoveryKey, parseRecoveryKey } from '#server/db/keys.ts';
import { migrate } from '#server/db/migrate.ts';
import { openSqliteFolder } from '#server/db/sqlite.ts';

const CANARY = 'Canary Lane 4711';
let folder: string;
let data: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'waypost-keys-'));
  data = join(folder, 'data');
  vi.stubEnv('XDG_CONFIG_HOME', join(folder, 'config'));
  vi.stubEnv('WAYPOST_KEY_FILE', undefined);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

const keysFolder = () => join(folder, 'config', 'waypost', 'keys');
const mode = (path: string) => (statSync(path).mode & 0o777).toString(8);

async function makeDatabase(): Promise<string> {
  const database = openSqliteFolder(data);
  await migrate(database);
  const recoveryKey = database.created?.recoveryKey;
  await database.close();
  return recoveryKey as string;
}

describe('the files', () => {
  it('hold no readable text, in the database nor in its WAL, while it is open and after', async () => {
    const database = openSqliteFolder(data);
    await migrate(database);
    await database.db
      .insertInto('address')
      .values({ id: CANARY, address_1: CANARY } as never)
      .execute();
    const files = readdirSync(data);
    expect(files).toContain('waypost.db-wal');
    const holders = () =>
      readdirSync(data).filter((name) => /Canary|SQLite format|create table/i.test(readFileSync(join(data, name), 'latin1')));
    expect(holders()).toEqual([]);
    await database.close();
    expect(holders()).toEqual([]);
  });

  it('are for this user alone, and the key lies outside the data folder', async () => {
    mkdirSync(data, { mode: 0o755 });
    const database = openSqliteFolder(data);
    await migrate(database);
    for (const name of readdirSync(data)) expect([name, mode(join(data, name))]).toEqual([name, '600']);
    const [key] = readdirSync(keysFolder()) as [string];
    expect(mode(join(keysFolder(), key))).toBe('600');
    expect(mode(keysFolder())).toBe('700');
    const secret = readFileSync(join(keysFolder(), key), 'utf8').trim();
    for (const name of readdirSync(data)) expect(readFileSync(join(data, name), 'latin1')).not.toContain(secret);
    await database.close();
  });

  it('need the same key for other folders never: each has its own', async () => {
    await makeDatabase();
    data = join(folder, 'other');
    await makeDatabase();
    const keys = readdirSync(keysFolder()).map((name) => readFileSync(join(keysFolder(), name), 'utf8'));
    expect(new Set(keys).size).toBe(2);
  });

  it('open again where the folder was moved', async () => {
    await makeDatabase();
    renameSync(data, `${data}-moved`);
    await openSqliteFolder(`${data}-moved`).close();
  });
});

describe('without the right key', () => {
  it('says where the key is expected and what to do', async () => {
    await makeDatabase();
    rmSync(keysFolder(), { recursive: true });
    expect(() => openSqliteFolder(data)).toThrow(
      /is missing\. Its key is expected in .*\.key\. Put the key file back, or name it with WAYPOST_KEY_FILE, or type the recovery key into "waypost key restore/,
    );
  });

  it.each([
    ['another key', 'ab'.repeat(32), /does not open with this key/],
    ['no key at all', 'hello', /is not a key: it should hold 64 hexadecimal digits/],
  ])('says so: %s', async (_name, content, message) => {
    await makeDatabase();
    const file = join(folder, 'given.key');
    writeFileSync(file, content);
    vi.stubEnv('WAYPOST_KEY_FILE', file);
    expect(() => openSqliteFolder(data)).toThrow(message);
  });

  it('says that a named key file is not there, and makes no other', () => {
    vi.stubEnv('WAYPOST_KEY_FILE', join(folder, 'nowhere.key'));
    expect(() => openSqliteFolder(data)).toThrow(/WAYPOST_KEY_FILE names .*nowhere\.key, which is not there/);
    expect(readdirSync(data)).toEqual([]);
  });

  it('refuses a database that is not encrypted', () => {
    mkdirSync(data);
    writeFileSync(join(data, 'waypost.db'), 'SQLite format 3\0 and so on');
    expect(() => openSqliteFolder(data)).toThrow(/is not encrypted/);
  });
});

describe('the recovery key', () => {
  it('brings a lost key back by the command line, and refuses a wrong one', async () => {
    const recoveryKey = await makeDatabase();
    rmSync(keysFolder(), { recursive: true });
    const restore = (input: string) =>
      spawnSync(process.execPath, ['server/cli.ts', 'key', 'restore', '--data', data], { input: `${input}\n`, encoding: 'utf8' });
    const other = restore(formatRecoveryKey(new Uint8Array(32)));
    expect([other.status, other.stderr]).toEqual([1, expect.stringContaining('does not open with this key')]);
    const typo = restore(recoveryKey.replace(/.$/, (last) => (last === '0' ? '1' : '0')));
    expect([typo.status, typo.stderr]).toEqual([1, expect.stringContaining('Check it for typing errors')]);
    const right = restore(recoveryKey.toLowerCase().replaceAll('-', ' '));
    expect([right.status, right.stderr]).toEqual([0, '']);
    await openSqliteFolder(data).close();
  });

  it('is the key: format and parse are inverse, and one wrong letter is noticed', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), fc.nat(51), (key, at) => {
        const text = formatRecoveryKey(key);
        expect(text).toMatch(/^([0-9A-Z]{4}-){13}[0-9A-Z]{4}$/);
        expect([...parseRecoveryKey(text)]).toEqual([...key]);
        const place = at + Math.floor(at / 4);
        const wrong = text.slice(0, place) + (text[place] === 'Z' ? 'Y' : 'Z') + text.slice(place + 1);
        expect(() => parseRecoveryKey(wrong)).toThrow(/typing errors/);
      }),
      { numRuns: 200 },
    );
  });
});
