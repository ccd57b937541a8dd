// Single parts of a resource out of HSDS rows: which address, telephone, language, capacity a worker is shown.

import type { HsdsObject, HsdsRecord } from '#shared/directory/hsds.ts';
import type { ResourceInput } from '#shared/directory/resource.ts';
import { foldWords } from '#shared/directory/words.ts';

type Rows<O extends HsdsObject> = readonly Partial<HsdsRecord<O>>[];

/** Services with one of these are no help today, and are in no index. */
export const CLOSED_STATUSES: ReadonlySet<string> = new Set(['inactive', 'defunct', 'temporarily closed']);

/** One line: "118 Tanner Street, Old Town". A physical address before one for post. */
export function addressLine(addresses: Rows<'address'>): string | null {
  const address =
    addresses.find((one) => one.address_type === 'physical') ?? addresses.find((one) => one.address_type !== 'postal') ?? addresses[0];
  if (!address) return null;
  const parts = [address.address_1, address.city].map((part) => part?.trim()).filter((part) => part);
  return parts.length > 0 ? parts.join(', ') : null;
}

const NO_VOICE = /fax|tty|tdd|teletype|text/i;
const HOTLINE = /hotline|crisis|helpline|24/i;

/** The number to call: a hotline first, never a fax. */
export function phoneLine(phones: Rows<'phone'>): string | null {
  const voices = phones.filter(
    (phone) => phone.number?.trim() && !NO_VOICE.test(phone.type ?? '') && !/\bfax\b/i.test(phone.description ?? ''),
  );
  const phone = voices.find((one) => HOTLINE.test(`${one.type ?? ''} ${one.description ?? ''}`)) ?? voices[0];
  if (!phone) return null;
  return phone.extension ? `${phone.number!.trim()} ext. ${phone.extension}` : phone.number!.trim();
}

const codesByName = new Map<string, string>();

/** The code of a language given by code or by name, in English or in its own words; undefined: not recognised. */
export function languageCode(language: { code?: string | null; name?: string | null }): string | undefined {
  for (const text of [language.code, language.name]) {
    const given = text?.trim();
    if (!given) continue;
    if (/^[a-z]{2,3}([-_][a-z0-9]+)*$/i.test(given)) {
      try {
        const code = Intl.getCanonicalLocales(given.replaceAll('_', '-'))[0]?.split('-')[0];
        if (code && code.length <= 3) return code;
      } catch {
        // Not a code after all: perhaps a name.
      }
    }
    if (codesByName.size === 0) collectLanguageNames();
    const code = codesByName.get(foldWords(given));
    if (code !== undefined) return code;
  }
  return undefined;
}

function collectLanguageNames(): void {
  const letters = 'abcdefghijklmnopqrstuvwxyz';
  const english = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });
  for (const first of letters) {
    for (const second of letters) {
      const code = Intl.getCanonicalLocales(first + second)[0]!;
      const name = english.of(code);
      if (name === undefined) continue;
      const own = new Intl.DisplayNames(code, { type: 'language', fallback: 'none' }).of(code);
      for (const text of [name, own]) if (text !== undefined && !codesByName.has(foldWords(text))) codesByName.set(foldWords(text), code);
    }
  }
  for (const [name, code] of [
    ['mandarin', 'zh'],
    ['cantonese', 'yue'],
    ['american sign language', 'ase'],
    ['asl', 'ase'],
    ['farsi', 'fa'],
    ['tagalog', 'tl'],
    ['haitian creole', 'ht'],
  ] as const) {
    codesByName.set(name, code);
  }
}

export function languageCodes(languages: Rows<'language'>): string[] {
  const codes = languages.map((language) => languageCode(language as { code?: string | null; name?: string | null }));
  return [...new Set(codes.filter((code) => code !== undefined))].sort();
}

/** The capacity that was told last. */
export function newestCapacity(capacities: Rows<'service_capacity'>): ResourceInput['capacity'] {
  const newest = capacities
    .filter((capacity) => typeof capacity.available === 'number')
    .sort((a, b) => ((a.updated ?? '') < (b.updated ?? '') ? 1 : -1))[0];
  return newest ? { available: newest.available!, maximum: newest.maximum ?? null, updated: newest.updated ?? '' } : null;
}

export function areaNames(areas: Rows<'service_area'>): string[] {
  const names = areas.map((area) => (area.extent_type === 'waypost:area' ? area.extent : null) || area.name || area.id || '');
  return [...new Set(names.filter((name) => name !== ''))];
}

/** What `extra` of a record says under one of our keys; several values may stand apart by ";" or "|". */
export function extraValues(extra: string | null, key: `waypost:${string}`): string[] {
  if (extra === null || !extra.includes(key)) return [];
  const value = (JSON.parse(extra) as Record<string, unknown>)[key];
  const values = Array.isArray(value) ? value : typeof value === 'string' ? value.split(/[;|]/) : [];
  return values.map((one) => String(one).trim()).filter((one) => one !== '');
}
