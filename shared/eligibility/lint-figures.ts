// Sentences that an agency wrote for a condition, and the figures in them: a percentage, an amount or an age that the condition
// does not compare with is a wrong statement to the client. Other numbers ("Section 8", "24 hours") are not looked at.

import type { FactCatalogue } from '../intake/catalogue.ts';
import { fromYearly, PERIODS_A_YEAR, toYearly } from '../intake/money.ts';
import type { Period } from '../intake/facts.ts';
import { memberFactId } from '../intake/read-facts.ts';
import { said } from './faults.ts';
import type { Rule, RuleNode } from './rule.ts';
import { toPathIssue, type PathIssue } from './schema-issues.ts';
import { findGroup, listNodes } from './walk.ts';

interface Figures {
  percents: number[];
  /** In each period in which they can be said. */
  amounts: number[];
  /** Undefined: nothing is asked of an age, and a bare number is none. */
  ages: number[] | undefined;
}

export function lintFigures(rule: Rule, catalogue: FactCatalogue): PathIssue[] {
  return listNodes(rule.eligible_when).flatMap(({ node, at, inMember }) => {
    if (node.say === undefined || 'staff_decides' in node) return [];
    const figures = figuresOf(node, inMember, catalogue);
    const texts = typeof node.say === 'string' ? [['', node.say] as const] : Object.entries(node.say);
    const wrong = texts.flatMap(([language, text]) => {
      const found = findWrongFigure(text, figures);
      return found === undefined ? [] : [`"${found}"${language === '' ? '' : ` (${language})`}`];
    });
    if (wrong.length === 0) return [];
    const say = [...at, 'say'];
    const fix = { title: said('fix.drop_sentence'), remove: say };
    return [
      { ...toPathIssue('say_other_figure', say, said('fault.other_figure', { figures: wrong.join(', ') })), severity: 'warning', fix },
    ];
  });
}

/** What a condition compares with, and all that stands in it. */
function figuresOf(node: RuleNode, inMember: boolean, catalogue: FactCatalogue): Figures {
  const figures: Figures = { percents: [], amounts: [], ages: undefined };
  const visit = (part: RuleNode, member: boolean): void => {
    for (const inner of findGroup(part)?.nodes ?? []) visit(inner, member);
    if ('where' in part && part.where) visit(part.where, true);
    if (!('fact' in part)) return;
    const between: unknown[] = Array.isArray(part.between) ? part.between : [];
    const isAge = catalogue.find(member ? memberFactId(part.fact) : part.fact)?.type === 'age';
    const bounds = [part.at_least, part.at_most, part.less_than, part.more_than, part.is, part.is_one_of, between].flat() as unknown[];
    for (const bound of bounds) addBound(figures, bound);
    if (!isAge) return;
    figures.ages ??= [];
    figures.ages.push(...bounds.filter((bound) => typeof bound === 'number'));
    // "17 or younger" is less than 18, "under 18" is at most 17; "over 17" is more than 17, and so is "18 or older".
    if (typeof part.less_than === 'number') figures.ages.push(part.less_than - 1);
    for (const next of [part.at_most, part.more_than, between[1]]) if (typeof next === 'number') figures.ages.push(next + 1);
  };
  visit(node, inMember);
  return figures;
}

function addBound(figures: Figures, bound: unknown): void {
  // Savings are a plain number, said with its currency.
  if (typeof bound === 'number') figures.amounts.push(bound);
  if (typeof bound !== 'object' || bound === null) return;
  if ('percent' in bound) figures.percents.push(Number(bound.percent));
  if (!('value' in bound && 'per' in bound)) return;
  const yearly = toYearly(Number(bound.value), bound.per as Period);
  for (const per of Object.keys(PERIODS_A_YEAR) as Period[]) figures.amounts.push(fromYearly(yearly, per));
}

const NUMBER = String.raw`\d+(?:[.,'’]\d+|[ \u00a0\u202f]\d{3}(?!\d))*`;
const PERCENT = String.raw`\s*(?:[%٪]|percent|per cent|pour cent|por ciento|بالمئة|بالمائة|في المئة)`;
/** A percentage; an amount with its sign on either side; or a bare number. */
const FIGURE = new RegExp(
  `(?<percent>${NUMBER})${PERCENT}|[$€£]\\s*(?<amount>${NUMBER})|(?<after>${NUMBER})\\s*(?:[$€£]|USD|dollars|dólares|دولار)|(?<bare>${NUMBER})`,
  'giu',
);

/** The first figure of a sentence that is none of the condition's. */
function findWrongFigure(text: string, { percents, amounts, ages }: Figures): string | undefined {
  for (const { 0: written, groups = {} } of toLatinDigits(text).matchAll(FIGURE)) {
    const { percent, bare } = groups;
    const amount = groups['amount'] ?? groups['after'];
    if (percent !== undefined && !percents.includes(toNumber(percent))) return written;
    // Rounded to whole dollars it is still the same amount.
    if (amount !== undefined && !amounts.some((known) => Math.abs(known - toNumber(amount)) < 1)) return written;
    if (bare !== undefined && ages && !ages.includes(toNumber(bare))) return written;
  }
  return undefined;
}

/** "2,000", "2.000" and "2 000" are two thousand; "33,5" and "33.5" are no thousands. */
function toNumber(written: string): number {
  return Number(written.replace(/[.,'’ \u00a0\u202f](?=\d{3}(?!\d))/g, '').replace(',', '.'));
}

function toLatinDigits(text: string): string {
  return text
    .replace(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
    .replace(/٬/g, ',')
    .replace(/٫/g, '.');
}
