// Into whose hands a person goes and how long their record is kept: offers that change hands only when accepted, another agency only
// with consent to all of it; holds that stop an erasure; the retention clock; a closing that nobody approves for themselves.

import { describe, expect, it } from 'vitest';
import type { EntryPayload } from '#shared/casework/entry.ts';
import { FIELD_CLASSES } from '#shared/intake/field-class.ts';
import { listAudit } from '#server/audit/audit.ts';
import { LOOK_RULE } from '#server/casework/looks.ts';
import { testApp } from '../support/test-app.ts';
import { CANARY_ENTRIES, consentTo, findCanaries } from './canaries.ts';
import { hire, type Member } from './staff.ts';

const NOW = Date.parse('2026-11-22T09:00:00Z');
const DAY = 86_400_000;

async function house(engine: 'sqlite' | 'postgres') {
  const time = { now: NOW };
  const app = await testApp({ engine, clock: () => time.now });
  const worker = await hire(app, 'case_manager', { agency: 'Harbor House', team: 'families' });
  const colleague = await hire(app, 'case_manager', { agency: 'Harbor House', team: 'nights' });
  const boss = await hire(app, 'supervisor', { agency: 'Harbor House', team: 'families' });
  const partner = await hire(app, 'case_manager', { agency: 'Other Shore', team: 'east' });
  return Object.assign(app, { time, worker, colleague, boss, partner });
}

const refused = (call: Promise<unknown>) =>
  call.then(
    () => 'open',
    (error: Error) => error.message,
  );
const seenBy = async (who: Member, person: string) =>
  findCanaries(JSON.stringify(await who.call.people.get({ person }).catch((error: Error) => error.message)));
const NO_SUCH = /no such record/;

const closing = (id: string): Extract<EntryPayload, { kind: 'closing' }> => ({
  kind: 'closing',
  closing: id,
  reason: 'goals_reached',
  summary: 'Done.',
  goals: {},
  followUpDays: [],
  checklist: { accessStable: { value: true }, supportInPlace: { value: true }, knowsWayBack: { value: true } },
});

