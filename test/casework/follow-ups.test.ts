// After closing: each follow-up is due on its day, goes when it was told, and may open the case again with all that was known.

import { expect, test } from 'vitest';
import { foldRecord } from '#shared/casework/record.ts';
import { testApp } from '../support/test-app.ts';
import { hire, type Member } from './staff.ts';

const NOW = Date.parse('2026-03-01T09:00:00Z');
const DAY = 86_400_000;

async function close(worker: Member, boss: Member, { person, closing }: { person: string; closing: string }): Promise<void> {
  const yes = { value: true } as const;
  await worker.call.people.add({
    person,
    entries: [
      {
        payload: {
          kind: 'closing',
          closing,
          reason: 'goals_reached',
          summary: 'A flat of their own.',
          checklist: { accessStable: yes, supportInPlace: yes, knowsWayBack: yes },
          goals: {},
          followUpDays: [30, 90, 180],
        },
      },
    ],
  });
  await boss.call.caseload.decide({ person, closing, decision: 'approved' });
}

test.each(['sqlite', 'postgres'] as const)('follow-ups of a closed case, on %s', async (engine) => {
  const time = { now: NOW };
  await using app = await testApp({ engine, clock: () => time.now });
  const worker = await hire(app, 'case_manager', { agency: 'Harbor House' });
  const boss = await hire(app, 'supervisor', { agency: 'Harbor House' });
  const { id: person } = await worker.call.people.create({ entries: [{ payload: { kind: 'note', text: 'First talk' } }] });
  await close(worker, boss, { person, closing: 'c1' });
  const mine = async () => (await worker.call.caseload.mine()).people[0]!;
  const due = async () => (await mine()).due.map(({ kind, at }) => `${kind} ${at}`);
  const add = (...payloads: object[]) => worker.call.people.add({ person, entries: payloads.map((payload) => ({ payload })) as never });

  expect(await due()).toEqual(['follow_up 2026-03-31', 'follow_up 2026-05-30', 'follow_up 2026-08-28']);
  time.now = NOW + 30 * DAY;
  await add({ kind: 'follow_up', days: 30, outcome: 'well', helped: 'helped' });
  expect(await due()).toEqual(['follow_up 2026-05-30', 'follow_up 2026-08-28']);
  expect(await mine()).toMatchObject({ status: 'closed', stage: 'following_up', weight: 0 });

  time.now = NOW + 90 * DAY;
  await add({ kind: 'follow_up', days: 90, outcome: 'needs_help', text: 'Notice again' }, { kind: 'reopening', reason: 'Notice again' });
  expect((await mine()).status).toBe('open');
  expect(await due()).toEqual(['contact 2026-06-13', 'review 2026-08-28']);
  const { entries } = await worker.call.people.get({ person });
  const record = foldRecord(entries);
  expect(record.notes.map(({ text }) => text)).toEqual(['First talk']);
  expect(record.followUps.map(({ outcome, helped }) => [outcome, helped])).toEqual([['well', 'helped'], ['needs_help', undefined]]); // prettier-ignore

  // Closed a second time, all is asked anew: what was told after the first closing is not an answer to the second.
  time.now = NOW + 100 * DAY;
  await close(worker, boss, { person, closing: 'c2' });
  expect(await due()).toEqual(['follow_up 2026-07-09', 'follow_up 2026-09-07', 'follow_up 2026-12-06']);
  expect((await mine()).stage).toBe('following_up');
});
