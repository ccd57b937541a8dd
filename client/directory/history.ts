// What happened to a resource: one line for each thing that somebody did, however many records it touched.

import type { Outputs } from '#client/api.ts';

type Changes = NonNullable<Outputs['directory']['resource']>['changes'];

export interface HistoryAct {
  op: string;
  kind: string;
  at: string;
  actor: string;
}

/** Changes of one act, the newest first, as one thing that happened. */
export function toHistory(changes: Changes): HistoryAct[] {
  const acts: HistoryAct[] = [];
  for (const { op, kind, at, actor } of changes) {
    const last = acts.at(-1);
    if (last?.at !== at || last.kind !== kind || last.op !== op) acts.push({ op, kind, at, actor });
  }
  return acts;
}
