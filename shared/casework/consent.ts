// Consent: what a person allows, for which purpose, to whom, of which kinds of facts, and until when. Nothing is allowed by
// default, nothing outlives its end, and a withdrawal holds from the moment on which it was made.

import { z } from 'zod';
import { FieldClass } from '../intake/field-class.ts';
import { Id, Instant } from './text.ts';

/** What a person is asked to allow: each apart, and none a condition of help. */
export const PURPOSES = ['referral', 'coordination', 'follow_up', 'counting'] as const;
export const Purpose = z.enum(PURPOSES);
export type Purpose = z.infer<typeof Purpose>;

export const Consent = z.strictObject({
  id: Id,
  purpose: Purpose,
  /** An agency's id; `partner:…` for one without an account; the person's own agency for `counting` and `follow_up`. */
  recipient: z.string().min(1).max(200),
  classes: z.array(FieldClass),
  /** From this instant on. */
  from: Instant,
  /** Before this instant. */
  until: Instant,
  withdrawnAt: Instant.nullable(),
});
export type Consent = z.infer<typeof Consent>;

const PARTNER_ID_LENGTH = 80;

/**
 * The id of a partner without an account, made of the name: one name has one id whatever its case and punctuation, and names in
 * any script have ids of their own, so that a consent never holds for somebody else.
 */
export function partnerId(name: string): string {
  const words = name.normalize('NFKC').toLowerCase().split(/[^\p{L}\p{M}\p{N}]+/u).filter(Boolean); // prettier-ignore
  const id = words.join('-').replace(/[^a-z0-9-]/gu, (letter) => `_${letter.codePointAt(0)!.toString(36)}`);
  if (id.length <= PARTNER_ID_LENGTH) return id;
  let sum = 0;
  for (const letter of id) sum = (sum * 31 + letter.charCodeAt(0)) % 2 ** 40;
  const tail = `_${sum.toString(36)}`;
  return id.slice(0, PARTNER_ID_LENGTH - tail.length) + tail;
}

/** One disclosure that is asked about. `at` is an instant. */
export interface Disclosure {
  purpose: Purpose;
  recipient: string;
  class: FieldClass;
  at: string;
}

/** Whether a consent holds at an instant: from its first one, before its end, and not from its withdrawal on. */
export function isLive(consent: Pick<Consent, 'from' | 'until' | 'withdrawnAt'>, at: string): boolean {
  return consent.from <= at && at < consent.until && (consent.withdrawnAt === null || at < consent.withdrawnAt);
}

/** Whether something of a class may go to a recipient for a purpose at an instant: only where one live consent says all of it. */
export function mayDisclose(consents: readonly Consent[], { purpose, recipient, class: fieldClass, at }: Disclosure): boolean {
  return consents.some(
    (consent) =>
      consent.purpose === purpose && consent.recipient === recipient && consent.classes.includes(fieldClass) && isLive(consent, at),
  );
}

/** The classes that may go to a recipient for a purpose at an instant, in the order in which classes are listed. */
export function disclosableClasses(consents: readonly Consent[], disclosure: Omit<Disclosure, 'class'>): FieldClass[] {
  return FieldClass.options.filter((fieldClass) => mayDisclose(consents, { ...disclosure, class: fieldClass }));
}

/** The instant at which the last consent for this ends, as long as none is withdrawn before; undefined where none is live now. */
export function liveUntil(consents: readonly Consent[], { purpose, recipient, at }: Omit<Disclosure, 'class'>): string | undefined {
  const ends = consents
    .filter((each) => each.purpose === purpose && each.recipient === recipient && isLive(each, at))
    .map((each) => each.until);
  return ends.sort().at(-1);
}
