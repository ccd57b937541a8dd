// What matching elsewhere than here needs of eligibility: rules compiled, areas, the sentences.

export { createAreas } from './areas.ts';
export { createDecider } from './decider.ts';
export { inputsOfJudged } from './judged-facts.ts';
export { ELIGIBILITY_MESSAGES } from './messages/index.ts';
export { compileRules } from './rule-set.ts';
