// What is asked, as it is being put together: a value that is never changed, only replaced, so that each step can be
// undone. It lives in memory alone: no address bar, no storage.

import type { FactValue, Facts } from '#shared/intake/facts.ts';
import type { FindRequest } from '#shared/matching/request.ts';
import type { LonLat, TravelMode } from '#shared/geo/travel.ts';

export const MINUTES = [10, 20, 30, 45] as const;

/** Where the person is; `kind` says how it came to be known. */
export interface StartPlace extends LonLat {
  label: string;
  kind: 'place' | 'here' | 'map';
}

/** `at`: local time as an <input type="datetime-local"> gives it. */
export type When = { kind: 'now' } | { kind: 'tonight' } | { kind: 'at'; at: string };

export interface FindDraft {
  place: StartPlace | null;
  mode: TravelMode;
  minutes: number;
  when: When;
  /** Taxonomy terms, the most important first. */
  needs: readonly string[];
  facts: Facts;
  /** Facts that were asked and are not known: not asked again in this search. */
  notKnown: readonly string[];
  /** Language codes, those of the handout first. */
  languages: readonly string[];
}

/** What a search knows of a person, apart from where they are: what may be kept of it, and what another search may begin with. */
export type FindKnowledge = Pick<FindDraft, 'needs' | 'facts' | 'notKnown' | 'languages'>;

export const EMPTY_DRAFT: FindDraft = {
  place: null,
  mode: 'walk',
  minutes: 20,
  when: { kind: 'now' },
  needs: [],
  facts: {},
  notKnown: [],
  languages: [],
};

export function addNeed(draft: FindDraft, term: string): FindDraft {
  return draft.needs.includes(term) ? draft : { ...draft, needs: [...draft.needs, term] };
}

export function removeNeed(draft: FindDraft, term: string): FindDraft {
  return { ...draft, needs: draft.needs.filter((need) => need !== term) };
}

/** Moves a need to another place in the order of importance; places outside the list mean its ends. */
export function moveNeed(draft: FindDraft, term: string, index: number): FindDraft {
  if (!draft.needs.includes(term)) return draft;
  const others = draft.needs.filter((need) => need !== term);
  const at = Math.max(0, Math.min(others.length, index));
  return { ...draft, needs: [...others.slice(0, at), term, ...others.slice(at)] };
}

export function setFact(draft: FindDraft, fact: string, value: FactValue): FindDraft {
  return { ...draft, facts: { ...draft.facts, [fact]: value }, notKnown: draft.notKnown.filter((id) => id !== fact) };
}

/** Asked, and the person does not know: unknown still, but not the next question again. */
export function setNotKnown(draft: FindDraft, fact: string): FindDraft {
  return { ...clearFact(draft, fact), notKnown: [...draft.notKnown.filter((id) => id !== fact), fact] };
}

export function clearFact(draft: FindDraft, fact: string): FindDraft {
  const { [fact]: _, ...facts } = draft.facts;
  return { ...draft, facts, notKnown: draft.notKnown.filter((id) => id !== fact) };
}

export function toggleLanguage(draft: FindDraft, language: string): FindDraft {
  const languages = draft.languages.includes(language)
    ? draft.languages.filter((code) => code !== language)
    : [...draft.languages, language];
  return { ...draft, languages };
}

/** Each need counts four fifths of the one before it. */
const NEXT_NEED = 0.8;

const TONIGHT_HOUR = 20;

/**
 * The request, or null while nobody has said where.
 * @param now the present moment, in the zone of this device
 */
export function toRequest(draft: FindDraft, now: Date, options: { language: string; limit: number }): FindRequest | null {
  if (!draft.place) return null;
  return {
    near: { lon: draft.place.lon, lat: draft.place.lat },
    travel: { mode: draft.mode, minutes: draft.minutes },
    needs: draft.needs.map((term, i) => ({ term, weight: NEXT_NEED ** i })),
    facts: { ...draft.facts },
    at: toOffsetTime(moment(draft.when, now)),
    languages: [...draft.languages],
    ...options,
  };
}

/** The moment that is meant; "tonight" is 8 PM, or now where that is past. */
export function moment(when: When, now: Date): Date {
  if (when.kind === 'at') {
    const at = new Date(when.at);
    return Number.isNaN(at.getTime()) ? now : at;
  }
  if (when.kind === 'now') return now;
  const evening = new Date(now);
  evening.setHours(TONIGHT_HOUR, 0, 0, 0);
  return evening > now ? evening : now;
}

/** RFC 3339 with this device's own offset: "2026-11-22T16:40:00-05:00". */
export function toOffsetTime(date: Date): string {
  const minutes = -date.getTimezoneOffset();
  const local = new Date(date.getTime() + minutes * 60_000).toISOString().slice(0, 19);
  const two = (n: number) => String(Math.floor(Math.abs(n))).padStart(2, '0');
  return `${local}${minutes < 0 ? '-' : '+'}${two(minutes / 60)}:${two(minutes % 60)}`;
}

/** What this device's clock says. */
export function presentMoment(): Date {
  return new Date();
}
