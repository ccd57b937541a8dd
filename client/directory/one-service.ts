// What can be done with one service, by its id, wherever it is looked at.

import { api } from '#client/api.ts';
import { map } from '#client/map/controller.svelte.ts';
import type { WorkbenchApi } from '#client/workbench/types.ts';

const NEAR_ZOOM = 16;

/** What is reached on foot from there, on the map. */
export async function showReach(workbench: WorkbenchApi, id: unknown): Promise<void> {
  if (typeof id !== 'string') return;
  const { location } = await api.directory.resource.query({ id });
  if (location?.lon == null || location.lat == null) return;
  map.controller.setSelected(id);
  await workbench.executeCommand('map.place.reach', { lon: location.lon, lat: location.lat });
}

/** A hidden place, or one of which nobody knows where it is, stays where it is. */
export async function showOnMap(id: unknown): Promise<void> {
  if (typeof id !== 'string') return;
  const { location } = await api.directory.resource.query({ id });
  if (location?.lon == null || location.lat == null) return;
  map.controller.setSelected(id);
  map.controller.flyTo({ lon: location.lon, lat: location.lat, zoom: NEAR_ZOOM });
}

/** Name, address and telephone as lines of text, for a message or a note. What is withheld is in none of them. */
export async function copyContact(workbench: WorkbenchApi, id: unknown): Promise<void> {
  if (typeof id !== 'string') return;
  const { service, organization, address, phone } = await api.directory.resource.query({ id });
  const lines = [service.name, organization?.name === service.name ? null : organization?.name, address, phone];
  await navigator.clipboard.writeText(lines.filter(Boolean).join('\n'));
  workbench.notify({ severity: 'success', text: workbench.t('directory.copied') });
}
