import AxeBuilder from 'axe-core';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { map, mapState } from '#client/map/controller.svelte.ts';
import { mapData, type MapServer } from '#client/map/map-data.svelte.ts';
import { registerPlaceMenu } from '#client/map/place-menu.ts';
import { messages } from '#client/map/messages.ts';
import { drawStill } from '#client/map/still.ts';
import type { PinInput, PickedPlace } from '#client/map/types.ts';
import { messages as uiMessages } from '#client/ui/messages.ts';
import { Workbench } from '#client/workbench/workbench.svelte.ts';
import type { Disposable } from '#shared/platform/disposable.ts';
import { Emitter } from '#shared/platform/event.ts';
import MapCase from './MapCase.svelte';

const CENTER = { lon: -128, lat: 44 };
/** px of the stage. */
const MIDDLE = { x: 400, y: 280 };

function pinOf(id: string, change: Partial<PinInput> = {}): PinInput {
  return { id, ...CENTER, type: 'pantry', verdict: 'eligible', label: `Service ${id}`, rank: 50, ...change };
}

/** The other side of the wire. */
const server: MapServer = {
  basemaps: async () => [
    {
      id: 'town',
      label: 'The town',
      bounds: [-129, 43, -127, 45],
      minZoom: 0,
      maxZoom: 14,
      priority: 20,
      attribution: 'A made-up town',
      kind: 'contributed',
    },
    {
      id: 'internet',
      label: 'Internet',
      bounds: [-180, -85, 180, 85],
      minZoom: 0,
      maxZoom: 14,
      priority: 12,
      attribution: 'Somebody',
      kind: 'internet',
    },
  ],
  status: async () => ({ version: '1', bounds: [-128.02, 43.99, -127.98, 44.01] }),
  contributions: async () => ({
    resourceTypes: [
      { id: 'pantry', label: 'Pantry', plural: 'Pantries', shape: 'circle', icon: 'apple', colour: '--c-pantry', needs: [], words: {} },
    ],
    mapLayers: [
      { plugin: 'clinics', id: 'reach', label: 'Reach', layers: [{ type: 'fill', paint: { 'fill-color': '#ff0000', 'fill-opacity': 1 } }] },
      { plugin: 'clinics', id: 'broken', label: 'Broken', layers: [{ type: 'line' }] },
    ],
  }),
  reach: async ({ lon, lat }) => ({
    reach: [[[lon - 0.01, lat - 0.01], [lon + 0.01, lat - 0.01], [lon, lat + 0.01], [lon - 0.01, lat - 0.01]]], // prettier-ignore
    estimated: true,
  }),
  layerData: async ({ id }) => {
    if (id === 'broken') throw new Error('The data of the map layer "broken" cannot be read.');
    layerRequests += 1;
    const ring = [
      [-129, 43],
      [-127, 43],
      [-127, 45],
      [-129, 45],
      [-129, 43],
    ];
    return { type: 'Feature', properties: {}, geometry: { type: 'Polygon', coordinates: [ring] } };
  },
  onDirectoryChange: () => ({ dispose() {} }),
  onSessionChange: new Emitter<unknown>().event,
};

let layerRequests = 0;
let workbench: Workbench;
let undo: Disposable[];

async function openMap(): Promise<{ unmount: () => void }> {
  const drawn = await render(MapCase, { workbench });
  await vi.waitFor(() => expect(mapState.ready).toBe(true), { timeout: 20_000 });
  return drawn;
}

/** Moves the camera and waits until it stands. */
async function lookAt(place: { lon: number; lat: number }, zoom: number): Promise<void> {
  map.controller.flyTo({ ...place, zoom });
  await vi.waitFor(() => expect(map.controller.camera?.zoom).toBeCloseTo(zoom, 3), { timeout: 10_000 });
}

const canvas = () => document.querySelector('canvas') as HTMLCanvasElement;

async function clickAt(x: number, y: number, options: { button?: 'left' | 'right' } = {}): Promise<void> {
  await userEvent.click(canvas(), { position: { x, y }, ...options });
}

