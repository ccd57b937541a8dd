// Contributions of data that mean no good: each is left out with its plugin's name, its neighbours stay.

import { expect, it } from 'vitest';
import { createRegistry } from '#server/plugins/load.ts';

const theme = (tokens: Record<string, string>) => ({ themes: [{ id: 'x', label: 'X', base: 'dark', tokens }] });
const layer = (layers: object[], data: unknown = { type: 'FeatureCollection', features: [] }) => ({
  mapLayers: [{ id: 'x', label: 'X', data, layers }],
});
const mark = (change: object) => ({ markerStyles: [{ id: 'x', label: 'X', when: "open == 'open'", badge: 'bed', ...change }] });
const view = (nodes: object[]) => ({ views: [{ id: 'x', title: 'X', icon: 'map', nodes }] });

it.each<[string, Record<string, unknown[]>]>([
  ['a theme that fetches', theme({ '--bg-surface': 'url(https://evil.example/x)' })],
  ['a theme that fetches in disguise', theme({ '--bg-surface': 'URL ( //evil.example/x )' })],
  ['a theme that fetches by escapes', theme({ '--bg-surface': '\\75rl(https://evil.example/x)' })],
  ['a theme that fetches a set of images', theme({ '--bg-surface': 'image-set("https://evil.example/x" 1x)' })],
  ['a theme that reads attributes', theme({ '--fg': 'attr(data-secret)' })],
  ['a theme with a second declaration', theme({ '--fg': 'red; background: url(x)' })],
  ['a theme with a rule of its own', theme({ '--fg': 'red } body { display: none' })],
  ['a theme that imports', theme({ '--fg': '@import "https://evil.example/x.css"' })],
  ['a theme with the expressions of old', theme({ '--fg': 'expression(alert(1))' })],
  ['a theme that sets what is no token', theme({ 'background-image': 'none' })],
  ['a layer with a source of its own', layer([{ type: 'fill', source: 'https://evil.example/tiles' }])],
  ['a layer of pictures from elsewhere', layer([{ type: 'raster' }])],
  ['a layer with an unknown expression', layer([{ type: 'fill', paint: { 'fill-color': ['fetch', 'https://evil.example'] } }])],
  ['a layer that is no expression', layer([{ type: 'circle', paint: { 'circle-radius': { url: 'https://evil.example' } } }])],
  ['a layer whose data is elsewhere', layer([{ type: 'fill' }], 'https://evil.example/data.geojson')],
  ['a layer whose data lies outside', layer([{ type: 'fill' }], './../../secret.geojson')],
  ['a view of markup', view([{ kind: 'html', html: '<img src=x onerror=alert(1)>' }])],
  ['a view of too many nodes', view(Array.from({ length: 2001 }, () => ({ kind: 'text', text: 'x' })))],
  [
    'a view without end',
    view([
      Array.from({ length: 20 }).reduce<object>((inner) => ({ kind: 'card', title: 'x', nodes: [inner] }), { kind: 'text', text: 'x' }),
    ]),
  ],
  ['an entry of a menu that is not there', { menus: [{ menu: 'window', command: 'x' }] }],
  ['an entry of a menu with a script', { menus: [{ menu: 'resource', command: 'x', run: 'steal' }] }],
  ['an entry before those of the product', { menus: [{ menu: 'resource', command: 'x', order: -1e9 }] }],
  ['a condition that calls', { menus: [{ menu: 'resource', command: 'x', when: 'fetch("https://evil.example")' }] }],
  ['a condition without end', { menus: [{ menu: 'resource', command: 'x', when: '('.repeat(5000) }] }],
  ['a condition with a pattern that never ends', { menus: [{ menu: 'resource', command: 'x', when: 'view =~ /^(a+)+$/' }] }],
  ['a key on such a condition', { keybindings: [{ key: 'F2', command: 'x', when: 'view =~ /(.*)*x/' }] }],
  ['words where nothing is empty', { emptyStates: [{ id: 'x', at: 'everywhere', title: 'X' }] }],
  ['words of markup', { emptyStates: [{ id: 'x', at: 'rules', title: { html: '<b>x</b>' } }] }],
  [
    'more buttons than anybody needs',
    { emptyStates: [{ id: 'x', at: 'rules', title: 'X', buttons: Array(50).fill({ label: 'x', command: 'x' }) }] },
  ],
  ['first steps without a step', { walkthroughs: [{ id: 'x', title: 'X', steps: [] }] }],
  ['first steps without end', { walkthroughs: [{ id: 'x', title: 'X', steps: Array(500).fill({ id: 'a', title: 'A', text: 'A' }) }] }],
  [
    'first steps that open an address',
    {
      walkthroughs: [
        { id: 'x', title: 'X', steps: [{ id: 'a', title: 'A', text: 'A', button: { label: 'Go', url: 'https://evil.example' } }] },
      ],
    },
  ],
  [
    'first steps on a condition that is none',
    { walkthroughs: [{ id: 'x', title: 'X', when: 'role = admin', steps: [{ id: 'a', title: 'A', text: 'A' }] }] },
  ],
  ['a mark that asks who searches', mark({ when: 'client.name == "x"' })],
  ['a mark that asks what was signed in', mark({ when: "open == 'open' && can.users.manage" })],
  ['a mark with an expression of the drawing', mark({ when: ['get', 'id'] })],
  ['a mark that fetches its picture', mark({ badge: 'https://evil.example/x.png' })],
  ['a mark with a path for a glyph', mark({ badge: 'M0 0h24v24z' })],
  ['a mark that breaks the name of its drawing', mark({ badge: 'bed|solid|selected' })],
  ['a mark in a colour of its own', mark({ tone: 'url(https://evil.example)' })],
  ['a mark that nobody sees', { markerStyles: [{ id: 'x', label: 'X', when: "open == 'open'" }] }],
  ['a list of services with a filter of its own', view([{ kind: 'services', caption: 'X', sql: '1=1' }])],
  ['a list of all services', view([{ kind: 'services', caption: 'X', limit: 1e6 }])],
  ['a frame', { frames: [{ id: 'x', html: '<script>top.location = "https://evil.example"</script>' }] }],
])('%s', (_name, contributes) => {
  const registry = createRegistry();
  const contribution = registry.contribute('culprit', { ...contributes, handoutTemplates: [] });
  expect(registry.pointIds().flatMap((id) => registry.getPoint(id).all())).toEqual([]);
  expect(registry.faults.length).toBeGreaterThan(0);
  for (const { plugin, message } of registry.faults) expect([plugin, message]).toEqual(['culprit', expect.stringContaining('culprit')]);
  contribution.dispose();
  expect(registry.faults).toEqual([]);
});

it('an honest theme and an honest layer are taken', () => {
  const registry = createRegistry();
  registry.contribute('honest', {
    ...theme({
      '--accent': 'oklch(0.6 0.1 200)',
      '--fg': '#123456',
      '--line': 'color-mix(in srgb, var(--fg) 20%, transparent)',
      '--gap': 'calc(2 * 4px)',
    }),
    ...layer([{ type: 'fill', paint: { 'fill-color': '--g-3' } }]),
  });
  expect(registry.faults).toEqual([]);
});
