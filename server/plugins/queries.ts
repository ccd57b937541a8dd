// What other features know of plugins beside their contributions.

export type { CallRecord } from './cage/cage.ts';
