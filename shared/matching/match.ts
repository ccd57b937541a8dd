// From a request and a directory index to ranked matches with reasons: the same in the server, in the browser, offline.

import type { DirectoryIndex } from '../directory/index.ts';
import { createAreas } from '../eligibility/areas.ts';
import { evaluate } from '../eligibility/evaluate.ts';
import { withJudgements } from '../eligibility/judged-facts.ts';
import { VERDICTS } from '../eligibility/rule.ts';
import type { KnownFacts } from '../intake/possibility.ts';
import { readFacts } from '../intake/read-facts.ts';
import { localize } from '../platform/localized.ts';
import { Problem } from '../platform/problems.ts';
import { foldText } from '../platform/suggest.ts';
import type { MatchContext, PlacedRequest } from './context.ts';
import { describeMatches } from './describe.ts';
import type { Shown } from './shown.ts';
import type { NeedTerms } from './need-terms.ts';
import { LOOKED_AT, nextQuestions } from './next-question.ts';
import { OPEN_STATES, OpeningTimes } from './opening-times.ts';
import { rankRows, type Ranking } from './ranking.ts';
import { rowsByArea, toTravelLimit, type RowTravel } from './reach.ts';
import { SCORE_PARTS, type FindAnswer, type FindRequest } from './request.ts';
import { Scorer } from './scorer.ts';

const DEFAULT_LIMIT = 50;

/** A request decided and put in order, before anything of it is described. */
export interface RankedMatches extends Shown {
  ranking: Ranking;
}

/**
 * Ranked matches, next questions and counts.
 * @param travel ways to rows with a position, from {@link travelToRows} or the server; beyond the request's limit they are left out
 * @throws Problem: a need or fact that is not known, a fact that cannot be read, public transport
 */
export function match(context: MatchContext, request: PlacedRequest, travel: RowTravel): FindAnswer {
  const ranked = rankMatches(context, request, travel);
  const { index, messages, questions } = context;
  const { matches, waiting } = describeMatches(ranked, ranked.ranking.best.slice(0, request.limit ?? DEFAULT_LIMIT));
  return {
    total: ranked.ranking.total,
    matches,
    ask: nextQuestions({ ...ranked, index, questions }).map(({ question, ...ask }) => ({
      ...ask,
      question: localize(question.ask, messages.language),
    })),
    facets: countFacets(ranked),
    ...(waiting.length > 0 && { waiting }),
  };
}

/** What {@link match} rests on. */
export function rankMatches(context: MatchContext, request: PlacedRequest, travel: RowTravel): RankedMatches {
  const { index, ruleSet, terms, decide = evaluate } = context;
  const at = request.at === undefined ? context.now : Date.parse(request.at);
  const areas = context.areas ?? createAreas();
  const decision = decide(ruleSet, readKnown(context, request, at), { on: toDay(at, request.at), areas, region: context.region });
  const opening = new OpeningTimes(index, at);
  const scorer = new Scorer(
    { index, decision, opening, languages: request.languages ?? [], at, parts: context.parts ?? new Set(SCORE_PARTS) },
    needPart(index, terms, request.needs),
  );
  const { seconds: maxSeconds = Infinity, meters: maxMeters = Infinity } = toTravelLimit(request.travel);
  const byArea = rowsByArea(index, request.near, request.travel, areas);
  const ranking = rankRows(
    index,
    scorer,
    { travel, byArea, maxSeconds, maxMeters },
    { limit: Math.max(request.limit ?? DEFAULT_LIMIT, LOOKED_AT), accepts: textFilter(index, request.text) },
  );
  return { context, decision, opening, scorer, travel, ranking };
}

/** Term ids of the request's needs. Throws a Problem with suggestions on a word that names none. */
export function resolveNeeds(terms: NeedTerms, needs: FindRequest['needs']): { term: string; weight: number }[] {
  return needs.map(({ term, weight = 1 }) => {
    const found = terms.find(term);
    if (found !== undefined) return { term: found, weight };
    const near = terms.suggest(term);
    const heads = terms.heads.map((id) => terms.label(id, 'en'));
    const hint = near.length > 0 ? `Did you mean ${near.map((word) => `"${word}"`).join(', ')}?` : `Needs here: ${heads.join(', ')}.`;
    throw new Problem('bad_request', `No need is called "${term}". ${hint}`, near.length > 0 ? near : heads);
  });
}

function readKnown(context: MatchContext, request: PlacedRequest, at: number): KnownFacts {
  const read = readFacts(request.facts ?? {}, { catalogue: context.ruleSet.catalogue, on: toDay(at, request.at) });
  if (read.ok) return withJudgements(read.value, context.judgements);
  const said = read.issues.filter((issue) => issue.severity === 'error').map((issue) => `facts.${issue.path}: ${issue.message}`);
  throw new Problem('bad_request', said.join(' '));
}

/** The calendar day where the request was made: the offset is part of `at`. */
export function toDay(at: number, written: string | undefined): string {
  const offset = /([+-])(\d{2}):(\d{2})$/.exec(written ?? '');
  const minutes = offset ? (offset[1] === '-' ? -1 : 1) * (Number(offset[2]) * 60 + Number(offset[3])) : 0;
  return new Date(at + minutes * 60_000).toISOString().slice(0, 10);
}

/** By need set of the index: the weights of the needs that it meets, as a part of all. Without needs everything is wanted. */
function needPart(index: DirectoryIndex, terms: NeedTerms, needs: FindRequest['needs']): Float32Array {
  const wanted = resolveNeeds(terms, needs).map(({ term, weight }) => ({ terms: terms.withChildren(term), weight }));
  const all = wanted.reduce((sum, { weight }) => sum + weight, 0);
  return Float32Array.from(index.needSets, (met) => {
    if (wanted.length === 0) return 1;
    return wanted.reduce((sum, need) => (met.some((term) => need.terms.has(term)) ? sum + need.weight : sum), 0) / all;
  });
}

/** Every word of the text stands somewhere in the names or the summary. */
function textFilter(index: DirectoryIndex, text: string | undefined): ((row: number) => boolean) | null {
  const words = foldText(text ?? '')
    .split(' ')
    .filter((word) => word !== '');
  if (words.length === 0) return null;
  return (row) => {
    const hay = foldText(
      [index.serviceName(row), index.organization(row)?.name, index.location(row)?.name, index.summary(row)].filter(Boolean).join(' '),
    );
    return words.every((word) => hay.includes(word));
  };
}

function countFacets({ context: { index }, scorer, opening, ranking }: RankedMatches): FindAnswer['facets'] {
  const verdict = new Uint32Array(VERDICTS.length);
  ranking.kinds.forEach((count, kind) => (verdict[scorer.verdicts[kind]!]! += count));
  const open = new Uint32Array(OPEN_STATES.length);
  ranking.timetables.forEach((count, timetable) => {
    if (count > 0) open[opening.state(timetable)]! += count;
  });
  const language: Record<string, number> = {};
  ranking.languageSets.forEach((count, set) => {
    if (count > 0) for (const code of index.languageSets[set]!) language[code] = (language[code] ?? 0) + count;
  });
  return {
    verdict: Object.fromEntries(VERDICTS.map((name, i) => [name, verdict[i]!])),
    type: Object.fromEntries([...ranking.types].flatMap((count, i) => (count > 0 ? [[index.types[i] || 'unknown', count]] : []))),
    open: Object.fromEntries(OPEN_STATES.map((name, i) => [name, open[i]!])),
    language,
  };
}
