// Matching: ranked resources with reasons for one request.

export type { MatchContext } from './context.ts';
export { DescribedConditions } from './described-conditions.ts';
export { match } from './match.ts';
export { createNeedTerms } from './need-terms.ts';
export type { RowTravel } from './reach.ts';
export { SCORE_PARTS, type FindRequest } from './request.ts';
