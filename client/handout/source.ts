// The allow-list of the handout: what of a directory record may stand on paper. Everything else (contacts, e-mail
// addresses, history, sources, alerts, notes of staff) stops here, whatever the record holds.

import type { Outputs } from '#client/api.ts';
import type { HandoutSource } from '#shared/handout/compose.ts';
import type { HandoutText } from '#shared/handout/content.ts';
import type { LonLat, TravelMode } from '#shared/geo/travel.ts';

export type DirectoryRecord = Outputs['directory']['resource'];

export interface SourceOptions {
  /** Language of the handout. */
  language: string;
  now: Date;
  mode: TravelMode;
  travel: { minutes: number; estimated: boolean } | null;
}

/** Language of what is written in the directory and says no other. */
const WRITTEN_IN = 'en';
const SUMMARY_LENGTH = 180;

export function toHandoutSource(record: DirectoryRecord, options: SourceOptions): HandoutSource {
  const { service, hours, hidden } = record;
  const { language } = options;
  const own = record.translations[language] ?? record.translations[language.split('-')[0] ?? ''] ?? {};
  const text = (written: string, translated?: string): HandoutText =>
    translated ? { text: translated, language } : { text: written, language: WRITTEN_IN };
  const summary = firstSentence(service.description);
  const fees = service.fees_description;
  return {
    id: record.id,
    name: text(service.name ?? ''),
    summary: summary || own.summary ? text(summary ?? '', own.summary) : null,
    hidden,
    address: hidden ? null : record.address,
    phones: distinct(
      record.phones.flatMap(({ number, of, type }) => (number && of !== 'organization' && type !== 'fax' ? [number] : [])),
      record.phone,
    ),
    hours: { week: hours.week, minuteOfDay: minuteOfDay(options.now, hours.zone), text: hours.text },
    languages: [...new Set(record.languages.flatMap(({ code }) => (code && /^[a-z]{2,3}(-|$)/i.test(code) ? [code] : [])))],
    stepFree:
      !hidden &&
      record.accessibility.some(({ description, details }) =>
        /step.?free|wheelchair|ramp|no steps|accessible/i.test(`${description ?? ''} ${details ?? ''}`),
      ),
    bring: record.documents.flatMap(({ document }, i) => (document ? [text(document, own.bring?.[i])] : [])),
    cost: fees ? text(fees) : null,
    verified: /^\d{4}-\d\d-\d\d/.exec(service.assured_date ?? '')?.[0] ?? null,
    travel: options.travel && { ...options.travel, mode: options.mode },
  };
}

/** Where the pin stands; null for private sites and those without a position. */
export function positionOf({ hidden, location }: DirectoryRecord): LonLat | null {
  return hidden || location?.lon == null || location.lat == null ? null : { lon: location.lon, lat: location.lat };
}

/** The first sentence, or as much of it as fits a line or two. */
function firstSentence(text: string | null): string | null {
  const plain = text
    ?.replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  if (!plain) return null;
  const sentence = /^.{20,}?[.!?؟。](?=\s|$)/u.exec(plain)?.[0] ?? plain;
  if (sentence.length <= SUMMARY_LENGTH) return sentence;
  return `${sentence.slice(0, sentence.lastIndexOf(' ', SUMMARY_LENGTH))} …`;
}

/** Two at most; a number that also stands there with its extension says nothing more. */
function distinct(numbers: readonly string[], first: string | null): string[] {
  const all = [...new Set([...(first ? [first] : []), ...numbers])];
  return all.filter((number) => !all.some((other) => other !== number && other.startsWith(`${number} `))).slice(0, 2);
}

function minuteOfDay(now: Date, zone: string | null): number {
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone: zone ?? 'UTC', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(
    now,
  );
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  return hours * 60 + minutes;
}
