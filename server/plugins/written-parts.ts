// The contributions of a package as their author wrote them, each with its file and line: what is wrong with one is said where it
// is mended.

import { readDocuments, type Path, type Place, type TextDocument } from '#shared/eligibility/rule-file.ts';
import { findJsonFault } from '#shared/platform/json-fault.ts';
import type { Issue } from '#shared/platform/result.ts';
import { readText } from './file-text.ts';
import { fitsPattern, readTexts, type PluginPackage } from './package-file.ts';

export interface WrittenPart {
  /** The contribution point. */
  point: string;
  raw: unknown;
  file: string;
  locate(path: Path): Place;
}

export interface WrittenParts {
  parts: WrittenPart[];
  /** Files that cannot be read. */
  issues: Issue[];
  /** Points of which something is missing, because a file of theirs cannot be read. */
  unread: Set<string>;
}

const MANIFEST = 'package.json';

export function readParts({ manifest, files }: Pick<PluginPackage, 'manifest' | 'files'>): WrittenParts {
  const found: WrittenParts = { parts: [], issues: [], unread: new Set() };
  const texts = readTexts(files);
  const resolve = (raw: unknown) => texts.resolve(raw, () => undefined);
  const read = new Map<string, TextDocument[]>();
  const documentsOf = (file: string): TextDocument[] => {
    const known = read.get(file) ?? readFile(file, files.get(file) ?? new Uint8Array(), found);
    read.set(file, known);
    return known;
  };
  for (const [point, values = []] of Object.entries(manifest.waypost.contributes) as [string, unknown[] | undefined][])
    values.forEach((value, i) => {
      if (typeof value !== 'string') {
        const [whole] = documentsOf(MANIFEST);
        found.parts.push({
          ...{ point, raw: value, file: MANIFEST },
          locate: (path) => whole?.locate(['waypost', 'contributes', point, i, ...path]) ?? {},
        });
        return;
      }
      for (const file of [...files.keys()].filter((path) => fitsPattern(value, path)).sort()) {
        const documents = documentsOf(file);
        if (found.issues.some((issue) => issue.file === file)) found.unread.add(point);
        for (const document of documents) found.parts.push(...listParts({ ...document, raw: resolve(document.raw) }, { point, file }));
      }
    });
  return found;
}

/** A document holds one contribution or a list of them. */
function listParts({ raw, locate }: TextDocument, where: Pick<WrittenPart, 'point' | 'file'>): WrittenPart[] {
  if (!Array.isArray(raw)) return [{ ...where, raw, locate }];
  return raw.map((one: unknown, i) => ({ ...where, raw: one, locate: (path: Path) => locate([i, ...path]) }));
}

function readFile(file: string, bytes: Uint8Array, { issues }: WrittenParts): TextDocument[] {
  const text = readText(file, bytes);
  if (!text.ok) {
    issues.push(...text.issues);
    return [];
  }
  const json = file.endsWith('.json') ? findJsonFault(text.value) : undefined;
  const { documents, issues: faults } = readDocuments(text.value, { file });
  if (json) issues.push({ code: 'unreadable_file', severity: 'error', file, ...json });
  else if (documents.length === 0 && faults.length === 0)
    issues.push({ code: 'unreadable_file', severity: 'error', file, line: 1, message: 'Nothing stands in this file.' });
  else issues.push(...faults);
  return json ? [] : documents;
}
