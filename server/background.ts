// Work that outlives the request that began it: an index that is read, an import, a thread. It is noted here, is told to
// end when the server closes, and is waited for, so that nothing asks a database that is gone.

import { setImmediate as nextTurn } from 'node:timers/promises';

export interface Background {
  /** Aborts when the server closes: for threads, and for work that looks between two pieces. */
  readonly signal: AbortSignal;
  /** Gives back the same promise. Nobody has to wait for it: whoever begins the work says what became of it. */
  note<T>(work: Promise<T>): Promise<T>;
  /** Between two pieces of work: others get their turn. Throws once the server closes. */
  pause(): Promise<void>;
}

export interface OwnBackground extends Background {
  /** Tells all work to end, and resolves when it has. */
  close(): Promise<void>;
}

export function createBackground(): OwnBackground {
  const closing = new AbortController();
  const { signal } = closing;
  const running = new Set<Promise<unknown>>();
  return {
    signal,
    note(work) {
      const ended: Promise<unknown> = work.then(
        () => running.delete(ended),
        () => running.delete(ended),
      );
      running.add(ended);
      return work;
    },
    async pause() {
      await nextTurn();
      signal.throwIfAborted();
    },
    async close() {
      closing.abort(new Error('The server is closing.'));
      // What ends may have begun something else.
      while (running.size > 0) await Promise.all(running);
    },
  };
}
