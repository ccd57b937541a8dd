// Random lives of referrals on a real server: consents given and taken back, time, sending, reading. What the receiver was shown is
// held to a plain model after every act: exactly what was sent, is consented to at this minute, and belongs to an open referral.

import fc from 'fast-check';
import { expect } from 'vitest';
import type { ReferralState } from '#shared/casework/referral.ts';
import type { FieldClass } from '#shared/intake/field-class.ts';
import type { Member } from './staff.ts';

const CLASSES = ['identity', 'needs', 'money', 'substance_use'] as const satisfies readonly FieldClass[];
const HOUR = 3_600_000;
const ENDED: readonly ReferralState[] = ['revoked', 'expired', 'withdrawn', 'declined', 'rerouted', 'closed'];

const classes = fc.uniqueArray(fc.constantFrom(...CLASSES), { minLength: 1 });
const act = fc.oneof(
  fc.record({ act: fc.constant('grant' as const), classes, hours: fc.integer({ min: 1, max: 48 }) }),
  fc.record({ act: fc.constant('withdraw' as const), which: fc.nat(3) }),
  fc.record({ act: fc.constant('wait' as const), hours: fc.integer({ min: 1, max: 30 }) }),
  fc.record({ act: fc.constant('send' as const), classes }),
  fc.record({ act: fc.constant('read' as const), which: fc.nat(3) }),
);
const acts = fc.array(act, { minLength: 4, maxLength: 16 });

interface Granted {
  id: string;
  classes: readonly FieldClass[];
  until: number;
  withdrawn: boolean;
}

interface Stage {
  sender: Member;
  receiver: Member;
  time: { now: number };
}

/** Runs `runs` random lives; throws with the smallest one in which the receiver saw too much or too little. */
export async function checkDisclosures(stage: Stage, runs: number): Promise<void> {
  await fc.assert(
    fc.asyncProperty(acts, (life) => run(stage, life)),
    { numRuns: runs, endOnFailure: true },
  );
}

async function run({ sender, receiver, time }: Stage, life: typeof acts extends fc.Arbitrary<infer A> ? A : never): Promise<void> {
  const { id: person } = await sender.call.people.create({
    entries: [
      { payload: { kind: 'identity', mode: 'named', givenName: { value: 'Canary-identity' } } },
      { payload: { kind: 'needs', needs: [{ need: 'Canary-needs', rank: 1, state: 'open', urgent: false }] } },
      ...(['household.income', 'person.sober'] as const).map((fact) => ({
        payload: {
          kind: 'fact' as const,
          fact,
          told: { value: fact === 'person.sober' ? true : 12 },
          source: 'said' as const,
          asOf: '2026-03-01',
        },
      })),
    ],
  });
  const granted: Granted[] = [];
  const sent: { id: string; classes: readonly FieldClass[]; ended: boolean }[] = [];
  const live = () => new Set(granted.filter((each) => !each.withdrawn && each.until > time.now).flatMap((each) => each.classes));
  for (const step of life) {
    // Nothing happens at the same instant: a record's order is that of its times.
    time.now += 1;
    if (step.act === 'wait') time.now += step.hours * HOUR;
    if (step.act === 'grant') granted.push(await grant(sender, { person, receiver, n: granted.length, at: time.now, ...step }));
    if (step.act === 'withdraw') {
      const consent = granted[step.which];
      if (!consent) continue;
      await sender.call.people.add({ person, entries: [{ payload: { kind: 'consent_withdrawn', consent: consent.id } }] });
      consent.withdrawn = true;
    }
    if (step.act === 'send') {
      const { referral } = await sender.call.referrals.start({
        person,
        service: { name: 'S' },
        to: { agency: receiver.agency },
        classes: step.classes,
      });
      const allowed = step.classes.every((each) => live().has(each));
      const result = await sender.call.referrals.send({ referral: referral.id, revision: referral.revision }).catch(() => undefined);
      expect(result !== undefined, `sending ${step.classes.join()} with ${[...live()].join()}`).toBe(allowed);
      if (result) sent.push({ id: referral.id, classes: step.classes, ended: false });
    }
    if (step.act === 'read') {
      const referral = sent[step.which];
      if (!referral) continue;
      const received = await receiver.call.referrals.open({ referral: referral.id });
      referral.ended ||= ENDED.includes(received.state);
      const expected = referral.ended ? [] : CLASSES.filter((each) => referral.classes.includes(each) && live().has(each));
      expect(received.parts.map((part) => part.class).sort()).toEqual([...expected].sort());
      if (live().size === 0) expect(referral.ended, 'without any consent it is over').toBe(true);
    }
  }
}

async function grant(
  sender: Member,
  {
    person,
    receiver,
    n,
    at,
    classes,
    hours,
  }: { person: string; receiver: Member; n: number; at: number; classes: readonly FieldClass[]; hours: number },
): Promise<Granted> {
  const consent: Granted = { id: `con_${n}`, classes, until: at + hours * HOUR, withdrawn: false };
  await sender.call.people.add({
    person,
    entries: [
      {
        payload: {
          kind: 'consent',
          consent: consent.id,
          purpose: 'referral',
          recipient: receiver.agency,
          recipientName: 'R',
          classes: [...classes],
          from: new Date(at).toISOString(),
          until: new Date(consent.until).toISOString(),
          language: 'en',
          method: 'spoken',
          statement: 'S',
        },
      },
    ],
  });
  return consent;
}