/** What is drawn, to compare. */
async function pixels(): Promise<string> {
  return page.screenshot({ element: canvas(), base64: true, save: false }) as unknown as Promise<string>;
}

/** Whether the ground is red where nothing stands over it. */
async function isRed(): Promise<boolean> {
  const bitmap = await createImageBitmap(await (await fetch(`data:image/png;base64,${await pixels()}`)).blob());
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!;
  context.drawImage(bitmap, 0, 0);
  const [red, green, blue] = context.getImageData(60, 60, 1, 1).data;
  return red! > 200 && green! < 60 && blue! < 60;
}

beforeEach(() => {
  workbench = new Workbench();
  undo = [
    workbench.registerMessages(messages),
    workbench.registerMessages(uiMessages),
    mapData.connect(server),
    registerPlaceMenu(workbench),
  ];
});

afterEach(() => {
  for (const item of undo) item.dispose();
  map.controller.setSearch(null);
  map.controller.setSelected(null);
  map.controller.setPath(null);
  map.controller.setPicking(false);
  mapState.camera = null;
  document.documentElement.removeAttribute('data-theme');
  document.documentElement.removeAttribute('dir');
});

describe('a search on the map', () => {
  test('a click on a pin selects it, a click beside it lets go', async () => {
    const selected: (string | null)[] = [];
    undo.push(map.controller.onDidSelect((id) => selected.push(id)));
    await openMap();
    map.controller.setSearch({
      start: null,
      reach: [],
      estimated: false,
      pins: [pinOf('a'), pinOf('b', { lon: -128.02, verdict: 'unknown' })],
    });
    await lookAt(CENTER, 14);
    // The tip of the tail stands on the place: the head is above it.
    const at = { x: MIDDLE.x, y: MIDDLE.y - 12 };
    await vi.waitFor(
      async () => {
        await clickAt(at.x, at.y);
        expect(selected).toContain('a');
      },
      { timeout: 15_000, interval: 500 },
    );
    await clickAt(at.x + 150, at.y + 120);
    await vi.waitFor(() => expect(selected.at(-1)).toBeNull());
    expect(map.controller.selected).toBeNull();
  });

  test('several on one spot are listed, by keyboard too', async () => {
    await openMap();
    map.controller.setSearch({
      start: null,
      reach: [],
      estimated: false,
      pins: ['a', 'b', 'c'].map((id, rank) => pinOf(id, { rank: rank + 20 })),
    });
    await lookAt(CENTER, 16);
    canvas().focus();
    const list = page.getByRole('group', { name: '3 services here' });
    await vi.waitFor(
      async () => {
        if (list.query() === null) await userEvent.keyboard('{Enter}');
        await vi.waitFor(() => expect(list.query()).not.toBeNull(), { timeout: 2000 });
      },
      { timeout: 15_000 },
    );
    await expect.element(page.getByRole('button', { name: /Service a/ })).toHaveFocus();
    await userEvent.keyboard('{ArrowDown}{Enter}');
    expect(map.controller.selected).toBe('b');
    await expect.element(list).not.toBeInTheDocument();
    expect(document.activeElement).toBe(canvas());
  });

  test('a cluster that can be taken apart is zoomed into', async () => {
    await openMap();
    map.controller.setSearch({
      start: null,
      reach: [],
      estimated: false,
      pins: [pinOf('a', { lon: -128.0005 }), pinOf('b', { lon: -127.9995 })],
    });
    await lookAt(CENTER, 12);
    await vi.waitFor(
      async () => {
        await clickAt(MIDDLE.x, MIDDLE.y);
        expect(map.controller.camera?.zoom ?? 0).toBeGreaterThan(13);
      },
      { timeout: 15_000, interval: 700 },
    );
    expect(map.controller.selected).toBeNull();
  });

  test('20,000 pins are drawn, and an answer that changes a few is taken at once', async () => {
    await openMap();
    const pins = Array.from({ length: 20_000 }, (_, i) =>
      pinOf(`r${i}`, { lon: -128.5 + (i % 200) / 200, lat: 43.5 + Math.floor(i / 200) / 100, rank: i }),
    );
    map.controller.setSearch({ start: CENTER, reach: [], estimated: true, pins });
    await lookAt(CENTER, 11);
    map.controller.setSearch({
      start: CENTER,
      reach: [],
      estimated: true,
      pins: pins.map((pin, i) => (i % 100 === 0 ? { ...pin, verdict: 'ineligible' as const } : pin)),
    });
    await vi.waitFor(
      async () => {
        await clickAt(MIDDLE.x, MIDDLE.y + 20);
        expect((map.controller.camera?.zoom ?? 0) > 11 || map.controller.selected !== null).toBe(true);
      },
      { timeout: 30_000, interval: 800 },
    );
  });
});

