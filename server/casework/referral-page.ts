// The page on which a partner without an account reads and answers a referral. Drawn here, without the client: one small page whose
// only script hands over the code that stands behind the # of the link.

import type { SentPart } from '#shared/casework/snapshot.ts';
import { REDISCLOSURE_NOTICE } from '#shared/casework/snapshot.ts';
import type { FactDefinition, FactValue } from '#shared/intake/facts.ts';
import type { Taxonomy } from '#shared/plugin-api/points.ts';
import { localize } from '#shared/platform/localized.ts';
import type { ContributionRegistry } from '#shared/platform/registry.ts';
import { OUTCOMES } from '#shared/casework/referral.ts';
import type { ReceivedReferral } from './referral-inbox.ts';
import { PARTNER_EVENTS, PARTNER_REASONS } from './partner-answers.ts';
import { PARTNER_LANGUAGES, PARTNER_WORDS, type PartnerLanguage } from './partner-words.ts';

/** Sent beside the page: takes the code out of the address, so that it stands in no history, and asks for the referral. */
export const PAGE_SCRIPT = `const code = location.hash.slice(1);
history.replaceState(null, '', location.pathname);
const form = document.querySelector('form');
if (code && form) { form.elements.token.value = code; form.submit(); }
`;

/** The first of the browser's languages that the page speaks. */
export function choosePartnerLanguage(accepted = ''): PartnerLanguage {
  const wanted = accepted.split(',').map((part) => part.trim().slice(0, 2).toLowerCase());
  return (
    PARTNER_LANGUAGES.find((language) => language === wanted.find((tag) => (PARTNER_LANGUAGES as readonly string[]).includes(tag))) ?? 'en'
  );
}

/** Asks for the code; with the script it is given at once. */
export function drawCodePage(language: PartnerLanguage): string {
  const words = PARTNER_WORDS[language];
  const body = `<form method="post" action="/referral"><label for="token">${words.code}</label>
<input id="token" name="token" autocomplete="off" required maxlength="64"><button>${words.open}</button></form>
<script src="/referral.js"></script>`;
  return drawPage(language, words.title, body);
}

/** One sentence and nothing else: thanks, or that the link is of no use any more. */
export function drawPartnerMessage(language: PartnerLanguage, message: { thanks: string } | 'gone' | { fault: string }): string {
  const words = PARTNER_WORDS[language];
  if (message === 'gone') return drawPage(language, words.title, `<p role="alert">${words.gone}</p>`);
  if ('fault' in message) return drawPage(language, words.title, `<p role="alert">${escape(message.fault)}</p>`);
  return drawPage(language, words.title, `<p role="status">${escape(words.thanks.replace('{agency}', isolate(message.thanks)))}</p>`);
}

export function drawReferralPage(
  referral: ReceivedReferral,
  { token, language, registry }: { token: string; language: PartnerLanguage; registry: ContributionRegistry },
): string {
  const words = PARTNER_WORDS[language];
  const agency = referral.from.name;
  const fill = (text: string) => escape(text.replaceAll('{agency}', isolate(agency)).replaceAll('{service}', isolate(referral.service)));
  const label = createLabels(registry, language);
  const body = [
    `<p>${fill(words.intro)}</p>`,
    `<p class="notice">${words.confidential}</p>`,
    referral.redisclosureNotice ? `<p class="notice" lang="en" dir="ltr">${REDISCLOSURE_NOTICE}</p>` : '',
    referral.message ? drawRows([[words.message, referral.message]]) : '',
    ...referral.parts.map((part) => drawPart(part, language, label)),
    drawAnswer(referral, { token, language, fill }),
  ];
  return drawPage(language, words.title, body.join('\n'));
}

type Labels = ReturnType<typeof createLabels>;

function createLabels(registry: ContributionRegistry, language: string) {
  const terms = registry.getPoint<Taxonomy>('taxonomies').all();
  const facts = registry.getPoint<FactDefinition>('facts').all();
  const findFact = (id: string) => facts.findLast(({ value }) => value.id === id)?.value;
  return {
    need(id: string): string {
      const term = terms.flatMap(({ value }) => value.terms).find((each) => each.id === id);
      return term ? localize(term.label, language) : id;
    },
    fact: (id: string) => localize(findFact(id)?.label ?? id, language),
    number(id: string, value: number): string {
      const { type, unit } = findFact(id) ?? {};
      const money = type === 'money' && unit !== undefined && /^[A-Z]{3}$/.test(unit);
      const style = money ? ({ style: 'currency', currency: unit, maximumFractionDigits: 0 } as const) : {};
      return new Intl.NumberFormat(`${language}-u-nu-latn`, style).format(value);
    },
    option(id: string, value: string): string {
      const option = findFact(id)?.options?.find((each) => each.value === value);
      return option ? localize(option.label, language) : value;
    },
  };
}

