// Agencies that refer to one another, a person with something of every class, and a clock that tests turn.

import { FIELD_CLASSES, type FieldClass } from '#shared/intake/field-class.ts';
import { testApp } from '../support/test-app.ts';
import { hire, type Member } from './staff.ts';

export const DAY = 86_400_000;
export const START = Date.parse('2026-03-02T09:00:00.000Z');

export const canary = (fieldClass: FieldClass) => `Canary-${fieldClass}`;

/** Two agencies and a clock that tests turn. */
export async function network(engine: 'sqlite' | 'postgres') {
  const time = { now: START };
  const app = await testApp({ engine, clock: () => time.now });
  const maria = await hire(app, 'case_manager', { agency: 'Harbor House' });
  const omar = await hire(app, 'intake', { agency: 'Oak Shelter' });
  const stranger = await hire(app, 'supervisor', { agency: 'Third Agency' });
  return { app, time, maria, omar, stranger, [Symbol.asyncDispose]: () => app[Symbol.asyncDispose]() };
}

/** A person of Maria's with something in every class. */
export async function takeIn({ call }: Member): Promise<string> {
  const note = (fieldClass: FieldClass) => ({ payload: { kind: 'note' as const, text: canary(fieldClass) }, class: fieldClass });
  const { id } = await call.people.create({
    entries: [
      { payload: { kind: 'identity', mode: 'named', givenName: { value: canary('identity') }, familyName: { value: 'Tester' } } },
      {
        payload: {
          kind: 'contact',
          language: { value: 'es' },
          methods: [
            { id: 'm1', way: 'phone', value: canary('contact'), safe: 'ask_first', mayLeaveMessage: false, maySayWho: false, hours: [] },
          ],
        },
      },
      { payload: { kind: 'needs', needs: [{ need: 'shelter.tonight', rank: 1, state: 'open', urgent: true }] } },
      {
        payload: {
          kind: 'fact',
          fact: 'household.income',
          told: { value: { value: 731, per: 'month' } },
          source: 'said',
          asOf: '2026-03-01',
        },
      },
      { payload: { kind: 'fact', fact: 'person.sober', told: { value: true }, source: 'said', asOf: '2026-03-01' } },
      ...FIELD_CLASSES.map(note),
    ],
  });
  return id;
}

export async function consent(
  { call }: Member,
  person: string,
  { recipient, classes, days = 90 }: { recipient: string; classes: FieldClass[]; days?: number },
) {
  await call.people.add({
    person,
    entries: [
      {
        payload: {
          kind: 'consent',
          consent: `con_${recipient}`.slice(0, 70),
          purpose: 'referral',
          recipient,
          recipientName: 'The other one',
          classes,
          from: new Date(START - DAY).toISOString(),
          until: new Date(START + days * DAY).toISOString(),
          language: 'es',
          method: 'spoken',
          statement: 'What was read out.',
        },
      },
    ],
  });
  return `con_${recipient}`.slice(0, 70);
}

export const SERVICE = { serviceId: 'svc-shelter', name: 'Night shelter' };

export async function send(from: Member, person: string, { to, classes }: { to: string; classes: FieldClass[] }) {
  const { referral } = await from.call.referrals.start({
    person,
    service: SERVICE,
    need: 'shelter.tonight',
    to: { agency: to },
    classes,
    message: 'Please call.',
  });
  return (await from.call.referrals.send({ referral: referral.id, revision: referral.revision })).referral;
}

export const refusal = (call: Promise<unknown>) =>
  call.then(
    () => 'allowed',
    (error: { cause?: { code?: string }; message: string }) => error.cause?.code ?? error.message,
  );
