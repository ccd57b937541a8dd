// `waypost user`: accounts from the command line, for the first one and for whoever lost theirs.

import type { Readable } from 'node:stream';
import { parseArgs } from 'node:util';
import { Problem } from '#shared/platform/problems.ts';
import { UsageError, type CliIo, type Command, type ExitCode } from '../command.ts';
import { createAccount, listAccounts, NewAccount } from './accounts.ts';
import { ROLES } from './policies.ts';

export const userCommand: Command = {
  name: 'user',
  summary: 'Add and list accounts',
  usage: `waypost user add --email ADDRESS --name NAME --role ROLE [--agency NAME [--team NAME]] [--password-stdin] [--json]
waypost user list [--json]

Roles: ${ROLES.join(', ')}.
The password is asked for; with --password-stdin it is the first line of standard input.`,
  run(args, io) {
    const [action, ...rest] = args;
    if (action === 'add') return addUser(rest, io);
    if (action === 'list') return listUsers(rest, io);
    throw new UsageError(action === undefined ? 'Say what to do: add or list.' : `"user ${action}" is not known.`);
  },
};

async function addUser(args: string[], io: CliIo): Promise<ExitCode> {
  const { values } = parseArgs({
    args,
    options: {
      email: { type: 'string' },
      name: { type: 'string' },
      role: { type: 'string' },
      agency: { type: 'string' },
      team: { type: 'string' },
      'password-stdin': { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  for (const name of ['email', 'name', 'role'] as const) if (!values[name]) throw new UsageError(`--${name} is missing.`);
  const { email, name, role, agency, team } = values;
  if (team && !agency) throw new UsageError('--team is a team of an agency: name it with --agency.');
  // Everything but the password is checked before the password is asked for.
  const person = NewAccount.omit({ password: true }).safeParse({ email, name, role, ...(agency && { agency }), ...(team && { team }) });
  if (!person.success) {
    throw new Problem('unprocessable', person.error.issues.map((issue) => `--${issue.path.join('.')}: ${issue.message}`).join('\n'));
  }
  const password = values['password-stdin'] ? await readLine(io.stdin) : await askPassword(io);
  await using app = await io.openApp();
  const id = await createAccount(app.database, { ...person.data, password }, app.clock());
  const { email: address } = person.data;
  io.stdout.write(values.json ? `${JSON.stringify({ id, ...person.data })}\n` : `${address} can sign in now, as ${person.data.role}.\n`);
  return 0;
}

async function listUsers(args: string[], io: CliIo): Promise<ExitCode> {
  const { values } = parseArgs({ args, options: { json: { type: 'boolean', default: false } } });
  await using app = await io.openApp();
  const accounts = await listAccounts(app.db);
  if (values.json) io.stdout.write(`${JSON.stringify(accounts)}\n`);
  else if (accounts.length === 0) io.stdout.write('There is no account yet. Add one with "waypost user add".\n');
  for (const account of values.json ? [] : accounts) {
    const notes = [account.agency, account.team && `team ${account.team}`, account.disabled && 'disabled'].filter(Boolean).join(', ');
    io.stdout.write(`${account.email}  ${account.role}  ${account.name}${notes && `  (${notes})`}\n`);
  }
  return 0;
}

/** The first line; what follows is left alone. */
export async function readLine(input: Readable): Promise<string> {
  let text = '';
  for await (const chunk of input) {
    text += String(chunk);
    if (text.includes('\n')) break;
  }
  return text.split(/\r?\n/, 1)[0] ?? '';
}

/** Asks at the terminal without showing what is typed. */
async function askPassword(io: CliIo): Promise<string> {
  if (!('isTTY' in io.stdin && io.stdin.isTTY)) {
    throw new UsageError('There is no terminal to ask for the password at; give it with --password-stdin.');
  }
  const { createInterface } = await import('node:readline/promises');
  const { Writable } = await import('node:stream');
  io.stderr.write('Password: ');
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const reader = createInterface({ input: io.stdin, output: silent, terminal: true });
  try {
    return await reader.question('');
  } finally {
    reader.close();
    io.stderr.write('\n');
  }
}
