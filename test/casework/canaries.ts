// A person with a word in every class that stands nowhere else: where such a word turns up, something of that class has come.

import type { EntryPayload } from '#shared/casework/entry.ts';
import { FIELD_CLASSES, type FieldClass } from '#shared/intake/field-class.ts';

export const canaryOf = (fieldClass: FieldClass): string => `Canary${fieldClass.replace('_', '')}Zq`;

/** Each class in a note, and where people would look for it. */
export const CANARY_ENTRIES: { payload: EntryPayload; class?: FieldClass }[] = [
  ...FIELD_CLASSES.map((fieldClass) => ({
    payload: { kind: 'note', text: `${canaryOf(fieldClass)} was said.` } satisfies EntryPayload,
    class: fieldClass,
  })),
  { payload: { kind: 'identity', mode: 'named', givenName: { value: canaryOf('identity') }, familyName: { value: 'Byname' } } },
  {
    payload: {
      kind: 'contact',
      methods: [
        { id: 'm1', way: 'text', value: canaryOf('contact'), safe: 'ask_first', mayLeaveMessage: false, maySayWho: false, hours: [] },
      ],
    },
  },
  { payload: { kind: 'words', about: 'needs', text: canaryOf('needs') } },
  {
    payload: {
      kind: 'assessment',
      form: 'f',
      version: 1,
      sitting: 's1',
      on: '2026-11-22',
      domain: 'substance_use',
      need: 'help',
      strengths: { text: canaryOf('substance_use') },
      source: 'said',
      answers: {},
    },
  },
];

/** The classes whose word stands somewhere in a text. */
export function findCanaries(text: string): FieldClass[] {
  return FIELD_CLASSES.filter((fieldClass) => text.includes(canaryOf(fieldClass)));
}

export function consentTo(
  recipient: string,
  classes: readonly FieldClass[],
  { id = 'c1', from = Date.now() - 1000, days = 30 } = {},
): EntryPayload {
  return {
    kind: 'consent',
    consent: id,
    purpose: 'coordination',
    recipient,
    recipientName: 'The other agency',
    classes: [...classes],
    from: new Date(from).toISOString(),
    until: new Date(from + days * 86_400_000).toISOString(),
    language: 'en',
    method: 'spoken',
    statement: 'You may say no, and take it back whenever you like.',
  };
}
