// How a form of simple fields is said as data (see PartFields.svelte).

import type { HTMLInputAttributes } from 'svelte/elements';
import type { Words } from '#shared/plugin-api/made/draft.ts';

export interface Option {
  value: string;
  label: string;
}

type NameOf<P, T> = { [N in keyof P]-?: P[N] extends T ? N : never }[keyof P] & string;

interface Common<Name extends string> {
  name: Name;
  /** What its messages are called, where that is not its name. */
  as?: string;
}

/** A text in the languages of the plugin; a line that is the same in all; one of some; several of some; yes or no. */
export type PartField<P> =
  | (Common<NameOf<P, Words>> & { kind: 'words'; hint?: boolean; example?: boolean })
  | (Common<NameOf<P, string>> & {
      kind: 'line';
      hint?: boolean;
      example?: boolean;
      placeholder?: string;
      attributes?: HTMLInputAttributes;
    })
  | (Common<NameOf<P, string>> & { kind: 'one'; options: readonly Option[]; few?: boolean })
  | (Common<NameOf<P, string[]>> & { kind: 'several'; options: readonly Option[] })
  | (Common<NameOf<P, boolean>> & { kind: 'switch'; disabled?: boolean });

/** Values with their words: "made.severity.error" … */
export function toOptions(t: (id: string) => string, prefix: string, values: readonly string[]): Option[] {
  return values.map((value) => ({ value, label: t(`${prefix}.${value}`) }));
}
