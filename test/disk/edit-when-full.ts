// A server whose disk fills up while it runs: what an edit over HTTP is answered, whether reading goes on, and whether
// the same edit goes through once there is room. One JSON document on standard output.

import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { createAccount } from '#server/identity/accounts.ts';
import { createLog } from '#server/log.ts';
import { startServer } from '#server/start.ts';

const PASSWORD = 'a long test password';
const email = 'steward@example.org';
const [, , dataFolder = ''] = process.argv;

const { app, url, stop } = await startServer({ dataFolder, host: '127.0.0.1', port: 0, log: createLog({ level: 'silent' }), demo: false });
await createAccount(app.database, { email, name: 'Steward', role: 'steward', password: PASSWORD }, app.clock());
const headers: Record<string, string> = { 'content-type': 'application/json', origin: url };
const call = (path: string, body: unknown) => fetch(`${url}/api/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
const signedIn = await call('auth/sign-in/email', { email, password: PASSWORD });
headers['cookie'] = signedIn.headers
  .getSetCookie()
  .map((line) => line.split(';', 1)[0])
  .join('; ');

const service = await app.db.selectFrom('service').select(['id', 'name']).orderBy('id').executeTakeFirstOrThrow();
const set = { name: 'Renamed when there was room' };
const edit = () =>
  call('trpc/edit.save', { edits: [{ op: 'update', object: 'service', id: service.id, base: { name: service.name }, set }] });

const filling = join(dataFolder, 'filling');
fill(filling);
const refused = await edit();
const { error } = (await refused.json()) as { error: { data: { problem: unknown } } };
const found = await call('trpc/edit.form', { id: service.id });
rmSync(filling);
const room = await edit();
const { name } = await app.db.selectFrom('service').select('name').where('id', '=', service.id).executeTakeFirstOrThrow();
await stop();
process.stdout.write(
  `${JSON.stringify({ full: { status: refused.status, problem: error.data.problem }, found: found.status, room: room.status, name })}\n`,
);

/** To the last byte. */
function fill(path: string): void {
  const file = openSync(path, 'w');
  for (let size = 65_536; size >= 1;) {
    try {
      writeSync(file, Buffer.alloc(size));
    } catch {
      size = Math.floor(size / 2);
    }
  }
  closeSync(file);
}
