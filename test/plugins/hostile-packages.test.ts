// Packages that mean no good: each is refused in words, and nothing of it is written anywhere.

import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { packTar } from 'modern-tar';
import { describe, expect, it } from 'vitest';
import { PACKAGE_LIMITS, readPackage } from '#server/plugins/package-file.ts';
import { packageOf, tarballOf, type PackageParts } from './packages.ts';

const file = (name: string, body = 'x'): PackageParts => ({ entries: [{ header: { name }, body }] });
const link = (type: 'symlink' | 'link', linkname: string): PackageParts => ({
  entries: [{ header: { name: 'package/evil', type, linkname, size: 0 } }],
});
const manifest = (more: object): PackageParts => ({ manifest: more });
const contributes = (more: object): PackageParts => ({ contributes: more });

it.each<[string, PackageParts, string | RegExp]>([
  ['a link out of the package', link('symlink', '/etc/passwd'), '"package/evil" is a symlink'],
  ['a hard link', link('link', '../../../etc/passwd'), '"package/evil" is a link'],
  ['a device', { entries: [{ header: { name: 'package/evil', type: 'character-device', size: 0 } }] }, 'is a character-device'],
  ['a pipe', { entries: [{ header: { name: 'package/evil', type: 'fifo', size: 0 } }] }, 'is a fifo'],
  ['a path with ..', file('package/../../evil.js'), 'leads out of the package'],
  ['a path with .. alone', file('../evil.js'), 'leads out of the package'],
  ['an absolute path', file('/etc/cron.d/evil'), 'leads out of the package'],
  ['a path of Windows', file('package/..\\..\\evil.js'), 'leads out of the package'],
  ['a drive of Windows', file('package/C:evil.js'), 'leads out of the package'],
  ['a name with a control character', file('package/a\u0007b.js'), 'leads out of the package'],
  ['a name that ends in a dot', file('package/main.js.'), 'leads out of the package'],
  ['a path without end', file(`package/${'a/'.repeat(60)}x`), 'leads out of the package'],
  [
    'two files of one name',
    {
      entries: [
        { header: { name: 'package/a.js' }, body: '1' },
        { header: { name: 'package/a.js' }, body: '2' },
      ],
    },
    'is in the package twice',
  ],
  ['two names that are one on some systems', { files: { 'a.js': '1', 'A.js': '2' } }, 'is in the package twice'],
  [
    'too many files',
    { files: Object.fromEntries(Array.from({ length: PACKAGE_LIMITS.files + 1 }, (_, i) => [`f${i}`, 'x'])) },
    'more than 500 files',
  ],
  ['too much code', { main: `export default {};//${'x'.repeat(PACKAGE_LIMITS.codeBytes)}` }, 'its code is larger than 512 kB'],
  ['a manifest that is no JSON', { files: { 'package.json': '{' } }, 'package.json:1: It ends too early'],
  [
    'a manifest that is no text',
    { files: { 'package.json': Buffer.from([0xff, 0xfe, 0x00]) } },
    'package.json: This file is written in UTF-16, or is no text.',
  ],
  ['an unknown key in our part', manifest({ waypost: { contributes: {}, processes: true } }), /processes/],
  ['an unknown contribution point', contributes({ backdoors: [] }), /backdoors/],
  ['a name that is a path', manifest({ name: '../../etc' }), /^package\.json:1: "name" is/],
  [
    'a permission without a reason',
    manifest({ waypost: { contributes: {}, permissions: { network: { 'a.example.org': '' } } } }),
    /network/,
  ],
  ['all hosts at once', manifest({ waypost: { contributes: {}, permissions: { network: { '*': 'We need the network' } } } }), /network/],
  [
    'this machine as a host',
    manifest({ waypost: { contributes: {}, permissions: { network: { '[::1]': 'We need the network' } } } }),
    /network/,
  ],
  ['a main that is not there', manifest({ main: './gone.js' }), '"main" names ./gone.js, which the package does not hold'],
  ['a main outside', manifest({ main: '../../server/main.js' }), 'which the package does not hold'],
  ['a main that is no script', { manifest: { main: './main.node' }, files: { 'main.node': 'x' } }, 'installed plugins run JavaScript'],
  ['a function without code', contributes({ views: [{ id: 'v', title: 'V', icon: 'map', run: 'v' }] }), 'but there is no "main"'],
  [
    'a file that is not there',
    contributes({ themes: ['./themes/*.yaml'] }),
    'themes names ./themes/*.yaml, which the package does not hold',
  ],
  ['a file outside', contributes({ themes: ['./../../themes.yaml'] }), /themes/],
  ['another version of the product', manifest({ engines: { waypost: '^9' } }), /it is made for version 9\.0 of the plugin API/],
])('%s', async (_name, parts, words) => {
  const read = await readPackage(await tarballOf(parts));
  expect(read.ok).toBe(false);
  expect(read.issues.map(({ message }) => message).join('\n')).toMatch(words);
});

describe('what is no package', () => {
  it.each<[string, () => Uint8Array | Promise<Uint8Array>, string]>([
    ['noise', () => randomBytes(2000), 'This is no plugin package'],
    ['nothing', () => new Uint8Array(), 'This is no plugin package'],
    ['noise that is packed', () => gzipSync(randomBytes(5000)), 'its files cannot be read'],
    ['a package that is cut off', async () => (await tarballOf({ main: 'x'.repeat(5000) })).subarray(0, 150), 'This is no plugin package'],
    ['no manifest', async () => gzipSync(await packTar([{ header: { name: 'package/a.js', size: 1 }, body: 'x' }])), 'has no package.json'],
    ['a zip bomb', () => gzipSync(Buffer.alloc(400 * 1024 * 1024)), 'unpacks to more than 5 MB'],
    ['a bomb in layers', () => gzipSync(gzipSync(Buffer.alloc(50 * 1024 * 1024))), 'its files cannot be read'],
    ['too large as it is', () => randomBytes(PACKAGE_LIMITS.bytes + 1), 'larger than 5 MB'],
    [
      'a file that says it is larger than it is',
      async () => forgeSize(await packTar([{ header: { name: 'package/package.json', size: 2 }, body: '{}' }])),
      'its files cannot be read',
    ],
  ])('%s', async (_name, make, words) => {
    const before = process.memoryUsage.rss();
    const read = await readPackage(await make());
    expect(read.ok).toBe(false);
    expect(read.issues[0]?.message).toContain(words);
    // The largest of them would be 400 MB if anyone unpacked it.
    expect(process.memoryUsage.rss() - before).toBeLessThan(600 * 1024 * 1024);
  });
});

it('an honest package is read, its content known by its hash', async () => {
  const content = await packageOf({
    name: '@agency/tools',
    main: 'export default {};',
    permissions: { network: { 'a.example.org': 'Finds addresses in the county' } },
  });
  expect(content.manifest.name).toBe('@agency/tools');
  expect([...content.files.keys()]).toEqual(['package.json', 'main.js']);
  expect(content.integrity).toMatch(/^sha512-/);
  expect(content.hash).toHaveLength(128);
  expect((await packageOf({ name: '@agency/tools', main: 'export default {} ;' })).hash).not.toBe(content.hash);
});

/** Says in its header that the first file has a gigabyte. */
function forgeSize(tar: Uint8Array): Uint8Array {
  const forged = Buffer.from(tar);
  forged.write('10000000000\0', 124);
  forged.fill(' ', 148, 156);
  const sum = forged.subarray(0, 512).reduce((total, byte) => total + byte, 0);
  forged.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return gzipSync(forged);
}
