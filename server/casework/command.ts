// `waypost people`: made-up clients, to try casework on or to learn it.

import { parseArgs } from 'node:util';
import { UsageError, type Command } from '../command.ts';
import { readLine } from '../identity/command.ts';
import { addDemoPeople } from './demo.ts';

export const peopleCommand: Command = {
  name: 'people',
  summary: 'Add made-up clients to try casework on',
  usage: `waypost people demo --password-stdin [--json]

Adds two made-up agencies with their workers and sixty made-up clients. The password of all of these workers is the first line of
standard input. Not for a server on which real people are looked after.`,
  async run(args, io) {
    const { values, positionals } = parseArgs({
      args,
      options: { 'password-stdin': { type: 'boolean', default: false }, json: { type: 'boolean', default: false } },
      allowPositionals: true,
    });
    if (positionals.length !== 1 || positionals[0] !== 'demo') throw new UsageError('Say what to do: people demo.');
    if (!values['password-stdin']) throw new UsageError('--password-stdin is missing: the workers need a password to sign in.');
    const password = await readLine(io.stdin);
    await using app = await io.openApp();
    const { workers, people } = await addDemoPeople(app, password);
    if (values.json) io.stdout.write(`${JSON.stringify({ workers, people })}\n`);
    else {
      io.stdout.write(`Added ${people} made-up clients. Sign in as:\n`);
      for (const { email, role, agency } of workers) io.stdout.write(`  ${email}  ${role}  (${agency})\n`);
    }
    return 0;
  },
};
