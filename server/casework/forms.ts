// Assessments are held to the form that they name, where it is among the contributed ones. One whose form is gone, or was raised to
// another version meanwhile, is kept as it was answered: it is still what the person said.

import { checkAssessment, type AssessmentForm } from '#shared/casework/assessment.ts';
import type { EntryPayload } from '#shared/casework/entry.ts';
import { Problem } from '#shared/platform/problems.ts';
import type { ContributionRegistry } from '#shared/platform/registry.ts';

/** Throws `unprocessable` naming the question, never the answer. */
export function assertFitsForm(registry: ContributionRegistry, payload: EntryPayload): void {
  const assessment = payload.kind === 'correction' ? payload.payload : payload;
  if (assessment?.kind !== 'assessment') return;
  const form = registry
    .getPoint<AssessmentForm>('assessments')
    .all()
    .find(({ value }) => value.id === assessment.form && value.version === assessment.version);
  const fault = form && checkAssessment(form.value, assessment)[0];
  if (!fault) return;
  const where = 'question' in fault ? ` (${fault.question})` : '';
  throw new Problem('unprocessable', `This does not fit the form "${assessment.form}"${where}: ${SAY[fault.code]}.`);
}

const SAY = {
  other_form: 'it is another form',
  no_such_domain: 'it has no such part of life',
  no_such_question: 'it asks no such question; facts are kept as facts',
  wrong_answer: 'the question takes no such answer',
} as const;
