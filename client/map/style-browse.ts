// The directory itself on the map, from the server's tiles: pins by type, and clusters with a ring of their most frequent types.

import type { LayerSpecification, SourceSpecification, SymbolLayerSpecification } from 'maplibre-gl';
import type { Palette } from './palette.ts';
import { PIN, pinBox } from './pin-spec.ts';
import { RING_STEPS } from './ring.ts';
import { fontStack, nameIn } from './style-labels.ts';
import { clusterSizeOf, countLabel, e, LABEL_ZOOM } from './style-pins.ts';

export const BROWSE_LAYERS = ['browse-clusters', 'browse-pins', 'browse-selected'] as const;

/** Tiles of the directory at one version; the version in the address makes them cacheable for good. */
export function browseSource(version: string | number): SourceSpecification {
  return {
    type: 'vector',
    tiles: [`/tiles/resources/${version}/{z}/{x}/{y}.mvt`],
    minzoom: 0,
    maxzoom: 16,
    promoteId: { resources: 'id' },
  };
}

/** The directory's own tiles: pins by type and plain clusters. `marked` are drawn larger. */
export function browseLayers(palette: Palette, language: string, marked: readonly string[]): LayerSpecification[] {
  const size = (px: number) => px * palette.textScale;
  const label = { 'text-color': palette.colour('--map-label'), 'text-halo-color': palette.colour('--map-halo'), 'text-halo-width': 1.7 };
  const pin = (kind: 'plain' | 'selected'): NonNullable<SymbolLayerSpecification['layout']> => ({
    'icon-image': e(['concat', `pin|${palette.id}|solid|${kind}|`, ['coalesce', ['get', 'type'], '']]),
    'icon-anchor': 'bottom',
    'icon-offset': [0, PIN.pad],
    'icon-allow-overlap': true,
    'icon-padding': 0,
    'text-font': fontStack(palette, kind === 'selected' ? 'Bold' : 'SemiBold'),
    'text-size': size(kind === 'selected' ? 13 : 11.5),
    'text-max-width': 14,
    'text-optional': true,
  });
  const at = { type: 'symbol', source: 'browse', 'source-layer': 'resources' } as const;
  const isCluster = e(['has', 'count']);
  const isMarked = e(['in', ['get', 'id'], ['literal', [...marked]]]);
  return [
    {
      ...at,
      id: 'browse-clusters',
      filter: isCluster,
      layout: {
        'icon-image': e([
          'concat',
          `types|${palette.id}|`,
          clusterSizeOf(['get', 'count']),
          ...[1, 2, 3].flatMap((n) => ['|', ['coalesce', ['get', `type${n}`], ''], ':', typeShare(n)]),
        ]),
        ...countLabel(palette, abbreviated(['get', 'count']), size),
      },
      paint: { 'text-color': palette.colour('--fg') },
    },
    {
      ...at,
      id: 'browse-pins',
      filter: ['all', ['!', isCluster], ['!', isMarked]],
      layout: {
        ...pin('plain'),
        'text-field': e(['step', ['zoom'], '', LABEL_ZOOM, nameIn(language)]),
        'text-variable-anchor-offset': e(['literal', ['top', [0, 0.25], 'left', [1.3, -1.3], 'right', [-1.3, -1.3]]]),
      },
      paint: label,
    },
    {
      ...at,
      id: 'browse-selected',
      filter: ['all', ['!', isCluster], isMarked],
      layout: {
        ...pin('selected'),
        'text-field': nameIn(language),
        'text-anchor': 'bottom',
        'text-offset': [0, -(pinBox({ fill: 'solid', selected: true }).tipY - PIN.pad + 3) / size(13)],
        'text-allow-overlap': true,
      },
      paint: { ...label, 'text-color': palette.colour('--fg') },
    },
  ];
}

/** Steps of the ring for the n-th most frequent type. */
function typeShare(n: number): unknown {
  return ['round', ['/', ['*', ['coalesce', ['get', `count${n}`], 0], RING_STEPS], ['get', 'count']]];
}

function abbreviated(count: unknown): unknown {
  const thousands = ['concat', ['to-string', ['round', ['/', count, 1000]]], 'k'];
  return [
    'step',
    count,
    ['to-string', count],
    1000,
    ['concat', ['to-string', ['/', ['round', ['/', count, 100]], 10]], 'k'],
    10_000,
    thousands,
  ];
}
