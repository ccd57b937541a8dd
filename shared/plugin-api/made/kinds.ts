// What a form offers to choose from.

/** How a field of a kind of place is filled in. */
export const FIELD_KINDS = ['line', 'prose', 'number', 'switch', 'choice', 'date', 'time', 'uri', 'email'] as const;
export type FieldKind = (typeof FIELD_KINDS)[number];

/** What an answer is. Other types of facts are no matter of a form. */
export const ANSWER_TYPES = ['boolean', 'number', 'age', 'money', 'date', 'choice', 'choices'] as const;
export type AnswerType = (typeof ANSWER_TYPES)[number];
