// One line for each thing that is in a record: what the timeline and the page before a visit say of it.

import type { WorkbenchApi } from '#client/workbench/types.ts';
import type { CorrectablePayload } from '#shared/casework/entry.ts';
import { valueInWords } from '#shared/intake/fact-words.ts';
import { sayDay, sayList, sayMoment, sayRow } from './say.ts';
import type { CaseVocabulary } from './vocabulary.ts';

export interface SaidEntry {
  icon: string;
  title: string;
  /** Longer words, as they were written. */
  text?: string | undefined;
}

type Sayers = { [K in CorrectablePayload['kind']]: (payload: Extract<CorrectablePayload, { kind: K }>, words: Words) => SaidEntry };

export interface Words {
  t: WorkbenchApi['t'];
  locale: string;
  vocabulary: CaseVocabulary;
  /** The words of a goal or a step of any version of the plan. */
  planText: (id: string) => string | undefined;
}

const CONTACT_ICON = { phone: 'phone', text: 'message-circle', email: 'mail', post: 'mailbox', visit: 'footprints', through_someone: 'users' } as const; // prettier-ignore

const SAYERS: Sayers = {
  identity: (_, { t }) => ({ icon: 'user', title: t('case.said.identity') }),
  contact: (_, { t }) => ({ icon: 'phone', title: t('case.said.contact') }),
  engagement: (_, { t }) => ({ icon: 'heart-handshake', title: t('case.said.engagement') }),
  words: ({ about, text }, { t }) => ({ icon: 'message-circle', title: t(`case.words.${about}`), text }),
  needs: ({ needs }, { t, locale, vocabulary }) => ({
    icon: 'list-ordered',
    title: t('case.said.needs', {
      what:
        needs.length === 0
          ? t('case.needs.none')
          : sayList(
              needs.map(({ need }) => vocabulary.needLabel(need)),
              locale,
            ),
    }),
  }),
  household: ({ members }, { t }) => ({ icon: 'users', title: t('case.said.household', { count: members.length }) }),
  fact: ({ fact, told, source }, { t, locale, vocabulary }) => {
    const definition = vocabulary.facts.find(fact);
    const value = typeof told === 'string' ? t(`case.told.${told}`) : definition ? valueInWords(definition, told.value, { t, language: locale }) : ''; // prettier-ignore
    return { icon: 'info', title: t('case.said.fact', { fact: vocabulary.factLabel(fact), value, source: t(`case.source.${source}`) }) };
  },
  assessment: ({ domain, need }, { t }) => ({
    icon: 'clipboard-list',
    title: t('case.said.assessment', { domain: t(`case.domain.${domain}`), level: t(`case.level.${need}`) }),
  }),
  plan: ({ reason, agreed }, { t }) => ({
    icon: 'list-checks',
    title: t(agreed ? 'case.said.plan.agreed' : 'case.said.plan'),
    text: reason,
  }),
  progress: ({ of, state, blocked }, { t, planText }) => ({
    text: planText(of),
    icon: state === 'done' || state === 'reached' ? 'circle-check' : 'list-checks',
    title: blocked ? t('case.said.blocked', { what: t(`case.barrier.${blocked.by}`) }) : t('case.said.progress', { state: t(`case.state.${state ?? 'open'}`) }), // prettier-ignore
  }),
  note: ({ text }, { t }) => ({ icon: 'message-square', title: t('case.said.note'), text }),
  contact_made: ({ way, outcome, text, with: whom }, { t }) => ({
    icon: CONTACT_ICON[way],
    title: t('case.said.contact_made', { way: t(`case.way.${way}`), outcome: t(`case.outcome.${outcome}`), whom: t(`case.with.${whom}`) }),
    text,
  }),
  appointment: ({ what, when, state, barrier }, words) => ({
    icon: 'calendar-clock',
    title: words.t('case.said.appointment', { what, when: sayMoment(when, words), state: words.t(`case.appointment.${state}`) }),
    text: barrier && words.t('case.missed.between', { what: words.t(`case.barrier.${barrier}`) }),
  }),
  task: ({ what, due, state }, words) => ({
    icon: state === 'done' ? 'circle-check' : 'circle',
    title: words.t('case.said.task', { what, state: words.t(`case.state.${state}`), due: due ? sayDay(due, words) : 'none' }),
  }),
  consent: ({ purpose, recipientName, until }, words) => ({
    icon: 'key-round',
    title: words.t('case.said.consent', { purpose: words.t(`case.purpose.${purpose}`), recipient: recipientName, until: sayDay(until.slice(0, 10), words) }), // prettier-ignore
  }),
  consent_withdrawn: (_, { t }) => ({ icon: 'ban', title: t('case.said.consent_withdrawn') }),
  referral_said: ({ service, to, state, note }, { t }) => ({
    icon: 'send',
    title: t('case.said.referral', { service: service.name, to, state: t(`case.referral.${state}`) }),
    text: note,
  }),
  intensity: ({ level, reason }, { t }) => ({ icon: 'activity', title: t('case.said.intensity', { level: t(`case.intensity.${level}`) }), text: reason }), // prettier-ignore
  review: ({ changed }, { t }) => ({ icon: 'refresh-cw', title: t('case.said.review'), text: changed }),
  closing: ({ reason, summary }, { t }) => ({ icon: 'archive', title: t('case.said.closing', { reason: t(`case.closing.${reason}`) }), text: summary }), // prettier-ignore
  closing_decided: ({ decision, said }, { t }) => ({ icon: decision === 'approved' ? 'circle-check' : 'undo-2', title: t(`case.said.closing.${decision}`), text: said }), // prettier-ignore
  follow_up: ({ days, outcome, helped, text }, words) => ({
    icon: 'message-circle',
    title: words.t('case.said.follow_up', {
      days,
      outcome: sayRow([words.t(`case.followUp.${outcome}`), helped && helped !== 'unknown' ? words.t(`case.result.${helped}`) : ''], words),
    }),
    text,
  }),
  reopening: ({ reason }, { t }) => ({ icon: 'rotate-ccw', title: t('case.said.reopening'), text: reason }),
  unmet: ({ need, why, text }, { t, vocabulary }) => ({
    icon: 'circle-x',
    title: t('case.said.unmet', { need: vocabulary.needLabel(need), why: t(`case.unmet.${why}`) }),
    text,
  }),
};

export function sayEntry(payload: CorrectablePayload, words: Words): SaidEntry {
  // Each sayer takes the payload of its own kind, which a table by kind cannot say in types.
  return (SAYERS[payload.kind] as (payload: CorrectablePayload, words: Words) => SaidEntry)(payload, words);
}
