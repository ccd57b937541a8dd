// A person's record: what the entries that one may see add up to. The fold is pure and knows no reader; who may see what is
// decided before, by leaving entries out, so that what one may not see is nowhere in the record.

import type { Facts, FactValue } from '../intake/facts.ts';
import type { FieldClass } from '../intake/field-class.ts';
import type { Consent } from './consent.ts';
import type { AssessmentDomain } from './entry-assessment.ts';
import type { ContactMethod, Member } from './entry-person.ts';
import type { PayloadOf, RecordEntry } from './entry.ts';
import { standingOf, type Standing } from './plan.ts';
import { createTimeline, Entries, type Said, type TimelineItem } from './timeline.ts';
import type { Told } from './told.ts';

export interface RecordIdentity {
  mode: 'anonymous' | 'alias' | 'named';
  label: string | undefined;
  alias: Told<string>;
  givenName: Told<string>;
  familyName: Told<string>;
  nameUsed: Told<string>;
  pronouns: Told<string>;
  birthDate: Told<string>;
}

export interface RecordContact {
  language: Told<string>;
  interpreter: Told<boolean>;
  methods: ContactMethod[];
  never: NonNullable<PayloadOf<'contact'>['never']>;
  customs: string | undefined;
}

export type RecordEngagement = Partial<Omit<PayloadOf<'engagement'>, 'kind'>>;

export type CodedNeed = PayloadOf<'needs'>['needs'][number] & { class: FieldClass };

/** A fact as it was told last, with what was told before, newest first. */
export interface RecordedFact extends Said<'fact'> {
  before: Said<'fact'>[];
}

export interface PlanVersion extends Said<'plan'> {
  /** 1 for the first. */
  version: number;
}

export interface RecordReferral {
  referral: string;
  /** Oldest first; the last one tells the state. */
  events: Said<'referral_said'>[];
}

export interface RecordClosing extends Said<'closing'> {
  decision: Said<'closing_decided'> | undefined;
}

export interface PersonRecord {
  identity: RecordIdentity;
  contact: RecordContact;
  engagement: RecordEngagement;
  /** Newest first. */
  words: Record<'needs' | 'concerns' | 'goals', Said<'words'>[]>;
  /** In the person's order. */
  needs: CodedNeed[];
  household: Member[];
  facts: Record<string, RecordedFact>;
  /** By domain, newest first. */
  assessments: Partial<Record<AssessmentDomain, Said<'assessment'>[]>>;
  /** Oldest first; the last one holds. */
  plans: PlanVersion[];
  /** Of the goals and steps of the newest plan. */
  standings: Standing[];
  notes: Said<'note'>[];
  contactsMade: Said<'contact_made'>[];
  /** Each as it stands now, by when it is. */
  appointments: Said<'appointment'>[];
  tasks: Said<'task'>[];
  consents: (Said<'consent'> & { withdrawn: Said<'consent_withdrawn'> | undefined })[];
  referrals: RecordReferral[];
  intensity: Said<'intensity'> | undefined;
  reviews: Said<'review'>[];
  closings: RecordClosing[];
  followUps: Said<'follow_up'>[];
  reopenings: Said<'reopening'>[];
  unmet: Said<'unmet'>[];
  /** All of it, oldest first. */
  timeline: TimelineItem[];
}

/**
 * Adds entries up. The order in which they are given does not matter: they are taken by their time, then by id. Entries of
 * several persons are a mistake of the caller and throw.
 */
export function foldRecord(entries: readonly RecordEntry[]): PersonRecord {
  const [first] = entries;
  if (entries.some((entry) => entry.personId !== first!.personId)) throw new Error('A record is folded from the entries of one person.');
  const timeline = createTimeline(entries);
  const said = new Entries(timeline);
  const plans = said.all('plan').map((plan, i) => ({ ...plan, version: i + 1 }));
  const decisions = said.all('closing_decided');
  const withdrawals = said.all('consent_withdrawn');
  return {
    identity: foldIdentity(said),
    contact: foldContact(said),
    engagement: Object.assign({}, ...said.all('engagement').map(({ entry: _, ...fields }) => withoutAbsent(fields))) as RecordEngagement,
    words: foldWords(said),
    needs: foldNeeds(said),
    household: [...said.lastByClass('household').values()].flatMap((entry) => entry.members),
    facts: foldFacts(said),
    assessments: foldAssessments(said),
    plans,
    standings: plans.length === 0 ? [] : standingOf(plans.at(-1)!.plan, said.all('progress')),
    notes: said.all('note'),
    contactsMade: said.all('contact_made').sort((a, b) => compare(a.when, b.when)),
    appointments: said.lastBy('appointment', (entry) => entry.appointment).sort((a, b) => compare(a.when, b.when)),
    tasks: said.lastBy('task', (entry) => entry.task),
    consents: said
      .lastBy('consent', (entry) => entry.consent)
      .map((consent) => ({ ...consent, withdrawn: withdrawals.find((each) => each.consent === consent.consent) })),
    referrals: foldReferrals(said),
    intensity: said.all('intensity').at(-1),
    reviews: said.all('review'),
    closings: said
      .all('closing')
      .map((closing) => ({ ...closing, decision: decisions.findLast((each) => each.closing === closing.closing) })),
    followUps: said.all('follow_up'),
    reopenings: said.all('reopening'),
    unmet: said.all('unmet'),
    timeline,
  };
}

