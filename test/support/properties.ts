// Before each file of tests: property tests draw the same values in every run, so that no change is refused for what it did not
// touch. The long run draws new ones; which seed it was stands at its head.

import { configureGlobal } from 'fast-check';

configureGlobal({ seed: Number(process.env['WAYPOST_SEED'] ?? 1) });
