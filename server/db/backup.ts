// `waypost backup`: one encrypted file with all that is committed, made while the server goes on working.

import { chmodSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { UsageError, type Command } from '../command.ts';
import { findKey, sayKeyPlaces } from './keys.ts';
import { OperatorProblem } from './operator-problem.ts';
import { openConnection, SQLITE_FILE } from './sqlite.ts';

export const backupCommand: Command = {
  name: 'backup',
  summary: 'Write a copy of the database to a file',
  usage: `waypost backup --out FILE [--data DIR]

The copy is encrypted with the database's own key. To go back to it, stop the server, put the file in an empty data folder
as ${SQLITE_FILE}, and run "waypost key restore" with the recovery key.`,
  async run(args, io) {
    const { values } = parseArgs({ args, options: { out: { type: 'string' } } });
    if (values.out === undefined) throw new UsageError('Say where to: --out FILE.');
    if (process.env['DATABASE_URL']) {
      throw new OperatorProblem('The data is in PostgreSQL: back it up with pg_dump, which knows how.');
    }
    const file = resolve(values.out);
    backUp(io.data, file);
    io.stdout.write(`The backup is in ${file}. Keep the recovery key in another place.\n`);
    return 0;
  },
};

/** Copies the database of a data folder to `file`, which must not be there yet. */
export function backUp(dataFolder: string, file: string): void {
  const database = join(dataFolder, SQLITE_FILE);
  if (!existsSync(database)) throw new OperatorProblem(`There is no database in ${dataFolder}. Name its folder with --data.`);
  if (existsSync(file)) throw new OperatorProblem(`${file} is there already. Name another file, or move that one away.`);
  const key = findKey(dataFolder);
  if (!key) throw new OperatorProblem(`The key of the database in ${dataFolder} is missing. ${sayKeyPlaces(dataFolder)}`);
  mkdirSync(dirname(file), { recursive: true });
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