describe.each(['sqlite', 'postgres'] as const)('on %s', (engine) => {
  it('somebody offered to a colleague stays where they are until it is accepted, once, by whom it was meant for', async () => {
    await using app = await house(engine);
    const { worker, colleague, boss, partner } = app;
    const { id } = await worker.call.people.create({ entries: CANARY_ENTRIES });
    expect(await refused(colleague.call.people.offer({ person: id, to: { worker: colleague.id } }))).toMatch(/own worker/);
    expect(await refused(worker.call.people.offer({ person: id, to: { worker: partner.id } }))).toMatch(/Nobody of your agency/);
    const { id: offer } = await worker.call.people.offer({ person: id, to: { worker: colleague.id }, note: 'CanarynotesZq goes along.' });
    expect(await refused(boss.call.people.offer({ person: id, to: { worker: boss.id } }))).toMatch(/offered to somebody already/);
    expect((await worker.call.people.custody({ person: id })).offer).toMatchObject({ to: { worker: colleague.id }, may: ['withdraw'] });
    expect((await colleague.call.people.alerts()).offers).toBe(1);
    const [waiting] = await colleague.call.people.offers();
    expect(waiting).toMatchObject({
      id: offer,
      label: 'CanaryidentityZq Byname',
      note: 'CanarynotesZq goes along.',
      may: ['accept', 'decline'],
    });
    expect(await partner.call.people.offers()).toEqual([]);
    for (const [who, said] of [
      [worker, /somebody else to say/],
      [boss, /somebody else to say/],
      [partner, NO_SUCH],
    ] as const)
      expect(await refused(who.call.people.answerOffer({ offer, answer: 'accepted' }))).toMatch(said);
    expect(await seenBy(colleague, id)).toEqual(['identity', 'contact', 'needs']);

    await colleague.call.people.answerOffer({ offer, answer: 'accepted' });
    expect(await refused(colleague.call.people.answerOffer({ offer, answer: 'accepted' }))).toMatch(/answered already/);
    expect(await seenBy(colleague, id)).toHaveLength(FIELD_CLASSES.length);
    // Another team's now: what any colleague sees is all that is left.
    expect(await seenBy(worker, id)).toEqual(['identity', 'contact', 'needs']);
    expect((await worker.call.caseload.mine()).people).toEqual([]);
    expect((await colleague.call.caseload.mine()).people).toHaveLength(1);
    const rows = await listAudit(app.deps.casework.db, { recordId: id, limit: 50 });
    expect(rows.map(({ action }) => action)).toEqual(expect.arrayContaining(['person.offer', 'person.offer_accepted']));
    expect(findCanaries(JSON.stringify(rows))).toEqual([]);
  });

  it('an offer that is declined or taken back changes nothing', async () => {
    await using app = await house(engine);
    const { worker, colleague, boss } = app;
    const { id } = await worker.call.people.create({ entries: [] });
    for (const [who, answer] of [
      [colleague, 'declined'],
      [worker, 'withdrawn'],
      [boss, 'withdrawn'],
    ] as const) {
      const { id: offer } = await worker.call.people.offer({ person: id, to: { worker: colleague.id } });
      await who.call.people.answerOffer({ offer, answer });
      expect((await worker.call.people.custody({ person: id })).offer).toBeNull();
    }
    expect((await worker.call.people.get({ person: id })).person.worker).toBe(worker.id);
    // A supervisor who gives them to somebody at once settles it too.
    const { id: offer } = await worker.call.people.offer({ person: id, to: { worker: colleague.id } });
    await boss.call.people.assign({ person: id, worker: boss.id, team: null });
    expect((await boss.call.people.custody({ person: id })).offer).toBeNull();
    expect(await refused(colleague.call.people.answerOffer({ offer, answer: 'accepted' }))).toMatch(/answered already/);
  });

  it('to another agency a record goes whole, with consent to all of it, and nothing of it is left with the first one', async () => {
    await using app = await house(engine);
    const { worker, colleague, boss, partner } = app;
    const newcomer = await hire(app, 'intake', { agency: 'Other Shore', team: 'east' });
    const { id } = await worker.call.people.create({ entries: CANARY_ENTRIES });
    const to = { agency: partner.agency };
    const offer = () => worker.call.people.offer({ person: id, to });
    const consent = (consentId: string, classes: readonly (typeof FIELD_CLASSES)[number][]) =>
      worker.call.people.add({ person: id, entries: [{ payload: consentTo(partner.agency, classes, { id: consentId, from: NOW }) }] });
    expect(await refused(offer())).toMatch(/whole record/);
    await consent('some', ['identity', 'contact']);
    expect(await refused(offer())).toMatch(/whole record/);
    await consent('all', FIELD_CLASSES);
    const { id: made } = await offer();
    expect(await partner.call.people.offers()).toMatchObject([{ id: made, may: ['accept', 'decline'] }]);
    expect(await newcomer.call.people.offers()).toEqual([]);
    // Consent that was taken back meanwhile: nobody there hears of it any more, and it cannot be accepted.
    await worker.call.people.add({ person: id, entries: [{ payload: { kind: 'consent_withdrawn', consent: 'all' } }] });
    expect(await refused(partner.call.people.answerOffer({ offer: made, answer: 'accepted' }))).toMatch(/whole record/);
    await worker.call.people.add({ person: id, entries: [{ payload: { kind: 'consent_withdrawn', consent: 'some' } }] });
    expect(await partner.call.people.offers()).toEqual([]);
    expect(await refused(partner.call.people.answerOffer({ offer: made, answer: 'accepted' }))).toMatch(NO_SUCH);
    await consent('again', FIELD_CLASSES);
    await partner.call.people.answerOffer({ offer: made, answer: 'accepted' });

    expect(await seenBy(partner, id)).toHaveLength(FIELD_CLASSES.length);
    for (const who of [worker, colleague, boss]) {
      expect(await refused(who.call.people.get({ person: id }))).toMatch(NO_SUCH);
      expect(await who.call.people.find({ name: 'Byname' })).toEqual([]);
    }
    expect((await worker.call.caseload.mine()).people).toEqual([]);
    expect((await partner.call.people.find({ name: 'Byname' })).map((found) => found.id)).toEqual([id]);
  });

  it('a record on hold is neither erased nor given away until the hold is lifted', async () => {
    await using app = await house(engine);
    const { worker, boss, partner } = app;
    const { id } = await worker.call.people.create({ entries: [{ payload: consentTo(partner.agency, FIELD_CLASSES, { from: NOW }) }] });
    await boss.call.people.hold({ person: id, reason: 'CanarylegalZq: a court asks for it.' });
    expect(await refused(boss.call.people.hold({ person: id, reason: 'Again.' }))).toMatch(/held already/);
    expect((await worker.call.people.custody({ person: id })).hold).toMatchObject({
      by: boss.id,
      reason: 'CanarylegalZq: a court asks for it.',
    });
    expect(await refused(boss.call.people.erase({ person: id, why: 'asked_by_person' }))).toMatch(/must be kept/);
    expect(await refused(worker.call.people.offer({ person: id, to: { agency: partner.agency } }))).toMatch(/must be kept here/);
    await boss.call.people.liftHold({ person: id });
    expect(await refused(boss.call.people.liftHold({ person: id }))).toMatch(/not held any more/);
    expect(await boss.call.people.erase({ person: id, why: 'asked_by_person' })).toEqual({ forgotten: true, listed: true });
    expect(findCanaries(JSON.stringify(await listAudit(app.deps.casework.db, { limit: 100 })))).toEqual([]);
  });

  it('who was closed and not written about for as long as records are kept is listed, held or not, and nobody else', async () => {
    await using app = await house(engine);
    const { worker, boss, time } = app;
    const close = async (label: string) => {
      const { id } = await worker.call.people.create({ entries: [{ payload: { kind: 'identity', mode: 'anonymous', label } }] });
      await worker.call.people.add({ person: id, entries: [{ payload: closing('c') }] });
      await boss.call.caseload.decide({ person: id, closing: 'c', decision: 'approved' });
      return id;
    };
    const [old, held, written] = [await close('old'), await close('held'), await close('written')];
    await worker.call.people.create({ entries: [{ payload: { kind: 'note', text: 'open' } }] });
    await worker.call.people.create({ entries: [{ payload: { kind: 'note', text: 'helped' } }], helped: true });
    await boss.call.people.hold({ person: held, reason: 'A complaint.' });
    expect((await worker.call.people.custody({ person: old })).keptUntil).toBe('2033-11-22T09:00:00.000Z');
    const listed = async () => (await boss.call.people.retained()).people.map(({ label, held: isHeld }) => [label, isHeld]);
    time.now = Date.parse('2033-11-22T08:59:59Z');
    await worker.call.people.add({ person: written, entries: [{ payload: { kind: 'note', text: 'wrote a letter' } }] });
    expect(await listed()).toEqual([]);
    time.now += 2000;
    expect((await listed()).toSorted()).toEqual([
      [null, false],
      ['held', true],
      ['old', false],
    ]);
    expect((await boss.call.people.alerts()).supervise?.retention).toBe(2);
    await boss.call.people.erase({ person: old, why: 'retention_ended' });
    expect((await listed()).map(([label]) => label)).not.toContain('old');
    // A longer time of the agency's own.
    await app.deps.settings.set('agency', boss.agency, { key: 'casework.retentionYears', value: 10 });
    expect(await boss.call.people.retained()).toEqual({ years: 10, people: [] });
    await expect(worker.call.people.retained()).rejects.toThrow(/role does not allow/);
  });

  it('who asked for a closing does not approve it, unless the agency has no other supervisor: then that is on record', async () => {
    await using app = await house(engine);
    const { worker, boss } = app;
    const { id } = await boss.call.people.create({ entries: [{ payload: closing('mine') }] });
    // Alone in the agency, the first supervisor may.
    expect((await boss.call.caseload.approvals()).map(({ askedBy }) => askedBy)).toEqual(['reader_alone']);
    const second = await hire(app, 'supervisor', { agency: 'Harbor House', team: 'nights' });
    expect((await boss.call.caseload.approvals()).map(({ askedBy }) => askedBy)).toEqual(['reader']);
    const approve = { person: id, closing: 'mine', decision: 'approved' } as const;
    expect(await refused(boss.call.caseload.decide(approve))).toMatch(/You asked for this closing yourself/);
    expect((await second.call.caseload.approvals()).map(({ askedBy }) => askedBy)).toEqual(['another']);
    await app.deps.db
      .updateTable('account')
      .set({ disabled: (engine === 'postgres' ? true : 1) as never })
      .where('id', '=', second.id)
      .execute();
    await boss.call.caseload.decide(approve);
    const rows = await listAudit(app.deps.casework.db, { recordId: id, limit: 50 });
    expect(rows.find(({ action }) => action === 'caseload.decide_own')).toMatchObject({
      actor: boss.id,
      reason: 'own no_other_supervisor',
    });
    const { id: other } = await worker.call.people.create({ entries: [{ payload: closing('theirs') }] });
    await boss.call.caseload.decide({ person: other, closing: 'theirs', decision: 'approved' });
    const others = await listAudit(app.deps.casework.db, { recordId: other, limit: 50 });
    expect(others.some(({ action }) => action === 'caseload.decide_own')).toBe(false);
  });

  it('an emergency access is announced to supervisors until one looked at it, and to the person’s own worker', async () => {
    await using app = await house(engine);
    const { worker, colleague, boss, partner, time } = app;
    const { id } = await worker.call.people.create({ entries: CANARY_ENTRIES });
    await colleague.call.people.breakGlass({ person: id, reason: 'Somebody is in danger.' });
    expect((await boss.call.people.alerts()).supervise).toMatchObject({ glass: 1 });
    expect((await partner.call.people.alerts()).supervise).toBeNull();
    expect((await worker.call.people.alerts()).glassOnMine).toEqual([id]);
    expect((await worker.call.people.get({ person: id })).glass).toEqual([
      { by: colleague.id, at: new Date(NOW).toISOString(), outcome: null },
    ]);
    expect((await colleague.call.people.get({ person: id })).glass).toEqual([]);
    const [row] = await boss.call.people.glassQueue();
    await boss.call.people.reviewGlass({ id: row!.id, outcome: 'not_justified', note: 'Nobody was in danger.' });
    expect((await boss.call.people.alerts()).supervise).toMatchObject({ glass: 0 });
    expect((await worker.call.people.get({ person: id })).glass).toMatchObject([{ outcome: 'not_justified' }]);
    time.now += 15 * DAY;
    expect((await worker.call.people.get({ person: id })).glass).toEqual([]);
    expect((await worker.call.people.alerts()).glassOnMine).toEqual([]);
  });

  it('an only supervisor’s own emergency access stays open, and whoever appoints supervisors is told that one is missing', async () => {
    await using app = await house(engine);
    const { worker, colleague, boss, partner } = app;
    const admin = await hire(app, 'admin', { agency: 'Harbor House' });
    const { id } = await worker.call.people.create({ entries: CANARY_ENTRIES });
    await colleague.call.people.breakGlass({ person: id, reason: 'Somebody is in danger.' });
    expect(await admin.call.people.unwatched(), 'a supervisor may look at a colleague’s').toEqual([]);
    await boss.call.people.breakGlass({ person: id, reason: 'CanarynotesZq: somebody is in danger.' });
    const [mine] = (await boss.call.people.glassQueue()).filter(({ by }) => by === boss.id);
    expect(await refused(boss.call.people.reviewGlass({ id: mine!.id, outcome: 'justified', note: 'I was right.' }))).toMatch(
      /Somebody else/,
    );
    app.time.now += 400 * DAY;
    expect((await boss.call.people.alerts()).supervise).toMatchObject({ glass: 1, glassAlone: 1 });
    expect((await worker.call.people.alerts()).glassOnMine, 'their own worker is told as long').toEqual([id]);
    expect(await admin.call.people.unwatched()).toEqual([{ agency: 'Harbor House', count: 1, since: new Date(NOW).toISOString() }]);
    for (const who of [worker, colleague, boss, partner]) expect(await refused(who.call.people.unwatched())).toMatch(/role does not allow/);

    const second = await hire(app, 'supervisor', { agency: 'Harbor House' });
    expect((await boss.call.people.alerts()).supervise).toMatchObject({ glassAlone: 0 });
    expect((await second.call.people.alerts()).supervise).toMatchObject({ glass: 2, glassAlone: 0 });
    expect(await admin.call.people.unwatched()).toEqual([]);
    await second.call.people.reviewGlass({ id: mine!.id, outcome: 'justified', note: 'The night was dangerous.' });
    expect((await second.call.people.alerts()).supervise).toMatchObject({ glass: 1 });
  });

  it('who opens many people not their own, is refused often, or opens a namesake is listed with the figures; looking at one’s own is not', async () => {
    await using app = await house(engine);
    const { worker, colleague, boss, time } = app;
    const ids: string[] = [];
    for (let i = 0; i < LOOK_RULE.others; i++)
      ids.push(
        (
          await worker.call.people.create({
            // The name of the colleague's account ends in its number.
            entries: [{ payload: { kind: 'identity', mode: 'named', familyName: { value: `Muster${i}` } } }],
          })
        ).id,
      );
    for (const person of ids) await worker.call.people.get({ person });
    for (const person of ids.slice(1)) await colleague.call.people.get({ person });
    const of = async (who: Member) => (await boss.call.people.looks()).workers.find(({ account }) => account === who.id);
    expect(await of(worker)).toMatchObject({ people: ids.length, others: 0, findings: [] });
    expect(await of(colleague)).toMatchObject({ others: LOOK_RULE.others - 1, refused: 0, findings: [] });
    await colleague.call.people.get({ person: ids[0]! });
    expect(await of(colleague)).toMatchObject({ others: LOOK_RULE.others, sameName: 0, findings: ['others'] });
    expect((await boss.call.people.alerts()).supervise).toMatchObject({ looks: 1 });
    for (let i = 0; i < LOOK_RULE.refused; i++) await refused(colleague.call.people.get({ person: ids[0]!.replace(/.{6}$/, 'zzzzzz') }));
    expect((await of(colleague))?.findings).toEqual(['others', 'refused']);
    await app.deps.db.updateTable('account').set({ name: 'Pat MÚSTER3' }).where('id', '=', colleague.id).execute();
    expect(await of(colleague)).toMatchObject({ sameName: 1, findings: ['others', 'refused', 'same_name'] });
    time.now += (LOOK_RULE.days + 1) * DAY;
    expect(await of(colleague)).toBeUndefined();
    await expect(worker.call.people.looks()).rejects.toThrow(/role does not allow/);
  });
});