/** The consents of a record, as the model of consent asks them. */
export function consentsOf({ consents }: Pick<PersonRecord, 'consents'>): Consent[] {
  return consents.map(({ consent, purpose, recipient, classes, from, until, withdrawn }) => ({
    id: consent,
    purpose,
    recipient,
    classes,
    from,
    until,
    withdrawnAt: withdrawn?.entry.at ?? null,
  }));
}

/** The facts of a record as rules and questions read them. What is unknown or was not asked is absent. */
export function toFacts(record: Pick<PersonRecord, 'facts'>): Facts {
  const facts: Facts = {};
  for (const [id, { told, asOf }] of Object.entries(record.facts)) {
    if (told === 'declined') facts[id] = { declined: true };
    else if (typeof told === 'object') facts[id] = withDay(told.value, asOf);
  }
  return facts;
}

function withDay(value: FactValue, asOf: string): FactValue {
  if (typeof value !== 'object' || Array.isArray(value)) return { value, asOf };
  return 'lon' in value || 'items' in value || 'declined' in value ? value : { asOf, ...value };
}

function foldIdentity(said: Entries): RecordIdentity {
  const identity: RecordIdentity = {
    mode: 'anonymous',
    label: undefined,
    alias: 'not_asked',
    givenName: 'not_asked',
    familyName: 'not_asked',
    nameUsed: 'not_asked',
    pronouns: 'not_asked',
    birthDate: 'not_asked',
  };
  for (const { entry: _, ...fields } of said.all('identity')) Object.assign(identity, withoutAbsent(fields));
  return identity;
}

function foldContact(said: Entries): RecordContact {
  const contact: RecordContact = { language: 'not_asked', interpreter: 'not_asked', methods: [], never: [], customs: undefined };
  for (const { entry: _, ...fields } of said.all('contact')) Object.assign(contact, withoutAbsent(fields));
  return contact;
}

function foldWords(said: Entries): PersonRecord['words'] {
  const newestFirst = said.all('words').reverse();
  const about = (subject: 'needs' | 'concerns' | 'goals') => newestFirst.filter((words) => words.about === subject);
  return { needs: about('needs'), concerns: about('concerns'), goals: about('goals') };
}

function foldNeeds(said: Entries): CodedNeed[] {
  const needs = [...said.lastByClass('needs')].flatMap(([fieldClass, entry]) =>
    entry.needs.map((need) => ({ ...need, class: fieldClass })),
  );
  return needs.sort((a, b) => a.rank - b.rank || compare(a.need, b.need));
}

function foldFacts(said: Entries): PersonRecord['facts'] {
  const facts: PersonRecord['facts'] = {};
  for (const fact of said.all('fact')) {
    const known = facts[fact.fact];
    if (!known) facts[fact.fact] = { ...fact, before: [] };
    else {
      const { before, ...last } = known;
      facts[fact.fact] = { ...fact, before: [last, ...before] };
    }
  }
  return facts;
}

function foldAssessments(said: Entries): PersonRecord['assessments'] {
  const assessments: PersonRecord['assessments'] = {};
  for (const assessment of said.all('assessment')) (assessments[assessment.domain] ??= []).unshift(assessment);
  return assessments;
}

function foldReferrals(said: Entries): RecordReferral[] {
  const referrals = new Map<string, RecordReferral>();
  for (const event of said.all('referral_said')) {
    const referral = referrals.get(event.referral);
    if (referral) referral.events.push(event);
    else referrals.set(event.referral, { referral: event.referral, events: [event] });
  }
  return [...referrals.values()];
}

function withoutAbsent(fields: object): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
