// Entries for tests: one builder that counts time up, and one example of every kind that carries a given word in its free text.

import { EntryPayload, type CorrectablePayload, type EntryKind, type RecordEntry } from '#shared/casework/entry.ts';
import type { FieldClass } from '#shared/intake/field-class.ts';

/** Builds the entries of one person, an hour apart: `add(payload, { class: 'health' })`. */
export function personEntries(personId = 'prs_1', { from = '2026-01-05T09:00:00.000Z' } = {}) {
  const entries: RecordEntry[] = [];
  const add = (payload: unknown, options: { class?: FieldClass; at?: string; author?: string } = {}): RecordEntry => {
    const n = entries.length;
    const entry: RecordEntry = {
      id: `ent_${String(n).padStart(4, '0')}`,
      personId,
      class: options.class ?? 'needs',
      at: options.at ?? new Date(Date.parse(from) + n * 3_600_000).toISOString(),
      author: options.author ?? 'worker-1',
      agency: 'agency-a',
      payload: EntryPayload.parse(payload),
    };
    entries.push(entry);
    return entry;
  };
  return { entries, add };
}

/** One valid payload of each kind; `word` stands in whatever text it has. */
export function exampleOf(kind: Exclude<EntryKind, 'correction'>, word: string): CorrectablePayload {
  return EntryPayload.parse({ kind, ...EXAMPLES[kind](word) }) as CorrectablePayload;
}

const DAY = '2026-02-01';
const INSTANT = '2026-02-01T10:00:00.000Z';
const LATER = '2026-08-01T10:00:00.000Z';

const EXAMPLES: Record<Exclude<EntryKind, 'correction'>, (word: string) => object> = {
  identity: (word) => ({ mode: 'named', nameUsed: { value: word }, familyName: 'declined' }),
  contact: (word) => ({ language: { value: 'es' }, methods: [{ id: 'm1', way: 'phone', value: word, safe: 'ask_first' }] }),
  engagement: (word) => ({ source: 'outreach', roleExplained: true, notice: { version: word, language: 'en' } }),
  words: (word) => ({ about: 'concerns', text: word }),
  needs: (word) => ({ needs: [{ need: word, rank: 1 }] }),
  household: (word) => ({ members: [{ id: 'h1', name: { value: word }, relation: 'child', age: { value: 4 } }] }),
  fact: (word) => ({ fact: 'person.documents', told: { value: [word] }, source: 'said', asOf: DAY }),
  assessment: (word) => ({
    form: 'f',
    version: 1,
    sitting: 's1',
    on: DAY,
    domain: 'health',
    need: 'help',
    strengths: { text: word },
    source: 'said',
  }),
  plan: (word) => ({ plan: { goals: [{ id: 'g1', text: word, horizon: 'short', steps: [] }] }, reason: word }),
  progress: (word) => ({ of: 'g1', current: word }),
  note: (word) => ({ text: word }),
  contact_made: (word) => ({ when: INSTANT, way: 'phone', with: 'person', outcome: 'reached', text: word }),
  appointment: (word) => ({ appointment: 'a1', what: word, when: INSTANT, state: 'planned' }),
  task: (word) => ({ task: 't1', what: word, due: DAY, state: 'open' }),
  consent: (word) => ({
    consent: 'c1',
    purpose: 'referral',
    recipient: 'agency-b',
    recipientName: word,
    classes: ['needs'],
    from: INSTANT,
    until: LATER,
    language: 'en',
    method: 'spoken',
    statement: word,
  }),
  consent_withdrawn: (word) => ({ consent: 'c1', said: word }),
  referral_said: (word) => ({ referral: 'r1', event: 'send', state: 'sent', service: { name: word }, to: word, by: 'sender' }),
  intensity: (word) => ({ level: 'regular', reason: word }),
  review: (word) => ({ on: DAY, changed: word }),
  closing: (word) => ({
    closing: 'x1',
    reason: 'goals_reached',
    summary: word,
    checklist: { accessStable: { value: true }, supportInPlace: 'unknown', knowsWayBack: { value: true } },
  }),
  closing_decided: (word) => ({ closing: 'x1', decision: 'approved', said: word }),
  follow_up: (word) => ({ days: 30, outcome: 'well', text: word }),
  reopening: (word) => ({ reason: word }),
  unmet: (word) => ({ need: word, why: 'full', on: DAY, text: word }),
};

export const EXAMPLE_KINDS = Object.keys(EXAMPLES) as Exclude<EntryKind, 'correction'>[];
