// When a question is asked, as a form shows it: one fact, one comparison. A longer clause stays the text that it is.

export const ASKED_WHEN = ['==', '!=', '>=', '<='] as const;
export type AskedComparison = (typeof ASKED_WHEN)[number];

export interface AskedWhen {
  fact: string;
  comparison: AskedComparison;
  value: string;
}

/** Undefined where the clause says more than a form can. */
export function parseAskedWhen(clause: string): AskedWhen | undefined {
  const match = /^\s*([a-z][a-z0-9_.]*)\s*(==|!=|>=|<=)\s*(?:'([^'\\]*)'|"([^"\\]*)"|([a-z0-9_.-]*))\s*$/.exec(clause);
  if (!match) return undefined;
  return { fact: match[1]!, comparison: match[2] as AskedComparison, value: match[3] ?? match[4] ?? match[5] ?? '' };
}

export function sayAskedWhen({ fact, comparison, value }: AskedWhen): string {
  const plain = /^(-?\d+(\.\d+)?|true|false)$/.test(value) ? value : `'${value.replaceAll(/['\\]/g, '')}'`;
  return `${fact} ${comparison} ${plain}`;
}
