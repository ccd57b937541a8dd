// What a command of the command line is given, and what it gives back.

import type { Readable, Writable } from 'node:stream';
import type { ContributionPointId } from '#shared/plugin-api/points.ts';
import type { ContributionRegistry } from '#shared/platform/registry.ts';
import type { ServerDeps } from './deps.ts';

export interface CliIo {
  stdin: Readable;
  /** Results only. With `--json` exactly one JSON document. */
  stdout: Writable;
  /** Progress, warnings, faults. */
  stderr: Writable;
  /** The data folder. */
  data: string;
  /** Opens and migrates the database and loads the plugins. Loads no demo and builds nothing that is not used. */
  openApp(): Promise<ServerDeps & AsyncDisposable>;
  /** What plugins contribute to some points, without a database: for commands that must start at once. */
  openRegistry(points: readonly ContributionPointId[]): Promise<ContributionRegistry>;
}

/** Exit codes: 0 done, 1 refused or bad input (in words), 2 wrong usage. */
export type ExitCode = 0 | 1 | 2;

export interface Command {
  name: string;
  summary: string;
  /** Shown by `waypost <name> --help` and after wrong usage. */
  usage: string;
  /** May throw a Problem or a UsageError; both are said in words. */
  run(args: string[], io: CliIo): Promise<ExitCode>;
}

/** The command was called wrongly: its usage is shown, and the exit code is 2. */
export class UsageError extends Error {
  override name = 'UsageError';
}