function drawPart(part: SentPart, language: PartnerLanguage, label: Labels): string {
  const words = PARTNER_WORDS[language];
  const rows: Row[] = [];
  if (part.who) {
    const name = [part.who.name, part.who.familyName].filter(Boolean).join(' ');
    rows.push([words.name, name], [words.pronouns, part.who.pronouns], [words.birthDate, part.who.birthDate]);
  }
  if (part.reach) {
    rows.push([words.language, part.reach.language && sayLanguage(part.reach.language, language)]);
    rows.push([words.interpreter, part.reach.interpreter === null ? null : part.reach.interpreter ? words.yes : words.no]);
    for (const method of part.reach.methods) {
      const cautions = [method.safe === 'ask_first' && words.askFirst, !method.mayLeaveMessage && words.noMessage].filter(Boolean);
      const hours = method.hours.map(({ days, from, to }) => `${sayDays(days, language)} ${isolate(`${from}–${to}`, 'ltr')}`);
      const value = isolate(method.value, method.way === 'phone' || method.way === 'text' ? 'ltr' : 'auto');
      rows.push([words.reach, [`${words.ways[method.way]}: ${value}`, ...hours, ...cautions].join(' · ')]);
    }
    for (const { way, note } of part.reach.never) {
      rows.push([words.never, [words.ways[way as keyof typeof words.ways], note].filter(Boolean).join(' · ')]);
    }
  }
  for (const { need, urgent } of part.needs ?? [])
    rows.push([words.needs, urgent ? `${label.need(need)} (${words.urgent})` : label.need(need)]);
  for (const { relation, age } of part.household ?? [])
    rows.push([words.household, [words.relations[relation], age].filter((each) => each !== null).join(', ')]);
  for (const { fact, told } of part.facts ?? []) {
    const said =
      typeof told === 'object' ? sayValue(told.value, { fact, language, label }) : told === 'declined' ? words.declined : words.unknown;
    rows.push([label.fact(fact), said]);
  }
  return drawRows(rows);
}

/** A fact's value in words. What has no words of its own here is shown as it is written. */
function sayValue(value: FactValue, of: { fact: string; language: PartnerLanguage; label: Labels }): string {
  const words = PARTNER_WORDS[of.language];
  const number = (n: number) => of.label.number(of.fact, n);
  const list = (items: readonly unknown[]) => items.map((item) => sayValue(item as FactValue, of)).join(', ');
  if (typeof value === 'boolean') return value ? words.yes : words.no;
  if (typeof value === 'number') return number(value);
  if (typeof value === 'string') return of.label.option(of.fact, value);
  if (Array.isArray(value)) return list(value);
  if ('per' in value && value.per) return `${sayValue({ ...value, per: undefined }, of)} / ${sayPeriod(value.per, of.language)}`;
  if ('value' in value) return sayValue(value.value, of);
  if ('atLeast' in value) return `≥ ${number(value.atLeast)}`;
  if ('atMost' in value) return `≤ ${number(value.atMost)}`;
  if ('between' in value) return `${number(value.between[0])}–${number(value.between[1])}`;
  if ('oneOf' in value) return list(value.oneOf);
  if ('includes' in value) return list(value.includes);
  if ('declined' in value) return words.declined;
  return words.unknown;
}

function sayLanguage(tag: string, language: string): string {
  return new Intl.DisplayNames([language], { type: 'language' }).of(tag) ?? tag;
}

/** 1 is Monday; 5 January 1970 was one. */
function sayDays(days: readonly number[], language: string): string {
  const name = new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' });
  return days.map((day) => name.format(new Date(Date.UTC(1970, 0, 4 + day)))).join(' ');
}

function sayPeriod(period: 'day' | 'week' | 'month' | 'year', language: string): string {
  const field = period === 'week' ? 'weekOfYear' : period;
  return new Intl.DisplayNames([language], { type: 'dateTimeField' }).of(field) ?? period;
}

/**
 * Keeps the order of what is filled in, whatever runs around it: in a page that reads from right to left a telephone number would
 * else be shown with its parts the other way round.
 */
function isolate(text: string, direction: 'auto' | 'ltr' = 'auto'): string {
  return `${direction === 'ltr' ? '\u2066' : '\u2068'}${text}\u2069`;
}

type Row = [name: string, value: string | null];

