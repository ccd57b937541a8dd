import { readFileSync } from 'node:fs';
import { validateStyleMin, type StyleSpecification } from '@maplibre/maplibre-gl-style-spec';
import { describe, expect, test } from 'vitest';
import { attributionText, basemapsInView, type Basemap } from '#client/map/basemap.ts';
import { parseFontFamilies } from '#client/map/palette.ts';
import { buildStyle, type StyleInput } from '#client/map/style.ts';
import { BROWSE_LAYERS } from '#client/map/style-browse.ts';
import { FIND_LAYERS, OWN_SOURCES, PIN_LAYERS } from '#client/map/style-pins.ts';
import { namedPalette } from './palette.ts';

const town: Basemap = { id: 'town', label: 'Town', bounds: [-1, -1, 1, 1], minZoom: 0, maxZoom: 15, priority: 20, attribution: 'A town' };
const outlines: Basemap = {
  id: 'outlines',
  label: 'Outlines',
  bounds: [-180, -85, 180, 85],
  minZoom: 0,
  maxZoom: 6,
  priority: 0,
  attribution: '<a href="https://example.org">Outlines &amp; more</a>',
};

function styleOf(change: Partial<StyleInput> = {}): StyleSpecification {
  return buildStyle({
    palette: namedPalette(),
    basemaps: [town, outlines],
    analysis: [],
    directoryVersion: 7,
    language: 'es-MX',
    origin: 'http://waypost.test',
    mode: 'browse',
    marked: [],
    ...change,
  });
}

/** Every string under a key that names a colour. */
function coloursOf(value: unknown, key = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => coloursOf(item, key));
  if (value && typeof value === 'object') return Object.entries(value).flatMap(([name, item]) => coloursOf(item, name));
  return typeof value === 'string' && key.endsWith('color') ? [value] : [];
}

