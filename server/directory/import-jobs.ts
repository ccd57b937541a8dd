// Imports that were started from the browser: how far they are, how they ended, and how to stop them.

import { randomUUID } from 'node:crypto';
import { Emitter } from '#shared/platform/event.ts';
import { Problem, PROBLEMS } from '#shared/platform/problems.ts';
import type { Severity } from '#shared/platform/result.ts';
import type { Background } from '../background.ts';
import type { ImportHooks, ImportProgress, ImportReport, IssueCodes } from './import.ts';

export type ImportState =
  | ({ state: 'running' } & ImportProgress)
  | {
      state: 'done';
      rows: number;
      summary: Omit<ImportReport, 'issues'>;
      /** How many issues of each code there were, whether listed or not. */
      codes: Record<string, number>;
      severities: Record<string, Severity>;
    }
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
  readonly #background: Background;
  readonly #jobs = new Map<string, Job>();

  constructor(background: Background) {
    this.#background = background;
  }

  /** Starts work and gives its number at once. One import at a time: the next one would only wait for the first. */
  start(owner: string, work: (hooks: Required<ImportHooks>, id: string) => Promise<ImportReport>): string {
    if (this.isBusy) throw new Problem('conflict', 'Another import is running. Wait until it has ended, or stop it.');
    const id = randomUUID();
    const state: ImportState = { state: 'running', rows: 0, phase: 'looking', bytes: 0, totalBytes: 0 };
    const job: Job = { owner, state, report: null, changed: new Emitter(), stop: new AbortController() };
    let codes: IssueCodes = {};
    this.#jobs.set(id, job);
    for (const [old] of [...this.#jobs].slice(0, -JOBS_KEPT)) this.#jobs.delete(old);
    const set = (state: ImportState): void => {
      job.state = state;
      job.changed.fire(state);
    };
    const signal = AbortSignal.any([job.stop.signal, this.#background.signal]);
    const hooks: Required<ImportHooks> = {
      signal,
      onProgress: (progress) => set({ state: 'running', ...progress }),
      onCodes: (found) => (codes = found),
    };
    this.#background.note(work(hooks, id)).then(
      (report) => {
        job.report = report;
        const { issues: _, ...summary } = report;
        const each = Object.entries(codes);
        set({
          state: 'done',
          rows: report.rows,
          summary,
          codes: Object.fromEntries(each.map(([code, { count }]) => [code, count])),
          severities: Object.fromEntries(each.map(([code, { severity }]) => [code, severity])),
        });
      },
      (error: unknown) =>
        set({
          state: signal.aborted ? 'stopped' : 'failed',
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

  get isBusy(): boolean {
    return [...this.#jobs.values()].some((job) => job.state.state === 'running');
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
