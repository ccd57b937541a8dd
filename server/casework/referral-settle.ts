// Time and consent move referrals too. Whoever looks at one sees it as it stands at that moment, and a round through all of them
// does the same for those that nobody looks at: who waits for an answer is not left waiting because nobody asked.

import { setTimeout as delay } from 'node:timers/promises';
import { disclosableClasses } from '#shared/casework/consent.ts';
import { isOpen } from '#shared/casework/referral.ts';
import type { ServerDeps } from '../deps.ts';
import { listConsents } from './consents.ts';
import type { CaseworkTransaction } from './entries.ts';
import { inCasework } from './gate.ts';
import type { CaseworkDeps } from './worker.ts';
import { releaseAllOverdue } from './places.ts';
import { findReferral, moveReferral, type ReferralRow } from './referral-store.ts';

const ENDED = ['closed', 'withdrawn', 'expired', 'revoked'] as const;
/** Limits are of days, holds of hours: to the minute is soon enough. */
const ROUND_MS = 60_000;
const PAGE = 100;

type Which = { referral: string } | { person: string } | { agency: string };

/**
 * Brings referrals up to this moment: the receiver's access ends with the consent, and what has stood too long moves on. Before a
 * referral is moved this has a transaction of its own, so that it stays even where what follows is refused.
 */
export async function settleReferrals(deps: CaseworkDeps, which: Which): Promise<void> {
  await inCasework(deps, (trx) => settleWithin(trx, deps, which));
}

export async function settleWithin(trx: CaseworkTransaction, deps: CaseworkDeps, which: Which): Promise<void> {
  const rows = await trx
    .selectFrom('referral')
    .selectAll()
    .where((eb) => {
      if ('referral' in which) return eb('id', '=', which.referral);
      if ('person' in which) return eb('person_id', '=', which.person);
      return eb.or([eb('to_agency', '=', which.agency), eb('from_agency', '=', which.agency)]);
    })
    .where('state', 'not in', ENDED)
    .execute();
  for (const row of rows) await settle(trx, deps, row);
}

/** Of an agency's own referrals: those whose time has passed move on. */
export async function settleOverdue(deps: CaseworkDeps, agency: string): Promise<void> {
  await inCasework(deps, async (trx) => {
    const at = new Date(deps.clock()).toISOString();
    const rows = await trx.selectFrom('referral').selectAll().where('from_agency', '=', agency).where('until', '<=', at).execute();
    for (const row of rows) await settle(trx, deps, row);
  });
}

async function settle(trx: CaseworkTransaction, deps: CaseworkDeps, row: ReferralRow): Promise<void> {
  const now = deps.clock();
  const at = new Date(now).toISOString();
  const mover = { account: 'clock', agency: row.from_agency };
  if (isOpen(row.state) && row.state !== 'draft') {
    const consents = (await listConsents(trx, row.person_id)).filter(
      (each) => each.purpose === 'referral' && each.recipient === row.recipient,
    );
    if (disclosableClasses(consents, { purpose: 'referral', recipient: row.recipient, at }).length === 0) {
      const by = consents.some((consent) => consent.withdrawnAt !== null) ? 'person' : 'clock';
      await moveReferral(trx, deps, { row, mover: { ...mover, by }, move: { event: 'revoke' }, now });
      return;
    }
  }
  if (row.until !== null && row.until <= at)
    await moveReferral(trx, deps, { row, mover: { ...mover, by: 'clock' }, move: { event: 'expire' }, now });
}

type RoundDeps = CaseworkDeps & Pick<ServerDeps, 'background' | 'log'>;

/**
 * One round: places whose time is over are free again, and every referral whose time or consent has ended moves on, each in a
 * transaction of its own. Two servers may go round at once; what one of them did the other one finds done.
 *
 * @returns how many referrals moved
 */
export async function followTimeLimits(deps: RoundDeps): Promise<number> {
  await inCasework(deps, (trx) => releaseAllOverdue(trx, new Date(deps.clock()).toISOString()));
  let moved = 0;
  let last = '';
  for (;;) {
    const page = await listOverdue(deps, last);
    for (const id of page) {
      await deps.background.pause();
      if (await moveOn(deps, id)) moved += 1;
    }
    if (page.length < PAGE) return moved;
    last = page.at(-1)!;
  }
}

/** Goes round now, and then every minute until the server closes, which waits for the round to end. */
export function startTimeLimits(deps: RoundDeps, { everyMs = ROUND_MS } = {}): void {
  const { signal } = deps.background;
  const round = async () => {
    while (!signal.aborted) {
      try {
        await followTimeLimits(deps);
        await delay(everyMs, undefined, { signal, ref: false });
      } catch (error) {
        if (signal.aborted) return;
        deps.log.error({ error: error instanceof Error ? error.message : String(error) }, 'time limits of referrals');
        await delay(everyMs, undefined, { signal, ref: false }).catch(() => undefined);
      }
    }
  };
  void deps.background.note(round());
}

/** Those that are out of time, or out with no consent that covers anything of them any more. */
async function listOverdue({ casework, clock }: RoundDeps, after: string): Promise<string[]> {
  const at = new Date(clock()).toISOString();
  const rows = await casework.db
    .selectFrom('referral')
    .select('id')
    .where('id', '>', after)
    .where('state', 'not in', ENDED)
    .where((eb) =>
      eb.or([
        eb('until', '<=', at),
        eb.and([
          eb('state', '!=', 'draft'),
          eb.not(
            eb.exists(
              eb
                .selectFrom('person_consent')
                .select('person_consent.person_id')
                .whereRef('person_consent.person_id', '=', 'referral.person_id')
                .whereRef('person_consent.recipient', '=', 'referral.recipient')
                .where('person_consent.purpose', '=', 'referral')
                .where('person_consent.from_at', '<=', at)
                .where('person_consent.until_at', '>', at)
                .where('person_consent.withdrawn_at', 'is', null),
            ),
          ),
        ]),
      ]),
    )
    .orderBy('id')
    .limit(PAGE)
    .execute();
  return rows.map((row) => row.id);
}

/** One that cannot be moved does not keep the others waiting: it is told to whoever runs the server, and tried again. */
async function moveOn(deps: RoundDeps, referral: string): Promise<boolean> {
  try {
    return await inCasework(deps, async (trx) => {
      const before = await findReferral(trx, referral);
      await settleWithin(trx, deps, { referral });
      return (await findReferral(trx, referral))?.revision !== before?.revision;
    });
  } catch (error) {
    deps.log.error({ referral, error: error instanceof Error ? error.message : String(error) }, 'a referral was not moved on');
    return false;
  }
}
