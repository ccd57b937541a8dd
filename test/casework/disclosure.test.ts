import { describe, test } from 'vitest';
import { testApp } from '../support/test-app.ts';
import { checkDisclosures } from './disclosure-model.ts';
import { hire } from './staff.ts';

const RUNS = Number(process.env['WAYPOST_LONG'] === '1' ? 2_000 : 25);

describe.each(['sqlite', 'postgres'] as const)('disclosures on %s', (engine) => {
  test('are what is consented to at that very request, in any life of a referral', { timeout: 900_000 }, async () => {
    const time = { now: Date.parse('2026-03-02T09:00:00.000Z') };
    await using app = await testApp({ engine, clock: () => time.now });
    const sender = await hire(app, 'case_manager', { agency: 'Harbor House' });
    const receiver = await hire(app, 'intake', { agency: 'Oak Shelter' });
    await checkDisclosures({ sender, receiver, time }, RUNS);
  });
});
