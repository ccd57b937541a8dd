// Amounts of money by period, made comparable. Everything is compared per year.

import type { Period } from './facts.ts';

/**
 * How many of a period a year has. Programmes differ (some count 4.3 weeks a month); these are the factors of
 * ordinary arithmetic, 52 weeks and 12 months, and a day is a calendar day.
 */
export const PERIODS_A_YEAR: Readonly<Record<Period, number>> = { day: 365, week: 52, month: 12, year: 1 };

/** An amount per period as an amount per year. Rounded to a hundredth of a cent, so that equal amounts compare equal. */
export function toYearly(amount: number, per: Period): number {
  return Number.isFinite(amount) ? Math.round(amount * PERIODS_A_YEAR[per] * 1e4) / 1e4 : amount;
}

/** An amount per year as an amount per period, rounded to a hundredth of a cent. */
export function fromYearly(yearly: number, per: Period): number {
  return Math.round((yearly / PERIODS_A_YEAR[per]) * 1e4) / 1e4;
}
