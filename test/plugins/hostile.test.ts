// Plugins that mean no good: some of each kind, so that the short run is short. All of them: hostile.long.test.ts.

import { HOSTILE } from './hostile-code.ts';
import { tryHostile } from './try-hostile.ts';

const KINDS = [
  'an endless loop',
  'an endless loop in indexOf',
  'promises that follow one another for ever',
  'a memory bomb of buffers',
  'ten megabytes of an answer',
  'an answer nested deep',
  'JSON nested deep',
  'a field named __proto__',
  'pollution of its own prototypes',
  'a spoiled JSON',
  'a promise that never ends',
  'a flood of requests',
  'a flood of logs',
  'a chain of constructors',
  'an import of the machine',
  'the network by itself',
  'a clock to measure with',
  'a main file that throws',
];

tryHostile(KINDS.map((kind) => HOSTILE.find(({ name }) => name === kind)!));
