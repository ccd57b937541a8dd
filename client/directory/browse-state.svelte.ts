// What is asked of the directory and what came of it: pages of a list of any length as they come into sight, counts, and
// what is chosen in it. One for the page, so that it is there again when the view is.

import { api, sayFailure, type Outputs } from '#client/api.ts';
import type { SearchFilters } from '#shared/directory/search-filters.ts';
import { Chosen } from './chosen.svelte.ts';
import type { Counts } from './facets.ts';
import { ListPages, PAGE, pageOf } from './list-pages.ts';
import { boundsLookedAt, placeLookedAt } from './looked-at.ts';

export type Hit = Outputs['directory']['browse']['hits'][number];
export type Where = 'map' | 'everywhere';

/** Rows beyond are not listed: filters lead there. */
const MOST_LISTED = 100_000;

type Question = Parameters<typeof api.directory.browse.query>[0];

export class BrowseState {
  text = $state('');
  filters = $state.raw<SearchFilters>({});
  where = $state<Where>('map');
  /** Problems are counted for those who mend them. */
  withProblems = $state(false);
  total = $state<number | null>(null);
  counts = $state.raw<Counts | null>(null);
  pages = $state.raw(new ListPages<Hit>());
  failure = $state<string | null>(null);
  /** The row that has the keys. */
  cursor = $state(-1);
  readonly chosen = new Chosen();

  /** What the list that is shown was asked with. */
  #shown: Question | null = null;
  #asked = 0;
  /** Pages under way, of the question that was asked last. */
  #coming: Record<number, Promise<void>> = {};

  /** Rows of the list. */
  readonly length = $derived(Math.min(this.total ?? 0, MOST_LISTED));

  at(row: number): Hit | undefined {
    return this.pages.at(row);
  }

  /** The service of a row, as soon as its page is there. */
  async load(row: number): Promise<Hit | undefined> {
    await this.#loadPage(pageOf(row));
    return this.at(row);
  }

  /** Asks for what is in sight and has not come. */
  show(first: number, last: number): void {
    for (let page = pageOf(first); page <= pageOf(last); page++) void this.#loadPage(page);
  }

  /** Asks anew. The list goes back to its start, except where only the directory has changed. */
  async ask(): Promise<void> {
    const mine = ++this.#asked;
    const again = this.#shown !== null && toKey(this.#question()) === toKey(this.#shown);
    // The same list stays in its order, wherever the map was moved meanwhile.
    const question = (again && this.#shown) || this.#question();
    try {
      const { hits, total, counts } = await api.directory.browse.query(question);
      if (mine !== this.#asked) return;
      this.#coming = {};
      this.#shown = question;
      this.pages = (again ? this.pages.aged() : new ListPages<Hit>()).with(0, hits);
      [this.total, this.counts, this.failure] = [total, { ...counts, problem: counts.problem ?? this.counts?.problem ?? null }, null];
      if (!again) this.cursor = -1;
      this.chosen.listChanged(again);
      if (this.withProblems && counts.problem === null) void this.#countProblems(question, mine);
    } catch (error) {
      if (mine === this.#asked) this.failure = sayFailure(error);
    }
  }

  /** All that the list holds, in sight or not. */
  async chooseAll(): Promise<void> {
    const question = this.#shown;
    if (!question) return;
    const { text, filters, bounds } = question;
    const ids = await api.directory.chosen.query({ text, filters, bounds });
    if (question === this.#shown) this.chosen.addAll(ids);
  }

  /** Everything from one row to another, also where it has not come into sight. */
  async chooseRange(from: number, to: number): Promise<void> {
    const [first, last] = from < to ? [from, to] : [to, from];
    const rows = Array.from({ length: last - first + 1 }, (_, i) => first + i);
    await Promise.all(rows.filter((row, i) => i === 0 || row % PAGE === 0).map((row) => this.load(row)));
    this.chosen.add(rows.flatMap((row) => this.at(row)?.id ?? []));
  }

  #question(): Question {
    const [bounds, near] = [this.where === 'map' ? boundsLookedAt() : null, placeLookedAt()];
    return {
      text: this.text.trim(),
      filters: this.filters,
      limit: PAGE,
      ...(bounds && { bounds }),
      ...(near && { near }),
    };
  }

  /** Problems are found anew after large changes, which takes a while: the list does not wait for that. */
  async #countProblems(question: Question, mine: number): Promise<void> {
    const found = await api.directory.browse.query({ ...question, problems: true, limit: 1 }).catch(() => null);
    if (found && mine === this.#asked) this.counts = found.counts;
  }

  #loadPage(page: number): Promise<void> {
    if (this.pages.has(page)) return Promise.resolve();
    return (this.#coming[page] ??= this.#fetch(page));
  }

  async #fetch(page: number): Promise<void> {
    const mine = this.#asked;
    if (!this.#shown) return;
    try {
      const { hits } = await api.directory.browse.query({ ...this.#shown, offset: page * PAGE });
      if (mine === this.#asked) this.pages = this.pages.with(page, hits);
    } catch (error) {
      if (mine === this.#asked) this.failure = sayFailure(error);
    }
  }
}

/** Two questions for one list have the same. */
function toKey({ near: _, ...question }: Question): string {
  return JSON.stringify(question);
}

/** One for the page. */
export const browse = new BrowseState();
