// Eligibility: compile rules once, decide all of them for a person in one pass, explain those that are shown.

export { createAreas, type Area, type AreaLookup } from './areas.ts';
export { evaluate, verdictOf, type Decision, type DecisionOptions } from './evaluate.ts';
export { explain, type Because, type Explanation } from './explain.ts';
export { AREA, type AreaState } from './mask.ts';
export { ELIGIBILITY_MESSAGES } from './messages/index.ts';
export { compileRules, findVersion, type RuleSet } from './rule-set.ts';
export { sayFact, sayReason } from './say.ts';
