import { it } from 'vitest';
import { killAndRunAgain } from './kill-runs.ts';

it('can be killed fifty times and run again', () => killAndRunAgain(50), 600_000);
