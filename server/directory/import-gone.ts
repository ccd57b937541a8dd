// Records that the source gave before and gives no longer. They are proposed for closing and never deleted; where someone
// wants them closed, that is part of the import, and a record that comes back is open again.

import type { HsdsObject } from '#shared/directory/hsds.ts';
import { readHiddenPlaces } from './hidden-places.ts';
import { linksOf, nameOf, type ImportStage } from './import-stage.ts';
import type { FoundRecord, ImportWriter, RememberedRow } from './import-writer.ts';
import type { ImportTally } from './import-tally.ts';
import { CLOSED_STATUSES } from './resource-parts.ts';

/** What can be closed; what belongs to them comes and goes with them. */
const WHOLES: ReadonlySet<string> = new Set(['organization', 'service', 'location']);

export interface GoneOptions {
  /** What the input has tables of: of anything else nothing is known. */
  objects: ReadonlySet<HsdsObject>;
  isGiven(key: string): boolean;
  /** Whether to close them. */
  close: boolean;
}

export async function reportGone(writer: ImportWriter, tally: ImportTally, options: GoneOptions): Promise<void> {
  const hidden = await readHiddenPlaces(writer.trx);
  for await (const all of writer.listKnown()) {
    const rows = all.filter(({ key }) => isGone(key, options));
    const records = await writer.findByRows(rows.map(({ number }) => number));
    for (const row of rows) {
      const main = (records.get(row.number) ?? []).find(({ object }) => row.key.startsWith(`${object}:`));
      if (!main || (main.object === 'service' && CLOSED_STATUSES.has(String(main.values['status'])))) continue;
      const told = hidden.withhold(main.object, main.values);
      if (told) tell(tally, row, { ...main, values: told });
      if (options.close && main.object === 'service') await close(writer, row, main);
    }
    await writer.keepUp();
  }
}

function isGone(key: string, { objects, isGiven }: GoneOptions): boolean {
  const object = key.slice(0, key.indexOf(':'));
  return WHOLES.has(object) && objects.has(object as HsdsObject) && !isGiven(key);
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
  await writer.trx.updateTable('source_row').set({ hash: '' }).where('id', '=', row.number).execute();
}
