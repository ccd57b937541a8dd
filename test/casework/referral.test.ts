// Every state × event × actor: the one result of this table, or a refusal by name. The table is written from the other side than
// the code's (by state and actor), so that a slip in one shows in the other.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  advance,
  createReferral,
  isOpen,
  listEvents,
  OUTCOMES,
  receiverMayRead,
  REFERRAL_ACTORS,
  REFERRAL_EVENTS,
  REFERRAL_REASONS,
  REFERRAL_STATES,
  TIME_LIMITS_DAYS,
  toTaskStatus,
  TRANSITIONS,
  type Referral,
  type ReferralActor,
  type ReferralEvent,
  type ReferralState,
} from '#shared/casework/referral.ts';

type Moves = Partial<Record<ReferralActor, Partial<Record<ReferralEvent, ReferralState>>>>;

const ENDS: Moves = { sender: {}, receiver: {}, person: {}, clock: {} };
const LEAVE = { withdraw: 'withdrawn' } as const;
const TIME_OUT = { expire: 'expired', revoke: 'revoked' } as const;

const ALLOWED: Record<ReferralState, Moves> = {
  draft: { sender: { send: 'sent', ...LEAVE }, person: { ...LEAVE, revoke: 'revoked' }, clock: TIME_OUT },
  sent: { sender: LEAVE, receiver: { see: 'seen' }, person: { decline: 'declined', ...LEAVE, revoke: 'revoked' }, clock: TIME_OUT },
  seen: {
    sender: LEAVE,
    receiver: { accept: 'accepted', waitlist: 'waitlisted', decline: 'declined', reroute: 'rerouted' },
    person: { decline: 'declined', ...LEAVE, revoke: 'revoked' },
    clock: TIME_OUT,
  },
  accepted: {
    sender: { schedule: 'scheduled', ...LEAVE },
    receiver: {
      waitlist: 'waitlisted',
      decline: 'declined',
      reroute: 'rerouted',
      schedule: 'scheduled',
      start: 'in_service',
      connect: 'connected',
    },
    person: { decline: 'declined', start: 'in_service', connect: 'connected', ...LEAVE, revoke: 'revoked' },
    clock: TIME_OUT,
  },
  waitlisted: {
    sender: LEAVE,
    receiver: { accept: 'accepted', decline: 'declined', reroute: 'rerouted' },
    person: { decline: 'declined', ...LEAVE, revoke: 'revoked' },
    clock: TIME_OUT,
  },
  scheduled: {
    sender: { schedule: 'scheduled', ...LEAVE },
    receiver: { decline: 'declined', schedule: 'scheduled', start: 'in_service', connect: 'connected' },
    person: { decline: 'declined', start: 'in_service', connect: 'connected', ...LEAVE, revoke: 'revoked' },
    clock: TIME_OUT,
  },
  in_service: {
    sender: LEAVE,
    receiver: { connect: 'connected' },
    person: { decline: 'declined', connect: 'connected', ...LEAVE, revoke: 'revoked' },
    clock: TIME_OUT,
  },
  connected: {
    sender: { report_outcome: 'outcome' },
    receiver: { report_outcome: 'outcome' },
    person: { report_outcome: 'outcome', revoke: 'revoked' },
    clock: { expire: 'closed', revoke: 'revoked' },
  },
  outcome: { sender: { close: 'closed' }, person: { revoke: 'revoked' }, clock: { expire: 'closed', revoke: 'revoked' } },
  declined: { sender: { reroute: 'rerouted', close: 'closed' }, clock: { expire: 'closed' } },
  rerouted: { sender: { close: 'closed' }, clock: { expire: 'closed' } },
  closed: ENDS,
  withdrawn: ENDS,
  expired: ENDS,
  revoked: ENDS,
};

const AT = '2026-03-02T10:00:00.000Z';
const LATER = '2026-03-03T10:00:00.000Z';
const PAST = '2026-03-01T10:00:00.000Z';
const COMPLETE = { at: AT, reason: 'full', outcome: 'helped', consented: true } as const;

