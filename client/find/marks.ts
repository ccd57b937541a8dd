// Marks that plugins put on the pins of an answer, decided here by what is public of a service.

import type { PinMark } from '#client/map/types.ts';
import { daysSince } from '#shared/directory/freshness.ts';
import { readFieldText } from '#shared/directory/listed-fields.ts';
import { localize } from '#shared/platform/localized.ts';
import { evaluateWhen, parseWhen, type When } from '#shared/platform/when.ts';
import type { ContributionOf } from '#shared/plugin-api/index.ts';
import type { ResultRow } from './result.ts';

export interface Mark extends PinMark {
  id: string;
  /** For the legend. */
  label: string;
  when: When;
}

/** In the order in which they are asked. */
export function toMarks(styles: readonly { plugin: string; value: ContributionOf<'markerStyles'> }[], language: string): Mark[] {
  return styles
    .toSorted((a, b) => a.value.order - b.value.order)
    .flatMap(({ plugin, value }) => {
      const when = parseWhen(value.when);
      if (!when.ok) return [];
      const { badge, tone, fade } = value;
      return [{ id: `${plugin}/${value.id}`, label: localize(value.label, language), when: when.value, icon: badge ?? null, tone, fade }];
    });
}

/** The mark of a service; the first that fits. */
export function findMark(marks: readonly Mark[], { match, resource }: Pick<ResultRow, 'match' | 'resource'>, now: Date): Mark | undefined {
  if (marks.length === 0) return undefined;
  const fields = new Map(resource.fields.map(readFieldText).map(({ name, value }) => [name, toValue(value)]));
  const keys: Record<string, unknown> = {
    type: resource.type ?? '',
    open: match.open.state,
    checkedDays: resource.verified ? daysSince(resource.verified, now) : undefined,
    placesFree: resource.capacity?.available,
    languages: resource.languages.join(' '),
    name: resource.service.name,
  };
  const get = (key: string) => (key.startsWith('field.') ? fields.get(key.slice('field.'.length)) : keys[key]);
  return marks.find(({ when }) => evaluateWhen(when, get));
}

/** A yes or no is compared as such. */
function toValue(text: string | number | boolean): string | number | boolean {
  return text === 'true' || text === 'false' ? text === 'true' : text;
}
