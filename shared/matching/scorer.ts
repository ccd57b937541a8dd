// The score of a row. What rows share (needs, rules, areas, languages, capacities, hours) is worked out once for each
// distinct value and looked up by its number; a row costs a few look-ups and a dozen multiplications.

import type { DirectoryIndex } from '../directory/index.ts';
import { AREA, AREA_STATES, verdictCode, type AreaState } from '../eligibility/mask.ts';
import { FAILED, MET } from '../eligibility/compare.ts';
import { possibleOf } from '../eligibility/condition.ts';
import { tabulateVerdicts, type Decision } from '../eligibility/evaluate.ts';
import { VERDICTS } from '../eligibility/rule.ts';
import { updatedTimes } from './capacities.ts';
import type { RowBlock } from './row-block.ts';
import { ruleNumbers } from './rule-numbers.ts';
import type { OpeningTimes } from './opening-times.ts';
import {
  capacityPart,
  CHANCE_BY_CODE,
  EFFORT,
  freshnessPart,
  HALF_SOON,
  languagePart,
  MOST_REST,
  restFactor,
  totalScore,
  type ScorePart,
  type ScoreParts,
} from './score.ts';

/** A way that is assumed for a resource whose way nobody may know or knows, milliseconds. */
export const ASSUMED_WAY = 15 * 60_000;
const DAY = 86_400_000;
const INELIGIBLE = verdictCode('ineligible');
/** Puts ineligible ones behind all others while they keep their order among themselves. */
const FOLD = 1000;
const NOT_YET = 0xff;
/** More than rounding can make of a score of at most 100. */
const ROUNDING = 1e-9;

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

/** Scores of one request over one index. */
export class Scorer {
  readonly #decision: Decision;
  readonly #areaSets: DirectoryIndex['areaSets'];
  readonly #opening: OpeningTimes;
  readonly #today: number;
  readonly #at: number;
  readonly #soonCounts: boolean;
  readonly #capacityCounts: boolean;
  readonly #freshnessCounts: boolean;

  // By row: numbers of shared values.
  readonly #needSet: ArrayLike<number>;
  readonly #rule: ArrayLike<number>;
  readonly #areaSet: ArrayLike<number>;
  readonly #timetable: ArrayLike<number>;
  readonly #languageSet: ArrayLike<number>;
  readonly #capacity: ArrayLike<number>;
  readonly #verified: ArrayLike<number>;

  // By number of a shared value; of a part that does not count, 1.
  /** By need set of the index: how much of what is needed it meets, as a part of all weights; 0: nothing. */
  readonly needs: Float32Array;
  readonly #needParts: Float32Array;
  /** By rule of the index: the number of the rule set; `noRule` where there is none. */
  readonly #rules: Uint32Array;
  /** Area states; NOT_YET. */
  readonly #areas: Uint8Array;
  readonly #languages: Float64Array;
  // Worked out for the rows that are scored: there may be as many as rows.
  readonly #capacities: DirectoryIndex['capacities'];
  readonly #updated: Float64Array;
  // By place in VERDICTS.
  readonly #chances: Float64Array;
  readonly #folds: Float64Array;
  /** The score of a place that is reached at once and has all else. */
  readonly #most: Float64Array;

  /** By {@link kind}: place in VERDICTS. */
  readonly verdicts: Uint8Array;
  /** Stands for the rule of a row that has none. */
  readonly noRule: number;

