// Takes out of any text what would tell where a hidden place is: its street, its house number with it, its postal code,
// coordinates near it, links to maps. What is taken out becomes "…", which needs no language.

import { addressWords } from './address-words.ts';
import { isUuid } from './record-ids.ts';
import { saysWithheld } from './withheld.ts';
import type { LonLat } from '../geo/travel.ts';

/** What is known of where hidden places are. */
export interface PlaceSecrets {
  addresses: readonly { address_1?: string | null; address_2?: string | null; postal_code?: string | null }[];
  /** Middles of the coarse cells in which they stand: what is taken out must not hang on where in its cell a place is. */
  around: readonly LonLat[];
}

export interface Redactor {
  text(text: string): string;
  /** The same value with every text in it redacted, but for ids, telephone numbers and times. */
  value<T>(value: T): T;
}

export const TAKEN_OUT = '…';

/** Figures this near to the middle of its cell, in degrees, are taken for a coordinate of the place: the cell and some two kilometres. */
const NEAR = 0.05;
const WORD = /[\p{L}\p{N}]+/gu;
const DECIMAL = /[-+]?\d{1,3}[.,]\d{2,}/g;
/** So many places after the point has nothing but a coordinate. */
const COORDINATE = /[-+]?\d{1,3}[.,]\d{4,}/g;
const MAP_LINK =
  /\b(?:https?:\/\/)?(?:www\.)?(?:maps\.|goo\.gl\/maps|google\.[a-z.]+\/maps|bing\.com\/maps|openstreetmap\.|osm\.org|waze\.|what3words\.|w3w\.co|plus\.codes)[^\s"'<>)]*/gi;
const STREET_TYPES = new Set(
  'st ave rd blvd dr ln ct pl sq hwy pkwy ter cir trl xing cres way row alley walk loop path pike run close drove quay'.split(' '),
);
/** Kinds of street that stand before the name: "Calle Roble", "rue des Lilas". */
const LEADING_TYPES = new Set('c r ave blvd camino carrera via paseo chemin allee impasse quai cours pl sq'.split(' '));
const SIDES = new Set('n s e w ne nw se sw'.split(' '));
/** Longer runs of words are no street. */
const STREET_WORDS = 5;

// What has the form of an address, whoever's it is.
const NAME = String.raw`\p{Lu}[\p{L}'’-]*\.?`;
const ANY_ADDRESS = new RegExp(
  [
    String.raw`\b\d{1,6}[A-Za-z]?\s+(?:(?:[NSEW]|NE|NW|SE|SW)\.?\s+)?(?:(?:${NAME}|\d+(?:st|nd|rd|th))\s+){1,4}(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Drive|Dr|Lane|Ln|Court|Ct|Place|Pl|Square|Sq|Highway|Hwy|Parkway|Pkwy|Terrace|Ter|Circle|Cir|Trail|Trl|Way|Alley|Row|Pike)\b\.?`,
    String.raw`\b(?:Calle|Avenida|Av\.|Avda\.|Camino|Carrera|Paseo)\s+(?:(?:de|del|la|las|los|el)\s+)*(?:(?:${NAME}|\d+)\s*){1,4}(?:#|n[º°.]|núm\.|,)*\s*\d{1,5}\b`,
    String.raw`\b\d{1,4}(?:\s?(?:bis|ter))?,?\s+(?:rue|avenue|av\.|boulevard|bd|place|chemin|allée|impasse|quai|cours)\s+(?:(?:de|du|des|la|le|les)\s+|[ld]['’])*${NAME}(?:[\s-]${NAME})*`,
  ].join('|'),
  'gu',
);

/**
 * @param anyAddress takes out all that has the form of an address or a coordinate, also where the directory does not know it:
 *   for what is written about the hidden place itself
 */
export function createRedactor({ addresses, around }: PlaceSecrets, { anyAddress }: { anyAddress: boolean }): Redactor {
  const runs = new Map<string, string[][]>();
  for (const run of addresses.flatMap(runsOf)) runs.set(run[0]!, [...(runs.get(run[0]!) ?? []), run]);

  function text(given: string): string {
    let told = given.replace(MAP_LINK, TAKEN_OUT);
    if (anyAddress) told = told.replace(COORDINATE, TAKEN_OUT).replace(ANY_ADDRESS, TAKEN_OUT);
    if (around.length > 0) told = told.replace(DECIMAL, (figure) => (isNear(figure, around) ? TAKEN_OUT : figure));
    return runs.size > 0 ? takeOut(told, runs) : told;
  }

  function value<T>(given: T): T {
    if (typeof given === 'string') return (isUuid(given) ? given : text(given)) as T;
    if (Array.isArray(given)) return given.map(value) as T;
    if (typeof given !== 'object' || given === null) return given;
    return Object.fromEntries(Object.entries(given).map(([key, one]) => [key, EXEMPT.test(key) ? one : value(one)])) as T;
  }

  return { text, value };
}

/** Fields that hold no prose. A telephone number stays: people must be able to call. */
const EXEMPT = /^(?:id|.*_id|number|extension|phone|cell|timezone|zone|at|updated|verified|type|status|waypost:(?:id|ref).*)$/;

function isNear(figure: string, around: readonly LonLat[]): boolean {
  const degrees = Math.abs(Number(figure.replace(',', '.')));
  return around.some(({ lon, lat }) => Math.abs(Math.abs(lon) - degrees) < NEAR || Math.abs(Math.abs(lat) - degrees) < NEAR);
}

/** Runs of words that tell a place: number with street, street, building, postal code. */
function runsOf({ address_1, address_2, postal_code }: PlaceSecrets['addresses'][number]): string[][] {
  const pieces = [address_1, address_2].flatMap((line) => (line ?? '').split(/[,;\n()]+/));
  const runs = pieces.flatMap((piece) => (/^\s*p\.?\s?o\.?\s?box/i.test(piece) ? [] : runsOfPiece(piece)));
  const code = addressWords((postal_code ?? '').replace(/-.*$/, ''));
  if (code.join('').length >= 4 && /\d/.test(code.join(''))) runs.push(code);
  return runs;
}

function runsOfPiece(piece: string): string[][] {
  const words = (piece.match(WORD) ?? []).flatMap(addressWords);
  const at = words.findIndex((word) => /\d/.test(word));
  if (at < 0 && (words.length < 2 || saysWithheld(piece))) return [];
  if (at > 0 && LEADING_TYPES.has(words[0]!)) return [words.slice(0, at), words.slice(0, at + 1)].filter((run) => run.length > 1);
  // "Suite 12": the number comes last.
  if (at > 0 && at === words.length - 1) return [words];
  const rest = at < 0 ? words : words.slice(at + 1);
  const plain = SIDES.has(rest[0] ?? '') && rest.length > 2 ? rest.slice(1) : rest;
  const end = plain.findIndex((word, i) => i > 0 && STREET_TYPES.has(word));
  const street = plain.slice(0, end < 0 ? STREET_WORDS : end + 1);
  const runs = street.length > 1 ? [street] : [];
  if (at < 0 || street.length === 0) return runs;
  runs.push([words[at]!, ...street]);
  // "99 Secret" tells as much as "99 Secret Lane".
  if (!STREET_TYPES.has(street[0]!) && !LEADING_TYPES.has(street[0]!)) runs.push([words[at]!, street[0]!]);
  return runs;
}

interface Word {
  word: string;
  start: number;
  end: number;
}

function takeOut(text: string, runs: ReadonlyMap<string, string[][]>): string {
  const words: Word[] = Array.from(text.matchAll(WORD), (match) => ({
    word: addressWords(match[0]).join(''),
    start: match.index,
    end: match.index + match[0].length,
  }));
  let told = '';
  let from = 0;
  for (let i = 0; i < words.length; i++) {
    const run = runs
      .get(words[i]!.word)
      ?.reduce((longest, one) => (stands(words, i, one) && one.length > longest ? one.length : longest), 0);
    if (!run) continue;
    // The house number and the side of the street go with it.
    let first = i;
    while (
      first > 0 &&
      words[first - 1]!.start >= from &&
      (SIDES.has(words[first - 1]!.word) || /^\d+[a-z]?$/.test(words[first - 1]!.word))
    )
      first--;
    told += text.slice(from, words[first]!.start) + TAKEN_OUT;
    i += run - 1;
    from = words[i]!.end;
  }
  return told + text.slice(from);
}

function stands(words: readonly Word[], at: number, run: readonly string[]): boolean {
  return run.every((word, i) => words[at + i]?.word === word);
}
