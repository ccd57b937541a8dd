// The directory index of this process: built in the background at the start, kept current by the change feed.
// Every step gives the event loop back, so that no request waits for it.

import { type DirectoryIndex, DirectoryIndexBuilder } from '#shared/directory/index.ts';
import type { ResourceInput } from '#shared/directory/resource.ts';
import { Emitter } from '#shared/platform/event.ts';
import { countCreatedRows } from '#server/db/created-rows.ts';
import { getFeedPosition, type Change } from '#server/db/feed.ts';
import type { LiveDirectory, ServerDeps } from '#server/deps.ts';
import { listAffected } from './affected.ts';
import { listResourceInputsApart } from './apart.ts';
import { createContributedClassifier, onDidChangeClassifier } from './classifier.ts';
import { HiddenCells } from './hidden-cells.ts';
import { countDirectory, listResourceInputs } from './queries.ts';

/** Beyond so many services at once, reading all of them again is sooner done. */
const REBUILD_AT_LEAST = 2000;
/** Beyond so many the directory is read in a thread of its own; fewer are read before one has started. */
const READ_APART_ABOVE = 5000;
/** Records that an undo of an import tells of, for each service. */
const CHANGES_A_SERVICE = 6;
/** After a failure, a database that is away for a moment above all, it is tried again: later and later while it fails. */
const FIRST_RETRY_MS = 1000;
const LONGEST_RETRY_MS = 60_000;

type Deps = Pick<ServerDeps, 'db' | 'database' | 'feed' | 'background' | 'registry' | 'settings' | 'log'>;

/** Starts to build at once; `ready` is fulfilled when `current()` can be asked. Lives as long as the feed and the registry. */
export function createLiveDirectory(deps: Deps): LiveDirectory {
  const { db, database, feed, background, registry, settings, log } = deps;
  const { signal } = background;
  const changed = new Emitter<DirectoryIndex>();
  let contributed = createContributedClassifier(registry);
  let [zone, country] = ['', 'US'];
  const hiddenCells = new HiddenCells();
  let index: DirectoryIndex | undefined;
  /** Number of the last change that the index knows. The feed may still be telling of earlier ones. */
  let position = 0;
  let pending: Change[] = [];
  let rebuildWanted = true;
  let running: Promise<void> | undefined;
  let retryMs = FIRST_RETRY_MS;
  let retry: NodeJS.Timeout | undefined;

  const versionAt = (seq: number) => `${seq}-${contributed.mark}`;
  const query = () => ({ classifier: contributed.classifier, zone, country });
  const readAll = async () => {
    const { services } = await countDirectory(db);
    if (services <= READ_APART_ABOVE) return listResourceInputs(db, query());
    return listResourceInputsApart({ location: database.location, contributions: contributed.contributions, zone, country }, signal);
  };
  /** Where places are that do not say it themselves. */
  const readWhere = async (): Promise<[zone: string, country: string]> => [
    await settings.get<string>('directory.timezone').catch(() => zone),
    await settings.get<string>('directory.country').catch(() => country),
  ];

  /** `known` only rises: a version knows all changes up to its number. */
  function publish(next: DirectoryIndex, known: number): void {
    index = hiddenCells.settle(next);
    position = known;
    retryMs = FIRST_RETRY_MS;
    changed.fire(index);
  }

  async function rebuild(): Promise<void> {
    const started = performance.now();
    rebuildWanted = false;
    pending = [];
    contributed = createContributedClassifier(registry);
    [zone, country] = await readWhere();
    // Read before the tables: what is committed in between is then applied twice, which harms nothing.
    const known = await getFeedPosition(db);
    const builder = new DirectoryIndexBuilder();
    hiddenCells.clear();
    for await (const batch of await readAll()) {
      for (const resource of batch) {
        hiddenCells.note(resource);
        builder.add(resource);
      }
      await background.pause();
    }
    publish(builder.finish(versionAt(known)), known);
    log.info({ resources: index?.size, milliseconds: Math.round(performance.now() - started) }, 'directory index built');
  }

  async function applyPending(before: DirectoryIndex): Promise<void> {
    const changes = pending.filter(({ seq }) => seq > position);
    pending = [];
    const last = changes.at(-1);
    if (!last) return;
    const most = Math.max(REBUILD_AT_LEAST, before.size >> 3);
    if (countCreatedRows(changes) > most || changes.length > most * CHANGES_A_SERVICE) {
      rebuildWanted = true;
      return;
    }
    const affected = await listAffected(db, changes);
    const [zoneNow, countryNow] = await readWhere();
    if (zoneNow !== zone || countryNow !== country || affected.serviceIds.length > most) {
      rebuildWanted = true;
      return;
    }
    const upserts: ResourceInput[] = [];
    for await (const batch of listResourceInputs(db, { ...query(), serviceIds: affected.serviceIds })) upserts.push(...batch);
    const there = new Set(upserts.map((resource) => resource.id));
    const removed = affected.resourceIds.filter((id) => !there.has(id));
    signal.throwIfAborted();
    for (const resource of upserts) hiddenCells.note(resource);
    publish(before.apply({ upserts, removed }, versionAt(last.seq)), last.seq);
    await background.pause();
    if (pending.length === 0 && index?.needsFolding) publish(await index.fold(background.pause), position);
  }

  async function run(): Promise<void> {
    while (!signal.aborted && (rebuildWanted || pending.length > 0)) {
      if (rebuildWanted || index === undefined) await rebuild();
      else await applyPending(index);
    }
  }

  function wake(): Promise<void> {
    running ??= background.note(
      run()
        .catch((error: unknown) => {
          rebuildWanted = true;
          // Closed on the way: nobody needs it any more.
          if (!signal.aborted) {
            log.error({ error: error instanceof Error ? error.message : String(error) }, 'directory index');
            clearTimeout(retry);
            retry = setTimeout(() => void wake(), retryMs).unref();
            retryMs = Math.min(LONGEST_RETRY_MS, retryMs * 2);
          }
          if (index === undefined) throw error;
        })
        .finally(() => (running = undefined)),
    );
    return running;
  }

  feed.onDidChange((changes) => {
    pending.push(...changes);
    void wake();
  });
  onDidChangeClassifier(registry, () => {
    rebuildWanted = true;
    void wake();
  });
  void wake();

  return {
    get ready() {
      return index === undefined ? wake() : Promise.resolve();
    },
    current() {
      if (!index) throw new Error('The directory index is not built yet; await `ready` first.');
      return index;
    },
    onDidChange: changed.event,
  };
}
