// One import from the browser: upload, suggested mapping, preview, then the import itself. Nothing is written before
// "Apply". It goes on while its tab is closed, and is found again when the tab is opened.

import { api, sayFailure, type Outputs } from '#client/api.ts';
import type { ImportMapping, TableMapping } from '#shared/directory/mapping.ts';
import type { Severity } from '#shared/platform/result.ts';
import type { ChosenFile } from './chosen-files.ts';
import { setTarget, type ColumnTarget } from './mapping-edit.ts';
import { uploadFile } from './upload.ts';

export type Suggested = Outputs['imports']['suggest'];
export type Report = Outputs['imports']['report'];

/** A report, how many issues there are of each code, and the job that keeps them all. */
export interface Reported {
  job: string;
  report: Report;
  codes: Readonly<Record<string, number>>;
  severities: Readonly<Record<string, Severity>>;
}

type Phase = 'looking' | 'reading' | 'merging' | 'settling' | 'staging';

export type Step =
  | { kind: 'choose' }
  | { kind: 'uploading'; name: string; bytes: number; total: number }
  /** The files have come; columns are looked at. */
  | { kind: 'reading' }
  | { kind: 'mapping' }
  /** `total`: null where nobody has counted the rows yet. `bytes` are of one phase, which began at `since`. */
  | { kind: 'working'; rows: number; total: number | null; trying: boolean; since: number; phase: Phase; bytes: number; totalBytes: number }
  | ({ kind: 'previewed' } & Reported)
  | ({ kind: 'done' } & Reported);

/** More rows of a table are not counted in the first look at it. */
export const ROWS_LOOKED_AT = 5000;

/** Issues that are asked for at once. */
export const ISSUES_AT_ONCE = 200;

type JobEnd = ({ state: 'done' } & Pick<Reported, 'codes' | 'severities'>) | { state: 'stopped' };

export class ImportState {
  step = $state.raw<Step>({ kind: 'choose' });
  failure = $state<string | null>(null);
  /** The work was stopped by whoever started it. */
  stopped = $state(false);
  suggested = $state.raw<Suggested | null>(null);
  mapping = $state.raw<ImportMapping | null>(null);
  source = $state('');
  /** Close what the source no longer has. */
  closeGone = $state(false);
  #upload: string | null = null;
  #job: string | null = null;
  #sending = new AbortController();

  /** Rows of the files as the last preview counted them; the first look counts no more than so many of each table. */
  #counted: number | null = null;

  async choose(files: readonly ChosenFile[]): Promise<void> {
    if (files.length === 0) return;
    await this.#attempt(async () => {
      const { upload } = await api.imports.begin.mutate();
      this.#upload = upload;
      this.#sending = new AbortController();
      this.#counted = null;
      this.source = commonFolder(files) ?? '';
      const total = files.reduce((sum, { file }) => sum + file.size, 0);
      let sent = 0;
      for (const { path, file } of files) {
        const onProgress = (bytes: number) => (this.step = { kind: 'uploading', name: path, bytes: sent + bytes, total });
        onProgress(0);
        const url = `/api/imports/upload/${upload}?name=${encodeURIComponent(path)}`;
        await uploadFile(url, file, { signal: this.#sending.signal, onProgress });
        sent += file.size;
      }
      await this.#suggest();
    });
  }

  setColumn(table: string, column: string, target: ColumnTarget): void {
    const { mapping } = this;
    if (!mapping) return;
    this.mapping = {
      ...mapping,
      tables: mapping.tables.map((entry) => (entry.table === table && 'records' in entry ? setTarget(entry, column, target) : entry)),
    };
  }

  preview(): Promise<void> {
    this.closeGone = false;
    return this.#work(null);
  }

  /** Does what the preview showed, and nothing else. */
  async apply(): Promise<void> {
    if (this.step.kind === 'previewed') await this.#work(this.step.job);
  }

