// Counts what became of the rows of an import, and collects what there is to say about them.

import type { HsdsObject } from '#shared/directory/hsds.ts';
import type { RowIssue, RowReference } from '#shared/directory/import-record.ts';
import { Problem } from '#shared/platform/problems.ts';
import type { Severity } from '#shared/platform/result.ts';
import type { HiddenTwin } from './hidden-settle.ts';
import { IssueList, type ImportIssue } from './import-issues.ts';
import type { ImportStage } from './import-stage.ts';

export interface ImportReport {
  source: string;
  rows: number;
  created: number;
  updated: number;
  unchanged: number;
  rejected: number;
  conflicts: number;
  issues: ImportIssue[];
}

export interface ImportProgress {
  /** Dealt with so far. */
  rows: number;
  /** Looking at the columns; reading rows; putting rows of one key together; settling what concerns all of them; keeping what was tried. */
  phase: ImportPhase;
  /** Read in this phase, of all files. */
  bytes: number;
  totalBytes: number;
}
export type ImportPhase = 'looking' | 'reading' | 'merging' | 'settling' | 'staging';

/** Beside the report: how many issues of each code there really were, and how grave they are. */
export type IssueCodes = Record<string, { count: number; severity: Severity }>;

export interface ImportHooks {
  onProgress?: ((progress: ImportProgress) => void) | undefined;
  /** Comes once, before the report. */
  onCodes?: ((codes: IssueCodes) => void) | undefined;
  signal?: AbortSignal | undefined;
}

const REFERENCES_KEPT = 500_000;

export class ImportTally {
  readonly #issues = new IssueList();
  readonly #counts = { created: 0, updated: 0, unchanged: 0, rejected: 0 };
  readonly #references: { file: string; row: number; reference: RowReference }[] = [];
  readonly #hides: NonNullable<RowIssue['hides']>[] = [];
  #conflicts = 0;
  #rows = 0;
  #hooks: ImportHooks;
  #phase: ImportPhase = 'looking';
  #bytes = 0;
  #totalBytes = 0;
  /** Holds what becomes of each row, where someone wants to see it. */
  readonly stage: ImportStage | undefined;

  constructor(hooks: ImportHooks, stage?: ImportStage) {
    this.#hooks = hooks;
    this.stage = stage;
  }

  report(file: string, row: number | null, issue: RowIssue): void {
    this.#issues.add(file, row, issue);
    if (issue.hides) this.hide(issue.hides);
  }

  /** What a text says is hidden, where the place is told elsewhere. */
  hide(what: NonNullable<RowIssue['hides']>): void {
    this.#hides.push(what);
  }

  /** A place of the directory that was hidden because it would have given a hidden one away. */
  reportTwin(twin: HiddenTwin): void {
    if (twin.because !== 'same_place') return;
    const at = twin.place?.lastIndexOf(':') ?? -1;
    const [file, row] = twin.place ? [twin.place.slice(0, at), Number(twin.place.slice(at + 1))] : ['', null];
    const message = `"${twin.name}" stands where a hidden place of the same organization stands, and would have given it away, so it is hidden too. Show it on its page if it is meant otherwise.`;
    this.report(file, row, { column: null, code: 'location_hidden_too', severity: 'warning', message, value: null });
  }

  /** Records whose texts say that their place, told elsewhere, is hidden. */
  get hides(): readonly NonNullable<RowIssue['hides']>[] {
    return this.#hides;
  }

  /** A row that gives nothing, and why. */
  reject(file: string, row: number, issues: readonly RowIssue[]): void {
    this.count('rejected', 1);
    this.stage?.reject(
      file,
      row,
      issues
        .filter(({ severity }) => severity === 'error')
        .map(({ code, column, value, message }) => ({ code, column, value: value?.slice(0, 200) ?? null, message })),
    );
  }

  count(outcome: 'created' | 'updated' | 'unchanged' | 'rejected', rows: number): void {
    this.#counts[outcome] += rows;
  }

  conflict(place: string, rows: number, { object, fields }: { object: HsdsObject; fields: string[] }): void {
    this.#conflicts += rows;
    const at = place.lastIndexOf(':');
    const message = `The ${object} was edited here since the last import, and the input now gives ${fields.join(', ')} differently. The edit stays until someone decides which of the two is right.`;
    this.report(place.slice(0, at), Number(place.slice(at + 1)), {
      column: fields[0] ?? null,
      code: 'conflict',
      severity: 'warning',
      message,
      value: fields.join(', '),
    });
  }

  /** A reference to be looked for when everything has been read. */
  refer(file: string, row: number, reference: RowReference): void {
    if (this.#references.length < REFERENCES_KEPT) this.#references.push({ file, row, reference });
  }

  get references(): readonly { file: string; row: number; reference: RowReference }[] {
    return this.#references;
  }

  reportMissing(file: string, row: number, { object, column, value }: RowReference): void {
    const message = `"${column ?? ''}" names the ${object.replaceAll('_', ' ')} ${value}, which is neither in the input nor in the directory. The reference was kept; add the ${object.replaceAll('_', ' ')} or correct it.`;
    this.report(file, row, { column, code: 'reference_missing', severity: 'warning', message, value });
  }

  /** Tells how far it is, and stops where someone asked for it. */
  progress(rows: number): void {
    this.#rows += rows;
    if (this.#hooks.signal?.aborted) throw new Problem('conflict', 'The import was stopped. Nothing of it was kept.');
    this.#tell();
  }

  /** Bytes of all files together; what is read of them is counted anew in each phase. */
  expect(bytes: number): void {
    this.#totalBytes = bytes;
  }

  read(bytes: number): void {
    this.#bytes += bytes;
  }

  begin(phase: ImportPhase): void {
    this.#phase = phase;
    this.#bytes = 0;
    this.#tell();
  }

  #tell(): void {
    this.#hooks.onProgress?.({ rows: this.#rows, phase: this.#phase, bytes: this.#bytes, totalBytes: this.#totalBytes });
  }

  get codes(): IssueCodes {
    const { counts, severities } = this.#issues;
    return Object.fromEntries([...counts].map(([code, count]) => [code, { count, severity: severities.get(code) ?? 'info' }]));
  }

  toReport(source: string): ImportReport {
    const { created, updated, unchanged, rejected } = this.#counts;
    return {
      source,
      rows: created + updated + unchanged + rejected,
      created,
      updated,
      unchanged,
      rejected,
      conflicts: this.#conflicts,
      issues: this.#issues.list(),
    };
  }
}
