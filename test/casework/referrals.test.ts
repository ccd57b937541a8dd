// A referral between two agencies, on both engines: what leaves and what does not, who may say what, time, and what a withdrawn
// consent does to the very next request. Every text of the record names the class that it is in, so that a leak names itself.

import { describe, expect, it } from 'vitest';
import { foldRecord } from '#shared/casework/record.ts';
import { FIELD_CLASSES } from '#shared/intake/field-class.ts';
import { findAuditFault, listAudit } from '#server/audit/audit.ts';
import type { TestApp } from '../support/test-app.ts';
import { canary, consent, DAY, network, refusal, send, SERVICE, START, takeIn } from './network.ts';
import { hire, type Member } from './staff.ts';

describe.each(['sqlite', 'postgres'] as const)('a referral on %s', (engine) => {
  it('leaves only with consent, carries what was consented to and nothing else, and goes on to connected', async () => {
    await using net = await network(engine);
    const { maria, omar, app } = net;
    const person = await takeIn(maria);
    const { referral: draft } = await maria.call.referrals.start({
      person,
      service: SERVICE,
      need: 'shelter.tonight',
      to: { agency: omar.agency },
      classes: ['identity', 'contact', 'needs', 'money'],
    });
    expect(draft).toMatchObject({ state: 'draft', consent: { live: [], missing: ['identity', 'contact', 'needs', 'money'] } });
    expect(await omar.call.referrals.inbox()).toEqual([]);
    expect(await refusal(omar.call.referrals.open({ referral: draft.id }))).toBe('not_found');
    expect(await refusal(maria.call.referrals.send({ referral: draft.id, revision: 1 }))).toBe('unprocessable');

    await consent(maria, person, { recipient: omar.agency, classes: ['identity', 'contact', 'needs'] });
    expect(await refusal(maria.call.referrals.send({ referral: draft.id, revision: 1 })), 'one class is missing').toBe('unprocessable');
    expect(await omar.call.referrals.inbox()).toEqual([]);

    const sent = await send(maria, person, { to: omar.agency, classes: ['identity', 'contact', 'needs'] });
    expect(sent).toMatchObject({ state: 'sent', link: null, to: { name: 'Oak Shelter' } });
    const inbox = await omar.call.referrals.inbox();
    expect(inbox).toMatchObject([{ id: sent.id, from: { name: 'Harbor House' }, service: 'Night shelter', state: 'sent' }]);
    expect(JSON.stringify(inbox)).not.toContain('Canary');

    const opened = await omar.call.referrals.open({ referral: sent.id });
    expect(opened).toMatchObject({
      state: 'seen',
      need: 'shelter.tonight',
      message: 'Please call.',
      redisclosureNotice: false,
      closed: [],
    });
    const text = JSON.stringify(opened);
    expect(FIELD_CLASSES.filter((each) => text.includes(canary(each)))).toEqual(['identity', 'contact']);
    expect(text).not.toContain('731');
    expect(opened.parts.find((part) => part.class === 'needs')?.needs).toEqual([{ need: 'shelter.tonight', urgent: true, state: 'open' }]);

    // Nobody skips a step, and nobody speaks for the other side.
    const at = { referral: sent.id, revision: 3 };
    expect(await refusal(maria.call.referrals.act({ ...at, event: 'connect' }))).toBe('conflict');
    expect(await refusal(maria.call.referrals.act({ ...at, event: 'accept' }))).toBe('not_allowed');
    expect(await refusal(omar.call.referrals.answer({ ...at, event: 'withdraw', reason: 'other' }))).toBe('not_allowed');
    expect(await refusal(omar.call.referrals.answer({ ...at, event: 'decline' })), 'without a reason').toBe('unprocessable');
    expect(await refusal(omar.call.referrals.answer({ ...at, revision: 2, event: 'accept' })), 'as it was before').toBe('conflict');
    await omar.call.referrals.answer({ ...at, event: 'accept' });
    expect(await refusal(omar.call.referrals.answer({ ...at, event: 'accept' })), 'twice').toBe('conflict');
    await omar.call.referrals.answer({
      ...at,
      revision: 4,
      event: 'schedule',
      appointmentAt: '2026-03-04T15:00:00.000Z',
      note: 'Ring twice.',
    });
    expect(await refusal(maria.call.referrals.act({ ...at, revision: 5, event: 'connect' })), 'not by sending').toBe('not_allowed');
    const connected = await maria.call.referrals.act({ ...at, revision: 5, event: 'connect', asPerson: true });
    expect(connected).toMatchObject({ state: 'connected', revision: 6 });
    await omar.call.referrals.answer({ ...at, revision: 6, event: 'report_outcome', outcome: 'helped' });
    const closed = await maria.call.referrals.act({ ...at, revision: 7, event: 'close' });
    expect(closed).toMatchObject({ state: 'closed', outcome: 'helped' });
    expect((await omar.call.referrals.open({ referral: sent.id })).parts, 'the end of the referral ends the access').toEqual([]);

    const { entries, person: summary } = await maria.call.people.get({ person });
    const said = foldRecord(entries).referrals.find((each) => each.referral === sent.id)!.events;
    expect(said.map(({ event, by, entry }) => [event, by, entry.agency === maria.agency])).toEqual([
      ['send', 'sender', true],
      ['see', 'receiver', false],
      ['accept', 'receiver', false],
      ['schedule', 'receiver', false],
      ['connect', 'person', true],
      ['report_outcome', 'receiver', false],
      ['close', 'sender', true],
    ]);
    expect(said[3]).toMatchObject({ note: 'Ring twice.', appointmentAt: '2026-03-04T15:00:00.000Z' });
    expect(summary.stage).toBe('monitoring');

    const audit = await listAudit(app.deps.casework.db, { limit: 500 });
    expect(JSON.stringify(audit)).not.toMatch(/Canary|Night|shelter|Ring|Please/);
    expect(audit.filter((row) => row.actor === omar.id && row.record_id === person).map((row) => row.action)).toContain('referral.read');
    expect(audit.map((row) => row.action)).toContain('person.disclose');
    expect(await findAuditFault(app.deps.casework.db)).toBeNull();
  });

  it('closes to the receiver at the request after the consent was withdrawn, class by class or as a whole', async () => {
    await using net = await network(engine);
    const { maria, omar } = net;
    const person = await takeIn(maria);
    const first = await consent(maria, person, { recipient: omar.agency, classes: ['needs'] });
    const second = 'con_more';
    const { entries } = await maria.call.people.get({ person });
    const given = entries.find((entry) => entry.payload.kind === 'consent')!.payload as { kind: 'consent' } & Record<string, unknown>;
    await maria.call.people.add({ person, entries: [{ payload: { ...given, consent: second, classes: ['identity'] } as never }] });
    const sent = await send(maria, person, { to: omar.agency, classes: ['identity', 'needs'] });
    expect((await omar.call.referrals.open({ referral: sent.id })).parts.map((part) => part.class)).toEqual(['identity', 'needs']);

    const withdraw = (id: string) => maria.call.people.add({ person, entries: [{ payload: { kind: 'consent_withdrawn', consent: id } }] });
    await withdraw(second);
    const half = await omar.call.referrals.open({ referral: sent.id });
    expect(half).toMatchObject({ state: 'seen', closed: ['identity'] });
    expect(JSON.stringify(half)).not.toContain('Canary-identity');

    await withdraw(first);
    const gone = await omar.call.referrals.open({ referral: sent.id });
    expect(gone).toMatchObject({ state: 'revoked', parts: [], need: null, message: null, may: { receiver: [], person: [] } });
    expect(await refusal(omar.call.referrals.answer({ referral: sent.id, revision: gone.revision, event: 'accept' }))).toBe('conflict');
    const { entries: after } = await maria.call.people.get({ person });
    expect(foldRecord(after).referrals[0]?.events.at(-1)).toMatchObject({ event: 'revoke', by: 'person', state: 'revoked' });
  });

  it('is nobody else’s: every call with its id is refused as one with an id of nothing', async () => {
    await using net = await network(engine);
    const { maria, omar, stranger, app } = net;
    const person = await takeIn(maria);
    await consent(maria, person, { recipient: omar.agency, classes: ['identity', 'needs'] });
    const sent = await send(maria, person, { to: omar.agency, classes: ['identity', 'needs'] });
    const nothing = sent.id.replace(/.{4}$/, 'zzzz');
    for (const who of [stranger, await hire(app, 'case_manager', { agency: 'Third Agency' })]) {
      const calls: ((referral: string) => Promise<unknown>)[] = [
        (referral) => who.call.referrals.get({ referral }),
        (referral) => who.call.referrals.send({ referral, revision: 2 }),
        (referral) => who.call.referrals.act({ referral, revision: 2, event: 'withdraw', reason: 'other' }),
        (referral) => who.call.referrals.link({ referral }),
        (referral) => who.call.referrals.open({ referral }),
        (referral) => who.call.referrals.answer({ referral, revision: 2, event: 'accept' }),
      ];
      for (const call of calls) {
        const [theirs, none] = await Promise.all([sent.id, nothing].map((id) => call(id).catch((error: Error) => error.message)));
        expect(theirs).toBe(none);
        expect(theirs).toMatch(/no such record/);
      }
    }
    expect(await refusal(stranger.call.referrals.ofPerson({ person }))).toBe('not_found');
    // The receiver is not the sender: of the person's record they see nothing.
    expect(await refusal(omar.call.people.get({ person }))).toBe('not_found');
    expect(await refusal(omar.call.referrals.ofPerson({ person }))).not.toBe('allowed');
    expect((await maria.call.referrals.ofPerson({ person })).map((each) => each.state)).toEqual(['sent']);
  });

  it('moves on by the clock, and warns of a second one like it', async () => {
    await using net = await network(engine);
    const { maria, omar, time } = net;
    const person = await takeIn(maria);
    await consent(maria, person, { recipient: omar.agency, classes: ['needs'] });
    const sent = await send(maria, person, { to: omar.agency, classes: ['needs'] });
    const { similar } = await maria.call.referrals.start({ person, service: SERVICE, to: { agency: omar.agency }, classes: ['needs'] });
    expect(similar).toMatchObject([{ referral: sent.id, state: 'sent', because: 'same_service' }]);
    const other = await maria.call.referrals.start({
      person,
      service: { name: 'Another house' },
      need: 'shelter.tonight',
      to: { agency: omar.agency },
      classes: ['needs'],
    });
    expect(other.similar).toMatchObject([{ referral: sent.id, because: 'same_need' }]);

    time.now += 5 * DAY - 1;
    expect((await omar.call.referrals.inbox())[0]).toMatchObject({ state: 'sent' });
    time.now += 1;
    expect((await omar.call.referrals.inbox())[0]).toMatchObject({ state: 'expired' });
    expect(await refusal(omar.call.referrals.answer({ referral: sent.id, revision: 3, event: 'accept' }))).toBe('conflict');
    const listed = await maria.call.referrals.ofPerson({ person });
    expect(listed.find((each) => each.id === sent.id)).toMatchObject({ state: 'expired', until: null });
    // A consent that runs out closes it by the clock.
    const again = await send(maria, person, { to: omar.agency, classes: ['needs'] });
    await omar.call.referrals.open({ referral: again.id });
    await omar.call.referrals.answer({ referral: again.id, revision: 3, event: 'waitlist' });
    time.now = START + 90 * DAY;
    expect(await omar.call.referrals.open({ referral: again.id })).toMatchObject({ state: 'revoked', parts: [] });
  });

  it('holds one bed once: of fifty accepts at the same time one wins', async () => {
    await using net = await network(engine);
    const { maria, omar } = net;
    const { id: unit } = await omar.call.referrals.setUnit({ service: 'svc-shelter', name: 'Bed by the door', places: 1 });
    const referrals: { id: string; revision: number }[] = [];
    for (let i = 0; i < 50; i++) {
      const { id: person } = await maria.call.people.create({
        entries: [{ payload: { kind: 'needs', needs: [{ need: 'shelter.tonight', rank: 1, state: 'open', urgent: false }] } }],
      });
      await consent(maria, person, { recipient: omar.agency, classes: ['needs'] });
      const sent = await send(maria, person, { to: omar.agency, classes: ['needs'] });
      referrals.push(await omar.call.referrals.open({ referral: sent.id }));
    }
    const answers = await Promise.all(
      referrals.map(({ id, revision }) => refusal(omar.call.referrals.answer({ referral: id, revision, event: 'accept', unit }))),
    );
    expect(answers.filter((answer) => answer === 'allowed')).toHaveLength(1);
    expect(answers.filter((answer) => answer === 'conflict')).toHaveLength(49);
    const states = (await omar.call.referrals.inbox()).map((item) => item.state);
    expect(states.filter((state) => state === 'accepted')).toHaveLength(1);
    expect(states.filter((state) => state === 'seen')).toHaveLength(49);
    expect((await omar.call.referrals.units())[0]).toMatchObject({ places: 1, taken: [{ place: 1, for: 'referral' }] });

    // Who withdraws before coming gives the bed back, and the next one gets it.
    const winner = (await omar.call.referrals.inbox()).find((item) => item.state === 'accepted')!;
    await maria.call.referrals.act({
      referral: winner.id,
      revision: winner.revision,
      event: 'withdraw',
      reason: 'not_now',
      asPerson: true,
    });
    const next = referrals.find(({ id }) => id !== winner.id)!;
    expect(await omar.call.referrals.answer({ referral: next.id, revision: next.revision, event: 'accept', unit })).toMatchObject({
      place: { unit, place: 1 },
    });
  }, 120_000);

  it('is asked for room first, with numbers and no person; a place that is held goes to the referral', async () => {
    await using net = await network(engine);
    const { maria, omar, stranger, app, time } = net;
    const { id: unit } = await omar.call.referrals.setUnit({ service: 'svc-shelter', name: 'Family rooms', places: 1 });
    const ask = () =>
      maria.call.referrals.askRoom({
        to: omar.agency,
        service: { id: 'svc-shelter', name: 'Night shelter' },
        party: { adults: 1, children: 2, wishes: ['tonight'] },
      });
    const { id: question } = await ask();
    const { received } = await omar.call.referrals.rooms();
    expect(received).toMatchObject([{ id: question, party: { adults: 1, children: 2, wishes: ['tonight'] }, answer: null }]);
    expect((await stranger.call.referrals.rooms()).received).toEqual([]);
    expect(await refusal(stranger.call.referrals.answerRoom({ question, answer: 'yes' }))).toBe('not_found');
    await omar.call.referrals.answerRoom({ question, answer: 'yes', hold: { unit, hours: 4 } });
    expect(await refusal(omar.call.referrals.answerRoom({ question, answer: 'no' })), 'once').toBe('not_found');
    const second = await ask();
    expect(await refusal(omar.call.referrals.answerRoom({ question: second.id, answer: 'yes', hold: { unit, hours: 4 } }))).toBe(
      'conflict',
    );
    expect(
      (await maria.call.referrals.rooms()).asked.find((each) => each.id === second.id)?.answer,
      'a refused hold answers nothing',
    ).toBeNull();

    const person = await takeIn(maria);
    await consent(maria, person, { recipient: omar.agency, classes: ['needs'] });
    const { referral } = await maria.call.referrals.start({
      person,
      service: SERVICE,
      to: { agency: omar.agency },
      classes: ['needs'],
      question,
    });
    const { referral: sent } = await maria.call.referrals.send({ referral: referral.id, revision: referral.revision });
    const opened = await omar.call.referrals.open({ referral: sent.id });
    expect(await omar.call.referrals.answer({ referral: sent.id, revision: opened.revision, event: 'accept' })).toMatchObject({
      place: { unit, place: 1 },
    });
    // It is the referral's now: the hours that it was held for no longer count.
    time.now += DAY;
    expect((await omar.call.referrals.units())[0]?.taken).toMatchObject([{ for: 'referral', until: null }]);
    const rows = await app.deps.casework.db.selectFrom('room_question').selectAll().execute();
    expect(JSON.stringify(rows)).not.toMatch(/Canary|per_|ref_/);
  });

  it('is gone with the person: no content, no link, no way to read it', async () => {
    await using net = await network(engine);
    const { maria, omar, app } = net;
    const boss = await hire(app, 'supervisor', { agency: 'Harbor House' });
    const person = await takeIn(maria);
    await consent(maria, person, { recipient: omar.agency, classes: ['identity', 'needs'] });
    const sent = await send(maria, person, { to: omar.agency, classes: ['identity', 'needs'] });
    await boss.call.people.erase({ person, why: 'asked_by_person' });
    expect(await refusal(omar.call.referrals.open({ referral: sent.id }))).toBe('not_found');
    expect(await omar.call.referrals.inbox()).toEqual([]);
    const row = await app.deps.casework.db.selectFrom('referral').selectAll().where('id', '=', sent.id).executeTakeFirstOrThrow();
    expect(row).toMatchObject({ state: 'revoked', content: null });
  });
});