  /** Another name may be a source whose mapping was kept. `fresh`: what would be suggested without it. */
  async lookAgain(fresh = false): Promise<void> {
    const source = this.source.trim();
    if (!this.#upload || source === '') return;
    const found = await api.imports.suggest.query({ upload: this.#upload, source, fresh }).catch(() => null);
    if (!found || source !== this.source.trim() || !(found.saved || fresh)) return;
    this.suggested = found;
    this.mapping = found.mapping;
  }

  async cancel(): Promise<void> {
    if (this.step.kind === 'uploading') this.#sending.abort();
    else if (this.#job) await api.imports.cancel.mutate({ job: this.#job }).catch(() => undefined);
  }

  back(): void {
    this.step = { kind: 'mapping' };
  }

  async reset(): Promise<void> {
    if (this.#upload) await api.imports.discard.mutate({ upload: this.#upload }).catch(() => undefined);
    this.#upload = null;
    this.suggested = null;
    this.mapping = null;
    this.source = '';
    this.failure = null;
    this.stopped = false;
    this.step = { kind: 'choose' };
  }

  async #suggest(): Promise<void> {
    if (!this.#upload) return;
    this.step = { kind: 'reading' };
    const found = await api.imports.suggest.query({ upload: this.#upload });
    this.suggested = found;
    this.mapping = found.mapping;
    this.source ||= found.mapping.source ?? found.tables[0]?.table ?? '';
    this.step = { kind: 'mapping' };
  }

  /** @param shown the preview to apply; null: to make one */
  async #work(shown: string | null): Promise<void> {
    const trying = shown === null;
    const { mapping, source, closeGone } = this;
    const upload = this.#upload;
    if (!upload || !mapping) return;
    await this.#attempt(async () => {
      const input = { upload, mapping, ...(source.trim() ? { source: source.trim() } : {}) };
      const progress = { rows: 0, phase: 'looking', bytes: 0, totalBytes: 0 } as const;
      this.step = { kind: 'working', total: this.#countRows(), trying, since: performance.now(), ...progress };
      const { job } = trying
        ? await api.imports.preview.mutate(input)
        : await api.imports.applyStage.mutate({ ...input, stage: shown, closeGone });
      this.#job = job;
      const end = await this.#follow(job);
      if (end.state === 'stopped') throw new DOMException('Stopped', 'AbortError');
      const report = await api.imports.report.query({ job, limit: ISSUES_AT_ONCE });
      this.#counted = report.rows;
      this.step = { kind: trying ? 'previewed' : 'done', report, job, codes: end.codes, severities: end.severities };
    });
  }

  #countRows(): number | null {
    const { tables } = this.suggested ?? { tables: [] };
    if (this.#counted !== null || tables.some(({ rows }) => rows >= ROWS_LOOKED_AT)) return this.#counted;
    return tables.reduce((sum, { rows }) => sum + rows, 0);
  }

  #follow(job: string): Promise<JobEnd> {
    return new Promise((resolve, reject) => {
      const subscription = api.imports.progress.subscribe(
        { job },
        {
          onData: (state) => {
            if (state.state === 'running') {
              const { rows, phase, bytes, totalBytes } = state;
              if (this.step.kind !== 'working') return;
              const since = phase === this.step.phase ? this.step.since : performance.now();
              this.step = { ...this.step, rows, phase, bytes, totalBytes, since };
              return;
            }
            subscription.unsubscribe();
            if (state.state === 'failed') reject(new Error(state.say));
            else
              resolve(state.state === 'done' ? { state: 'done', codes: state.codes, severities: state.severities } : { state: 'stopped' });
          },
          onError: reject,
        },
      );
    });
  }

  async #attempt(work: () => Promise<void>): Promise<void> {
    this.failure = null;
    this.stopped = false;
    try {
      await work();
    } catch (error) {
      if (error instanceof DOMException && error.name === 'AbortError') this.stopped = true;
      else this.failure = sayFailure(error);
      this.step = this.suggested ? { kind: 'mapping' } : { kind: 'choose' };
    }
  }
}

/** The folder that was dropped or chosen, which its files have in common. */
function commonFolder(files: readonly ChosenFile[]): string | null {
  const [first = ''] = files.map(({ path }) => path.split('/')[0] ?? '');
  return files.every(({ path }) => path.startsWith(`${first}/`)) ? first : null;
}

export function isTableMapping(entry: ImportMapping['tables'][number] | undefined): entry is TableMapping {
  return entry !== undefined && 'records' in entry;
}
