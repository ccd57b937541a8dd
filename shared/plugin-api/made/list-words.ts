// Every word of a draft that people will read, in the order of its forms: for translating them in one go.

import type { MadeChoice, MadeDraft, Words } from './draft.ts';

export interface WordsOfDraft {
  /** As issues name it. */
  path: string;
  /** What it is: "label", "ask". */
  kind: 'title' | 'label' | 'plural' | 'named' | 'hint' | 'ask' | 'why' | 'message' | 'choice';
  /** The very texts of the draft: writing into them changes it. */
  words: Words;
}

export function listWords(draft: MadeDraft): WordsOfDraft[] {
  const choices = (path: string, list: MadeChoice[]): WordsOfDraft[] =>
    list.map((choice) => ({ path: `${path}.choices.${choice.key}`, kind: 'choice', words: choice.label }));
  return [
    { path: 'title', kind: 'title', words: draft.title },
    ...draft.types.flatMap((type): WordsOfDraft[] => {
      const path = `types.${type.key}`;
      return [
        { path: `${path}.label`, kind: 'label', words: type.label },
        { path: `${path}.plural`, kind: 'plural', words: type.plural },
        { path: `${path}.words`, kind: 'named', words: type.words },
        ...type.fields.flatMap((field): WordsOfDraft[] => {
          const at = `${path}.fields.${field.key}`;
          return [
            { path: `${at}.label`, kind: 'label', words: field.label },
            { path: `${at}.hint`, kind: 'hint', words: field.hint },
            ...choices(at, field.choices),
          ];
        }),
      ];
    }),
    ...draft.questions.flatMap((question): WordsOfDraft[] => {
      const path = `questions.${question.key}`;
      const asked: WordsOfDraft[] = [
        { path: `${path}.ask`, kind: 'ask', words: question.ask },
        { path: `${path}.why`, kind: 'why', words: question.why },
      ];
      return [
        { path: `${path}.label`, kind: 'label', words: question.label },
        ...(question.asked ? asked : []),
        ...choices(path, question.choices),
        ...question.answers.map((answer): WordsOfDraft => {
          return { path: `${path}.answers.${answer.key}.label`, kind: 'choice', words: answer.label };
        }),
      ];
    }),
    ...draft.tables.map((table): WordsOfDraft => ({ path: `tables.${table.key}.title`, kind: 'title', words: table.title })),
    ...draft.checks.flatMap((check): WordsOfDraft[] => [
      { path: `checks.${check.key}.label`, kind: 'label', words: check.label },
      { path: `checks.${check.key}.message`, kind: 'message', words: check.message },
    ]),
  ];
}

/** How many of the words that are written in the first language are written in another one too. */
export function countTranslated(draft: MadeDraft, language: string): { written: number; of: number } {
  const spoken = listWords(draft).filter(({ words }) => words[draft.languages[0]!]?.trim());
  return { written: spoken.filter(({ words }) => words[language]?.trim()).length, of: spoken.length };
}
