// The server of the Gaps screen over the API.

import { api } from '#client/api.ts';
import type { GapServer } from './server.ts';

export const gapServer: GapServer = {
  populations: () => api.gaps.populations.query(),
  world: (request, signal) => api.gaps.world.query(request, signal ? { signal } : {}),
  reach: (request, signal) => api.gaps.reach.query({ ...request, from: [...request.from] }, signal ? { signal } : {}),
  placesOfType: async (request) => (await api.gaps.candidates.query({ ...request, kind: 'type' })).candidates,
  nameOf: async (place) => (await api.places.reverse.query(place))?.label ?? null,
};
