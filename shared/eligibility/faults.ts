// What is wrong with a rule, as a message and what it names: said in English to files and on the command line, and in the
// reader's own language in the builder.

import { createMessages, type MessageBundle, type Messages } from '../platform/messages.ts';
import { FAULTS_EN } from './messages/faults-en.ts';

export type FaultId = keyof typeof FAULTS_EN;

/** A sentence before it is said. */
export interface Said {
  id: FaultId;
  /** Of a list the parts are said as alternatives: "a" or "b". */
  values: Readonly<Record<string, string | number | readonly string[]>>;
}

/** A sentence, or text that comes from elsewhere (a parser) and is in English only. */
export type Sayable = Said | string;

export function said(id: FaultId, values: Said['values'] = {}): Said {
  return { id, values };
}

/** @param messages holds FAULT_MESSAGES; what its language lacks is said in English */
export function sayFault(fault: Sayable, messages: Messages): string {
  if (typeof fault === 'string') return fault;
  const values = Object.entries(fault.values).map(([key, value]) => [key, typeof value === 'object' ? sayWords(value, messages) : value]);
  return messages.format(fault.id, Object.fromEntries(values) as Record<string, string | number>);
}

export function sayInEnglish(fault: Sayable): string {
  english ??= createMessages({ language: 'en', bundles: [['en', FAULTS_EN satisfies MessageBundle]] });
  return sayFault(fault, english);
}
let english: Messages | undefined;

function sayWords(words: readonly string[], messages: Messages): string {
  return messages.list(words.map((word) => `"${word}"`), 'or'); // prettier-ignore
}
