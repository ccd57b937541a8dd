import { test } from 'vitest';
import { checkConsentModel } from './consent-model.ts';

test('100,000 random lives of consents: no disclosure without a live one, and none after its withdrawal', { timeout: 600_000 }, () => {
  checkConsentModel(100_000);
});