describe('places', () => {
  test('the menu of a place offers to search from there', async () => {
    const picked: PickedPlace[] = [];
    undo.push(map.controller.onDidPickPlace((place) => picked.push(place)));
    await openMap();
    await lookAt(CENTER, 13);
    await clickAt(MIDDLE.x, MIDDLE.y, { button: 'right' });
    await expect.element(page.getByRole('menuitem', { name: 'Search from here' })).toHaveFocus();
    await userEvent.keyboard('{Enter}');
    expect(picked).toHaveLength(1);
    expect(picked[0]).toMatchObject({ how: 'menu' });
    expect(picked[0]?.lon).toBeCloseTo(CENTER.lon, 3);
    // A flight leaves more room above, where labels stand.
    expect(picked[0]?.lat).toBeCloseTo(CENTER.lat, 2);
    await expect.element(page.getByRole('menu')).not.toBeInTheDocument();
  });

  test('what is reached on foot from a place is drawn, says whether it is an estimate, and is taken away', async () => {
    await openMap();
    await lookAt(CENTER, 13);
    await clickAt(MIDDLE.x, MIDDLE.y, { button: 'right' });
    await page.getByRole('menuitem', { name: 'Within 15 minutes on foot' }).click();
    await expect.element(page.getByText('15 min on foot, estimate')).toBeVisible();
    expect(mapState.area).toMatchObject({ minutes: 15, estimated: true });
    await page.getByRole('button', { name: 'Take the area away' }).click();
    await expect.element(page.getByText('15 min on foot, estimate')).not.toBeInTheDocument();
    expect(mapState.area).toBeNull();
  });

  test('while a place is picked a click gives it and selects nothing; Escape stops', async () => {
    const picked: PickedPlace[] = [];
    undo.push(map.controller.onDidPickPlace((place) => picked.push(place)));
    await openMap();
    map.controller.setSearch({ start: null, reach: [], estimated: false, pins: [pinOf('a')] });
    await lookAt(CENTER, 14);
    map.controller.setPicking(true);
    await expect.element(page.getByText('Click a place on the map.', { exact: false })).toBeVisible();
    await clickAt(MIDDLE.x, MIDDLE.y - 12);
    await vi.waitFor(() => expect(picked).toHaveLength(1));
    expect(map.controller.selected).toBeNull();
    map.controller.setPicking(true);
    canvas().focus();
    await userEvent.keyboard('{Escape}');
    expect(mapState.picking).toBe(false);
  });
});

