// Time limits and ended consents take effect though nobody looks, after a restart too, on both engines; each once.

import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createBackground } from '#server/background.ts';
import { followTimeLimits, startTimeLimits } from '#server/casework/referral-settle.ts';
import { consent, DAY, network, send, START, takeIn } from './network.ts';

type Net = Awaited<ReturnType<typeof network>>;

const statesOf = async ({ app }: Net) =>
  (await app.deps.casework.db.selectFrom('referral').select(['id', 'state']).orderBy('created_at').execute()).map(({ state }) => state);
const eventsOf = async ({ app }: Net) =>
  (await app.deps.casework.db.selectFrom('referral_event').select(['event', 'by']).execute()).map(({ event, by }) => `${event} ${by}`);

describe.each(['sqlite', 'postgres'] as const)('on %s', (engine) => {
  it('what nobody answered expires, in the record too; two rounds at once move it once', async () => {
    await using net = await network(engine);
    const { app, maria, omar, time } = net;
    const person = await takeIn(maria);
    await consent(maria, person, { recipient: omar.agency, classes: ['identity', 'needs'] });
    await send(maria, person, { to: omar.agency, classes: ['identity', 'needs'] });
    expect(await followTimeLimits(app.deps)).toBe(0);
    time.now = START + 60 * DAY;
    const rounds = await Promise.all([followTimeLimits(app.deps), followTimeLimits(app.deps)]);
    expect(rounds.reduce((sum, moved) => sum + moved, 0)).toBe(1);
    expect(await followTimeLimits(app.deps)).toBe(0);
    expect(await statesOf(net)).toEqual(['expired']);
    expect(await eventsOf(net)).toEqual(expect.arrayContaining(['expire clock']));
    const { entries } = await maria.call.people.get({ person });
    const said = entries.flatMap(({ payload }) => (payload.kind === 'referral_said' ? [payload.state] : []));
    expect(said.at(-1)).toBe('expired');
    expect(said.filter((state) => state === 'expired')).toHaveLength(1);
  });

  it('one whose consent has ended or was withdrawn is revoked, others stay; one that cannot be moved holds up nobody', async () => {
    await using net = await network(engine);
    const { app, maria, omar, time } = net;
    const classes = ['identity', 'needs'] as const;
    const [broken, ended, kept] = [await takeIn(maria), await takeIn(maria), await takeIn(maria)];
    for (const [person, days] of [
      [broken, 3],
      [ended, 3],
      [kept, 90],
    ] as const) {
      // prettier-ignore
      await consent(maria, person, { recipient: omar.agency, classes: [...classes], days });
      await send(maria, person, { to: omar.agency, classes: [...classes] });
      time.now += 1000;
    }
    // As after a fault of the disk: the key of this one does not open.
    await app.deps.casework.db
      .updateTable('person')
      .set({ key: Buffer.from('not a key') })
      .where('id', '=', broken)
      .execute();
    time.now = START + 4 * DAY;
    expect(await followTimeLimits(app.deps)).toBe(1);
    const rows = await app.deps.casework.db.selectFrom('referral').select(['person_id', 'state']).execute();
    const stateOf = (person: string) => rows.find((row) => row.person_id === person)?.state;
    expect([stateOf(broken), stateOf(ended), stateOf(kept)]).toEqual(['sent', 'revoked', 'sent']);
  });

  it('a place that was held for a question is free when its time is over', async () => {
    await using net = await network(engine);
    const { app, maria, omar, time } = net;
    const { id: unit } = await omar.call.referrals.setUnit({ service: 'svc-shelter', name: 'Room 1', places: 1 });
    const asked = { to: omar.agency, service: { id: 'svc-shelter', name: 'Night shelter' }, party: { adults: 1, children: 0, wishes: [] } };
    const { id: question } = await maria.call.referrals.askRoom(asked);
    await omar.call.referrals.answerRoom({ question, answer: 'yes', hold: { unit, hours: 4 } });
    const open = () => app.deps.casework.db.selectFrom('capacity_hold').select('id').where('released_at', 'is', null).execute();
    await followTimeLimits(app.deps);
    expect(await open()).toHaveLength(1);
    time.now += 4 * 3_600_000;
    await followTimeLimits(app.deps);
    expect(await open()).toHaveLength(0);
  });

  it('goes round by itself from the start on, and ends with the server', async () => {
    await using net = await network(engine);
    const { app, maria, omar, time } = net;
    const person = await takeIn(maria);
    await consent(maria, person, { recipient: omar.agency, classes: ['needs'] });
    await send(maria, person, { to: omar.agency, classes: ['needs'] });
    // The time passes while no server runs; one that starts then finds it.
    time.now = START + 60 * DAY;
    const background = createBackground();
    startTimeLimits({ ...app.deps, background }, { everyMs: 5 });
    for (let tries = 0; tries < 2000 && (await statesOf(net))[0] !== 'expired'; tries++) await delay(5);
    expect(await statesOf(net)).toEqual(['expired']);
    await background.close();
  });
});
