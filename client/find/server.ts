// What the Find screen asks of the server, and in which shapes: few calls, all of them POST, none that names a person.

import { api, type Outputs } from '#client/api.ts';
import type { DirectorySlice } from '#shared/directory/index-slice.ts';
import type { ResourceInput } from '#shared/directory/resource.ts';
import type { Facts } from '#shared/intake/facts.ts';
import type { Judgements } from '#shared/intake/judged.ts';
import type { LonLat, TravelMode } from '#shared/geo/travel.ts';
import type { FindAnswer, FindRequest, SCORE_PARTS } from '#shared/matching/request.ts';
import type { Localized } from '#shared/platform/localized.ts';
import type { Place } from '#shared/plugin-api/index.ts';
import type { ResultRow } from './result.ts';

export type ScorePart = (typeof SCORE_PARTS)[number];

/** The directory within reach of a place, and the way to each of its rows. */
export type FindSlice = Outputs['find']['slice'];
export type Reach = FindSlice['reach'];

export interface Answered {
  rows: readonly ResultRow[];
  ask: FindAnswer['ask'];
  /** Resources that meet a need within reach, shown or not. */
  total: number;
  facets: FindAnswer['facets'] | null;
  /** Judged facts that it waits for: no function was asked for them yet. */
  waiting: readonly string[];
  /** How long the matching took. */
  milliseconds: number;
}

export interface LocalMatcher {
  readonly reach: Reach;
  readonly complete: boolean;
  /** Of the slice, or of what was learned since. */
  findResource(id: string): ResourceInput | undefined;
  /** Remembers resources beyond the slice, so that they can be shown like its own. */
  learn(columns: DirectorySlice): void;
  /**
   * @param without parts of the score that do not count in the order
   * @param judgements what functions of plugins said of this person
   */
  answer(request: FindRequest, without: ReadonlySet<ScorePart>, judgements?: Judgements): Answered;
  /** The told facts that a judged one rests on. */
  inputsOf(fact: string): readonly string[];
}

export interface FindServer {
  slice(input: { near: LonLat; travel: { mode: TravelMode; minutes: number } }): Promise<FindSlice>;
  match(request: FindRequest): Promise<FindAnswer>;
  /** Asks functions of plugins; nothing is sent but what the judged facts rest on. */
  judge(ask: { judge: string[]; facts: Facts; day: string }): Promise<Judgements>;
  /** What the directory index knows of these resources. */
  rows(input: { ids: string[] }): Promise<DirectorySlice>;
  path(input: { from: LonLat; to: LonLat; mode: TravelMode }): Promise<[number, number][] | null>;
  /** @param input.near of places alike the nearer ones come first */
  searchPlaces(input: { text: string; language: string; near?: LonLat }, signal?: AbortSignal): Promise<Place[]>;
  /** Services beyond this deployment that may be asked for a place. */
  outsidePlaces(): Promise<{ id: string; label: Localized }[]>;
  /** Sends the words there. */
  askOutside(input: { service: string; text: string; language: string }): Promise<Place[]>;
  reverse(place: LonLat): Promise<Place | null>;
}

export const findServer: FindServer = {
  slice: (input) => api.find.slice.query(input),
  match: (request) => api.find.match.query(request),
  judge: (ask) => api.find.judge.query(ask),
  rows: (input) => api.find.rows.query(input),
  path: async (input) => (await api.find.path.query(input))?.points ?? null,
  searchPlaces: (input, signal) => api.places.search.query(input, signal ? { signal } : {}),
  outsidePlaces: () => api.places.outside.query(),
  askOutside: (input) => api.places.askOutside.query(input),
  reverse: (place) => api.places.reverse.query(place),
};

/** The server's answer in the shape of the browser's own. What the slice lacks is fetched and shown in the same way. */
export async function answerOnServer(server: FindServer, request: FindRequest, matcher: LocalMatcher): Promise<Answered> {
  const begun = performance.now();
  const { matches, ask, total, facets } = await server.match(request);
  const lacking = matches.map((match) => match.resource.id).filter((id) => !matcher.findResource(id));
  if (lacking.length > 0) matcher.learn(await server.rows({ ids: lacking }));
  const rows = matches.flatMap((match): ResultRow[] => {
    const resource = matcher.findResource(match.resource.id);
    // Taken out of the directory since it was matched.
    return resource ? [{ id: match.resource.id, match, resource }] : [];
  });
  return { rows, ask, total, facets, waiting: [], milliseconds: performance.now() - begun };
}
