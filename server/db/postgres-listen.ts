// Hears of commits by LISTEN, on a connection of its own. When that is lost it is opened again, later and later while it
// fails; until then the feed is polled.

import pg from 'pg';
import { toDisposable, type Disposable } from '#shared/platform/disposable.ts';

const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 30_000;
/** Engines that speak PostgreSQL's protocol and know no LISTEN: feature_not_supported, syntax_error. */
const NO_LISTEN = new Set(['0A000', '42601']);

/** Settles after the first attempt. `onMessage` is called for each message, and when a lost connection is back. */
export async function listenTo(url: string, channel: string, onMessage: () => void): Promise<Disposable> {
  let client: pg.Client | undefined;
  let retry: NodeJS.Timeout | undefined;
  let wait = FIRST_WAIT_MS;
  let isFirst = true;
  let disposed = false;

  async function connect(): Promise<void> {
    const opened = new pg.Client({ connectionString: url, keepAlive: true });
    opened.on('error', () => {});
    try {
      await opened.connect();
      await opened.query(`listen ${channel}`);
    } catch (error) {
      await opened.end().catch(() => {});
      if (!NO_LISTEN.has((error as { code?: string }).code ?? '')) connectLater();
      return;
    }
    if (disposed) return void opened.end().catch(() => {});
    client = opened;
    wait = FIRST_WAIT_MS;
    opened.on('notification', onMessage);
    opened.on('end', () => {
      client = undefined;
      connectLater();
    });
    // What was committed while nobody listened.
    if (!isFirst) onMessage();
  }

  function connectLater(): void {
    if (disposed) return;
    isFirst = false;
    retry = setTimeout(() => void connect(), wait);
    retry.unref();
    wait = Math.min(LONGEST_WAIT_MS, wait * 2);
  }

  await connect();
  return toDisposable(() => {
    disposed = true;
    clearTimeout(retry);
    void client?.end().catch(() => {});
  });
}
