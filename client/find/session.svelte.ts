// The search of one person, in memory alone: what is asked, the answer to it, what is selected and what goes on the handout.
// Closing the page forgets all of it; nothing is stored or put in a URL.

import type { WorkbenchApi } from '#client/workbench/types.ts';
import type { FactValue } from '#shared/intake/facts.ts';
import type { FindRequest } from '#shared/matching/request.ts';
import { Catalog } from './catalog.ts';
import * as drafts from './draft.ts';
import type { FindDraft, StartPlace, When } from './draft.ts';
import { Answering, type SliceState } from './answering.svelte.ts';
import type { Answered, FindServer, Reach, ScorePart } from './server.ts';
import {
  countFilters,
  distinct,
  idsOf,
  NO_FILTERS,
  toggled,
  toHandoutOrder,
  toListing,
  type ResultFilters,
  type ResultRow,
} from './result.ts';
import { Whereabouts } from './whereabouts.ts';
import type { Reader } from './words.ts';

/** Rows that are explained at first; more when the list is scrolled to its end. */
const FIRST_ROWS = 500;
const MOST_ROWS = 10_000;
const MINUTE = 60_000;
const NOTHING_OFF = idsOf([]) as ReadonlySet<ScorePart>;

export class FindSession {
  readonly workbench: WorkbenchApi;
  readonly #clock: () => Date;

  catalog = $state.raw(Catalog.EMPTY);
  draft = $state.raw<FindDraft>(drafts.EMPTY_DRAFT);
  filters = $state.raw<ResultFilters>(NO_FILTERS);
  /** Parts of the score that are switched off in the order. */
  without = $state.raw<ReadonlySet<ScorePart>>(NOTHING_OFF);
  limit = $state(FIRST_ROWS);
  selectedId = $state<string | null>(null);
  hoveredId = $state<string | null>(null);
  shortlist = $state.raw<readonly ResultRow[]>([]);
  foldOpen = $state(false);
  /** The next click on the map says where the person is. */
  picking = $state(false);
  /** Enter was pressed on a place whose suggestions had not come yet. */
  placeComing = $state(false);
  /** The field for another need is open. */
  addingNeed = $state(false);
  crisisOpen = $state(false);
  /** On a phone: the whole request is shown, and not only its two lines over the map. */
  requestOpen = $state(false);
  now = $state.raw(drafts.presentMoment());