/** In a state, with time left; for the clock's expiry with none. */
function referralIn(state: ReferralState, event: ReferralEvent): Referral {
  return { state, until: event === 'expire' ? PAST : LATER, revision: 7, outcome: null };
}

describe('each state, event and actor', () => {
  const cases = REFERRAL_STATES.flatMap((state) =>
    REFERRAL_EVENTS.flatMap((event) => REFERRAL_ACTORS.map((by) => [state, event, by] as const)),
  );

  test('there are 840 of them', () => expect(cases).toHaveLength(840));

  test.for(REFERRAL_STATES)('from %s', (state) => {
    for (const event of REFERRAL_EVENTS) {
      for (const by of REFERRAL_ACTORS) {
        const told = `${state} + ${event} by ${by}`;
        const to = ALLOWED[state][by]?.[event];
        const result = advance(referralIn(state, event), event, { ...COMPLETE, by });
        if (to) {
          expect(result, told).toMatchObject({ ok: true, value: { state: to, revision: 8 } });
          expect(listEvents(state, by), told).toContain(event);
        } else {
          const elsewhere = REFERRAL_ACTORS.some((other) => ALLOWED[state][other]?.[event]);
          const refusal = elsewhere ? { code: 'not_theirs', by, event } : { code: 'no_such_step', from: state, event };
          expect(result, told).toEqual({ ok: false, issues: [refusal] });
          expect(listEvents(state, by), told).not.toContain(event);
        }
      }
    }
  });

  test('a state and an event stand in one row of the table only', () => {
    const pairs = TRANSITIONS.flatMap((row) => row.from.map((from) => `${from} ${row.event}`));
    expect(new Set(pairs).size).toBe(pairs.length);
  });
});

describe('what must be said', () => {
  const needs = { reason: 'reason_needed', outcome: 'outcome_needed', consent: 'consent_needed' } as const;
  test.for(TRANSITIONS.filter((row) => row.needs))('$event needs its $needs', (row) => {
    for (const state of row.from) {
      const referral = referralIn(state, row.event);
      const result = advance(referral, row.event, { by: row.by[0]!, at: AT });
      expect(result).toEqual({ ok: false, issues: [{ code: needs[row.needs!], event: row.event }] });
    }
  });

  test('sending without a live consent is refused, whatever else is given', () => {
    const result = advance(referralIn('draft', 'send'), 'send', { ...COMPLETE, by: 'sender', consented: false });
    expect(result).toMatchObject({ ok: false, issues: [{ code: 'consent_needed' }] });
  });
});

describe('time', () => {
  test('every state has a limit but those that are the end', () => {
    const withoutLimit = REFERRAL_STATES.filter((state) => TIME_LIMITS_DAYS[state] === undefined);
    expect(withoutLimit).toEqual(['closed', 'withdrawn', 'expired', 'revoked']);
    expect(withoutLimit.filter((state) => REFERRAL_ACTORS.some((by) => listEvents(state, by).length > 0))).toEqual([]);
  });

  test('a limit counts from the transition, of an appointment from its time', () => {
    const accepted = advance(referralIn('seen', 'accept'), 'accept', { by: 'receiver', at: AT });
    expect(accepted).toMatchObject({ value: { until: '2026-03-23T10:00:00.000Z' } });
    const scheduled = advance(referralIn('accepted', 'schedule'), 'schedule', {
      by: 'receiver',
      at: AT,
      appointmentAt: '2026-05-01T09:00:00.000Z',
    });
    expect(scheduled).toMatchObject({ value: { until: '2026-05-31T09:00:00.000Z' } });
    const inThePast = advance(referralIn('accepted', 'schedule'), 'schedule', { by: 'receiver', at: AT, appointmentAt: PAST });
    expect(inThePast).toMatchObject({ value: { until: '2026-04-01T10:00:00.000Z' } });
    expect(createReferral(AT, { draft: 1 }).until).toBe(LATER);
  });

  test('before its time the clock moves nothing; after it only the clock and a withdrawn consent do', () => {
    const early = { state: 'sent', until: LATER, revision: 2, outcome: null } as const;
    expect(advance(early, 'expire', { by: 'clock', at: AT })).toEqual({ ok: false, issues: [{ code: 'not_yet', until: LATER }] });
    const over = { ...early, until: AT };
    expect(advance(over, 'see', { by: 'receiver', at: AT })).toEqual({ ok: false, issues: [{ code: 'time_passed', until: AT }] });
    expect(advance(over, 'expire', { by: 'clock', at: AT })).toMatchObject({ value: { state: 'expired', until: null } });
    expect(advance(over, 'revoke', { by: 'person', at: AT })).toMatchObject({ value: { state: 'revoked', until: null } });
  });

  test('a connection of which nobody told how it went is closed with an unknown outcome', () => {
    const connected = { state: 'connected', until: PAST, revision: 5, outcome: null } as const;
    expect(advance(connected, 'expire', { by: 'clock', at: AT })).toMatchObject({ value: { state: 'closed', outcome: 'unknown' } });
  });
});

