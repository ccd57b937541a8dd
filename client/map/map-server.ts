// The map's questions to the server, by the API. Tiles are asked for by the drawing itself.

import { DisposableStore } from '#shared/platform/disposable.ts';
import { api, getContributions, onDidChangeContributions, onDidChangeDirectory, onDidChangeSession } from '../api.ts';
import type { MapServer } from './map-data.svelte.ts';

export function createMapServer(): MapServer {
  return {
    basemaps: (language) => api.directory.basemaps.query({ language }),
    status: () => api.directory.status.query(),
    async contributions(language) {
      const { resourceTypes, mapLayers } = await getContributions(language);
      return {
        resourceTypes: resourceTypes.map(({ value }) => value),
        mapLayers: mapLayers.map(({ plugin, value }) => ({ plugin, ...value })),
      };
    },
    async reach({ lon, lat }, minutes) {
      const { rings, estimated } = await api.travel.reach.query({ near: { lon, lat }, mode: 'walk', minutes });
      return { reach: rings, estimated };
    },
    layerData: ({ plugin, id }) => api.plugins.mapLayer.query({ plugin, id }),
    onDirectoryChange: onDidChangeDirectory,
    onSessionChange: (listener) => {
      const store = new DisposableStore();
      store.add(onDidChangeSession(listener));
      store.add(onDidChangeContributions(listener));
      return store;
    },
  };
}
