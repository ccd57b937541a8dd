// The log. It says what the server did, never what a person asked or answered: no bodies, no queries, no addresses.

import { destination, pino, type Logger } from 'pino';

export function createLog(options: { level?: string } = {}): Logger {
  const level = process.env['WAYPOST_LOG'] ?? options.level ?? 'warn';
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, destination({ dest: 2, sync: true }));
}

/** What is noted of an unforeseen error: where it happened and what kind it is. Quoted values are cut out, they may be a person's. */
export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { error: typeof error };
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  const message = error.message.replace(/"[^"]*"|'[^']*'/g, '"…"').slice(0, 500);
  return {
    error: error.name,
    message,
    ...('code' in error ? { code: error.code } : {}),
    frames: frames.slice(0, 12).map((line) => line.trim()),
  };
}
