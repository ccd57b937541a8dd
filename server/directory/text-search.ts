// The search over the live index of this process: built in the background, followed from version to version.

import type { DirectoryIndex } from '#shared/directory/index.ts';
import { collectNeedWords, DirectorySearch } from '#shared/directory/search.ts';
import type { SynonymSet, Taxonomy } from '#shared/plugin-api/points.ts';
import type { ServerDeps } from '#server/deps.ts';
import { readSearchDetails } from './search-details.ts';

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
  /** A base that is read while the one before still answers. */
  #building: Promise<DirectorySearch> | undefined;
  #extending: { to: DirectoryIndex; search: Promise<DirectorySearch | null> } | undefined;

  constructor(deps: ServerDeps) {
    this.#deps = deps;
  }

  /**
   * A search that can be asked now. After small changes it knows them; while a new base is read it is the one before,
   * with the index that it belongs to. Only the very first caller waits for all of the reading.
   */
  async current(): Promise<DirectorySearch> {
    await this.#deps.directory.ready;
    const index = this.#deps.directory.current();
    if (this.#ready?.index === index) return this.#ready;
    const extended = await this.#extend(index);
    if (extended) return extended;
    this.#building ??= this.#deps.background.note(this.#build(index));
    return this.#ready ?? this.#building;
  }

  /** A search that knows all there is, for lists that stand until someone asks again: waits while a new base is read. */
  async latest(): Promise<DirectorySearch> {
    const search = await this.current();
    // A fresh base of the same version holds the same services.
    if (search.index.version === this.#deps.directory.current().version) return search;
    await this.#building;
    return this.current();
  }

  /** Begins to read, so that whoever searches first waits less. */
  prepare(): void {
    const { background, log } = this.#deps;
    background.note(this.current()).catch((error: unknown) => {
      if (!background.signal.aborted) log.warn({ err: error }, 'the text search could not be read');
    });
  }

  async #extend(index: DirectoryIndex): Promise<DirectorySearch | null> {
    if (this.#ready === undefined) return null;
    if (this.#extending?.to !== index) this.#extending = { to: index, search: this.#ready.extend(index) };
    const extended = await this.#extending.search;
    // Whoever asked for a later version may have been served first.
    if (extended && extended.index.length >= this.#ready.index.length && extended.index.extends(this.#ready.index)) this.#ready = extended;
    return extended;
  }

  async #build(index: DirectoryIndex): Promise<DirectorySearch> {
    const values = <T>(point: string) =>
      this.#deps.registry
        .getPoint<T>(point)
        .all()
        .map((contribution) => contribution.value);
    try {
      return (this.#ready = await DirectorySearch.build(index, {
        needs: collectNeedWords(values<Taxonomy>('taxonomies'), values<SynonymSet>('synonyms')),
        readDetails: (of, rows) => readSearchDetails(this.#deps.db, of, rows),
        pause: this.#deps.background.pause,
      }));
    } finally {
      this.#building = undefined;
    }
  }
}