test('sending never connects: from there only the receiver or the person can lead to it', () => {
  const reached = new Set<ReferralState>(['draft']);
  for (let grown = true; grown;) {
    const before = reached.size;
    for (const row of TRANSITIONS)
      if (row.by.includes('sender') || row.by.includes('clock')) row.from.forEach((from) => reached.has(from) && reached.add(row.to));
    grown = reached.size > before;
  }
  expect([...reached].sort()).toEqual(['draft', 'expired', 'revoked', 'sent', 'withdrawn']);
});

test('any walk keeps the laws: revisions count up, ends are final, the receiver reads only what is open and was sent', () => {
  const step = fc.record({
    event: fc.constantFrom(...REFERRAL_EVENTS),
    by: fc.constantFrom(...REFERRAL_ACTORS),
    hours: fc.integer({ min: 0, max: 24 * 40 }),
    reason: fc.option(fc.constantFrom(...REFERRAL_REASONS), { nil: undefined }),
    outcome: fc.option(fc.constantFrom(...OUTCOMES), { nil: undefined }),
    consented: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      let now = Date.parse(AT);
      let referral = createReferral(AT);
      let [sent, ended] = [false, false];
      for (const { event, by, hours, ...rest } of steps) {
        now += hours * 3_600_000;
        const result = advance(referral, event, { by, at: new Date(now).toISOString(), ...rest });
        if (!result.ok) {
          expect(result.issues).toHaveLength(1);
          continue;
        }
        expect(ended, `${event} after the end`).toBe(false);
        expect(result.value.revision).toBe(referral.revision + 1);
        if (event === 'send') expect(rest.consented).toBe(true);
        referral = result.value;
        sent ||= event === 'send';
        ended = referral.until === null;
        if (receiverMayRead(referral.state)) expect(sent && isOpen(referral.state)).toBe(true);
        if (referral.state === 'outcome') expect(referral.outcome).not.toBeNull();
      }
    }),
  );
});

describe('Task.status of FHIR', () => {
  test.for([
    ['draft', null, 'draft'],
    ['sent', null, 'requested'],
    ['seen', null, 'received'],
    ['accepted', null, 'accepted'],
    ['scheduled', null, 'accepted'],
    ['waitlisted', null, 'on-hold'],
    ['in_service', null, 'in-progress'],
    ['connected', null, 'completed'],
    ['outcome', 'helped', 'completed'],
    ['outcome', 'unknown', 'completed'],
    ['outcome', 'not', 'failed'],
    ['closed', 'partly', 'completed'],
    ['closed', 'not', 'failed'],
    ['closed', null, 'rejected'],
    ['declined', null, 'rejected'],
    ['rerouted', null, 'rejected'],
    ['withdrawn', null, 'cancelled'],
    ['expired', null, 'cancelled'],
    ['revoked', null, 'cancelled'],
  ] as const)('%s, outcome %s: %s', ([state, outcome, status]) => expect(toTaskStatus({ state, outcome })).toBe(status));
});
