// The handout that is being made: which services, in which language and form. In memory alone.

import { api, getContributions, sayFailure, type Contributions } from '#client/api.ts';
import type { WorkbenchApi } from '#client/workbench/types.ts';
import { composeHandout } from '#shared/handout/compose.ts';
import type { HandoutContent, HandoutMap } from '#shared/handout/content.ts';
import type { HandoutOrder } from '#shared/handout/order.ts';
import { longDate, presentMoment } from '#shared/handout/words.ts';
import { localize } from '#shared/platform/localized.ts';
import type { HandoutTemplate } from '#shared/handout/template.ts';
import { drawHandoutMap } from './map-picture.ts';
import { positionOf, toHandoutSource, type DirectoryRecord } from './source.ts';

const ENGLISH = { language: 'en', label: 'English', direction: 'ltr' as const };

export class HandoutState {
  readonly workbench: WorkbenchApi;

  order = $state.raw<HandoutOrder | null>(null);
  language = $state('en');
  templateId = $state('');
  paper = $state<'letter' | 'a4'>('letter');
  showStart = $state(true);
  link = $state.raw<{ url: string; until: string } | null>(null);

  #records = $state.raw<readonly DirectoryRecord[] | null>(null);
  #contributions = $state.raw<Contributions | null>(null);
  #map = $state.raw<HandoutMap | null>(null);
  /** The bundle of `language` is there: until then nothing is shown in the wrong one. */
  #ready = $state(false);
  #readFailed = $state(false);
  #languageFailed = $state(false);
  #reads = 0;

  constructor(workbench: WorkbenchApi) {
    this.workbench = workbench;
  }

  get failed(): boolean {
    return this.#readFailed || this.#languageFailed;
  }

  readonly languages = $derived.by(() => {
    const known = this.#contributions?.languages ?? [];
    return known.some(({ language }) => language === 'en') ? known : [ENGLISH, ...known];
  });
  readonly #templates: readonly HandoutTemplate[] = $derived((this.#contributions?.handoutTemplates ?? []).map(({ value }) => value));
  readonly templateOptions = $derived(
    this.#templates.map((template) => ({ value: template.id, label: localize(template.label, this.workbench.language) })),
  );
  readonly #sources = $derived.by(() => {
    const { order } = this;
    if (!order || !this.#records) return null;
    const { language } = this;
    return this.#records.map((record, i) =>
      toHandoutSource(record, { language, now: presentMoment(), mode: order.mode, travel: order.resources[i]?.travel ?? null }),
    );
  });

  readonly content: HandoutContent | null = $derived.by(() => {
    const { order, language } = this;
    const sources = this.#sources;
    const template = this.#templates.find(({ id }) => id === this.templateId) ?? this.#templates[0];
    if (!order || !sources || sources.length === 0 || !template || !this.#ready) return null;
    const map = this.#map;
    return composeHandout(sources, {
      language,
      direction: this.languages.find((known) => known.language === language)?.direction ?? 'ltr',
      template: { ...template, paper: this.paper },
      at: presentMoment(),
      needs: order.needs.map((term) => this.#needLabel(term)),
      from: this.showStart && order.start ? { label: order.start.label, mode: order.mode } : null,
      map: map && {
        ...map,
        label: this.#say('handout.map', { count: map.pins.length }),
        start: this.showStart && map.start ? { ...map.start, label: this.#say('handout.start') } : null,
      },
      say: (id, values) => this.#say(id, values),
    });
  });

  /** Names and sentences that stand in another language than the paper's. */
  readonly untranslated = $derived(
    (this.#sources ?? [])
      .flatMap(({ name, summary }) => [name, ...(summary ? [summary] : [])])
      .filter(({ language }) => language !== this.language).length,
  );

  async open(order: HandoutOrder): Promise<void> {
    this.order = order;
    this.link = null;
    this.#records = null;
    this.#map = null;
    await Promise.all([this.#read(), this.setLanguage(order.language)]);
  }

  retry(): void {
    if (this.#readFailed) void this.#read();
    if (this.#languageFailed) void this.setLanguage(this.language);
  }

  async setLanguage(language: string): Promise<void> {
    this.language = language;
    this.link = null;
    this.#ready = false;
    this.#languageFailed = false;
    const loaded = await this.workbench.loadLanguage(language).then(
      () => true,
      () => false,
    );
    if (this.language !== language) return;
    this.#ready = loaded;
    this.#languageFailed = !loaded;
  }

  setTemplate(id: string): void {
    this.templateId = id;
    this.link = null;
  }

  setPaper(paper: 'letter' | 'a4'): void {
    this.paper = paper;
    this.link = null;
  }

  setShowStart(shown: boolean): void {
    this.showStart = shown;
  }

  async makeLink(): Promise<void> {
    const { content, workbench } = this;
    if (!content) return;
    try {
      const made = await api.handout.create.mutate({ content });
      this.link = { url: location.origin + made.url, until: longDate(made.expiresAt, workbench.language) };
    } catch (error) {
      workbench.notify({ severity: 'error', text: workbench.t('handout.editor.linkFailed'), detail: sayFailure(error) });
    }
  }

  async #read(): Promise<void> {
    const { order } = this;
    if (!order) return;
    const mine = ++this.#reads;
    this.#readFailed = false;
    try {
      // The languages do not wait for the services: they are chosen by typing as soon as the tab is there.
      const [records] = await Promise.all([
        Promise.all(order.resources.map(({ id }) => api.directory.resource.query({ id }))),
        this.#readContributions(),
      ]);
      if (mine !== this.#reads) return;
      this.#records = records;
      const map = await drawHandoutMap(records.map(positionOf), order.start, this.workbench.language).catch(() => null);
      if (mine === this.#reads) this.#map = map;
    } catch {
      if (mine === this.#reads) this.#readFailed = true;
    }
  }

  async #readContributions(): Promise<void> {
    const contributions = await getContributions(this.workbench.language);
    this.#contributions = contributions;
    if (this.templateId) return;
    const first = contributions.handoutTemplates[0]?.value;
    this.templateId = first?.id ?? '';
    this.paper = first?.paper ?? 'letter';
  }

  #say(id: string, values?: Record<string, unknown>): string {
    return this.workbench.tIn(this.language, id, values);
  }

  #needLabel(term: string): string {
    const terms = (this.#contributions?.taxonomies ?? []).flatMap(({ value }) => value.terms);
    const found = terms.find(({ id }) => id === term);
    return found ? localize(found.label, this.language) : term;
  }
}
