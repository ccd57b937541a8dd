// What is said of one person: "be 18 or older", "live in Cook County", "have photo ID", "not be employed".

import { readOwnAge } from './ages.ts';
import { readIncome } from './figures.ts';
import { allOf, anyOf, noneOf, type Found } from './found.ts';
import type { Grammar } from './grammar.ts';
import { readPlace } from './places.ts';
import { readBenefits, readHad, readTrait } from './possessions.ts';

export function readPredicate(grammar: Grammar, from: number): Found | undefined {
  const { words } = grammar;
  let at = words.skip(from);
  if (words.is(at, 'you') && words.is(at + 1, 'must be have')) at++;
  while (words.is(at, 'must') && !words.is(at, 'have')) at = words.skip(at + 1);
  if (words.is(at, 'not')) return negated(words.is(at + 1, 'be') ? grammar.complement(at + 2) : grammar.predicate(at + 1));
  const place = readPlace(words, at);
  if (place) return place;
  const income = words.is(at, 'income earn') ? readIncome(words, at, false) : undefined;
  if (income) return income;
  if (words.is(at, 'be')) return grammar.complement(at + 1);
  const trait = readTrait(words, at);
  if (trait && !words.is(at, 'trait:woman trait:man trait:student')) return trait;
  if (words.is(at, 'receive')) return readBenefits(words, at + 1);
  return words.is(at, 'have') ? readHad(words, at + 1) : undefined;
}

export function readComplement(grammar: Grammar, from: number): Found | undefined {
  const { words } = grammar;
  const at = words.skip(from);
  if (words.is(at, 'not')) return negated(grammar.complement(at + 1));
  const age = readOwnAge(words, at, false);
  if (age) return withCondition(grammar, age);
  const place = readPlace(words, at);
  if (place) return place;
  return words.is(at, 'receive') ? readBenefits(words, at + 1) : grammar.group(at);
}

/** "under 18 (under 19 if you are a student)": either. */
function withCondition(grammar: Grammar, age: Found): Found {
  const { words } = grammar;
  if (!words.isMark(age.end, '(')) return age;
  const other = readOwnAge(words, age.end + 1, true);
  if (!other || !words.is(other.end, 'if')) return age;
  let close = other.end;
  while (close < words.length && !words.isMark(close, ')')) close++;
  const said = grammar.complement(other.end + 1) ?? grammar.predicate(other.end + 1);
  const rest = words.span(other.end, Math.max(other.end + 1, close));
  const known = said?.node && (said.end >= close || words.is(said.end, 'restrict with'));
  const condition: Found = known
    ? { ...said, spans: [rest] }
    : { node: { staff_decides: words.quote(words.span(other.end, close)) }, spans: [rest], end: close };
  return anyOf([age, allOf([other, condition], close + 1)], close + 1, () => '');
}

function negated(found: Found | undefined): Found | undefined {
  return found?.node ? noneOf(found) : undefined;
}
