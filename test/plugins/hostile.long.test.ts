// Every plugin that means no good.

import { expect, it } from 'vitest';
import { HOSTILE } from './hostile-code.ts';
import { tryHostile } from './try-hostile.ts';

it('there are enough of them', () => expect(HOSTILE.length).toBeGreaterThan(50));

tryHostile(HOSTILE);
