// Why something did not start, in words that say what to do; a stack only for what nobody foresaw.

import { findStorageProblem } from './db/storage-problem.ts';
import { OperatorProblem } from './db/operator-problem.ts';

const SAY: Record<string, (error: NodeJS.ErrnoException & { port?: number; address?: string }) => string> = {
  EADDRINUSE: (error) => `Port ${error.port} is taken: is Waypost running already? Choose another with --port.`,
  EACCES: (error) => `Not allowed: ${error.message}. Choose a port above 1023, or a data folder that is yours (--data).`,
  EADDRNOTAVAIL: (error) => `This machine has no address ${error.address}. Choose another with --host.`,
  ECONNREFUSED: () => 'The database that DATABASE_URL names does not answer. Is it running?',
  EEXIST: (error) => `Not a folder: ${error.path}. Name another with --data.`,
  ENOTDIR: (error) => `Not a folder: ${error.path}. Name another with --data.`,
  SQLITE_CORRUPT: () => 'The database file is damaged. Restore it from a backup.',
  '28P01': () => 'The database refuses the password in DATABASE_URL.',
  '3D000': () => 'The database that DATABASE_URL names does not exist. Create it first (createdb).',
  ERR_PARSE_ARGS_UNKNOWN_OPTION: (error) => error.message,
  ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL: (error) => error.message,
  ERR_PARSE_ARGS_INVALID_OPTION_VALUE: (error) => error.message,
};

export function sayOperatorFailure(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof OperatorProblem) return error.message;
  const code = (error as NodeJS.ErrnoException).code;
  const say = code === undefined ? undefined : SAY[code];
  return say ? say(error) : (findStorageProblem(error)?.message ?? error.stack ?? error.message);
}
