// The made-up clients go in through the gate, at their own times, and stand in every stage of the work.

import { expect, test } from 'vitest';
import { addDemoPeople } from '#server/casework/demo.ts';
import { TEST_PASSWORD, testApp } from '../support/test-app.ts';

test('sixty made-up clients of two agencies, in every stage', async () => {
  await using app = await testApp();
  const { workers, people } = await addDemoPeople(app.deps, TEST_PASSWORD);
  expect(people).toBe(60);
  expect(new Set(workers.map(({ agency }) => agency)).size).toBe(2);
  const rows = await app.deps.casework.db.selectFrom('person').select(['agency_id', 'stage', 'status', 'created_at']).execute();
  expect(rows).toHaveLength(60);
  expect(new Set(rows.map(({ agency_id }) => agency_id)).size).toBe(2);
  expect([...new Set(rows.map(({ stage }) => stage))].sort()).toEqual(
    expect.arrayContaining(['assessment', 'closing', 'engagement', 'following_up', 'implementation', 'monitoring', 'planning']),
  );
  expect(new Set(rows.map(({ created_at }) => created_at.slice(0, 10))).size).toBeGreaterThan(30);

  // A day as workers have it: most are in rhythm, with a few something is late, and with some there is something today.
  const today = new Date(app.deps.clock()).toISOString().slice(0, 10);
  const due = await app.deps.casework.db.selectFrom('person_due').select(['person_id', 'kind', 'at']).execute();
  const late = (kinds?: string) =>
    new Set(due.filter(({ at, kind }) => at < today && (!kinds || kind === kinds)).map((row) => row.person_id));
  expect(late().size).toBeGreaterThanOrEqual(6);
  expect(late().size).toBeLessThanOrEqual(18);
  expect(late('contact').size).toBeGreaterThanOrEqual(3);
  expect(late('contact').size).toBeLessThanOrEqual(8);
  expect(due.some(({ kind, at }) => kind === 'follow_up' && at <= today)).toBe(true);
});