  /** @param needs by need set of the index: how much of what is needed it meets */
  constructor({ index, decision, languages, opening, at, parts }: ScoreContext, needs: Float32Array) {
    this.#decision = decision;
    this.#areaSets = index.areaSets;
    this.#opening = opening;
    this.#today = Math.floor(at / DAY);
    this.#at = at;
    this.#soonCounts = parts.has('soon');
    this.#capacityCounts = parts.has('capacity');
    this.#freshnessCounts = parts.has('freshness');

    const { numbers } = index;
    this.#needSet = numbers.needs;
    this.#rule = numbers.rule;
    this.#areaSet = numbers.areas;
    this.#timetable = numbers.timetable;
    this.#languageSet = numbers.languages;
    this.#capacity = numbers.capacity;
    this.#verified = numbers.verified;

    const counted = (part: ScorePart, values: Float64Array): Float64Array => (parts.has(part) ? values : values.fill(1));
    this.needs = needs;
    this.#needParts = parts.has('need') ? needs : new Float32Array(needs.length).fill(1);
    const { ruleSet } = decision;
    this.noRule = ruleSet.ids.length;
    this.#rules = ruleNumbers(index.rules, ruleSet);
    this.#areas = new Uint8Array(index.areaSets.length).fill(NOT_YET);
    this.#languages = counted(
      'language',
      Float64Array.from(index.languageSets, (spoken) => languagePart(spoken, languages)),
    );
    this.#capacities = index.capacities;
    this.#updated = updatedTimes(index.capacities);
    this.#chances = counted('chance', CHANCE_BY_CODE.slice());
    // What cannot be used keeps its order among its like.
    this.#chances[INELIGIBLE] = 1;
    this.#folds = new Float64Array(VERDICTS.length);
    this.#folds[INELIGIBLE] = FOLD;
    this.#most = this.#chances.map((chance) => 100 * chance * MOST_REST);
    this.verdicts = new Uint8Array((decision.roots.length + 1) * AREA_STATES).fill(verdictCode('not_stated'));
    tabulateVerdicts(decision, this.verdicts);
  }

  /** Rule number of the rule set, or `noRule`. */
  rule(row: number): number {
    return this.#rules[this.#rule[row]!]!;
  }

  /** Whether the person is in the area of a row. */
  area(row: number): AreaState {
    const set = this.#areaSet[row]!;
    const state = this.#areas[set]!;
    return state === NOT_YET ? this.#readArea(set) : (state as AreaState);
  }

  /** What rows of one verdict and its reasons share: `3 × rule + area`. */
  kind(row: number): number {
    return this.rule(row) * AREA_STATES + this.area(row);
  }

  /** Place in VERDICTS. */
  verdict(row: number): number {
    return this.verdicts[this.kind(row)]!;
  }

  // Of a block: plain loops over columns that are held in locals and that call nothing, a third of the time of reading them
  // from this object.

  /** Fills in the {@link kind} of each row. */
  classify(block: RowBlock): void {
    while (!this.#classifyKnown(block)) this.#readAreasOf(block);
  }

  /** False where an area has yet to be read; what it filled in is of no use then. */
  #classifyKnown({ length, rows, kinds }: RowBlock): boolean {
    const [ruleOf, ruleNumbers, areaSetOf, areas] = [this.#rule, this.#rules, this.#areaSet, this.#areas];
    let seen = 0;
    for (let i = 0; i < length; i++) {
      const row = rows[i]!;
      const area = areas[areaSetOf[row]!]!;
      seen |= area;
      kinds[i] = ruleNumbers[ruleOf[row]!]! * AREA_STATES + area;
    }
    return seen < NOT_YET;
  }

  #readAreasOf({ length, rows }: RowBlock): void {
    for (let i = 0; i < length; i++) this.area(rows[i]!);
  }

  /** Drops the rows that cannot come to a key of `least`: nobody is there before the way is done. Kinds are known. */
  keepAbove(block: RowBlock, least: number): void {
    const { length, rows, places, ways, kinds } = block;
    const [verdicts, needParts, needSetOf] = [this.verdicts, this.#needParts, this.#needSet];
    // By verdict: how much of the needs it takes where the way takes no time.
    const needed = this.#most.map((most, verdict) => (least - ROUNDING + this.#folds[verdict]!) / most);
    const slope = this.#soonCounts ? (1 + EFFORT) / HALF_SOON : 0;
    let kept = 0;
    for (let i = 0; i < length; i++) {
      const row = rows[i]!;
      const kind = kinds[i]!;
      const way = ways[i]!;
      if (needParts[needSetOf[row]!]! < needed[verdicts[kind]!]! * (1 + slope * way)) continue;
      rows[kept] = row;
      places[kept] = places[i]!;
      ways[kept] = way;
      kinds[kept++] = kind;
    }
    block.length = kept;
  }

  /** Fills in the keys of known kinds: what its rows are ordered by, {@link totalScore} of their parts. */
  score(block: RowBlock): void {
    this.#soonInto(block);
    const { rows, kinds, keys } = block;
    for (let i = 0; i < block.length; i++) {
      const row = rows[i]!;
      const verdict = this.verdicts[kinds[i]!]!;
      const rest = restFactor(this.#languages[this.#languageSet[row]!]!, this.#room(row), this.#freshness(row));
      keys[i] = 100 * this.#needParts[this.#needSet[row]!]! * keys[i]! * this.#chances[verdict]! * rest - this.#folds[verdict]!;
    }
  }

  #soonInto({ length, rows, ways, keys }: RowBlock): void {
    if (!this.#soonCounts) {
      keys.fill(1);
      return;
    }
    for (let i = 0; i < length; i++) keys[i] = this.#opening.soon(this.#timetable[rows[i]!]!, ways[i]!);
  }

  #room(row: number): number {
    const number = this.#capacity[row]!;
    return this.#capacityCounts ? capacityPart(this.#capacities[number]?.available, this.#updated[number]!, this.#at) : 1;
  }

  #freshness(row: number): number {
    return this.#freshnessCounts ? freshnessPart(this.#verified[row]!, this.#today) : 1;
  }

  /** The parts of a row's score, for showing. @param way milliseconds; undefined: not known */
  parts(row: number, way: number = ASSUMED_WAY): ScoreParts {
    const verdict = this.verdict(row);
    return {
      need: this.#needParts[this.#needSet[row]!]!,
      soon: this.#soonCounts ? this.#opening.soon(this.#timetable[row]!, way) : 1,
      // Switched off or not: what cannot be used has no score.
      chance: verdict === INELIGIBLE ? 0 : this.#chances[verdict]!,
      language: this.#languages[this.#languageSet[row]!]!,
      capacity: this.#room(row),
      freshness: this.#freshness(row),
    };
  }

  /** How the chance of a verdict counts in the order. */
  chance(verdict: number): number {
    return this.#chances[verdict]!;
  }

  /** The total of a row's score if it could be used for certain. @param way milliseconds; undefined: not known */
  scoreIfUsable(row: number, way: number | undefined): number {
    return totalScore({ ...this.parts(row, way), chance: 1 });
  }

  #readArea(set: number): AreaState {
    const { facts, options } = this.#decision;
    const areas = this.#areaSets[set]!;
    const outcome = areas.length === 0 ? 0 : options.areas.within(possibleOf(facts, 'household.place'), areas);
    return (this.#areas[set] = outcome === MET ? AREA.inside : outcome === FAILED ? AREA.outside : AREA.unknown) as AreaState;
  }
}
