// The resources that meet a need within reach, each with its verdict, opening and score: columns, no objects.

import type { DirectoryIndex } from '../directory/index.ts';
import { AREA, AREA_STATES, verdictCode, type AreaState } from '../eligibility/mask.ts';
import { FAILED, MET } from '../eligibility/compare.ts';
import { possibleOf } from '../eligibility/condition.ts';
import type { Decision } from '../eligibility/evaluate.ts';
import type { OpeningTimes } from './opening-times.ts';
import {
  capacityPart,
  CHANCE_BY_CODE,
  freshnessPart,
  languagePart,
  restFactor,
  soonPart,
  type ScorePart,
  type ScoreParts,
} from './score.ts';

/** A way that is assumed for a resource whose way nobody may know or knows, milliseconds. */
const ASSUMED_WAY = 15 * 60_000;
const DAY = 86_400_000;
const INELIGIBLE = verdictCode('ineligible');
const NOT_STATED = verdictCode('not_stated');
/** Puts ineligible ones behind all others while they keep their order among themselves. */
const FOLD = 1000;

export interface Candidates {
  length: number;
  rows: Uint32Array;
  /** Place in the travel arrays; -1: no way is known. */
  travel: Int32Array;
  /** Place in VERDICTS. */
  verdict: Uint8Array;
  area: Uint8Array;
  /** Rule number of the rule set; -1: none. */
  rule: Int32Array;
  /** Sum of the weights of the needs that it meets, as a part of all weights. */
  need: Float32Array;
  /** What they are ordered by. */
  key: Float64Array;
}

export interface ScoreContext {
  index: DirectoryIndex;
  decision: Decision;
  opening: OpeningTimes;
  languages: readonly string[];
  /** Milliseconds since 1970. */
  at: number;
  /** Parts of the score that count. */
  parts: ReadonlySet<ScorePart>;
}

/** Scores of one request over one index. What rows share (rules, areas, needs, languages, hours) is worked out once. */
export class Scorer {
  readonly #context: ScoreContext;
  readonly #ruleNumbers: Int32Array;
  readonly #areaStates = new Map<readonly string[], AreaState>();
  readonly #languages: Float32Array;
  readonly #needs: Float32Array;
  readonly #today: number;
  /** The index holds each distinct capacity once. */
  readonly #capacities = new Map<ReturnType<DirectoryIndex['capacity']>, number>();
  readonly #counts: {
    needCounts: boolean;
    soonCounts: boolean;
    chanceCounts: boolean;
    languageCounts: boolean;
    capacityCounts: boolean;
    freshnessCounts: boolean;
  };

  /** @param needs by need set of the index: how much of what is needed it meets */
  constructor(context: ScoreContext, needs: Float32Array) {
    const { index, decision, languages, at } = context;
    this.#context = context;
    this.#needs = needs;
    this.#ruleNumbers = Int32Array.from(index.rules, (id) => decision.ruleSet.numberOf(id) ?? -1);
    this.#languages = Float32Array.from(index.languageSets, (spoken) => languagePart(spoken, languages));
    this.#today = Math.floor(at / DAY);
    const counts = (part: ScorePart): boolean => context.parts.has(part);
    this.#counts = {
      needCounts: counts('need'),
      soonCounts: counts('soon'),
      chanceCounts: counts('chance'),
      languageCounts: counts('language'),
      capacityCounts: counts('capacity'),
      freshnessCounts: counts('freshness'),
    };
  }

  /** Adds a row if it meets a need. @param way milliseconds; undefined: not known */
  add(candidates: Candidates, row: number, travel: number, way: number | undefined): void {
    const { index, decision } = this.#context;
    const need = this.#needs[index.needSetNumber(row)]!;
    if (need === 0) return;
    const i = candidates.length++;
    const rule = this.#ruleNumbers[index.ruleNumber(row)]!;
    const area = rule < 0 ? AREA.unknown : this.#areaOf(index.areas(row));
    const verdict = rule < 0 ? NOT_STATED : decision.verdicts[rule * AREA_STATES + area]!;
    candidates.rows[i] = row;
    candidates.travel[i] = travel;
    candidates.rule[i] = rule;
    candidates.area[i] = area;
    candidates.verdict[i] = verdict;
    candidates.need[i] = need;
    const folded = verdict === INELIGIBLE;
    candidates.key[i] = this.#key(row, need, folded ? 1 : CHANCE_BY_CODE[verdict]!, way ?? ASSUMED_WAY) - (folded ? FOLD : 0);
  }

  /** The parts of a candidate's score, for showing. @param way milliseconds; undefined: not known */
  parts(candidates: Candidates, i: number, way: number | undefined): ScoreParts {
    return this.#parts(candidates.rows[i]!, candidates.need[i]!, CHANCE_BY_CODE[candidates.verdict[i]!]!, way ?? ASSUMED_WAY);
  }

  /** {@link totalScore} of the row's parts, without an object for each row. */
  #key(row: number, need: number, chance: number, way: number): number {
    const { needCounts, chanceCounts } = this.#counts;
    return (
      100 *
      (needCounts ? need : 1) *
      this.#soon(row, way) *
      (chanceCounts ? chance : 1) *
      restFactor(this.#language(row), this.#capacity(row), this.#freshness(row))
    );
  }

  #parts(row: number, need: number, chance: number, way: number): ScoreParts {
    const { needCounts, chanceCounts } = this.#counts;
    return {
      need: needCounts ? need : 1,
      soon: this.#soon(row, way),
      // Switched off or not: what cannot be used has no score.
      chance: chanceCounts || chance === 0 ? chance : 1,
      language: this.#language(row),
      capacity: this.#capacity(row),
      freshness: this.#freshness(row),
    };
  }

  #soon(row: number, way: number): number {
    if (!this.#counts.soonCounts) return 1;
    const { index, opening } = this.#context;
    const timetable = index.timetableNumber(row);
    return soonPart(opening.wait(timetable, way), way) * opening.entry(timetable, way);
  }

  #language(row: number): number {
    return this.#counts.languageCounts ? this.#languages[this.#context.index.languageSetNumber(row)]! : 1;
  }

  #capacity(row: number): number {
    if (!this.#counts.capacityCounts) return 1;
    const capacity = this.#context.index.capacity(row);
    let part = this.#capacities.get(capacity);
    if (part === undefined) this.#capacities.set(capacity, (part = capacityPart(capacity, this.#context.at)));
    return part;
  }

  #freshness(row: number): number {
    return this.#counts.freshnessCounts ? freshnessPart(this.#context.index.verifiedDay(row), this.#today) : 1;
  }

  #areaOf(areas: readonly string[]): AreaState {
    let state = this.#areaStates.get(areas);
    if (state === undefined) {
      const { facts, options } = this.#context.decision;
      const outcome = areas.length === 0 ? 0 : options.areas.within(possibleOf(facts, 'household.place'), areas);
      state = outcome === MET ? AREA.inside : outcome === FAILED ? AREA.outside : AREA.unknown;
      this.#areaStates.set(areas, state);
    }
    return state;
  }
}

export function createCandidates(capacity: number): Candidates {
  return {
    length: 0,
    rows: new Uint32Array(capacity),
    travel: new Int32Array(capacity),
    verdict: new Uint8Array(capacity),
    area: new Uint8Array(capacity),
    rule: new Int32Array(capacity),
    need: new Float32Array(capacity),
    key: new Float64Array(capacity),
  };
}