/** Rows of one name stand under it together. */
function drawRows(rows: readonly Row[]): string {
  const told = Map.groupBy(
    rows.filter(([, value]) => value),
    ([name]) => name,
  );
  if (told.size === 0) return '';
  const drawn = [...told].map(
    ([name, values]) => `<dt>${escape(name)}</dt>${values.map(([, value]) => `<dd dir="auto">${escape(value!)}</dd>`).join('')}`,
  );
  return `<dl>${drawn.join('')}</dl>`;
}

function drawAnswer(
  referral: ReceivedReferral,
  { token, language, fill }: { token: string; language: PartnerLanguage; fill: (text: string) => string },
): string {
  const words = PARTNER_WORDS[language];
  const events = PARTNER_EVENTS.filter((event) => referral.may.receiver.includes(event));
  if (events.length === 0) return '';
  const choices = events.map(
    (event) => `<label class="choice"><input type="radio" name="event" value="${event}" required> ${words.events[event]}</label>`,
  );
  const needsReason = events.some((event) => event === 'decline' || event === 'reroute');
  return `<form method="post" action="/referral/answer">
<input type="hidden" name="token" value="${escape(token)}">
<fieldset><legend>${words.answer}</legend>${choices.join('')}</fieldset>
${needsReason ? drawSelect('reason', words.reason, Object.entries(words.reasons), PARTNER_REASONS) : ''}
${events.includes('report_outcome') ? drawSelect('outcome', words.outcome, Object.entries(words.outcomes), OUTCOMES) : ''}
<label for="note">${fill(words.note)}</label><textarea id="note" name="note" rows="3" maxlength="2000"></textarea>
<button>${words.send}</button><small>${fill(words.once)}</small>
</form>`;
}

function drawSelect(name: string, label: string, words: readonly [string, string][], order: readonly string[]): string {
  const said = new Map(words);
  const options = order.map((value) => `<option value="${value}">${escape(said.get(value) ?? value)}</option>`);
  return `<label for="${name}">${escape(label)}</label><select id="${name}" name="${name}"><option value=""></option>${options.join('')}</select>`;
}

function drawPage(language: PartnerLanguage, title: string, body: string): string {
  return `<!doctype html>
<html lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>
  :root { color-scheme: light dark; font: 1rem/1.5 'Noto Sans', system-ui, sans-serif; --ground: light-dark(#f3f2ed, #16181d);
    --card: light-dark(#fff, #1f2229); --ink: light-dark(#1b1d22, #eceae4); --line: light-dark(#8a8a85, #7d828c); --accent: light-dark(#2947b8, #9db1ff); }
  body { margin: 0; background: var(--ground); color: var(--ink); }
  main { max-width: 38rem; margin: 4vh auto; padding: 1.5rem 2rem 2rem; background: var(--card); border-radius: 10px; overflow-wrap: anywhere; }
  h1 { font-size: 1.375rem; margin: 0 0 .5rem; }
  dl { display: grid; grid-template-columns: minmax(7rem, 12rem) 1fr; gap: .25rem 1rem; margin: 1rem 0; padding-block-start: 1rem; border-block-start: 1px solid var(--line); }
  dt { font-weight: 600; grid-column: 1; } dd { margin: 0; grid-column: 2; text-align: left; white-space: pre-wrap; } html[dir=rtl] dd { text-align: right; }
  form { margin-top: 1.5rem; } form > label { display: block; margin-top: 1rem; font-weight: 600; }
  fieldset { border: 1px solid var(--line); border-radius: 6px; margin: 0; padding: .5rem 1rem; } legend { font-weight: 600; padding: 0 .25rem; }
  .choice { display: flex; gap: .5rem; align-items: center; min-height: 2.75rem; } .choice input { width: 1.25rem; height: 1.25rem; margin: 0; flex: none; }
  input:not([type=radio]), textarea, select { width: 100%; box-sizing: border-box; font: inherit; color: inherit; background: var(--card); padding: .5rem .625rem;
    margin-top: .25rem; border: 1px solid var(--line); border-radius: 6px; min-height: 2.75rem; }
  button { font: inherit; font-weight: 600; padding: .625rem 1rem; margin-top: 1.5rem; min-height: 2.75rem; border: 0; border-radius: 6px;
    background: var(--accent); color: light-dark(#fff, #10131c); }
  :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
  small { display: block; margin-top: .5rem; }
  .notice, [role=alert] { margin: 1rem 0; border-inline-start: 4px solid light-dark(#b3261e, #ff8a80); padding-inline-start: .75rem; }
  @media (max-width: 32rem) { main { margin: 0; border-radius: 0; padding: 1rem; } dl { grid-template-columns: 1fr; gap: 0; } dt, dd { grid-column: 1; } dd { margin-block-end: .5rem; } }
</style>
</head>
<body>
<main>
<h1>${title}</h1>
${body}
</main>
</body>
</html>
`;
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