describe('the style', () => {
  test('is valid', () => {
    const plain = { ...namedPalette(), colour: () => '#102030' };
    for (const mode of ['browse', 'find'] as const) {
      expect(validateStyleMin(styleOf({ palette: plain, mode, marked: ['a'] })).map((error) => error.message)).toEqual([]);
    }
  });

  test('holds colours of the tokens alone, and each of them exists', () => {
    const tokens = readFileSync(new URL('../../client/ui/tokens.css', import.meta.url), 'utf8');
    const colours = styleOf().layers.flatMap((layer) => coloursOf(layer.paint));
    expect(colours.length).toBeGreaterThan(40);
    for (const colour of colours) {
      const token = /^rgb\(token(--[a-z0-9-]+)\)$/.exec(colour)?.[1];
      expect(token, colour).toBeDefined();
      expect(tokens).toContain(`${token}:`);
    }
  });

  test('asks nobody but its own server, for tiles alone', () => {
    const style = styleOf();
    expect(style.glyphs).toBeUndefined();
    expect(style.sprite).toBeUndefined();
    const addresses = Object.values(style.sources).flatMap((source) => (source.type === 'vector' ? (source.tiles ?? []) : []));
    expect(addresses).toEqual([
      'http://waypost.test/tiles/basemap/outlines/{z}/{x}/{y}.mvt',
      'http://waypost.test/tiles/basemap/town/{z}/{x}/{y}.mvt',
      'http://waypost.test/tiles/resources/7/{z}/{x}/{y}.mvt',
    ]);
  });

  test('draws in the order of the design: ground, analysis, names, way, pins, start, the selected pin', () => {
    const ids = styleOf({
      analysis: [
        { id: 'need', data: { type: 'FeatureCollection', features: [] }, layers: [{ type: 'fill', paint: { 'fill-color': '--g-3' } }] },
      ],
    }).layers.map((layer) => layer.id);
    const order = ['background', 'basemap/outlines/earth', 'basemap/town/earth', 'basemap/town/blocks', 'basemap/town/parks', 'basemap/town/water', 'basemap/town/street', 'basemap/town/main', 'basemap/town/rail', 'analysis/need/0', 'basemap/town/street-names', 'basemap/town/road-names', 'basemap/town/park-names', 'basemap/town/quarter-names', 'way', 'pins', 'best', 'start', 'selected']; // prettier-ignore
    expect(order.map((id) => ids.indexOf(id))).toEqual(order.map((id) => ids.indexOf(id)).toSorted((a, b) => a - b));
    expect(order.filter((id) => !ids.includes(id))).toEqual([]);
  });

  test('a contributed layer is coloured by tokens', () => {
    const style = styleOf({
      analysis: [{ id: 'need', data: {}, layers: [{ type: 'fill', paint: { 'fill-color': ['case', true, '--g-3', '--g-1'] } }] }],
    });
    expect(style.layers.find((layer) => layer.id === 'analysis/need/0')?.paint).toEqual({
      'fill-color': ['case', true, 'rgb(token--g-3)', 'rgb(token--g-1)'],
    });
  });

  test.each([
    ['browse', BROWSE_LAYERS, FIND_LAYERS],
    ['find', FIND_LAYERS, BROWSE_LAYERS],
  ] as const)('%s shows its own pins alone', (mode, shown, hidden) => {
    const visibility = new Map(styleOf({ mode }).layers.map((layer) => [layer.id, layer.layout?.visibility]));
    expect(shown.map((id) => visibility.get(id))).toEqual(shown.map(() => 'visible'));
    expect(hidden.map((id) => visibility.get(id))).toEqual(hidden.map(() => 'none'));
  });

  test('every layer that can be clicked and every source that the map fills exists', () => {
    const style = styleOf();
    expect(PIN_LAYERS.filter((id) => !style.layers.some((layer) => layer.id === id))).toEqual([]);
    expect(OWN_SOURCES.filter((id) => style.sources[id]?.type !== 'geojson')).toEqual([]);
  });

  test('without basemaps and directory it is still a map', () => {
    const style = styleOf({ basemaps: [], directoryVersion: null });
    expect(style.layers.some((layer) => layer.id.startsWith('browse'))).toBe(false);
    expect(style.layers[0]).toMatchObject({ type: 'background', paint: { 'background-color': 'rgb(token--map-land)' } });
  });

  test('land of a small map over a large one begins where the large one is too rough', () => {
    const zooms = (basemaps: Basemap[]) =>
      new Map(styleOf({ basemaps }).layers.map((layer) => [layer.id, 'minzoom' in layer ? layer.minzoom : undefined]));
    const both = zooms([town, outlines]);
    expect([both.get('basemap/town/earth'), both.get('basemap/town/sea'), both.get('basemap/town/water')]).toEqual([11, 11, 0]);
    expect(both.get('basemap/outlines/earth')).toBe(0);
    expect(zooms([town]).get('basemap/town/earth')).toBe(0);
  });

  test('names come in the reader’s language first', () => {
    const layer = styleOf().layers.find(({ id }) => id === 'basemap/town/street-names');
    expect(layer?.layout).toMatchObject({
      'text-field': ['coalesce', ['get', 'name:es-MX'], ['get', 'name:es'], ['get', 'name'], ''],
      'text-font': ['Regular', 'Noto Sans Variable', 'Noto Sans Arabic Variable'],
    });
  });
});

describe('basemaps', () => {
  test.each([
    ['inside the town', [-0.5, -0.5, 0.5, 0.5], 12, ['town', 'outlines']],
    ['beside the town', [10, 10, 11, 11], 12, ['outlines']],
  ] as const)('in view %s, the uppermost first', (_, view, zoom, ids) => {
    expect(basemapsInView([outlines, town], view, zoom).map((basemap) => basemap.id)).toEqual(ids);
  });

  test('attribution is text, never HTML, and each is named once', () => {
    expect(attributionText([town, outlines, town])).toBe('A town · Outlines & more');
  });
});

test.each([
  [
    '"Noto Sans Variable", "Noto Sans Arabic Variable", system-ui, -apple-system, sans-serif',
    ['Noto Sans Variable', 'Noto Sans Arabic Variable'],
  ],
  ["'A B',C", ['A B', 'C']],
  ['', []],
])('font families of %s', (list, families) => {
  expect(parseFontFamilies(list)).toEqual(families);
});
