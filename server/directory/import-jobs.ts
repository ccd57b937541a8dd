// Imports that were started from the browser: how far they are, how they ended, and how to stop them.

import { randomUUID } from 'node:crypto';
import { Emitter } from '#shared/platform/event.ts';
import { Problem, PROBLEMS } from '#shared/platform/problems.ts';
import type { ImportReport } from './import.ts';

export type ImportState =
  | { state: 'running'; rows: number }
  | { state: 'done'; rows: number; summary: Omit<ImportReport, 'issues'>; codes: Record<string, number> }
  | { state: 'stopped' | 'failed'; rows: number; say: string };

interface Job {
  owner: string;
  state: ImportState;
  report: ImportReport | null;
  changed: Emitter<ImportState>;
  stop: AbortController;
}

const JOBS_KEPT = 20;

export class ImportJobs {
  #jobs = new Map<string, Job>();

  /** Starts work and gives its number at once. One import at a time: the next one would only wait for the first. */
  start(
    owner: string,
    work: (hooks: { signal: AbortSignal; onProgress(progress: { rows: number }): void }) => Promise<ImportReport>,
  ): string {
    if ([...this.#jobs.values()].some((job) => job.state.state === 'running')) {
      throw new Problem('conflict', 'Another import is running. Wait until it has ended, or stop it.');
    }
    const id = randomUUID();
    const job: Job = { owner, state: { state: 'running', rows: 0 }, report: null, changed: new Emitter(), stop: new AbortController() };
    this.#jobs.set(id, job);
    for (const [old] of [...this.#jobs].slice(0, -JOBS_KEPT)) this.#jobs.delete(old);
    const set = (state: ImportState): void => {
      job.state = state;
      job.changed.fire(state);
    };
    work({ signal: job.stop.signal, onProgress: ({ rows }) => set({ state: 'running', rows }) }).then(
      (report) => {
        job.report = report;
        const { issues, ...summary } = report;
        const codes = Object.fromEntries([...Map.groupBy(issues, (issue) => issue.code)].map(([code, list]) => [code, list.length]));
        set({ state: 'done', rows: report.rows, summary, codes });
      },
      (error: unknown) =>
        set({
          state: job.stop.signal.aborted ? 'stopped' : 'failed',
          rows: job.state.rows,
          say: error instanceof Problem ? error.message : PROBLEMS.internal.say,
        }),
    );
    return id;
  }

  #get(id: string, owner: string): Job {
    const job = this.#jobs.get(id);
    if (!job || job.owner !== owner) throw new Problem('not_found', 'This import is no longer known. Look at the list of imports.');
    return job;
  }

  stop(id: string, owner: string): void {
    this.#get(id, owner).stop.abort();
  }

  getReport(id: string, owner: string): ImportReport {
    const { report, state } = this.#get(id, owner);
    if (!report)
      throw new Problem(
        'conflict',
        state.state === 'running' ? 'The import is still running.' : 'The import did not end, so there is no report.',
      );
    return report;
  }

  /** Each state as it comes, the present one first, until the import has ended. */
  async *follow(id: string, owner: string, signal: AbortSignal | undefined): AsyncIterable<ImportState> {
    const job = this.#get(id, owner);
    let wake: () => void = () => {};
    const subscription = job.changed.event(() => wake());
    signal?.addEventListener('abort', () => wake(), { once: true });
    try {
      while (!signal?.aborted) {
        const next = new Promise<void>((resolve) => (wake = resolve));
        yield job.state;
        if (job.state.state !== 'running') return;
        await next;
      }
    } finally {
      subscription.dispose();
    }
  }
}
