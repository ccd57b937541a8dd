// How every story begins: their part was explained, and they agreed that a record is kept.

export const STARTED = { kind: 'engagement', roleExplained: true, keepsRecord: { value: true } } as const;
