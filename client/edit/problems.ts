// Problems in words: kinds that plugins contribute bring their own, the others have messages by their code.

import type { Outputs } from '#client/api.ts';
import type { WorkbenchApi } from '#client/workbench/types.ts';
import { localize } from '#shared/platform/localized.ts';

type Page = Outputs['problems']['list'];
export type ProblemKind = Page['kinds'][number];
export type ListedProblem = Page['problems'][number];

export function kindLabel(workbench: WorkbenchApi, { code, contributed }: ProblemKind): string {
  return contributed ? localize(contributed.label, workbench.language) : workbench.t(`problems.kind.${code}`);
}

/** What the button of its quick fix says. */
export function fixLabel(workbench: WorkbenchApi, { button }: ProblemKind): string {
  return button ? localize(button.label, workbench.language) : '';
}

/** What is wrong, and what to do. */
export function sayProblem(workbench: WorkbenchApi, { code, byAge, contributed }: ProblemKind, { values }: ListedProblem): string {
  const days = values['days'];
  const age = !byAge ? '' : typeof days === 'number' ? workbench.t('problems.days', { days }) : workbench.t('problems.never');
  // Nothing here is certain.
  const percent = Math.min(99, Math.round(Number(values['score'] ?? 0) * 100));
  const text = contributed
    ? localize(contributed.message, workbench.language)
    : workbench.t(`problems.say.${code}`, { ...values, percent });
  return `${age} ${text}`.trim();
}
