// The forms that are shipped: whole in every language, and asking only for facts that exist, in the domain of the fact's own class
// or of one that is open to all who assess.

import { describe, expect, test } from 'vitest';
import { classOfFact } from '#shared/intake/field-class.ts';
import { localize, type Localized } from '#shared/platform/localized.ts';
import { contributed } from '../support/contributed.ts';
import { testApp } from '../support/test-app.ts';
import { hire } from './staff.ts';

const forms = contributed('assessments');
const facts = contributed('facts');
const questions = contributed('intakeQuestions');
const LANGUAGES = ['en', 'es', 'fr', 'ar'];

test('there is one', () => expect(forms.map((form) => form.id)).toContain('first-talk'));

describe.each(forms)('$id', (form) => {
  const asked = form.domains.flatMap((domain) => domain.questions.map((question) => ({ domain: domain.domain, question })));

  test('covers health, money, housing, supports and legal, and asks for strengths in each', () => {
    expect(form.domains.map((domain) => domain.domain).sort()).toEqual(['health', 'housing', 'legal', 'money', 'supports']);
    expect(form.domains.filter((domain) => domain.strengths === undefined)).toEqual([]);
  });

  test('speaks every language', () => {
    const texts: Localized[] = [form.label, form.description ?? ''];
    for (const domain of form.domains) texts.push(domain.label, domain.strengths!);
    for (const { question } of asked) {
      if ('fact' in question) continue;
      texts.push(question.ask, ...(question.why ? [question.why] : []), ...(question.options ?? []).map((option) => option.label));
    }
    const missing = texts.flatMap((text) =>
      LANGUAGES.filter((language) => typeof text === 'string' || !text[language]).map((language) => [language, localize(text, 'en')]),
    );
    expect(missing).toEqual([]);
  });

  test('asks for facts that are declared and have words, each in a domain where its class belongs', () => {
    for (const { domain, question } of asked) {
      if (!('fact' in question)) continue;
      const fact = facts.find((each) => each.id === question.fact);
      expect(fact, question.fact).toBeDefined();
      expect(questions.some((each) => each.fact === question.fact) || fact!.label, question.fact).toBeTruthy();
      expect([domain, 'needs'], `${question.fact} in ${domain}`).toContain(classOfFact(fact));
    }
  });
});

test('an answer that its form does not know is refused without being repeated; a form that is gone holds nothing up', async () => {
  await using app = await testApp();
  const worker = await hire(app, 'case_manager', { agency: 'Harbor House' });
  const { id: person } = await worker.call.people.create({ entries: [] });
  const assess = (more: object) =>
    worker.call.people.add({
      person,
      entries: [
        {
          payload: {
            kind: 'assessment',
            form: 'first-talk',
            version: 1,
            sitting: 's1',
            on: '2026-03-01',
            domain: 'health',
            need: 'help',
            strengths: 'none_yet',
            source: 'said',
            answers: {},
            ...more,
          } as never,
        },
      ],
    });
  await expect(assess({ answers: { medicine: { value: 'Canary' } } })).rejects.toThrow(
    /first-talk.*\(medicine\): the question takes no such answer/,
  );
  await expect(assess({ answers: { medicine: { value: 'Canary' } } })).rejects.not.toThrow(/Canary/);
  await expect(assess({ answers: { insured: { value: true } } })).rejects.toThrow(/kept as facts/);
  await assess({ answers: { medicine: { value: 'running-out' }, doctor: 'declined' } });
  await assess({ form: 'of-another-plugin', answers: { anything: { value: 'goes' } } });
});
