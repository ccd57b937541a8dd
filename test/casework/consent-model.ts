// Random lives of consents: given, running out, withdrawn, asked about. What may be disclosed is told by a model that keeps the set
// of what is allowed at this minute, and holds the declarative answer to it. Entries and rows must tell the same.

import fc from 'fast-check';
import { expect } from 'vitest';
import { disclosableClasses, isLive, liveUntil, mayDisclose, PURPOSES, type Consent } from '#shared/casework/consent.ts';
import type { RecordEntry } from '#shared/casework/entry.ts';
import { consentsOf, foldRecord } from '#shared/casework/record.ts';
import { FIELD_CLASSES, type FieldClass } from '#shared/intake/field-class.ts';

const RECIPIENTS = ['agency-a', 'agency-b', 'partner:church'];
const START = Date.parse('2026-03-01T00:00:00.000Z');
const MINUTE = 60_000;

const grant = fc.record({
  act: fc.constant('grant' as const),
  purpose: fc.constantFrom(...PURPOSES),
  recipient: fc.constantFrom(...RECIPIENTS),
  classes: fc.uniqueArray(fc.constantFrom(...FIELD_CLASSES), { maxLength: 4 }),
  after: fc.integer({ min: 0, max: 5 }),
  minutes: fc.integer({ min: 0, max: 30 }),
});
const withdraw = fc.record({ act: fc.constant('withdraw' as const), which: fc.nat(6) });
const wait = fc.record({ act: fc.constant('wait' as const), minutes: fc.integer({ min: 1, max: 15 }) });
const ask = fc.record({
  act: fc.constant('ask' as const),
  purpose: fc.constantFrom(...PURPOSES),
  recipient: fc.constantFrom(...RECIPIENTS),
  class: fc.constantFrom(...FIELD_CLASSES),
});
type Act = NonNullable<typeof grant | typeof withdraw | typeof wait | typeof ask extends fc.Arbitrary<infer A> ? A : never>;

interface Grant {
  consent: Consent;
  /** Minutes since the start. */
  starts: number;
  ends: number;
}

/** What is allowed at this minute: kept by walking through every minute, as a person with a calendar would. */
class Model {
  minute = 0;
  readonly #waiting: Grant[] = [];
  readonly #live = new Set<Grant>();

  grant(given: Grant): void {
    this.#waiting.push(given);
    this.#turn();
  }

  withdraw(id: string): void {
    for (const given of this.#live) if (given.consent.id === id) this.#live.delete(given);
    const waiting = this.#waiting.findIndex((given) => given.consent.id === id);
    if (waiting >= 0) this.#waiting.splice(waiting, 1);
  }

  wait(minutes: number): void {
    for (let i = 0; i < minutes; i++) {
      this.minute++;
      this.#turn();
    }
  }

  allows(purpose: string, recipient: string, fieldClass: FieldClass): boolean {
    for (const { consent } of this.#live) {
      if (consent.purpose === purpose && consent.recipient === recipient && new Set(consent.classes).has(fieldClass)) return true;
    }
    return false;
  }

  #turn(): void {
    for (const given of [...this.#waiting]) {
      if (given.starts > this.minute) continue;
      this.#waiting.splice(this.#waiting.indexOf(given), 1);
      this.#live.add(given);
    }
    for (const given of this.#live) if (given.ends <= this.minute) this.#live.delete(given);
  }
}

/** Runs `runs` random lives of consents against the model; throws with the smallest one that differs. */
export function checkConsentModel(runs: number, seed?: number): void {
  const acts = fc.array(fc.oneof({ weight: 3, arbitrary: grant }, withdraw, wait, { weight: 4, arbitrary: ask }), { maxLength: 30 });
  fc.assert(fc.property(acts, live), { numRuns: runs, ...(seed !== undefined && { seed }) });
}

function live(acts: Act[]): void {
  const model = new Model();
  const rows: Consent[] = [];
  const entries: RecordEntry[] = [];
  const at = (minute = model.minute) => new Date(START + minute * MINUTE).toISOString();
  const add = (payload: RecordEntry['payload']) =>
    entries.push({
      id: `e${String(entries.length).padStart(4, '0')}`,
      personId: 'p',
      class: 'needs',
      at: at(),
      author: 'w',
      agency: 'agency-own',
      payload,
    });
  for (const act of acts) {
    if (act.act === 'grant') {
      const [starts, ends] = [model.minute + act.after, model.minute + act.after + act.minutes];
      const id = `c${rows.length}`;
      const given = { purpose: act.purpose, recipient: act.recipient, classes: act.classes, from: at(starts), until: at(ends) };
      rows.push({ id, ...given, withdrawnAt: null });
      add({ kind: 'consent', consent: id, ...given, recipientName: 'N', language: 'en', method: 'spoken', statement: 'S' });
      model.grant({ consent: rows.at(-1)!, starts, ends });
    } else if (act.act === 'withdraw') {
      const row = rows[act.which];
      if (!row || row.withdrawnAt !== null) continue;
      row.withdrawnAt = at();
      add({ kind: 'consent_withdrawn', consent: row.id });
      model.withdraw(row.id);
      // At once: the very same instant no longer allows by it.
      expect(isLive(row, at())).toBe(false);
    } else if (act.act === 'wait') model.wait(act.minutes);
    else {
      const { act: _, ...asked } = act;
      const allowed = model.allows(asked.purpose, asked.recipient, asked.class);
      expect(mayDisclose(rows, { ...asked, at: at() })).toBe(allowed);
      expect(disclosableClasses(rows, { ...asked, at: at() }).includes(asked.class)).toBe(allowed);
      if (allowed) expect(liveUntil(rows, { ...asked, at: at() })! > at()).toBe(true);
    }
  }
  expect(consentsOf(foldRecord(entries))).toEqual(rows);
}
