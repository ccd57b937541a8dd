// `waypost backup`: encrypted copies of both databases with all that is committed, made while the server goes on working.

import { chmodSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, parse, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { UsageError, type Command } from '../command.ts';
import { deriveKey } from './case-keys.ts';
import { CASEWORK_FILE } from './casework.ts';
import { findKey, sayKeyPlaces } from './keys.ts';
import { OperatorProblem } from './operator-problem.ts';
import { openConnection, SQLITE_FILE } from './sqlite.ts';

export const backupCommand: Command = {
  name: 'backup',
  summary: 'Write a copy of the databases to files',
  usage: `waypost backup --out FILE [--data DIR]

Beside FILE a second one is written, FILE with ".casework" before its ending: the records of people. Both are encrypted with the
databases' own key. To go back to them, stop the server, put them in an empty data folder as ${SQLITE_FILE} and ${CASEWORK_FILE}, and
run "waypost key restore" with the recovery key. A person who was erased since is in the older copy; the server erases them
again by the list beside the keys (waypost/erased in the configuration folder), which goes along to another machine. Keep no copy
longer than your rules for erasing allow.`,
  async run(args, io) {
    const { values } = parseArgs({ args, options: { out: { type: 'string' } } });
    if (values.out === undefined) throw new UsageError('Say where to: --out FILE.');
    if (process.env['DATABASE_URL']) {
      throw new OperatorProblem('The data is in PostgreSQL: back it up with pg_dump, which knows how.');
    }
    const file = resolve(values.out);
    backUp(io.data, file);
    io.stdout.write(`The backup is in ${file} and ${toCaseworkCopy(file)}. Keep the recovery key in another place.\n`);
    return 0;
  },
};

/** Where the copy of the casework database lies that belongs to a copy of the main one: `copy.db` has `copy.casework.db`. */
export function toCaseworkCopy(file: string): string {
  const { dir, name, ext } = parse(file);
  return join(dir, `${name}.casework${ext}`);
}

/** Copies the databases of a data folder to `file` and beside it; neither may be there yet. */
export function backUp(dataFolder: string, file: string): void {
  const database = join(dataFolder, SQLITE_FILE);
  const casework = join(dataFolder, CASEWORK_FILE);
  if (!existsSync(database)) throw new OperatorProblem(`There is no database in ${dataFolder}. Name its folder with --data.`);
  for (const each of [file, toCaseworkCopy(file)])
    if (existsSync(each)) throw new OperatorProblem(`${each} is there already. Name another file, or move that one away.`);
  const key = findKey(dataFolder);
  if (!key) throw new OperatorProblem(`The key of the database in ${dataFolder} is missing. ${sayKeyPlaces(dataFolder)}`);
  mkdirSync(dirname(file), { recursive: true });
  // People first: whom their records name, agencies and accounts, is then in the other copy.
  if (existsSync(casework)) copyDatabase(casework, { file: toCaseworkCopy(file), key: deriveKey(key, 'casework file') });
  try {
    copyDatabase(database, { file, key });
  } catch (error) {
    rmSync(toCaseworkCopy(file), { force: true });
    throw error;
  }
}

function copyDatabase(database: string, { file, key }: { file: string; key: Uint8Array }): void {
  // Under another name until it is whole, so that what was interrupted is never taken for a backup.
  const part = `${file}.part`;
  rmSync(part, { force: true });
  const source = openConnection(database, key);
  try {
    source.prepare('vacuum into ?').run(part);
    chmodSync(part, 0o600);
    const copy = openConnection(part, key);
    const state = copy.pragma('integrity_check', { simple: true });
    copy.pragma('journal_mode = delete');
    copy.close();
    if (state !== 'ok') throw new OperatorProblem(`The copy is not whole (${String(state)}). Try again, on another disk.`);
    renameSync(part, file);
  } finally {
    source.close();
    for (const ending of ['', '-wal', '-shm']) rmSync(part + ending, { force: true });
  }
}
