// The search over the live index of this process: built in the background, followed from version to version.

import type { DirectoryIndex } from '#shared/directory/index.ts';
import { collectNeedWords, DirectorySearch } from '#shared/directory/search.ts';
import type { SynonymSet, Taxonomy } from '#shared/plugin-api/points.ts';
import type { ServerDeps } from '#server/deps.ts';
import { readSearchDetails } from './search-details.ts';

/** More new rows than these are read while the search before them answers. */
const ROWS_WAITED_FOR = 500;

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
  /** Rows that were added to its index are read. One at a time: versions may come faster than they are read. */
  #extending: Promise<void> | undefined;

  constructor(deps: ServerDeps) {
    this.#deps = deps;
  }

  /**
   * A search that can be asked now. After small changes it knows them; while a new base, or much that is new, is read it is the
   * one before, with the index that it belongs to. Only the very first caller waits for all of the reading.
   */
  async current(): Promise<DirectorySearch> {
    const { background, directory } = this.#deps;
    await directory.ready;
    for (;;) {
      const index = directory.current();
      const before = this.#ready;
      if (before?.index === index) return before;
      if (before === undefined || !index.extends(before.index)) {
        this.#building ??= background.note(this.#build(index));
        return before ?? this.#building;
      }
      this.#extending ??= background.note(this.#extend(before, index));
      if (index.length - before.index.length > ROWS_WAITED_FOR) return before;
      await this.#extending;
    }
  }

  /** A search that knows all there is, for lists that stand until someone asks again: waits while much is read. */
  async latest(): Promise<DirectorySearch> {
    const search = await this.current();
    // A fresh base of the same version holds the same services.
    if (search.index.version === this.#deps.directory.current().version) return search;
    await (this.#extending ?? this.#building);
    return this.current();
  }

  /** Begins to read, so that whoever searches first waits less. */
  prepare(): void {
    const { background, log } = this.#deps;
    background.note(this.current()).catch((error: unknown) => {
      if (!background.signal.aborted) log.warn({ err: error }, 'the text search could not be read');
    });
  }

  async #extend(before: DirectorySearch, index: DirectoryIndex): Promise<void> {
    try {
      const extended = await before.extend(index);
      // A new base may have been read meanwhile.
      if (extended && this.#ready === before) this.#ready = extended;
    } finally {
      this.#extending = undefined;
    }
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
