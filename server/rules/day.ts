// The day of a decision, as the command line gives it.

import { toDayNumber } from '#shared/intake/dates.ts';
import { UsageError } from '#server/command.ts';

/** @returns YYYY-MM-DD; today where none is given */
export function parseDay(given: string | undefined): string {
  if (given === undefined) return new Date().toISOString().slice(0, 10);
  if (Number.isNaN(toDayNumber(given))) throw new UsageError(`"${given}" is no day. Write --on 2026-05-01.`);
  return given;
}
