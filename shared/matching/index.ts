// Matching: ranked resources with reasons for one request.

export type { MatchContext, PlacedRequest } from './context.ts';
export { DEFAULT_LIMIT, match, resolveNeeds } from './match.ts';
export { createNeedTerms, type NeedSynonyms, type NeedTaxonomy, type NeedTerms } from './need-terms.ts';
export { DEFAULT_MINUTES, rowsByArea, toTravelLimit, travelToRows, type RowTravel } from './reach.ts';
export { FindAnswer, FindRequest, Match, OpenState, Reason, SCORE_PARTS } from './request.ts';
export { CHANCE, totalScore, type ScorePart, type ScoreParts } from './score.ts';
