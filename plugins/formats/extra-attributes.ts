// Columns that HSDS has no field for travel as HSDS attributes of a kind of our own, and are read back from there.

import type { ExportRecord, HsdsObject } from '../../shared/plugin-api/index.ts';

const LINK = 'waypost:extra';
const JSON_LINK = 'waypost:extra-json';

export interface ExtraAttribute {
  id: string;
  link_id: string;
  taxonomy_term_id: string;
  link_type: string;
  link_entity: string;
  value: string;
  label: string;
}

/** One attribute for each column in `extra`. */
export function listExtraAttributes(object: HsdsObject, record: ExportRecord): ExtraAttribute[] {
  return Object.entries(record.extra ?? {}).map(([label, value]) => ({
    id: deriveId(`${object} ${record.id} ${label}`),
    link_id: record.id,
    taxonomy_term_id: termId(label),
    link_type: typeof value === 'string' ? LINK : JSON_LINK,
    link_entity: object,
    value: typeof value === 'string' ? value : JSON.stringify(value),
    label,
  }));
}

/** The term that names such a column: HSDS wants every attribute to have one. */
export function columnTerm(label: string) {
  return { id: termId(label), code: label, name: label, description: 'A column of the source that HSDS has no field for.', taxonomy: LINK };
}

function termId(label: string): string {
  return deriveId(`term ${label}`);
}

/** A UUID (version 8) made of four 32-bit FNV-1a hashes of the text. */
function deriveId(text: string): string {
  const hex = [0x811c9dc5, 0x01000193, 0x9e3779b9, 0x85ebca6b].map((seed) => hash32(text, seed).toString(16).padStart(8, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

function hash32(text: string, seed: number): number {
  let hash = seed;
  for (let i = 0; i < text.length; i++) {
    hash ^= text.charCodeAt(i);
    hash = Math.imul(hash, 0x01000193);
    hash ^= hash >>> 15;
  }
  return hash >>> 0;
}
