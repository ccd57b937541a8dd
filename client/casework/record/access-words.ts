// What the audit's words mean, for whoever reads who looked at a record.

import type { WorkbenchApi } from '#client/workbench/types.ts';
import { RELATIONS } from '#shared/casework/access.ts';
import { PURPOSES } from '#shared/casework/consent.ts';

type Say = WorkbenchApi['t'];

/** Acts that are told apart; whatever else was done to a referral or for a list is told as that. */
const DONE: ReadonlySet<string> = new Set([
  'create',
  'read',
  'write',
  'found',
  'export',
  'log',
  'custody',
  'disclose',
  'assign',
  'offer',
  'offer_accepted',
  'offer_declined',
  'offer_withdrawn',
  'hold',
  'lift_hold',
  'break_glass',
  'review_glass',
  'refused',
  'erase',
  'calendar',
  'letter',
]);

export function sayDone(action: string, t: Say): string {
  const [object, act = ''] = action.split('.');
  if (object === 'referral') return t('case.did.referral');
  return t(object === 'person' && DONE.has(act) ? `case.did.${act}` : 'case.did.list');
}

/** By what relation, or for which purpose; what else stands there is a word for machines, and left out. */
export function sayWhy(why: string, t: Say): string {
  const [first = ''] = why.split(' ');
  if ((RELATIONS as readonly string[]).includes(first)) return t(`case.right.${first}`);
  return (PURPOSES as readonly string[]).includes(first) ? t(`case.purpose.${first}`) : '';
}
