// From what is known of each service to the words on the paper. What goes in is already the allow-list
// (HandoutSource): nothing that staff alone may see can get this far.

import { localize } from '../platform/localized.ts';
import { brief, QR_BYTES, utf8Length } from './brief.ts';
import type { HandoutContent, HandoutMap, HandoutService, HandoutText } from './content.ts';
import { hoursInWords, type HoursInput } from './hours.ts';
import { dayAndMonth, languageNames, listOf, longDate, upperFirst, type Say } from './words.ts';
import type { HandoutTemplate } from './template.ts';

/** All that a handout may know of one resource. */
export interface HandoutSource {
  id: string;
  name: HandoutText;
  summary: HandoutText | null;
  hidden: boolean;
  /** One line; ignored where hidden. */
  address: string | null;
  phones: readonly string[];
  hours: HoursInput;
  /** Language codes. */
  languages: readonly string[];
  stepFree: boolean;
  bring: readonly HandoutText[];
  cost: HandoutText | null;
  verified: string | null;
  travel: { minutes: number; mode: 'walk' | 'drive'; estimated: boolean } | null;
}

export interface HandoutOptions {
  language: string;
  direction: 'ltr' | 'rtl';
  template: HandoutTemplate;
  /** When it is made. */
  at: Date;
  timeZone?: string;
  /** What was looked for, in the person's language; may be empty. */
  needs: readonly string[];
  /** Where the person starts, in words; null: not to be printed. */
  from: { label: string; mode: 'walk' | 'drive' } | null;
  map: HandoutMap | null;
  say: Say;
}

export function composeHandout(sources: readonly HandoutSource[], options: HandoutOptions): HandoutContent {
  const { language, say, template } = options;
  const parts = new Set(template.parts);
  const services = sources.map((source, index) => composeService(source, index + 1, options));
  const content: HandoutContent = {
    version: 1,
    language,
    direction: options.direction,
    paper: template.paper,
    textSize: template.textSize,
    heading: {
      title: say('handout.title'),
      subtitle: options.needs.length > 0 ? say('handout.subtitle', { needs: listOf(options.needs, language) }) : '',
      date: longDate(options.at, language, options.timeZone),
      from: options.from && say(`handout.from.${options.from.mode}`, { place: options.from.label }),
    },
    services,
    map: parts.has('map') ? options.map : null,
    code: null,
    crisis:
      parts.has('crisis') && template.crisisLines.length > 0
        ? {
            title: say('handout.crisis'),
            lines: template.crisisLines.map((line) => ({ label: localize(line.label, language), phone: line.phone })),
          }
        : null,
    footer: parts.has('footer') ? footer(services, options) : [],
  };
  if (!parts.has('qr')) return content;
  const text = brief(content, (candidate) => utf8Length(candidate) <= QR_BYTES);
  return { ...content, code: { text, title: say('handout.code.title'), explanation: say('handout.code.explanation') } };
}

function composeService(source: HandoutSource, number: number, options: HandoutOptions): HandoutService {
  const { language, say } = options;
  const parts = new Set(options.template.serviceParts);
  const spoken = parts.has('languages') && source.languages.length > 0 ? [listOf(languageNames(source.languages, language), language)] : [];
  const steps = parts.has('accessibility') && source.stepFree ? [say('handout.stepFree')] : [];
  const access = [...spoken, ...steps];
  return {
    number,
    name: source.name,
    summary: parts.has('summary') ? source.summary : null,
    hours: parts.has('hours') ? hoursInWords(source.hours, say, language) : { now: '', week: null },
    address: parts.has('address') ? (source.hidden ? say('handout.callForAddress') : source.address) : null,
    travel: parts.has('travel') && source.travel && !source.hidden ? travelInWords(source.travel, say) : null,
    bring: parts.has('bring') ? bringInWords(source.bring, say, language) : null,
    phones: parts.has('phone') ? source.phones.slice(0, 3) : [],
    access: access.length > 0 ? upperFirst(access.join(say('handout.separator')), language) : null,
    cost: parts.has('cost') ? source.cost : null,
    verified: source.verified,
  };
}

function travelInWords(travel: NonNullable<HandoutSource['travel']>, say: Say): string {
  return say(travel.estimated ? `handout.travel.${travel.mode}.about` : `handout.travel.${travel.mode}`, {
    minutes: Math.max(1, Math.round(travel.minutes)),
  });
}

/** Things in another language keep their own sentence, so that the whole line can be marked with it. */
function bringInWords(things: readonly HandoutText[], say: Say, language: string): HandoutText | null {
  if (things.length === 0) return null;
  const own = things.every((thing) => thing.language === language);
  const list = listOf(
    things.map((thing) => lowerFirst(thing.text, thing.language)),
    own ? language : (things[0]?.language ?? language),
  );
  return { text: say('handout.bring', { things: list }), language };
}

/** "Photo ID" inside a sentence is "photo ID", but "ID" stays "ID". */
function lowerFirst(text: string, language: string): string {
  return /^\p{Lu}\p{Ll}/u.test(text) && language !== 'de' ? text.charAt(0).toLocaleLowerCase(language) + text.slice(1) : text;
}

function footer(services: readonly HandoutService[], { say, language, at }: HandoutOptions): string[] {
  const year = at.getFullYear();
  const days = services.flatMap((service) => service.verified ?? []).sort();
  const [first, last] = [days[0], days.at(-1)];
  const checked =
    first && last
      ? [
          say('handout.checked', {
            from: dayAndMonth(first, language, year),
            to: dayAndMonth(last, language, year),
            same: String(first === last),
          }),
        ]
      : [];
  return [...checked, say('handout.askWhy')];
}
