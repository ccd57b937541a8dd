// What the parts of a draft are read with: their ids, their words, and where what is missing is told.

import type { Localized } from '../../platform/localized.ts';
import type { MadeChoice, Words } from './draft.ts';
import type { createIds } from './ids.ts';

/** What a field lacks; the form and the server say it in words. */
export type MadeIssueCode =
  | 'needed'
  | 'repeated'
  | 'number'
  | 'range'
  | 'date'
  | 'dates'
  | 'cards'
  | 'choices'
  | 'when'
  | 'url'
  | 'id'
  | 'rows'
  | 'tests'
  | 'foreign';

export interface MadeIssue {
  /** "types.k1.fields.f2.label": lists by the keys of their parts. */
  path: string;
  code: MadeIssueCode;
}

export type Report = (path: string, code: MadeIssueCode) => void;

export interface Context {
  ids: ReturnType<typeof createIds>;
  /** With a path: it must be there in the first language. */
  say: (words: Words, path?: string) => Localized;
  report: Report;
}

export function reportTwins<T>(list: readonly T[], idOf: (one: T) => string, tell: (one: T) => void): void {
  const seen = new Set<string>();
  for (const one of list) {
    if (seen.has(idOf(one))) tell(one);
    seen.add(idOf(one));
  }
}

export function checkChoices(choices: readonly MadeChoice[], { path, min }: { path: string; min: number }, { ids, report, say }: Context) {
  if (choices.length < min) report(`${path}.choices`, 'choices');
  for (const choice of choices) say(choice.label, `${path}.choices.${choice.key}`);
  reportTwins(choices, ids.ofChoice, (one) => report(`${path}.choices.${one.key}`, 'repeated'));
}
