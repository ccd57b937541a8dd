// The search over the live index of this process: built in the background, followed from version to version.

import { setImmediate as pause } from 'node:timers/promises';
import type { DirectoryIndex } from '#shared/directory/index.ts';
import { collectNeedWords, DirectorySearch } from '#shared/directory/search.ts';
import type { SynonymSet, Taxonomy } from '#shared/plugin-api/points.ts';
import type { ServerDeps } from '#server/deps.ts';

const ofApp = new WeakMap<ServerDeps, TextSearch>();

/** The search of this process, made on first use. */
export function getTextSearch(deps: ServerDeps): TextSearch {
  let search = ofApp.get(deps);
  if (!search) ofApp.set(deps, (search = new TextSearch(deps)));
  return search;
}

export class TextSearch {
  readonly #deps: ServerDeps;
  #ready: DirectorySearch | undefined;
  #building: { of: DirectoryIndex; search: Promise<DirectorySearch> } | undefined;

  constructor(deps: ServerDeps) {
    this.#deps = deps;
  }

  /**
   * A search that can be asked now. After small changes it knows them; while a new base is read it is the one before,
   * with the index that it belongs to. Only the very first caller waits.
   */
  async current(): Promise<DirectorySearch> {
    await this.#deps.directory.ready;
    const index = this.#deps.directory.current();
    if (this.#ready?.index === index) return this.#ready;
    const extended = this.#ready?.extend(index);
    if (extended) return (this.#ready = extended);
    if (this.#building === undefined) this.#build(index);
    return this.#ready ?? this.#building!.search;
  }

  #build(index: DirectoryIndex): void {
    const values = <T>(point: string) =>
      this.#deps.registry
        .getPoint<T>(point)
        .all()
        .map((contribution) => contribution.value);
    const needs = collectNeedWords(values<Taxonomy>('taxonomies'), values<SynonymSet>('synonyms'));
    const search = DirectorySearch.build(index, needs, () => pause());
    this.#building = { of: index, search };
    search
      .then((built) => (this.#ready = built))
      .finally(() => (this.#building = undefined))
      .catch(() => {});
  }
}
