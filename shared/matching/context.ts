// What a match is worked out from: the directory, the rules, the words, and the request with its place found.

import type { DirectoryIndex } from '../directory/index.ts';
import type { AreaLookup } from '../eligibility/areas.ts';
import type { Decide } from '../eligibility/decider.ts';
import type { RuleSet } from '../eligibility/rule-set.ts';
import type { LonLat } from '../geo/travel.ts';
import type { Judgements } from '../intake/judged.ts';
import type { IntakeQuestion } from '../intake/questions.ts';
import type { Messages } from '../platform/messages.ts';
import type { DescribedConditions } from './described-conditions.ts';
import type { NeedTerms } from './need-terms.ts';
import type { FindRequest, Match } from './request.ts';
import type { ScorePart } from './score.ts';

/** What an answer is worked out from, beside the request. */
export interface MatchContext {
  index: DirectoryIndex;
  ruleSet: RuleSet;
  terms: NeedTerms;
  questions: readonly IntakeQuestion[];
  /** Sentences in the reader's language. */
  messages: Messages;
  /** Extents of areas, where they are known. */
  areas?: AreaLookup;
  /** Region of dated tables, such as "alaska". */
  region?: string | undefined;
  /** What functions of plugins said of the person's judged facts; default: nothing, and those are open. */
  judgements?: Judgements;
  /** Milliseconds since 1970; what "now" is. */
  now: number;
  /** How rules are decided; default: anew for each request. */
  decide?: Decide;
  /** Conditions in words, as they were said before in this language; default: nothing is kept. */
  described?: DescribedConditions;
  /** Which resource a row is, where the caller remembers what it has read; default: read from the index. */
  resource?: (row: number) => Match['resource'];
  /** Parts of the score that count; default all. */
  parts?: ReadonlySet<ScorePart>;
}

/** A request whose place has been found. */
export type PlacedRequest = Omit<FindRequest, 'near'> & { near: LonLat };
