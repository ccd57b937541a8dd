// The directory and its places in the API. Every call is a POST, so that no search and no place is ever in an address.

import { z } from 'zod';
import type { DirectoryIndex } from '#shared/directory/index.ts';
import type { Disposable } from '#shared/platform/disposable.ts';
import type { ServerDeps } from '#server/deps.ts';
import { procedure, router } from '#server/trpc.ts';
import { getBasemaps } from './basemaps.ts';
import { createTypeFields } from './edit-check.ts';
import { browse, BrowseRequest, BrowseSelection, listChosen, Position, toHit } from './browse.ts';
import { getGeocoder } from './geocode.ts';
import { countDirectory, findLastChange, getResource } from './queries.ts';
import { getTextSearch } from './text-search.ts';

const Text = z.string().max(200);
const Language = z
  .string()
  .regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]+)*$/)
  .default('en');
const SEARCH_LIMIT = 50;
const PLACES_LIMIT = 10;

export function directoryRouter(deps: ServerDeps) {
  const { db, directory, registry } = deps;
  const typeFields = createTypeFields(registry);
  const fieldsOfVisitors = createTypeFields(registry, { visitor: true });

  async function current(): Promise<DirectoryIndex> {
    await directory.ready;
    return directory.current();
  }

  return router({
    /** What there is: for the status bar, the map's first view, and the address of its tiles. Hidden places are in no box. */
    status: procedure('directory.read').query(async () => {
      const index = await current();
      // Whoever opens a page searches soon.
      getTextSearch(deps).prepare();
      const [counts, updatedAt] = [await countDirectory(db), await findLastChange(db)];
      return { version: index.version, ...counts, resources: index.size, updatedAt, bounds: index.bounds() };
    }),

    /** The best for a text, of equally good ones the nearer to a place first. */
    search: procedure('directory.read')
      .input(z.strictObject({ text: Text, limit: z.number().int().min(1).max(SEARCH_LIMIT).default(10), near: Position.optional() }))
      .query(async ({ input: { text, limit, near } }) => {
        const search = await getTextSearch(deps).current();
        return search.find(text, { limit, ...(near && { near }) }).map(({ row }) => toHit(search.index, row));
      }),

    /** What a text finds, narrowed by filters or to what the map shows, with how many each choice would leave. */
    browse: procedure('directory.read')
      .input(BrowseRequest)
      .query(({ input }) => browse(deps, input)),

    /** The ids of all that `browse` would list, for one change of them. */
    chosen: procedure('directory.read')
      .input(BrowseSelection)
      .query(({ input }) => listChosen(deps, input)),

    resource: procedure('directory.read')
      .input(z.strictObject({ id: z.string().min(1).max(200) }))
      .query(async ({ ctx: { actor }, input }) => {
        const index = await current();
        const row = index.findRow(input.id);
        // The index knows in which zone the place lies, and when its region has holidays.
        const timetable = row === undefined ? null : index.timetable(row);
        const zone = timetable?.zone ?? (await deps.settings.get<string>('directory.timezone'));
        const fields = actor.role === 'anonymous' ? fieldsOfVisitors : typeFields;
        const fieldNames = (stated: string | null) =>
          fields.of(row === undefined ? stated : index.type(row)).map(({ name }) => name.slice('extra.'.length));
        const record = await getResource(db, input.id, { zone, holidays: timetable?.holidays, fieldNames, now: deps.clock() });
        // Kind and needs are told by words too, which only the index knows.
        return {
          ...record,
          type: row === undefined ? record.service.resource_type : index.type(row),
          needs: row === undefined ? [] : [...index.needsOf(row)],
        };
      }),

    basemaps: procedure('directory.read')
      .input(z.strictObject({ language: Language }).default({ language: 'en' }))
      .query(({ input }) => getBasemaps(deps).list(input.language)),

    /** The versions of the directory, of what is contributed (published rules, plugins), and of streets and maps: now, and each new one. */
    onChange: procedure('directory.read').subscription(async function* ({ signal }) {
      const { publishedRules, plugins, streets } = deps;
      let told: { version: string; rules: number; streets: number } | undefined;
      const events = [directory.onDidChange, publishedRules.onDidChange, plugins.onDidChange, streets.onDidChange];
      for await (const _ of changes(events, signal)) {
        const version = (await current()).version;
        const now = { version, rules: publishedRules.version() + plugins.version, streets: streets.version() };
        if (now.version === told?.version && now.rules === told.rules && now.streets === told.streets) continue;
        told = now;
        yield now;
      }
    }),
  });
}

const PlaceQuery = z.strictObject({
  text: Text,
  language: Language,
  limit: z.number().int().min(1).max(20).default(PLACES_LIMIT),
  near: Position.optional(),
});

export function placesRouter(deps: ServerDeps) {
  return router({
    search: procedure('directory.read')
      .input(PlaceQuery)
      .query(({ input }) => (input.text.trim() === '' ? [] : getGeocoder(deps).search(input))),

    /** Services beyond this machine that a person may ask. */
    outside: procedure('directory.read').query(() => getGeocoder(deps).listOutside()),

    /** Sends the words to one of them: a person asked for that, knowing that they leave this server. */
    askOutside: procedure('directory.read')
      .input(PlaceQuery.omit({ near: true }).extend({ service: z.string().min(1).max(200) }))
      .query(({ input: { service, ...query } }) => (query.text.trim() === '' ? [] : getGeocoder(deps).askOutside(service, query))),

    reverse: procedure('directory.read')
      .input(Position)
      .query(({ input }) => getGeocoder(deps).reverse(input)),
  });
}

/** A turn at once, and one for each change that comes until the caller goes; several that come at once are one. */
async function* changes(events: readonly ((listener: () => void) => Disposable)[], signal: AbortSignal | undefined): AsyncGenerator<void> {
  let changed = true;
  let wake = (): void => {};
  const subscriptions = events.map((event) =>
    event(() => {
      changed = true;
      wake();
    }),
  );
  const stop = (): void => wake();
  signal?.addEventListener('abort', stop);
  try {
    while (!signal?.aborted) {
      if (!changed) await new Promise<void>((resolve) => (wake = resolve));
      if (signal?.aborted) return;
      changed = false;
      yield;
    }
  } finally {
    for (const subscription of subscriptions) subscription.dispose();
    signal?.removeEventListener('abort', stop);
  }
}
