// Records that the source gave before and gives no longer. They are proposed for closing and never deleted; where someone
// wants them closed, that is part of the import, and a record that comes back is open again.

import type { HsdsObject } from '#shared/directory/hsds.ts';
import { readHiddenPlaces } from './hidden-places.ts';
import { linksOf, nameOf, type ImportStage } from './import-stage.ts';
import type { FoundRecord, ImportWriter } from './import-writer.ts';
import type { ImportTally } from './import-tally.ts';
import { CLOSED_STATUSES } from './resource-parts.ts';

const AT_ONCE = 2000;
/** What can be closed; what belongs to them comes and goes with them. */
const WHOLES: ReadonlySet<string> = new Set(['organization', 'service', 'location']);

export interface GoneOptions {
  sourceId: number;
  /** What the input has tables of: of anything else nothing is known. */
  objects: ReadonlySet<HsdsObject>;
  isGiven(key: string): boolean;
  /** Whether to close them. */
  close: boolean;
}

interface RememberedRow {
  id: number;
  key: string;
  place: string;
}

export async function reportGone(writer: ImportWriter, tally: ImportTally, options: GoneOptions): Promise<void> {
  const hidden = await readHiddenPlaces(writer.trx);
  for await (const rows of listGone(writer, options)) {
    const records = await writer.findByRows(rows.map(({ id }) => id));
    for (const row of rows) {
      const main = (records.get(row.id) ?? []).find(({ object }) => row.key.startsWith(`${object}:`));
      if (!main || (main.object === 'service' && CLOSED_STATUSES.has(String(main.values['status'])))) continue;
      const told = hidden.withhold(main.object, main.values);
      if (told) tell(tally, row, { ...main, values: told });
      if (options.close && main.object === 'service') await close(writer, row, main);
    }
    await writer.keepUp();
  }
}

async function* listGone(writer: ImportWriter, { sourceId, objects, isGiven }: GoneOptions): AsyncIterable<RememberedRow[]> {
  let last = '';
  for (;;) {
    const rows = await writer.trx
      .selectFrom('source_row')
      .select(['id', 'key', 'place'])
      .where('source_id', '=', sourceId)
      .where('key', '>', last)
      .orderBy('key')
      .limit(AT_ONCE)
      .execute();
    yield rows.filter(({ key }) => {
      const object = key.slice(0, key.indexOf(':'));
      return WHOLES.has(object) && objects.has(object as HsdsObject) && !isGiven(key);
    });
    if (rows.length < AT_ONCE) return;
    last = rows.at(-1)?.key ?? '';
  }
}

function tell(tally: ImportTally, { key, place }: RememberedRow, { object, values }: FoundRecord): void {
  const name = nameOf(values);
  const message = `"${name}" is no longer in the source. It was last read in ${place}. Nothing was removed: close it if it is gone.`;
  tally.report('', null, { column: null, code: 'gone_from_source', severity: 'info', message, value: name });
  stageGone(tally.stage, { key, place, main: { object, name, links: linksOf(values) } });
}

function stageGone(
  stage: ImportStage | undefined,
  { key, place, main }: { key: string; place: string; main: { object: HsdsObject; name: string; links: ReturnType<typeof linksOf> } },
): void {
  stage?.add({ outcome: 'gone', place, key, again: false, main, changes: [], contests: [], reasons: [] });
}

/** Its row is forgotten, so that one that comes back as it was counts as changed. */
async function close(writer: ImportWriter, row: RememberedRow, service: FoundRecord): Promise<void> {
  writer.update(service, { status: 'inactive' }, ['status']);
  await writer.trx.updateTable('source_row').set({ hash: '' }).where('id', '=', row.id).execute();
}
