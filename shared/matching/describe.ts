// One match as it is shown: only the rows of the answer come this far.

import { VERDICTS } from '../eligibility/rule.ts';
import type { RankedRow } from './ranking.ts';
import { ReasonWriter } from './reason-writer.ts';
import type { Match } from './request.ts';
import { totalScore } from './score.ts';
import type { Shown } from './shown.ts';

/** Rows as they are shown. Those that share a rule and an area share their reasons, and equal conditions their sentences. */
export function describeMatches(shown: Shown, rows: readonly RankedRow[]): { matches: Match[]; waiting: string[] } {
  const writer = new ReasonWriter(shown);
  const matches = rows.map((row) => describeMatch(shown, row, writer));
  return { matches, waiting: [...writer.waiting] };
}

function describeMatch(shown: Shown, { row, way }: RankedRow, writer: ReasonWriter): Match {
  const { context, opening, scorer, travel } = shown;
  const { index } = context;
  const known = way >= 0;
  const seconds = known ? travel.seconds[way]! : undefined;
  const parts = scorer.parts(row, seconds === undefined ? undefined : seconds * 1000);
  return {
    resource: context.resource?.(row) ?? {
      id: index.id(row),
      service: index.service(row),
      organization: index.organization(row),
      location: index.location(row),
    },
    verdict: VERDICTS[scorer.verdict(row)]!,
    reasons: writer.reasonsOf(row),
    meters: known ? Math.round(travel.meters[way]!) : null,
    minutes: seconds === undefined ? null : Math.round(seconds / 6) / 10,
    estimated: known && travel.estimated[way] === 1,
    open: opening.describe(index.timetableNumber(row)),
    score: { total: totalScore(parts), parts },
  };
}
