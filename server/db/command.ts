// `waypost key restore`: puts the database's key back from the recovery key that was shown when it was made.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError, type Command } from '../command.ts';
import { parseRecoveryKey, restoreKey } from './keys.ts';
import { OperatorProblem } from './operator-problem.ts';
import { openSqlite, SQLITE_FILE } from './sqlite.ts';

export const keyCommand: Command = {
  name: 'key',
  summary: "Put the database's key back",
  usage: `waypost key restore [--data DIR]

Type the recovery key, or give it on standard input. It was shown when the database was made.`,
  async run(args, io) {
    if (args.length !== 1 || args[0] !== 'restore') throw new UsageError('Say what to do: key restore.');
    if ('isTTY' in io.stdin && io.stdin.isTTY) io.stderr.write('Recovery key: ');
    let text = '';
    for await (const chunk of io.stdin) {
      text += String(chunk);
      if (text.includes('\n')) break;
    }
    const key = parseRecoveryKey(text.split('\n', 1)[0] ?? '');
    const file = join(io.data, SQLITE_FILE);
    if (!existsSync(file)) throw new OperatorProblem(`There is no database in ${io.data}.`);
    // Tried first: a key that does not open it must not take the place of the right one.
    await openSqlite(file, key).close();
    const path = restoreKey(io.data, key);
    io.stdout.write(`The key is back in ${path}, and the database opens with it.\n`);
    return 0;
  },
};
