// What an answer was worked out with, for the few rows of it that are shown.

import type { Decision } from '../eligibility/evaluate.ts';
import type { MatchContext } from './context.ts';
import type { OpeningTimes } from './opening-times.ts';
import type { RowTravel } from './reach.ts';
import type { Scorer } from './scorer.ts';

export interface Shown {
  context: MatchContext;
  decision: Decision;
  opening: OpeningTimes;
  scorer: Scorer;
  travel: RowTravel;
}
