// Places that people must live in: "residents of Cook County", "live in Lake or Kane counties", "in our service area".

import type { Found } from './found.ts';
import type { Words, Span } from './words.ts';

const LONGEST_NAME = 4;

/** @returns a condition on where the household lives, by the areas' names; undefined where no place is told */
export function readPlace(words: Words, from: number): Found | undefined {
  if (words.is(from, 'live_in')) {
    const at = words.skip(from + 1);
    if (words.is(at, 'service_area')) {
      return { node: { fact: 'household.place', within: 'service_area' }, spans: [words.span(from, at + 1)], end: at + 1 };
    }
    const names = readNames(words, at);
    return names && toFound(names, words.span(from, names.end));
  }
  // "Cook County residents"; at the beginning of a sentence any word has a capital, so there the kind of place must be said, or that it is they only.
  const names = readNames(words, from);
  if (!names || !words.is(names.end, 'resident') || (from === 0 && !names.kindSaid && !words.is(names.end + 1, 'only'))) return undefined;
  return toFound({ ...names, end: names.end + 1 }, words.span(from, names.end + 1));
}

interface Names {
  names: string[];
  kindSaid: boolean;
  end: number;
}

function toFound({ names, end }: Names, span: Span): Found {
  return { node: { fact: 'household.place', within: names.length === 1 ? names[0]! : names }, spans: [span], end };
}

/** One name or several, with "County" once for all: "Lake, Kane and DuPage Counties". */
function readNames(words: Words, from: number): Names | undefined {
  const names: string[] = [];
  let at = from;
  let end = from;
  let kind = '';
  let kindSaid = false;
  for (;;) {
    const city = words.is(at, 'city_of');
    if (city) at++;
    const name = readName(words, at);
    if (!name) break;
    names.push(name.text);
    at = end = name.end;
    if (city) kindSaid = true;
    if (words.is(at, 'county')) {
      kind = words.text(at);
      kindSaid = true;
      const suffix = /count/i.test(kind) ? ' County' : /city/i.test(kind) ? '' : ` ${kind.replace(/s$/, '')}`;
      for (let i = 0; i < names.length; i++) if (!/ (County|Parish|Township|Borough|School District)$/i.test(names[i]!)) names[i] += suffix;
      end = ++at;
    }
    const joint = at;
    while (words.is(at, 'and or') || words.isMark(at, ',')) at++;
    if (at === joint || (kind !== '' && !/^count(y|ies)$/i.test(kind))) break;
  }
  return names.length === 0 ? undefined : { names, kindSaid, end };
}

/** Words with a capital that are no phrase of the table, some of them joined by hyphens. */
function readName(words: Words, from: number): { text: string; end: number } | undefined {
  const isNamed = (at: number): boolean => words.is(at, 'other') && /^\p{Lu}/u.test(words.text(at));
  let end = from;
  while (end - from < LONGEST_NAME && isNamed(end))
    end += words.isMark(end + 1, '-') && isNamed(end + 2) && words.isOneWord(end, end + 3) ? 2 : 1;
  return end === from ? undefined : { text: words.quote(words.span(from, end)), end };
}