  readonly #answering: Answering;
  /** Places by words, by a click and by this device; ways to them. */
  readonly whereabouts: Whereabouts;
  #catalogCame: () => void = () => {};
  /** Settles when needs and questions are known: a need may be typed before. */
  readonly catalogReady = new Promise<void>((resolve) => (this.#catalogCame = resolve));
  #timer: ReturnType<typeof setInterval>;

  readonly answered: Answered = $derived.by(() => this.#answering.answer(this.without));
  readonly listing = $derived(toListing(this.answered.rows, this.filters, this.now));
  readonly rows = $derived(this.foldOpen ? [...this.listing.rows, ...this.listing.folded] : this.listing.rows);
  readonly selected = $derived(this.answered.rows.find((row) => row.id === this.selectedId) ?? null);
  readonly shortlisted: ReadonlySet<string> = $derived(idsOf(this.shortlist));
  readonly filterCount = $derived(countFilters(this.filters));
  /** The best question that has not been asked yet in this search. */
  readonly question = $derived(
    this.answered.ask.find((ask) => !this.draft.notKnown.includes(ask.fact) && !(ask.fact in this.draft.facts)) ?? null,
  );
  /** Languages spoken somewhere in the answer. */
  readonly spokenLanguages = $derived(distinct(this.answered.rows.flatMap((row) => row.resource.languages)));
  readonly presentTypes = $derived(distinct(this.answered.rows.flatMap((row) => row.resource.type ?? [])));
  readonly asked = $derived(this.draft.place !== null && this.draft.needs.length > 0);
  /** What they need is said; the first answer, or even the place that was typed, is still on its way. */
  readonly isComing = $derived(
    this.draft.needs.length > 0 && (this.placeComing || (this.asked && this.slice.kind === 'loading' && this.answered.rows.length === 0)),
  );

  constructor(workbench: WorkbenchApi, server: FindServer, clock: () => Date = drafts.presentMoment) {
    this.workbench = workbench;
    this.#clock = clock;
    this.now = clock();
    this.#answering = new Answering(server, {
      draft: () => this.draft,
      catalog: () => this.catalog,
      request: () => this.request(),
      tick: () => (this.now = this.#clock()),
    });
    this.whereabouts = new Whereabouts(this, server);
    this.#timer = setInterval(() => (this.now = this.#clock()), MINUTE);
  }

  dispose(): void {
    clearInterval(this.#timer);
    this.#answering.dispose();
  }

  get slice(): SliceState {
    return this.#answering.slice;
  }

  /** The area that can be reached, for the map. */
  get reach(): Reach {
    return this.#answering.reach;
  }

  /** Whether this device holds everything within reach. */
  get complete(): boolean {
    return this.#answering.complete;
  }

  get reader(): Reader {
    return { t: this.workbench.t.bind(this.workbench), language: this.workbench.locale };
  }

  get at(): Date {
    return drafts.moment(this.draft.when, this.now);
  }

  get isNow(): boolean {
    return this.draft.when.kind === 'now';
  }

  setCatalog(catalog: Catalog): void {
    this.catalog = catalog;
    this.#catalogCame();
  }

  // What is asked.

  setPlace(place: StartPlace): void {
    this.picking = false;
    this.placeComing = false;
    this.#change({ ...this.draft, place });
  }

  setTravel(travel: { mode?: FindDraft['mode']; minutes?: number }): void {
    this.#change({ ...this.draft, ...travel });
  }

  setWhen(when: When): void {
    this.now = this.#clock();
    this.#change({ ...this.draft, when });
  }

  addNeed(term: string): void {
    this.#change(drafts.addNeed(this.draft, term));
    this.workbench.announce(this.workbench.t('find.what.added', { need: this.catalog.needLabel(term) }));
  }

  removeNeed(term: string): void {
    this.#change(drafts.removeNeed(this.draft, term));
  }

  moveNeed(term: string, index: number): void {
    this.#change(drafts.moveNeed(this.draft, term, index));
    const number = this.draft.needs.indexOf(term) + 1;
    this.workbench.announce(this.workbench.t('find.what.moved', { need: this.catalog.needLabel(term), number }));
  }

  setFact(fact: string, value: FactValue): void {
    this.#change(drafts.setFact(this.draft, fact, value));
  }

  decline(fact: string): void {
    this.setFact(fact, { declined: true });
  }

  setNotKnown(fact: string): void {
    this.#change(drafts.setNotKnown(this.draft, fact));
  }

  clearFact(fact: string): void {
    this.#change(drafts.clearFact(this.draft, fact));
  }

  toggleLanguage(language: string): void {
    this.#change(drafts.toggleLanguage(this.draft, language));
  }

  setFilters(change: Partial<ResultFilters>): void {
    this.filters = { ...this.filters, ...change };
  }

  togglePart(part: ScorePart): void {
    this.without = toggled(this.without, part);
  }

  /** The list has been read to its end: more rows are explained, where there are more. */
  showMore(): void {
    if (this.answered.rows.length >= this.limit && this.limit < MOST_ROWS) {
      this.limit = Math.min(MOST_ROWS, this.limit * 4);
      this.#answering.askServerWhereNeeded();
    }
  }

  /** Begins anew. @returns puts everything back as it was */
  clear(): () => void {
    const { draft, filters, shortlist, selectedId } = this;
    this.filters = NO_FILTERS;
    this.shortlist = [];
    this.selectedId = null;
    this.foldOpen = false;
    this.placeComing = false;
    this.#change({ ...drafts.EMPTY_DRAFT, mode: draft.mode, minutes: draft.minutes });
    return () => {
      this.filters = filters;
      this.shortlist = shortlist;
      this.#change(draft);
      this.selectedId = selectedId;
    };
  }

  /** What found nothing usable, for whoever counts it: nothing of the person, and of where they start only a coarse area. */
  async unanswered(): Promise<{ needs: { id: string; label: string }[]; why: string; cell: string | null }> {
    const { needs, place } = this.draft;
    // The library of the cells is large.
    const { coarseCell } = await import('#shared/geo/cells.ts');
    return {
      needs: needs.map((id) => ({ id, label: this.catalog.needLabel(id) })),
      why: this.listing.folded.length > 0 ? 'not_eligible' : 'none_there',
      cell: place && coarseCell(place),
    };
  }

  /** What this search knows of the person, without where they are. */
  get knowledge(): drafts.FindKnowledge {
    const { needs, facts, notKnown, languages } = this.draft;
    return { needs, facts, notKnown, languages };
  }

  /** Begins anew with what is known of somebody, from the same place. @returns puts back what was there, where there was anything */
  begin(knowledge: drafts.FindKnowledge): (() => void) | null {
    const { place, needs, facts } = this.draft;
    const undo = this.clear();
    this.#change({ ...this.draft, place, ...knowledge });
    return needs.length > 0 || Object.keys(facts).length > 0 ? undo : null;
  }

  setPicking(picking: boolean): void {
    this.picking = picking;
  }

  /** What is open tonight and has room; the words are looked up like any other need. */
  findShelterTonight(): boolean {
    const term = this.catalog.needSearch.find('shelter tonight', 1)[0]?.term;
    if (!term) return false;
    this.filters = { ...NO_FILTERS, openNow: true, room: true };
    this.#change({ ...drafts.moveNeed(drafts.addNeed(this.draft, term), term, 0), when: { kind: 'tonight' } });
    return this.draft.place !== null;
  }

  // What is looked at and taken along.

  select(id: string | null): void {
    this.selectedId = id;
    if (id !== null && this.listing.folded.some((row) => row.id === id)) this.foldOpen = true;
  }

  /** Selects the row so many places further; from nothing, the first. */
  step(by: number): void {
    const { rows } = this;
    if (rows.length === 0) return;
    const at = rows.findIndex((row) => row.id === this.selectedId);
    const next = at < 0 ? 0 : Math.max(0, Math.min(rows.length - 1, at + by));
    this.selectedId = rows[next]?.id ?? null;
  }

  toggleShortlist(id: string): void {
    const { t } = this.workbench;
    const there = this.shortlist.find((row) => row.id === id);
    if (there) {
      this.shortlist = this.shortlist.filter((row) => row.id !== id);
      this.workbench.announce(t.call(this.workbench, 'find.shortlist.removed', { name: there.resource.service.name }));
      return;
    }
    const row = this.answered.rows.find((candidate) => candidate.id === id);
    if (!row) return;
    this.shortlist = [...this.shortlist, row];
    this.workbench.announce(
      t.call(this.workbench, 'find.shortlist.added', { name: row.resource.service.name, count: this.shortlist.length }),
    );
  }

  openPage(id: string): void {
    this.select(id);
    void this.workbench.executeCommand('directory.open', id, { beside: true });
  }

  /** The person's own language, else that of the screen. */
  get handoutLanguage(): string {
    const available = this.catalog.contributions.languages.map((l) => l.language);
    return this.draft.languages.find((code) => available.includes(code)) ?? this.workbench.language.split('-')[0] ?? 'en';
  }

  /** The handout of the shortlist; of the selected service where nothing was kept. */
  openHandout(): void {
    const rows = this.shortlist.length > 0 ? this.shortlist : this.selected ? [this.selected] : [];
    void this.workbench.executeCommand('handout.open', toHandoutOrder(rows, this.draft, this.handoutLanguage));
  }

  /** "Rule 4, confirmed by the agency". */
  ruleInWords(rule: string | null): string | null {
    const found = this.catalog.contributions.eligibilityRules.find(({ value }) => value.rule === rule)?.value;
    return found ? this.workbench.t('find.rule', { version: found.version, status: found.status }) : null;
  }

  /** Reads the slice again, after a failure or when the directory has changed. */
  retry(): void {
    void this.#answering.read();
  }

  /** What the matcher is asked; nothing as long as it is not said where and what. */
  request(): FindRequest | null {
    return drafts.toRequest(this.draft, this.now, { language: this.workbench.language, limit: this.limit });
  }

  #change(draft: FindDraft): void {
    const before = this.draft;
    this.draft = draft;
    this.#answering.follow(before);
  }
}
