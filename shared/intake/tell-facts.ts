// What is known of somebody, written down again as JSON: only these facts, in one form whichever way they were told, without when
// or from what. Whatever is declined, stale or not known is left out alike.

import type { FactCatalogue } from './catalogue.ts';
import { toDaySpan, toIsoDate } from './dates.ts';
import type { FactType, Facts, FactValue } from './facts.ts';
import type { KnownFact, KnownFacts, Possibility } from './possibility.ts';

/** Of members too only the facts that are named. Money is per year. */
export function tellFacts(known: KnownFacts, ids: ReadonlySet<string>, catalogue: FactCatalogue): Facts {
  return Object.fromEntries(
    [...known].flatMap(([id, fact]): [string, FactValue][] => {
      const value = ids.has(id) ? tellFact(fact, { type: catalogue.find(id)?.type, ids, catalogue }) : undefined;
      return value === undefined ? [] : [[id, value]];
    }),
  );
}

interface Telling {
  type: FactType | undefined;
  ids: ReadonlySet<string>;
  catalogue: FactCatalogue;
}

function tellFact({ possible, declined, stale }: KnownFact, { type, ids, catalogue }: Telling): FactValue | undefined {
  if (declined || stale) return undefined;
  switch (possible.kind) {
    case 'unknown':
      return undefined;
    case 'interval':
    case 'numbers':
      return tellNumber(possible, type);
    case 'words':
      return possible.values.length === 1 ? possible.values[0]! : { oneOf: [...possible.values] };
    case 'items':
      return possible.complete ? [...possible.has] : { includes: [...possible.has], excludes: [...possible.lacks] };
    case 'point':
      return { lon: possible.lon, lat: possible.lat };
    case 'members':
      return { items: possible.members.map((member) => tellFacts(member, ids, catalogue)), complete: possible.complete };
  }
}

function tellNumber(possible: Extract<Possibility, { kind: 'interval' | 'numbers' }>, type: FactType | undefined): FactValue | undefined {
  const per = type === 'money' ? { per: 'year' as const } : {};
  if (type === 'date') return tellDate(possible);
  if (possible.kind === 'numbers') return { oneOf: [...possible.values], ...per };
  const { low, high } = possible;
  if (low === high) return type === 'money' ? { value: low, ...per } : low;
  if (low > -Infinity && high < Infinity) return { between: [low, high], ...per };
  if (low > -Infinity) return { atLeast: low, ...per };
  return high < Infinity ? { atMost: high, ...per } : undefined;
}

/** A day, a month or a year; any other span has no form of its own and is left out. */
function tellDate(possible: Extract<Possibility, { kind: 'interval' | 'numbers' }>): FactValue | undefined {
  if (possible.kind === 'numbers') return { oneOf: possible.values.map(toIsoDate) };
  const { low, high } = possible;
  if (!Number.isFinite(low) || !Number.isFinite(high)) return undefined;
  const day = toIsoDate(low);
  return [day, day.slice(0, 7), day.slice(0, 4)].find((written) => {
    const span = toDaySpan(written);
    return span?.first === low && span.last === high;
  });
}
