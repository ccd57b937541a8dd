// What tells one analysis from another, in a few words: "Food, 15 min on foot, Scenario 1".

import { sayGroup, sayNeeds } from './say.ts';
import type { GapsSession } from './session.svelte.ts';

/** One thing that is asked. */
export interface LabelPart {
  of: 'need' | 'limit' | 'group' | 'when' | 'usable' | 'population' | 'scenario';
  text: string;
  /** As it is unless somebody asks for something else: left out of a label. */
  plain: boolean;
}

/** @param scenario null: today */
export function labelParts(gaps: GapsSession, scenario = gaps.plans.scenario): LabelPart[] {
  const { question, population, populations, workbench } = gaps;
  const t = workbench.t.bind(workbench);
  const isUsedByAll = Object.keys(question.usableBy).length === 0;
  return [
    { of: 'need', text: sayNeeds(gaps), plain: false },
    { of: 'limit', text: t(`gaps.label.${question.mode}`, { minutes: question.minutes }), plain: false },
    { of: 'group', text: sayGroup(gaps), plain: question.group === 'all' },
    {
      of: 'when',
      text: question.openAt === null ? t('gaps.open.any') : sayMoment(question.openAt, workbench.locale),
      plain: question.openAt === null,
    },
    { of: 'usable', text: t(isUsedByAll ? 'gaps.label.anyone' : 'gaps.label.usable'), plain: isUsedByAll },
    { of: 'population', text: population ? `${population.name} (${population.vintage})` : '', plain: (populations?.length ?? 0) < 2 },
    { of: 'scenario', text: scenario?.name ?? t('gaps.scenario.today'), plain: false },
  ];
}

export function joinLabel(parts: readonly LabelPart[], locale: string): string {
  const said = parts.filter(({ plain }) => !plain).map(({ text }) => text);
  return new Intl.ListFormat(locale, { type: 'unit', style: 'short' }).format(said);
}

/** Of each of the two only what the other has not; all of it where they are alike. */
export function distinguish(a: readonly LabelPart[], b: readonly LabelPart[], locale: string): [string, string] {
  const differs = (part: LabelPart) => {
    const texts = [a, b].map((parts) => parts.find(({ of }) => of === part.of)?.text);
    return texts[0] !== texts[1];
  };
  const [onlyA, onlyB] = [a, b].map((parts) => parts.filter(differs).map((part) => ({ ...part, plain: false })));
  return onlyA!.length === 0 ? [joinLabel(a, locale), joinLabel(b, locale)] : [joinLabel(onlyA!, locale), joinLabel(onlyB!, locale)];
}

export function sayLabel(gaps: GapsSession): string {
  return joinLabel(labelParts(gaps), gaps.workbench.locale);
}

/** "Sat 10:00" of a local time of a form. */
function sayMoment(local: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { weekday: 'short', hour: 'numeric', minute: '2-digit' }).format(new Date(local));
}
