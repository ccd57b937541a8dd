// One import in a process of its own, so that the memory is its own: node _time-import.ts DATA_FOLDER PATH

import { join } from 'node:path';
import { openApp } from '#server/app.ts';
import { keepCompiledCode } from '#server/compile-cache.ts';
import { locateForWorker, startImport } from '#server/directory/import.ts';
import { createLog } from '#server/log.ts';

export interface TimedImport {
  /** Seconds of the first import, and of the same again. */
  first: number;
  second: number;
  /** Rows of input. */
  rows: number;
  /** Records that the first import wrote, where each is a change of its own. */
  created: number;
  /** The most that the process held during the first. */
  megabytes: number;
}

keepCompiledCode();
const [dataFolder = '', path = ''] = process.argv.slice(2);
process.env['XDG_CONFIG_HOME'] = join(dataFolder, 'config');
await using app = await openApp({ dataFolder, log: createLog({ level: 'fatal' }) });

const once = async (): Promise<{ seconds: number; rows: number }> => {
  const start = performance.now();
  const { rows } = await startImport({
    ...locateForWorker(app),
    request: { paths: [path], format: 'auto', dryRun: false, actor: 'local:bench' },
  });
  return { seconds: (performance.now() - start) / 1000, rows };
};
const first = await once();
const megabytes = Math.round(process.resourceUsage().maxRSS / 1024);
const { n } = await app.db
  .selectFrom('change')
  .select((eb) => eb.fn.countAll<number>().as('n'))
  .executeTakeFirstOrThrow();
const second = await once();
const timed: TimedImport = { first: first.seconds, second: second.seconds, rows: first.rows, created: Number(n), megabytes };
process.stdout.write(JSON.stringify(timed));
