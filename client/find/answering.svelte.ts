// Where answers come from: the slice of the directory around a place, matched here and at once; for what lies beyond the
// slice the server, which runs the same code. Of several reads on their way only the latest counts.

import type { FindRequest } from '#shared/matching/request.ts';
import type { Judgements } from '#shared/intake/judged.ts';
import type { Catalog } from './catalog.ts';
import type { FindDraft } from './draft.ts';
import { Judging } from './judging.svelte.ts';
import { answerOnServer, type Answered, type FindServer, type LocalMatcher, type Reach, type ScorePart } from './server.ts';

export type SliceState =
  | { kind: 'none' }
  | { kind: 'loading' }
  | { kind: 'ready'; at: Date }
  /** `at`: when the slice that is still shown was read; null: nothing is shown. */
  | { kind: 'failed'; offline: boolean; at: Date | null };

const NOTHING: Answered = { rows: [], ask: [], total: 0, facets: null, waiting: [], milliseconds: 0 };
const NOTHING_OFF: ReadonlySet<ScorePart> = new Set();
/** ms without a further change before the server is asked. */
const SERVER_DELAY = 150;

/** What is asked just now; read anew for each answer. */
export interface Asked {
  draft(): FindDraft;
  catalog(): Catalog;
  /** Null while something of it is missing. */
  request(): FindRequest | null;
  /** Now; called when a slice has come, which makes the answer new. */
  tick(): Date;
}

export class Answering {
  slice = $state.raw<SliceState>({ kind: 'none' });
  readonly #server: FindServer;
  readonly #asked: Asked;
  #matcher = $state.raw<LocalMatcher | null>(null);
  /** The server's answer, where the slice does not hold everything within reach. */
  #remote = $state.raw<Answered | null>(null);
  readonly #judging: Judging;
  #fetches = 0;
  #asks = 0;
  #matchLater: ReturnType<typeof setTimeout> | undefined;

  constructor(server: FindServer, asked: Asked) {
    this.#server = server;
    this.#asked = asked;
    this.#judging = new Judging(server);
  }

  /** The area that can be reached, for the map. */
  get reach(): Reach {
    return this.#matcher?.reach ?? { rings: [], estimated: true };
  }

  /** Whether the slice holds everything within reach. */
  get complete(): boolean {
    return this.#matcher?.complete ?? true;
  }

  /** @param without parts of the score that do not count in the order */
  answer(without: ReadonlySet<ScorePart>): Answered {
    if (this.#remote) return this.#remote;
    const request = this.#asked.request();
    return request && this.#matcher ? this.#matcher.answer(request, without, this.#judgements(request)) : NOTHING;
  }

  #judgements({ facts = {}, at }: FindRequest): Judgements {
    return this.#judging.of(facts, dayOf(at));
  }

  /** Asks functions of plugins for what the answer waits for, until nothing new is said. The answer is shown meanwhile. */
  async #judge(): Promise<void> {
    const matcher = this.#matcher;
    const request = this.#asked.request();
    if (!matcher || !request || !this.#asked.catalog().hasJudged) return;
    const { waiting } = matcher.answer(request, NOTHING_OFF, this.#judgements(request));
    const asked = waiting.map((fact) => ({ fact, inputs: matcher.inputsOf(fact) }));
    const said = await this.#judging.ask(asked, request.facts ?? {}, dayOf(request.at));
    if (said && matcher === this.#matcher) await this.#judge();
  }

  /** The request has changed: another place, way or reach needs another slice. */
  follow(before: FindDraft): void {
    const draft = this.#asked.draft();
    const moved = draft.place?.lon !== before.place?.lon || draft.place?.lat !== before.place?.lat;
    if (!draft.place) {
      this.#fetches += 1;
      this.#matcher = null;
      this.#remote = null;
      this.slice = { kind: 'none' };
    } else if (moved || draft.mode !== before.mode || draft.minutes !== before.minutes || !this.#matcher) void this.read();
    else this.askServerWhereNeeded();
  }

  /** Reads the slice, also again after a failure or when the directory has changed. */
  async read(): Promise<void> {
    const { place, mode, minutes } = this.#asked.draft();
    if (!place) return;
    const mine = ++this.#fetches;
    const shown = this.slice.kind === 'ready' || this.slice.kind === 'failed' ? this.slice.at : null;
    this.slice = { kind: 'loading' };
    try {
      const slice = await this.#server.slice({ near: { lon: place.lon, lat: place.lat }, travel: { mode, minutes } });
      if (mine !== this.#fetches) return;
      this.#matcher = (await import('./matcher.ts')).openSlice(slice, this.#asked.catalog());
      if (mine !== this.#fetches) return;
      this.#remote = null;
      this.slice = { kind: 'ready', at: this.#asked.tick() };
      this.askServerWhereNeeded();
    } catch {
      if (mine === this.#fetches)
        this.slice = { kind: 'failed', offline: typeof navigator !== 'undefined' && !navigator.onLine, at: shown };
    }
  }

  /** Beyond what this device holds, the server answers with the same code. */
  askServerWhereNeeded(): void {
    clearTimeout(this.#matchLater);
    const matcher = this.#matcher;
    if (!matcher || matcher.complete) {
      this.#remote = null;
      void this.#judge();
      return;
    }
    this.#matchLater = setTimeout(() => void this.#askServer(this.#fetches), SERVER_DELAY);
  }

  async #askServer(fetch: number): Promise<void> {
    const request = this.#asked.request();
    const matcher = this.#matcher;
    if (!request || !matcher || request.needs.length === 0) {
      this.#remote = null;
      return;
    }
    const mine = ++this.#asks;
    const isLatest = () => fetch === this.#fetches && mine === this.#asks;
    try {
      const answer = await answerOnServer(this.#server, request, matcher);
      if (isLatest()) this.#remote = answer;
    } catch {
      // The slice still answers for what it holds.
      if (isLatest()) this.#remote = null;
    }
  }

  dispose(): void {
    this.#judging.dispose();
    clearTimeout(this.#matchLater);
    this.#fetches += 1;
  }
}

/** The day where the person is, which stands in the request's own time. */
function dayOf(at = new Date().toISOString()): string {
  return at.slice(0, 10);
}
