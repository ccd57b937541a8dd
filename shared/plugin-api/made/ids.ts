// What parts of a draft are called once they are published: their own id where they have one, else one made of their words. An id
// that was published stays, because listings, rules and answers name it.

import { toSlug } from '../../platform/slug.ts';
import type { MadeCheck, MadeDraft, MadeField, MadeQuestion, MadeTable, MadeType, Words } from './draft.ts';

/** The first text in it, by the languages of the draft. */
export function firstText(words: Words, languages: readonly string[]): string {
  for (const language of [...languages, ...Object.keys(words)]) if (words[language]?.trim()) return words[language].trim();
  return '';
}

/** Ids of a draft that is published under `name`. */
export function createIds(name: string, draft: Pick<MadeDraft, 'languages' | 'types'>) {
  const slug = (words: Words, fallback: string) => toSlug(firstText(words, draft.languages)).slice(0, 50).replace(/-$/, '') || fallback;
  const under = (text: string) => text.replaceAll('-', '_').replace(/^(?=\d)/, 'n');
  const ids = {
    ofType: ({ id, label, key }: MadeType) => id || `${name}/${slug(label, `kind-${key}`)}`,
    ofField: (field: MadeField) => field.name || under(slug(field.label, `field-${field.key}`)),
    ofFact: ({ fact, about, label, key }: MadeQuestion) => fact || `${about}.${under(slug(label, `fact-${key}`))}`,
    ofQuestion: (question: MadeQuestion) => question.id || `${name}/${slug(question.label, `question-${question.key}`)}`,
    ofTable: ({ id, title, key }: MadeTable) => id || under(`${name}_${slug(title, `table-${key}`)}`),
    ofCheck: ({ id, label, key }: MadeCheck) => id || `${name}/${slug(label, `check-${key}`)}`,
    /** Of a kind as a check names it. */
    ofNamedType(named: string): string {
      const own = named.startsWith('#') ? draft.types.find(({ key }) => key === named.slice(1)) : undefined;
      return own ? ids.ofType(own) : named;
    },
    ofChoice: (choice: { value: string; label: Words; key: string }) => choice.value || under(slug(choice.label, `choice-${choice.key}`)),
  };
  return ids;
}

/** The draft with every id written down, so that it stays when words change. */
export function withIds(name: string, draft: MadeDraft): MadeDraft {
  const ids = createIds(name, draft);
  const choices = <C extends { value: string; label: Words; key: string }>(list: readonly C[]) =>
    list.map((choice) => ({ ...choice, value: ids.ofChoice(choice) }));
  return {
    ...draft,
    types: draft.types.map((type) => ({
      ...type,
      id: ids.ofType(type),
      fields: type.fields.map((field) => ({ ...field, name: ids.ofField(field), choices: choices(field.choices) })),
    })),
    questions: draft.questions.map((question) => ({
      ...question,
      id: ids.ofQuestion(question),
      fact: ids.ofFact(question),
      choices: choices(question.choices),
    })),
    tables: draft.tables.map((table) => ({ ...table, id: ids.ofTable(table) })),
    checks: draft.checks.map((check) => ({ ...check, id: ids.ofCheck(check) })),
  };
}
