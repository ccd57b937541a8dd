// What a referral carries: an allow-list, composed of what the person consented to at that moment, and kept apart by class, so that
// the receiver reads a class only as long as it is consented to. Notes, plans, assessments and the record's history never leave.

import { z } from 'zod';
import { FactValue } from '../intake/facts.ts';
import { FieldClass } from '../intake/field-class.ts';
import { ContactMethod, FACT_SOURCES, NEED_STATES, RELATIONS } from './entry-person.ts';
import type { PersonRecord } from './record.ts';
import { told, valueOf, type Told } from './told.ts';

const Who = z.strictObject({
  name: z.string().nullable().describe('As they want to be called'),
  familyName: z.string().nullable(),
  pronouns: z.string().nullable(),
  birthDate: z.string().nullable(),
});

const Reach = z.strictObject({
  language: z.string().nullable(),
  interpreter: z.boolean().nullable(),
  /** The safe ones only. */
  methods: z.array(ContactMethod),
  never: z.array(z.strictObject({ way: z.string(), note: z.string().optional() })),
});

const SentNeed = z.strictObject({ need: z.string(), urgent: z.boolean(), state: z.enum(NEED_STATES) });
const SentFact = z.strictObject({
  fact: z.string(),
  told: told(FactValue),
  source: z.enum(FACT_SOURCES),
  asOf: z.string(),
  verified: z.boolean(),
});
const SentMember = z.strictObject({
  relation: z.enum(RELATIONS),
  age: z.number().nullable(),
  livesWith: z.boolean().nullable(),
});

/** What goes of one class. */
export const SentPart = z.strictObject({
  class: FieldClass,
  who: Who.optional(),
  reach: Reach.optional(),
  needs: z.array(SentNeed).optional(),
  facts: z.array(SentFact).optional(),
  household: z.array(SentMember).optional(),
});
export type SentPart = z.infer<typeof SentPart>;

/**
 * Composes what goes to a receiver. `record` must be folded from entries of consented classes alone; what is not of `classes` is
 * left out here once more. A class of which nothing is known is left out.
 */
export function composeSnapshot(record: PersonRecord, classes: readonly FieldClass[]): SentPart[] {
  return FieldClass.options.filter((each) => classes.includes(each)).flatMap((fieldClass) => composePart(record, fieldClass) ?? []);
}

function composePart(record: PersonRecord, fieldClass: FieldClass): SentPart | undefined {
  const needs = record.needs.filter((need) => need.class === fieldClass && need.state === 'open');
  const facts = Object.values(record.facts).filter((fact) => fact.entry.class === fieldClass && fact.told !== 'not_asked');
  const part: SentPart = {
    class: fieldClass,
    ...(fieldClass === 'identity' && { who: composeWho(record) }),
    ...(fieldClass === 'contact' && { reach: composeReach(record) }),
    ...(needs.length > 0 && { needs: needs.map(({ need, urgent, state }) => ({ need, urgent, state })) }),
    ...(facts.length > 0 && {
      facts: facts.map(({ fact, told, source, asOf, verified }) => ({ fact, told, source, asOf, verified: verified !== undefined })),
    }),
    ...(fieldClass === 'supports' && record.household.length > 0 && { household: composeHousehold(record) }),
  };
  return Object.keys(part).length > 1 ? part : undefined;
}

const orNull = <T>(told: Told<T> | undefined): T | null => valueOf(told) ?? null;

/** Someone who is anonymous, or goes by an alias, goes so: no other name leaves. */
function composeWho({ identity }: PersonRecord): z.infer<typeof Who> {
  const named = identity.mode === 'named';
  return {
    name: named ? (orNull(identity.nameUsed) ?? orNull(identity.givenName)) : identity.mode === 'alias' ? orNull(identity.alias) : null,
    familyName: named ? orNull(identity.familyName) : null,
    pronouns: orNull(identity.pronouns),
    birthDate: named ? orNull(identity.birthDate) : null,
  };
}

function composeReach({ contact }: PersonRecord): z.infer<typeof Reach> {
  return {
    language: orNull(contact.language),
    interpreter: orNull(contact.interpreter),
    methods: contact.methods.filter((method) => method.safe !== 'no'),
    never: contact.never,
  };
}

/** Who lives there, by relation and age: names, and what one may see of the other, are not the receiver's. */
function composeHousehold({ household }: PersonRecord): z.infer<typeof SentMember>[] {
  return household.map(({ relation, age, livesWith }) => ({ relation, age: orNull(age), livesWith: orNull(livesWith) }));
}

/** The notice that federal rules put beside what tells of substance use treatment (42 CFR 2.32, the short form). */
export const REDISCLOSURE_NOTICE = '42 CFR part 2 prohibits unauthorized use or disclosure of these records.';

/** Whether that notice goes with these parts. */
export function needsRedisclosureNotice(parts: readonly Pick<SentPart, 'class'>[]): boolean {
  return parts.some((part) => part.class === 'substance_use');
}
