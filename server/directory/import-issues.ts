// What an import reports: every issue with its place, within bounds, and how many were left out.

import type { Severity } from '#shared/platform/result.ts';
import type { RowIssue } from '#shared/directory/import-record.ts';

export interface ImportIssue extends RowIssue {
  file: string;
  row: number | null;
  severity: Severity;
}

/** Kept of each code; more of the same only count. */
const KEPT_PER_CODE = 5000;

export class IssueList {
  #kept: ImportIssue[] = [];
  #counts = new Map<string, number>();
  #severities = new Map<string, Severity>();

  add(file: string, row: number | null, issue: RowIssue): void {
    const count = (this.#counts.get(issue.code) ?? 0) + 1;
    this.#counts.set(issue.code, count);
    if (count === 1 || issue.severity === 'error') this.#severities.set(issue.code, issue.severity);
    if (count <= KEPT_PER_CODE)
      this.#kept.push({
        file,
        row,
        column: issue.column,
        code: issue.code,
        severity: issue.severity,
        message: issue.message,
        value: issue.value === null ? null : issue.value.slice(0, 500),
      });
  }

  /** How many there were of each code. */
  get counts(): ReadonlyMap<string, number> {
    return this.#counts;
  }

  /** How grave the gravest of each code is. */
  get severities(): ReadonlyMap<string, Severity> {
    return this.#severities;
  }

  /** In the order of files and rows. */
  list(): ImportIssue[] {
    const sorted = this.#kept.map((issue, index) => ({ issue, index }));
    sorted.sort((a, b) =>
      a.issue.file < b.issue.file ? -1 : a.issue.file > b.issue.file ? 1 : (a.issue.row ?? 0) - (b.issue.row ?? 0) || a.index - b.index,
    );
    const left = [...this.#counts].filter(([, count]) => count > KEPT_PER_CODE);
    return [
      ...sorted.map(({ issue }) => issue),
      ...left.map(([code, count]): ImportIssue => {
        const message = `There are ${count} issues of the kind "${code}"; the first ${KEPT_PER_CODE} are listed.`;
        return { file: '', row: null, column: null, code: 'issues_left_out', severity: 'info', message, value: code };
      }),
    ];
  }
}
