// The server of the Gaps screen over the API.

import { api } from '#client/api.ts';
import type { GapServer } from './server.ts';

export const gapServer: GapServer = {
  populations: () => api.gaps.populations.query(),
  world: (request, signal) => api.gaps.world.query(request, signal ? { signal } : {}),
  reach: (request, signal) => api.gaps.reach.query({ ...request, from: [...request.from] }, signal ? { signal } : {}),
  placesOfType: async (request) => (await api.gaps.candidates.query({ ...request, kind: 'type' })).candidates,
  nameOf: async (place) => (await api.places.reverse.query(place))?.label ?? null,
  namePlaces: (cells) => api.gaps.namePlaces.query({ cells: [...cells] }),
  nameGroups: (population, names) => api.gaps.nameGroups.mutate({ population, names }),
  removePopulation: (population) => api.gaps.removePopulation.mutate({ population }),
  unmet: (request) => api.gaps.unmet.query(request),

  views: () => api.gaps.scenarios.query(),
  view: (id) => api.gaps.scenario.query({ id }),
  keepView: (view) => api.gaps.saveScenario.mutate(view),
  beginUpload: async () => (await api.gaps.begin.mutate()).upload,
  async sendFile(upload, file) {
    const answer = await fetch(`/api/gaps/upload/${encodeURIComponent(upload)}?name=${encodeURIComponent(file.name)}`, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body: file,
    });
    if (answer.ok) return;
    const refusal = (await answer.json().catch(() => null)) as { problem?: { say?: string } } | null;
    throw new Error(refusal?.problem?.say ?? answer.statusText);
  },
  lookAt: (upload) => api.gaps.look.query({ upload }),
  addPopulation: async (request) => (await api.gaps.addPopulation.mutate(request)).id,
};
