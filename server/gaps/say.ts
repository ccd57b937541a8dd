// An answer as sentences, for whoever reads a terminal.

import type { GapAnswer } from '#shared/gaps/request.ts';

const LISTED = 10;

export function sayGaps({ cells, summary, sure, before, placed, objective, bound, method, spent }: GapAnswer): string {
  const lines = [
    `${method.measure.say} (${method.measure.name}${method.threshold === undefined ? '' : `, up to ${method.threshold}`})`,
    `${people(summary.reached)} of ${people(summary.demand)} people are reached, ${people(summary.unreached)} are not.`,
  ];
  if (sure) lines.push(`By places that can be used for certain ${people(sure.reached)} are reached, ${people(sure.unreached)} are not.`);
  if (before) lines.push(`Without the placed sites ${people(before.unreached)} are not.`);
  if (summary.median !== null) lines.push(`Median ${figure(summary.median)}, mean ${figure(summary.mean ?? 0)} (${method.measure.unit}).`);
  for (const { candidate, gain } of placed ?? []) lines.push(`Place ${candidate}: helps ${people(gain)} people.`);
  if (spent !== undefined) lines.push(`Together they cost ${figure(spent)}.`);
  if (typeof objective === 'number') lines.push(sayBound(objective, bound ?? null));
  const worst = cells.filter(({ demand, value }) => demand > 0 && (value === null || value === 0)).sort((a, b) => b.demand - a.demand);
  if (worst.length > 0)
    lines.push(
      `Cells that nothing reaches, by people: ${worst
        .slice(0, LISTED)
        .map(({ id, demand }) => `${id} (${people(demand)})`)
        .join(', ')}.`,
    );
  return `${[...lines, ...method.notes].join('\n')}\n`;
}

function sayBound(objective: number, bound: number | null): string {
  if (bound === null) return `Objective ${figure(objective)}; how far it is from the best is not known.`;
  if (bound === objective) return `Objective ${figure(objective)}: proven to be the best.`;
  return `Objective ${figure(objective)}; no choice is better than ${figure(bound)}.`;
}

function people(count: number): string {
  return Math.round(count).toLocaleString('en');
}

/** Whole from a thousand on, else with four digits. */
function figure(value: number): string {
  return value.toLocaleString('en', Math.abs(value) >= 1000 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 4 });
}
