// What other features know of plugins beside their contributions.

export type { CallRecord } from './cage/cage.ts';
export { listElsewhere, type ForAgency } from './for-agency.ts';
