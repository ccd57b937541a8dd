import { it } from 'vitest';
import { killAndRunAgain } from './kill-runs.ts';

it('can be killed at any moment and run again', () => killAndRunAgain(3));
