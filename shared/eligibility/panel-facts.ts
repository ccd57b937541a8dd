// Facts that only some places ask for, made up for the panel by what they declare of themselves: the shares of their answers, their
// unit, their type. Where nothing is declared they are spread evenly or around the household's own income, which tells that a rule
// divides people, and not how many.

import type { FactDefinition, Facts, FactValue } from '../intake/facts.ts';
import { Draw } from '../platform/draw.ts';

/** Of a list whose answers state no share: how often each is in it. */
const IN_A_LIST = 0.2;
const MOST = 10;
const CURRENCY = /^[A-Z]{3}$/;
/** What households have put by: half of them less than this, in their own money. */
const MEDIAN_SAVINGS = 800;
/** Days are drawn from the years before this one, which stands for today: a panel is the same whenever it is made. */
const TODAY = Date.UTC(2026, 0, 1);
const DAY_MS = 86_400_000;

/** The same for the same household whatever else is drawn; undefined where it is worked out, a place, or members of the household. */
export function drawFact(fact: FactDefinition, told: Facts, seed: number): FactValue | undefined {
  if (fact.computed !== undefined || fact.judged !== undefined) return undefined;
  const draw = new Draw(seed ^ hash(fact.id));
  // The first numbers of neighbouring seeds are alike.
  draw.next();
  switch (fact.type) {
    case 'boolean':
      return draw.chance(fact.share ?? 0.5);
    case 'choice':
      return drawOption(fact, draw);
    case 'choices':
      return (fact.options ?? []).flatMap(({ value, share }) => (draw.chance(share ?? IN_A_LIST) ? [value] : []));
    case 'money':
      return { value: Math.round(incomeOf(told) * draw.next() * 1.2), per: 'month' };
    case 'number':
      return drawNumber(fact, told, draw);
    case 'age':
      return draw.whole(0, 90);
    case 'date':
      return new Date(TODAY - draw.whole(0, 3 * 365) * DAY_MS).toISOString().slice(0, 10);
    case 'place':
    case 'members':
      return undefined;
  }
}

function drawOption({ options = [] }: FactDefinition, draw: Draw): string | undefined {
  if (options.length === 0) return undefined;
  const stated = options.some(({ share }) => share !== undefined);
  return draw.weighted(options.map(({ value, share }) => [value, stated ? (share ?? 0) : 1] as const));
}

function drawNumber({ unit = '' }: FactDefinition, told: Facts, draw: Draw): number {
  if (CURRENCY.test(unit)) return draw.chance(0.3) ? 0 : Math.round(MEDIAN_SAVINGS * Math.exp(1.6 * draw.normal()));
  const size = told['household.size'];
  return draw.whole(unit === 'people' ? 1 : 0, unit === 'people' && typeof size === 'number' ? Math.min(2, size) : MOST);
}

/** A month. */
function incomeOf(told: Facts): number {
  const income = told['household.income'];
  return typeof income === 'object' && 'value' in income && typeof income.value === 'number' ? income.value : 0;
}

/** FNV-1a. */
function hash(text: string): number {
  let bits = 0x811c9dc5;
  for (const char of text) bits = Math.imul(bits ^ char.codePointAt(0)!, 0x01000193);
  return bits >>> 0;
}
