// Address books (vCard 2.1 to 4.0, RFC 6350): each card is a row. A card that names nobody, or is cut off, is an issue and
// still a row of its own number, so that every card of the file is accounted for.

import { definePlugin, type ImportFile, type ReadBatch, type ReadIssue } from '../../shared/plugin-api/index.ts';

const COLUMNS = [
  'name',
  'organization',
  'note',
  'phone',
  'email',
  'url',
  'street',
  'city',
  'region',
  'postal_code',
  'country',
  'lat',
  'lon',
];
const CARDS_AT_ONCE = 200;

export default definePlugin({ importers: { vcard: readCards } });

async function* readCards(file: ImportFile): AsyncIterable<ReadBatch> {
  const empty = (): ReadBatch => ({ file: file.path, table: 'cards', columns: COLUMNS, rows: [], issues: [] });
  let [batch, row, card] = [empty(), 0, null as Record<string, string> | null];
  const fault = (code: string, message: string): ReadIssue => ({
    file: file.path,
    row,
    column: null,
    code,
    severity: 'error',
    message,
    value: null,
  });
  const end = (): void => {
    if (card && Object.keys(card).length > 0) batch.rows.push({ row, values: card });
    else batch.issues.push(fault('card_unnamed', 'This card says nothing that can be used, so it was left out.'));
    card = null;
  };
  for await (const line of readUnfolded(file.bytes)) {
    if (/^BEGIN:VCARD$/i.test(line)) {
      if (card) batch.issues.push(fault('card_cut_off', 'This card has no end; what it said up to the next one was kept.'));
      if (card) end();
      [row, card] = [row + 1, {}];
    } else if (/^END:VCARD$/i.test(line)) end();
    else if (card) addProperty(card, line);
    if (batch.rows.length + batch.issues.length < CARDS_AT_ONCE) continue;
    yield batch;
    batch = empty();
  }
  if (card) batch.issues.push(fault('card_cut_off', 'The file ends within this card; what it said was kept.'));
  if (card) end();
  yield batch;
}

/** Lines, where one that begins with a blank goes on from the one before. */
async function* readUnfolded(bytes: AsyncIterable<Uint8Array>): AsyncIterable<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const piece of bytes) {
    const lines = (rest + decoder.decode(piece, { stream: true })).replaceAll(/\r?\n[ \t]/g, '').split(/\r?\n(?=[^ \t])/);
    rest = lines.pop() ?? '';
    yield* lines;
  }
  for (const line of (rest + decoder.decode()).split(/\r?\n/)) if (line !== '') yield line;
}

const SIMPLE: Record<string, string> = { FN: 'name', NOTE: 'note', TEL: 'phone', EMAIL: 'email', URL: 'url' };

/** `TEL;TYPE=work:+1 555 0100`; of several the first is taken. */
function addProperty(card: Record<string, string>, line: string): void {
  const [, name = '', value = ''] = /^(?:[\w-]+\.)?([\w-]+)(?:;(?:"[^"]*"|[^":])*)?:(.*)$/s.exec(line) ?? [];
  const set = (column: string, text: string): void => void (text !== '' && (card[column] ??= text));
  const key = name.toUpperCase();
  if (SIMPLE[key]) set(SIMPLE[key], unescape(value).replace(/^(tel|mailto):/i, ''));
  else if (key === 'ORG') set('organization', splitParts(value)[0] ?? '');
  else if (key === 'ADR')
    splitParts(value)
      .slice(2)
      .forEach((part, i) => set(COLUMNS[6 + i] ?? 'note', part));
  else if (key === 'GEO')
    value
      .replace(/^geo:/i, '')
      .split(/[,;]/)
      .slice(0, 2)
      .forEach((part, i) => set(i === 0 ? 'lat' : 'lon', part));
}

const splitParts = (value: string): string[] => value.split(/(?<!\\);/).map((part) => unescape(part).trim());
const unescape = (text: string): string => text.replaceAll(/\\([nN,;:\\])/g, (_, sign: string) => (/n/i.test(sign) ? '\n' : sign));
