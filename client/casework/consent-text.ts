// What a person is told before they consent, in their own language: purpose, recipient, what, until when, and that they may say no.

import type { WorkbenchApi } from '#client/workbench/types.ts';
import type { Purpose } from '#shared/casework/consent.ts';
import type { FieldClass } from '#shared/intake/field-class.ts';
import { sayDay, sayList } from './say.ts';

export interface ConsentTerms {
  purpose: Purpose;
  recipientName: string;
  classes: readonly FieldClass[];
  /** Its last day. */
  until: string;
}

/** The statement in a language whose words are loaded. */
export function sayConsent(
  { purpose, recipientName, classes, until }: ConsentTerms,
  language: string,
  workbench: Pick<WorkbenchApi, 'tIn'>,
): string {
  const locale = language === 'ar' ? 'ar-u-nu-latn' : language;
  const say = (id: string, values?: Record<string, unknown>) => workbench.tIn(language, id, values);
  const what = sayList(classes.map((each) => say(`case.class.${each}`)), locale); // prettier-ignore
  const told = { recipient: recipientName, what, until: sayDay(until, { locale }) };
  return `${say(`case.consent.say.${purpose}`, told)} ${say('case.consent.say.end', told)}`;
}