describe.each(['sqlite', 'postgres'] as const)('a partner without an account on %s', (engine) => {
  async function partner(net: { maria: Member; app: TestApp }) {
    const person = await takeIn(net.maria);
    await consent(net.maria, person, { recipient: 'partner:church', classes: ['identity', 'needs', 'substance_use'] });
    const { referral } = await net.maria.call.referrals.start({
      person,
      service: { name: 'Soup kitchen' },
      need: 'food.hot_meals',
      to: { partner: 'church', name: 'First Church' },
      classes: ['identity', 'needs', 'substance_use'],
    });
    const { link } = await net.maria.call.referrals.send({ referral: referral.id, revision: referral.revision });
    const post = (path: string, fields: Record<string, string>, language = 'en') =>
      fetch(`${net.app.url}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded', origin: net.app.url, 'accept-language': language },
        body: new URLSearchParams(fields),
      });
    return { person, referral: referral.id, link: link!, post };
  }

  it('reads what was consented to and answers once by the link', async () => {
    await using net = await network(engine);
    const { person, referral, link, post } = await partner(net);
    expect(link.path).toBe(`/referral#${link.token}`);
    const empty = await fetch(`${net.app.url}/referral`);
    expect([empty.status, empty.headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(await empty.text()).toContain('<script src="/referral.js">');

    const page = await post('/referral', { token: link.token });
    expect([page.status, page.headers.get('cache-control'), page.headers.get('referrer-policy')]).toEqual([200, 'no-store', 'no-referrer']);
    const html = await page.text();
    expect(FIELD_CLASSES.filter((each) => html.includes(canary(each)))).toEqual(['identity']);
    expect(html).toContain('Harbor House');
    expect(html).toContain('42 CFR part 2');
    expect(html).toContain('Soup kitchen');
    expect(html).not.toContain(person);
    expect(html.length).toBeLessThan(12_000);
    for (const [language, words] of [
      ['es-MX,es;q=0.9', 'Su respuesta'],
      ['fr', 'Votre réponse'],
      ['ar', 'dir="rtl"'],
    ] as const)
      expect(await (await post('/referral', { token: link.token }, language)).text()).toContain(words);
    expect((await net.maria.call.referrals.get({ referral })).state).toBe('seen');

    expect((await post('/referral/answer', { token: link.token, event: 'decline', reason: '' })).status, 'without a reason').toBe(422);
    expect((await post('/referral/answer', { token: link.token, event: 'withdraw' })).status, 'not theirs').toBe(400);
    const thanks = await post('/referral/answer', { token: link.token, event: 'accept', reason: '', note: 'Come <b>at six</b>.' });
    expect([thanks.status, await thanks.text()]).toEqual([200, expect.stringContaining('Thank you. \u2068Harbor House\u2069')]);
    for (const [path, fields] of [
      ['/referral', { token: link.token }],
      ['/referral/answer', { token: link.token, event: 'connect' }],
      ['/referral', { token: 'A'.repeat(32) }],
      ['/referral', { token: '' }],
    ] as const) {
      const gone = await post(path, fields);
      expect([path, gone.status === 410 || gone.status === 400]).toEqual([path, true]);
      expect(await gone.text()).not.toContain('Canary');
    }
    const { entries } = await net.maria.call.people.get({ person });
    expect(foldRecord(entries).referrals[0]?.events.at(-1)).toMatchObject({ event: 'accept', by: 'receiver', note: 'Come <b>at six</b>.' });
    // The next step needs a new link.
    const renewed = await net.maria.call.referrals.link({ referral });
    expect(await (await post('/referral/answer', { token: renewed.token, event: 'connect' })).text()).toContain('Thank you');
    expect((await net.maria.call.referrals.get({ referral })).state).toBe('connected');
  });

  it('finds the link closed after the consent was withdrawn, the time has passed, or another link was made', async () => {
    await using net = await network(engine);
    const { person, referral, link, post } = await partner(net);
    const renewed = await net.maria.call.referrals.link({ referral });
    expect((await post('/referral', { token: link.token })).status, 'the first link').toBe(410);
    expect((await post('/referral', { token: renewed.token })).status).toBe(200);
    const { entries } = await net.maria.call.people.get({ person });
    const given = entries.find((entry) => entry.payload.kind === 'consent')!.payload as { consent: string };
    await net.maria.call.people.add({ person, entries: [{ payload: { kind: 'consent_withdrawn', consent: given.consent } }] });
    const closed = await post('/referral', { token: renewed.token });
    expect([closed.status, (await closed.text()).includes('Canary')]).toEqual([410, false]);
    expect((await post('/referral/answer', { token: renewed.token, event: 'accept' })).status).toBe(410);
    const rows = await net.app.deps.casework.db.selectFrom('referral_link').selectAll().execute();
    expect(JSON.stringify(rows)).not.toContain(renewed.token);
  });

  it('has one answer, however many are sent at once', async () => {
    await using net = await network(engine);
    const { link, post } = await partner(net);
    await post('/referral', { token: link.token });
    const answers = await Promise.all(Array.from({ length: 10 }, () => post('/referral/answer', { token: link.token, event: 'accept' })));
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, ...Array.from({ length: 9 }, () => 410)]);
  });
});
