// Collects HSDS records, with ids that depend on nothing but what they name.

import type { ExportRecord, HsdsObject } from '../../../shared/plugin-api/index.ts';
import { hashText } from '../town/random.ts';

type Fields<O extends HsdsObject> = Omit<ExportRecord<O>, 'id'>;

export class Records {
  readonly byObject: { [O in HsdsObject]?: ExportRecord<O>[] } = {};

  /** Adds a record and gives its id, which is the same for the same object and key. */
  add<O extends HsdsObject>(object: O, key: string, fields: Fields<O>): string {
    const id = demoId(`${object} ${key}`);
    const list = (this.byObject[object] ??= []) as ExportRecord<O>[];
    list.push({ id, ...fields } as ExportRecord<O>);
    return id;
  }
}

/** A UUID made from a name (its version and variant say that it is of nobody's scheme: RFC 9562, version 8). */
function demoId(name: string): string {
  const hex = [1, 2, 3, 4].map((part) => hashText(`${part} port-alder ${name} ${part}`).toString(16).padStart(8, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
