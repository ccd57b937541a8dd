// What things are called for which someone may have brought a text: `record.object.*`, `record.field.*`, a plugin's codes.

import type { WorkbenchApi } from './types.ts';

/** A text that may be missing: of a column that nobody named, of a plugin's own code. */
export function findText(workbench: Pick<WorkbenchApi, 't'>, id: string): string | undefined {
  const text = workbench.t(id);
  return text === id ? undefined : text;
}

/** `phone` → "Phone": a kind of record of the directory. */
export function objectLabel(workbench: Pick<WorkbenchApi, 't'>, object: string): string {
  return findText(workbench, `record.object.${object}`) ?? plain(object);
}

/** `opens_at` → "Opens". */
export function nameLabel(workbench: Pick<WorkbenchApi, 't'>, name: string): string {
  return findText(workbench, `record.field.${name}`) ?? plain(name.replace(/^extra\./, ''));
}

/** An id in words. */
export function plain(id: string): string {
  return id.replace(/[_-]+/g, ' ');
}
