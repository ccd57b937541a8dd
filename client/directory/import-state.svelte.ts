// One import from the browser: upload, suggested mapping, preview, then the import itself. Nothing is written before "Apply".

import { api, sayFailure, type Outputs } from '#client/api.ts';
import type { ImportMapping, TableMapping } from '#shared/directory/mapping.ts';
import { setTarget, type ColumnTarget } from './mapping-edit.ts';

export type Suggested = Outputs['imports']['suggest'];
export type Report = Outputs['imports']['report'];

export type Step =
  | { kind: 'choose' }
  | { kind: 'uploading'; name: string; done: number; total: number }
  | { kind: 'mapping' }
  | { kind: 'working'; rows: number; total: number; trying: boolean }
  | { kind: 'previewed'; report: Report }
  | { kind: 'done'; report: Report };

export class ImportState {
  step = $state.raw<Step>({ kind: 'choose' });
  failure = $state<string | null>(null);
  suggested = $state.raw<Suggested | null>(null);
  mapping = $state.raw<ImportMapping | null>(null);
  source = $state('');
  #upload: string | null = null;
  #job: string | null = null;

  readonly rows = $derived(this.suggested?.tables.reduce((sum, table) => sum + table.rows, 0) ?? 0);

  async choose(files: readonly File[]): Promise<void> {
    if (files.length === 0) return;
    await this.#attempt(async () => {
      const { upload } = await api.imports.begin.mutate();
      this.#upload = upload;
      for (const [i, file] of files.entries()) {
        this.step = { kind: 'uploading', name: file.name, done: i, total: files.length };
        const name = file.webkitRelativePath || file.name;
        const response = await fetch(`/api/imports/upload/${upload}?name=${encodeURIComponent(name)}`, {
          method: 'POST',
          body: file,
          headers: { 'content-type': 'application/octet-stream' },
        });
        if (!response.ok)
          throw new Error(
            ((await response.json().catch(() => null)) as { problem?: { say?: string } } | null)?.problem?.say ?? response.statusText,
          );
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
    return this.#work(true);
  }

  apply(): Promise<void> {
    return this.#work(false);
  }

  async cancel(): Promise<void> {
    if (this.#job) await api.imports.cancel.mutate({ job: this.#job }).catch(() => undefined);
  }

  back(): void {
    this.step = { kind: 'mapping' };
  }

  async reset(): Promise<void> {
    if (this.#upload) await api.imports.discard.mutate({ upload: this.#upload }).catch(() => undefined);
    this.#upload = null;
    this.suggested = null;
    this.mapping = null;
    this.failure = null;
    this.step = { kind: 'choose' };
  }

  async #suggest(): Promise<void> {
    if (!this.#upload) return;
    const found = await api.imports.suggest.query({ upload: this.#upload });
    this.suggested = found;
    this.mapping = found.mapping;
    this.source ||= found.mapping.source ?? found.tables[0]?.table ?? '';
    this.step = { kind: 'mapping' };
  }

  async #work(trying: boolean): Promise<void> {
    const { mapping, source } = this;
    const upload = this.#upload;
    if (!upload || !mapping) return;
    await this.#attempt(async () => {
      const input = { upload, mapping, ...(source.trim() ? { source: source.trim() } : {}) };
      const { job } = trying ? await api.imports.preview.mutate(input) : await api.imports.run.mutate(input);
      this.#job = job;
      this.step = { kind: 'working', rows: 0, total: this.rows, trying };
      await this.#follow(job, trying);
      const report = await api.imports.report.query({ job });
      this.step = trying ? { kind: 'previewed', report } : { kind: 'done', report };
    });
  }

  #follow(job: string, trying: boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const subscription = api.imports.progress.subscribe(
        { job },
        {
          onData: (state) => {
            if (state.state === 'running') this.step = { kind: 'working', rows: state.rows, total: this.rows, trying };
            else {
              subscription.unsubscribe();
              if (state.state === 'done') resolve();
              else reject(new Error(state.say));
            }
          },
          onError: reject,
        },
      );
    });
  }

  async #attempt(work: () => Promise<void>): Promise<void> {
    this.failure = null;
    try {
      await work();
    } catch (error) {
      this.failure = sayFailure(error);
      this.step = this.suggested ? { kind: 'mapping' } : { kind: 'choose' };
    }
  }
}

export function isTableMapping(entry: ImportMapping['tables'][number] | undefined): entry is TableMapping {
  return entry !== undefined && 'records' in entry;
}
