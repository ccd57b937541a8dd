// A workbook's parts other than its rows: which sheets there are, shared strings, and what number formats mean.

import { SaxesParser } from 'saxes';
import { builtInFormat, readFormat, type NumberKind } from './xlsx-numbers.ts';
import { UnreadableFile, type ZipParts } from './zip-parts.ts';

export interface Sheet {
  name: string;
  part: string;
  hidden: boolean;
}

export interface Workbook {
  sheets: Sheet[];
  strings: string[];
  /** By the style number of a cell. */
  formats: NumberKind[];
  epoch1904: boolean;
}

export interface XmlHandlers {
  /** Names come without their prefix. */
  open?(name: string, attributes: Record<string, string>): void;
  text?(text: string): void;
  close?(name: string): void;
}

/** Reads one part as XML while it is unpacked; yields after each piece. Entities of a document type are not known. */
export function* readXml(parts: ZipParts, part: string, handlers: XmlHandlers): Generator<void> {
  const parser = new SaxesParser();
  const decoder = new TextDecoder('utf-8');
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => handlers.open?.(localName(name), attributes as Record<string, string>));
  parser.on('text', (text) => handlers.text?.(text));
  parser.on('cdata', (text) => handlers.text?.(text));
  parser.on('closetag', ({ name }) => handlers.close?.(localName(name)));
  try {
    for (const piece of parts.unpack(part)) {
      parser.write(decoder.decode(piece, { stream: true }));
      yield;
    }
    parser.write(decoder.decode()).close();
  } catch (error) {
    if (error instanceof UnreadableFile) throw error;
    throw damagedPart(part);
  }
}

function damagedPart(part: string): UnreadableFile {
  const message = `The part ${part} of the file is damaged or missing. Open the file in its program, save it again and import it again.`;
  return new UnreadableFile('package_damaged', message);
}

function readAll(parts: ZipParts, part: string, handlers: XmlHandlers): void {
  for (const _ of readXml(parts, part, handlers));
}

function localName(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
}

const MAIN_PART = 'xl/workbook.xml';

/** Throws UnreadableFile where it is no workbook. */
export function openWorkbook(parts: ZipParts): Workbook {
  const main = findTargets(parts, '_rels/.rels', '').get('officeDocument')?.[0]?.target ?? MAIN_PART;
  if (!parts.has(main))
    throw new UnreadableFile('workbook_unreadable', 'The file is no Excel workbook (.xlsx). Open it in its program and save it as .xlsx.');
  const folder = main.slice(0, main.lastIndexOf('/') + 1);
  const targets = findTargets(parts, `${folder}_rels/${main.slice(folder.length)}.rels`, folder);
  const tables = new Map((targets.get('worksheet') ?? []).map(({ id, target }) => [id, target]));
  const others = new Set([...targets].flatMap(([kind, list]) => (kind === 'worksheet' ? [] : list.map(({ id }) => id))));
  const book: Workbook = { sheets: [], strings: [], formats: [], epoch1904: false };
  readAll(parts, main, {
    open(name, attributes) {
      if (name === 'workbookPr') book.epoch1904 = /^(1|true)$/.test(attributes['date1904'] ?? '');
      if (name !== 'sheet') return;
      const id = attributes['r:id'] ?? attributes['id'] ?? '';
      // A sheet that is a chart has no rows.
      if (others.has(id)) return;
      const part = tables.get(id);
      if (part === undefined || !parts.has(part)) throw damagedPart(part ?? main);
      book.sheets.push({ name: attributes['name'] ?? part, part, hidden: (attributes['state'] ?? 'visible') !== 'visible' });
    },
  });
  const strings = targets.get('sharedStrings')?.[0]?.target;
  if (strings && parts.has(strings)) book.strings = readStrings(parts, strings);
  const styles = targets.get('styles')?.[0]?.target;
  if (styles && parts.has(styles)) book.formats = readFormats(parts, styles);
  return book;
}

/** Relationships of a part by the last word of their type. */
function findTargets(parts: ZipParts, part: string, folder: string): Map<string, { id: string; target: string }[]> {
  const targets = new Map<string, { id: string; target: string }[]>();
  if (!parts.has(part)) return targets;
  readAll(parts, part, {
    open(name, { Id: id = '', Type: type = '', Target: target = '' }) {
      if (name !== 'Relationship') return;
      const kind = type.slice(type.lastIndexOf('/') + 1);
      const list = targets.get(kind) ?? [];
      list.push({ id, target: target.startsWith('/') ? target.slice(1) : resolveDots(folder + target) });
      targets.set(kind, list);
    },
  });
  return targets;
}

function resolveDots(path: string): string {
  const names: string[] = [];
  for (const name of path.split('/')) {
    if (name === '..') names.pop();
    else if (name !== '.') names.push(name);
  }
  return names.join('/');
}

function readStrings(parts: ZipParts, part: string): string[] {
  const strings: string[] = [];
  readAll(
    parts,
    part,
    textItems('si', (text) => strings.push(text)),
  );
  return strings;
}

/** Gives the text of each item: its runs together, without what is only said for pronunciation. */
export function textItems(item: string, found: (text: string) => void): XmlHandlers {
  let text = '';
  let inText = false;
  let spoken = 0;
  return {
    open(name) {
      if (name === item) text = '';
      else if (name === 'rPh') spoken++;
      inText = name === 't' && spoken === 0;
    },
    text(piece) {
      if (inText) text += piece;
    },
    close(name) {
      if (name === 't') inText = false;
      else if (name === 'rPh') spoken--;
      else if (name === item) found(unescape(text));
    },
  };
}

/** Signs that XML cannot hold are written as `_x000D_`. */
export function unescape(text: string): string {
  return text.includes('_x')
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))).replace(/\r\n?/g, '\n')
    : text;
}

function readFormats(parts: ZipParts, part: string): NumberKind[] {
  const own = new Map<number, NumberKind>();
  const formats: NumberKind[] = [];
  let inCells = false;
  readAll(parts, part, {
    open(name, attributes) {
      if (name === 'numFmt') own.set(Number(attributes['numFmtId']), readFormat(attributes['formatCode'] ?? ''));
      else if (name === 'cellXfs') inCells = true;
      else if (name === 'xf' && inCells) {
        const id = Number(attributes['numFmtId'] ?? 0);
        formats.push(own.get(id) ?? builtInFormat(id));
      }
    },
    close(name) {
      if (name === 'cellXfs') inCells = false;
    },
  });
  return formats;
}
