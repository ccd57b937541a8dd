// From the question for room to the bed: what was held for the answer goes to the referral that follows, and staff see who holds what.

import { expect, it } from 'vitest';
import { consent, network, takeIn } from './network.ts';

const SERVICE = { id: 'svc-shelter', name: 'Night shelter' };

it.each(['sqlite', 'postgres'] as const)('a place that was held for a question is that of its referral, on %s', async (engine) => {
  await using net = await network(engine);
  const { maria, omar, stranger, time } = net;
  const { id: unit } = await omar.call.referrals.setUnit({ service: SERVICE.id, name: 'Room 4', places: 2 });
  const { id: question } = await maria.call.referrals.askRoom({
    to: omar.agency,
    service: SERVICE,
    party: { adults: 1, children: 1, wishes: [] },
  });
  await omar.call.referrals.answerRoom({ question, answer: 'yes', hold: { unit, hours: 12 } });

  const asked = async () => (await maria.call.referrals.rooms()).asked[0]!;
  const until = new Date(time.now + 12 * 3_600_000).toISOString();
  expect(await asked()).toMatchObject({ answer: 'yes', held: { until }, followed: false });
  const taken = async () => (await omar.call.referrals.units()).find(({ id }) => id === unit)!.taken;
  expect(await taken()).toMatchObject([{ place: 1, for: 'question', referral: null, from: maria.agency, until }]);
  expect(await stranger.call.referrals.units()).toEqual([]);

  const person = await takeIn(maria);
  await consent(maria, person, { recipient: omar.agency, classes: ['identity', 'needs'] });
  const { referral } = await maria.call.referrals.start({
    person,
    service: { serviceId: SERVICE.id, name: SERVICE.name },
    to: { agency: omar.agency },
    classes: ['identity', 'needs'],
    question,
  });
  expect((await asked()).followed).toBe(true);
  const sent = (await maria.call.referrals.send({ referral: referral.id, revision: referral.revision })).referral;
  const { revision } = await omar.call.referrals.open({ referral: sent.id });
  await omar.call.referrals.answer({ referral: sent.id, revision, event: 'accept' });
  // Held until it is released, not for the hours of the question.
  time.now += 13 * 3_600_000;
  const [held] = await taken();
  expect(held).toMatchObject({ place: 1, for: 'referral', referral: sent.id, from: maria.agency, until: null });
  expect(JSON.stringify(held)).not.toContain('Canary');
  await expect(maria.call.referrals.releasePlace({ hold: held!.id })).rejects.toThrow();
  await omar.call.referrals.releasePlace({ hold: held!.id });
  expect(await taken()).toEqual([]);
});