describe('what surrounds the map', () => {
  test('axe finds nothing, in four themes', async () => {
    await openMap();
    mapState.asked.fire('toggleLayers');
    await expect.element(page.getByRole('group', { name: 'Map layers' })).toBeVisible();
    for (const theme of ['light', 'dark', 'hc-light', 'hc-dark']) {
      document.documentElement.dataset['theme'] = theme;
      const { violations } = await AxeBuilder.run(document.querySelector('main') as HTMLElement);
      expect(violations.map((violation) => `${theme}: ${violation.id}: ${violation.nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
    }
  });

  test('a theme changes the colours of what is drawn, and the pins stay', async () => {
    document.documentElement.dataset['theme'] = 'light';
    await openMap();
    map.controller.setSearch({ start: null, reach: [], estimated: false, pins: [pinOf('a', { rank: 0 })] });
    await lookAt(CENTER, 14);
    const before = await pixels();
    document.documentElement.dataset['theme'] = 'dark';
    await vi.waitFor(async () => expect(await pixels()).not.toBe(before), { timeout: 15_000 });
    await vi.waitFor(
      async () => {
        await clickAt(MIDDLE.x, MIDDLE.y - 12);
        expect(map.controller.selected).toBe('a');
      },
      { timeout: 15_000, interval: 500 },
    );
  });

  test('streets from the internet are off until someone turns them on', async () => {
    await openMap();
    mapState.asked.fire('toggleLayers');
    const internet = page.getByRole('switch', { name: 'Streets from the internet' });
    await expect.element(internet).not.toBeChecked();
    await expect.element(page.getByRole('switch', { name: 'The town' })).toBeChecked();
    expect(mapData.shownBasemaps.map((basemap) => basemap.id)).toEqual(['town']);
    await internet.click();
    expect(mapData.shownBasemaps.map((basemap) => basemap.id)).toEqual(['town', 'internet']);
    await userEvent.keyboard('{Escape}');
    await expect.element(page.getByRole('group', { name: 'Map layers' })).not.toBeInTheDocument();
    mapData.turnBasemap('internet');
  });

  test("a plugin's layer is fetched when it is turned on, drawn, and taken away again", async () => {
    await openMap();
    await lookAt(CENTER, 12);
    mapState.asked.fire('toggleLayers');
    const layer = page.getByRole('switch', { name: 'Reach' });
    await expect.element(layer).not.toBeChecked();
    expect(layerRequests).toBe(0);
    expect(await isRed()).toBe(false);
    await layer.click();
    await vi.waitFor(async () => expect(await isRed()).toBe(true), { timeout: 10_000 });
    await layer.click();
    await vi.waitFor(async () => expect(await isRed()).toBe(false), { timeout: 10_000 });
    await layer.click();
    await vi.waitFor(async () => expect(await isRed()).toBe(true), { timeout: 10_000 });
    expect(layerRequests).toBe(1);
    await layer.click();
  });

  test("a plugin's layer that cannot be read stays off, and says why", async () => {
    await openMap();
    mapState.asked.fire('toggleLayers');
    await page.getByRole('switch', { name: 'Broken' }).click();
    await vi.waitFor(() =>
      expect(workbench.notifications.items.map(({ detail }) => detail)).toContain('The data of the map layer "broken" cannot be read.'),
    );
    await expect.element(page.getByRole('switch', { name: 'Broken' })).not.toBeChecked();
  });

  test('right to left mirrors the controls, never the map', async () => {
    document.documentElement.dir = 'rtl';
    await openMap();
    const controls = page.getByRole('group', { name: 'Map controls' }).element().getBoundingClientRect();
    expect(controls.left).toBeLessThan(100);
    expect(getComputedStyle(canvas()).direction).toBe('ltr');
  });

  test('closing it leaves nothing behind, and it opens where it was', async () => {
    const first = await openMap();
    await lookAt(CENTER, 15);
    first.unmount();
    expect(mapState.ready).toBe(false);
    expect(document.querySelector('canvas')).toBeNull();
    expect([mapState.asked.size, mapState.didWish.size]).toEqual([0, 0]);
    await openMap();
    expect(map.controller.camera?.zoom ?? mapState.camera?.zoom).toBeCloseTo(15, 2);
  });
});

test('a still picture for paper holds the places asked for, and takes itself away', async () => {
  const places = [CENTER, { lon: -127.99, lat: 44.005 }];
  const still = await drawStill({
    bounds: [-128.01, 43.995, -127.99, 44.005],
    places,
    width: 560,
    height: 308,
    margin: 40,
    language: 'en',
  });
  expect(still?.picture).toMatch(/^data:image\/(webp|png);base64,/);
  expect(still?.attribution).toBe('A made-up town');
  expect(still?.places[0]?.x).toBeCloseTo(0.5, 2);
  expect(still?.places[0]?.y).toBeCloseTo(0.5, 2);
  for (const { x, y } of still?.places ?? []) expect(x > 0 && x < 1 && y > 0 && y < 1).toBe(true);
  expect(document.querySelector('canvas')).toBeNull();
});
