// One open map: opens the drawing, moves its camera as was wished, and joins what people do on it to commands and events.
// It lives as long as the editor that shows it.

import { untrack } from 'svelte';
import { DisposableStore, toDisposable, type Disposable } from '#shared/platform/disposable.ts';
import type { LonLat } from '#shared/geo/travel.ts';
import type { WorkbenchApi } from '../workbench/types.ts';
import { mapState } from './controller.svelte.ts';
import { loadFonts } from './fonts.ts';
import { locate } from './locate.ts';
import { mapData } from './map-data.svelte.ts';
import type { Choice } from './choice.ts';
import { coversOf, insetsOf, measureCovers, NO_INSETS, type Insets } from './free-space.ts';
import type { DrawnMap, MapEvents, View } from './map.ts';
import { MapLooks } from './map-looks.svelte.ts';
import { drawPicture } from './pictures.ts';
import { searchBounds } from './search-features.ts';
import type { Camera, MapBounds } from './types.ts';

interface At {
  x: number;
  y: number;
}

/** Where nothing better is known: the inhabited world. */
const WORLD: MapBounds = [-168, -56, 178, 72];
const HERE_ZOOM = 15;
/** px around the middle within which a key chooses. */
const KEY_REACH = 26;

const isReducedMotion = () => matchMedia('(prefers-reduced-motion: reduce)').matches;

export class MapSession {
  view = $state.raw<View | null>(null);
  menu = $state.raw<(At & { place: LonLat }) | null>(null);
  spot = $state.raw<(At & { choices: readonly Choice[] }) | null>(null);
  hover = $state.raw<(At & { label: string }) | null>(null);
  layersOpen = $state(false);
  failed = $state(false);
  /** The keyboard is on the map: the middle is marked. */
  keyboard = $state(false);

  /** px of the stage that the frame itself lies over: on a phone the sheet and the search. */
  covered = $state.raw({ top: 0, bottom: 0 });

  readonly #workbench: WorkbenchApi;
  #drawn = $state.raw<DrawnMap | null>(null);
  readonly #looks: MapLooks;
  #stage: HTMLElement | undefined;

  constructor(workbench: WorkbenchApi) {
    this.#workbench = workbench;
    this.#looks = new MapLooks(workbench);
  }

  /** Draws the map into `canvas`; the returned function takes all of it away. */
  mount(stage: HTMLElement, canvas: HTMLElement, describedBy: string): () => void {
    const store = new DisposableStore();
    let closed = false;
    this.#stage = stage;
    store.add(this.#looks.watchTheme());
    store.add(this.#followSizes(stage));
    store.add(mapState.didWish.event(() => this.#fulfil()));
    store.add(mapState.asked.event((action) => this.#perform(action)));
    if (mapState.askedBefore) this.#perform(mapState.askedBefore);
    mapState.askedBefore = null;

    void this.#open(canvas, describedBy).then(
      (drawn) => {
        if (closed || !drawn) return drawn?.dispose();
        store.add(toDisposable(() => drawn.dispose()));
        store.add(toDisposable($effect.root(() => this.#follow(drawn))));
        this.#drawn = drawn;
        this.view = drawn.view;
        mapState.ready = true;
        this.#fulfil();
      },
      () => (this.failed = true),
    );
    return () => {
      closed = true;
      mapState.ready = false;
      this.#drawn = null;
      store.dispose();
    };
  }

  choose(choice: Choice | null): void {
    this.spot = null;
    mapState.selected = choice?.id ?? null;
    mapState.didSelect.fire(choice?.id ?? null);
  }

  open(choice: Choice): void {
    this.choose(choice);
    mapState.didOpen.fire(choice.id);
  }

  /** Keys on the map itself; the library has those that move it. */
  handleKey(event: KeyboardEvent): void {
    if (!(event.target instanceof HTMLCanvasElement) || !this.#stage) return;
    const middle = { x: this.#stage.clientWidth / 2, y: this.#stage.clientHeight / 2 };
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      if (mapState.picking) this.#pickAt(middle);
      else void this.#drawn?.pointing.chooseAt(middle.x, middle.y, KEY_REACH);
    } else if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) {
      event.preventDefault();
      if (this.#drawn) this.menu = { ...middle, place: this.#drawn.toPlace(middle.x, middle.y) };
    } else if (event.key === 'Escape') {
      this.#escape();
    }
  }

  focusMap(): void {
    this.#drawn?.focus();
  }

  #escape(): void {
    if (this.menu || this.spot) {
      this.menu = null;
      this.spot = null;
    } else if (mapState.picking) mapState.picking = false;
    else if (mapState.selected !== null) this.choose(null);
  }

  /** Whoever moves the map by keys hears what they come upon. */
  #sayMiddle(): void {
    if (!this.#stage) return;
    const name = this.#drawn?.pointing.labelAt(this.#stage.clientWidth / 2, this.#stage.clientHeight / 2, KEY_REACH);
    if (name) this.#workbench.announce(this.#workbench.t('map.middle', { name }));
  }

  #pickAt({ x, y }: At): void {
    if (this.#drawn) mapState.pick(this.#drawn.toPlace(x, y), 'click');
  }

  async #open(canvas: HTMLElement, describedBy: string): Promise<DrawnMap | null> {
    const patience = new Promise((resolve) => setTimeout(resolve, 2000));
    const [{ DrawnMap }] = await Promise.all([
      import('./map.ts'),
      loadFonts(this.#looks.palette.fonts.slice(0, 2)),
      Promise.race([mapData.load(this.#workbench.language), patience]),
    ]);
    if (!canvas.isConnected) return null;
    const camera: Camera | MapBounds =
      mapState.camera ?? mapData.status?.bounds ?? mapData.shownBasemaps.toSorted((a, b) => b.priority - a.priority)[0]?.bounds ?? WORLD;
    const style = untrack(() => this.#looks.style());
    const drawn = new DrawnMap(
      canvas,
      {
        style,
        camera,
        insets: this.covered.bottom > 0 ? this.#insets() : undefined,
        reduceMotion: isReducedMotion(),
        title: this.#workbench.t('map.title'),
        describedBy,
      },
      this.#events(),
    );
    await drawn.ready;
    mapState.bounds = drawn.view.bounds;
    return drawn;
  }

  #follow(drawn: DrawnMap): void {
    this.#looks.follow(drawn, () => this.view);
    $effect(() => {
      const pin = mapState.search?.pins.find((candidate) => candidate.id === mapState.selected);
      if (pin) untrack(() => void this.#reveal(drawn, pin));
    });
  }

  /** Makes the camera move that was asked for, as soon as there is a map to move. */
  #fulfil(): void {
    const { wish } = mapState;
    const drawn = this.#drawn;
    if (!wish || !drawn || !this.#stage?.clientWidth) return;
    mapState.wish = null;
    if ('fly' in wish) return drawn.flyTo(wish.fly, this.#insets());
    const bounds = wish.fit === 'results' ? mapState.search && searchBounds(mapState.search) : wish.fit;
    if (bounds) drawn.fit(bounds, this.#insets());
  }

  /** Brings a chosen pin into sight where something covers it or it lies outside; a flight to all of the answer goes first. */
  async #reveal(drawn: DrawnMap, place: LonLat & { id: string }): Promise<void> {
    await drawn.landed();
    if (drawn !== this.#drawn || mapState.selected !== place.id || !this.#stage?.clientWidth) return;
    const { x, y } = drawn.toPoint(place);
    const insets = this.#insets();
    const seen =
      x >= insets.left && x <= this.#stage.clientWidth - insets.right && y >= insets.top && y <= this.#stage.clientHeight - insets.bottom;
    if (!seen) drawn.flyTo(place, insets);
  }

  #insets(): Insets {
    return this.#stage
      ? insetsOf(this.#stage, { padding: mapState.padding, covered: this.covered, rtl: this.#workbench.direction === 'rtl' })
      : NO_INSETS;
  }

  /** A hidden tab has no size to fit into: what was wished for waits until it is shown. */
  #followSizes(stage: HTMLElement): Disposable {
    const covers = new ResizeObserver(() => this.#cover(stage));
    const sizes = new ResizeObserver(() => {
      covers.disconnect();
      for (const cover of coversOf(stage)) covers.observe(cover);
      this.#cover(stage);
      this.#fulfil();
    });
    sizes.observe(stage);
    return toDisposable(() => {
      sizes.disconnect();
      covers.disconnect();
    });
  }

  #cover(stage: HTMLElement): void {
    const { top, bottom } = measureCovers(stage);
    if (top !== this.covered.top || bottom !== this.covered.bottom) this.covered = { top, bottom };
  }

  #events(): MapEvents {
    return {
      onMove: (view) => {
        this.view = view;
        this.hover = null;
        this.menu = null;
        this.spot = null;
      },
      onMoveEnd: (view) => {
        this.view = view;
        mapState.camera = { lon: view.lon, lat: view.lat, zoom: view.zoom };
        mapState.bounds = view.bounds;
        if (this.keyboard) this.#sayMiddle();
      },
      onChoose: (choices, at) => {
        this.menu = null;
        if (mapState.picking) return mapState.pick(at.place, 'click');
        if (mapState.analysis) return mapState.didChooseCell.fire(this.#drawn?.pointing.cellAt(at.x, at.y) ?? null);
        if (choices.length > 1) this.spot = { x: at.x, y: at.y, choices };
        else if (choices.length === 0 && this.spot) this.spot = null;
        else {
          this.choose(choices[0] ?? null);
          if (choices.length === 0) mapState.didPickPlace.fire({ ...at.place, how: 'click' });
          else if (this.keyboard) this.#workbench.announce(choices[0]?.label ?? '');
        }
      },
      onOpen: (choice) => this.open(choice),
      onHover: (choice, at) => (this.hover = choice && choice.id !== mapState.selected ? { x: at.x, y: at.y, label: choice.label } : null),
      onMenu: (place, at) => (this.menu = { x: at.x, y: at.y, place }),
      onGround: (basemap, came) => {
        if (came) mapData.failing.delete(basemap);
        else mapData.failing.add(basemap);
      },
      onMoveSite: (moved) => mapState.didMoveSite.fire(moved),
      onChooseSite: (id) => mapState.didChooseSite.fire(id),
      onRemoveSite: (id) => mapState.didRemoveSite.fire(id),
      draw: (image) => drawPicture(image, this.#looks.palette, mapData.looks),
    };
  }

  #perform(action: Parameters<Parameters<typeof mapState.asked.event>[0]>[0]): void {
    const drawn = this.#drawn;
    if (action === 'toggleLayers') this.layersOpen = !this.layersOpen;
    else if (action === 'locate') void this.#locate();
    else if (action === 'zoomIn') drawn?.zoomIn();
    else if (action === 'zoomOut') drawn?.zoomOut();
    else if (action === 'resetNorth') drawn?.resetNorth();
    else drawn?.focus();
  }

  /** Asks the browser where it is, only ever because somebody pressed the button. */
  async #locate(): Promise<void> {
    const found = await locate();
    if (found.ok) {
      mapState.flyTo({ ...found.place, zoom: HERE_ZOOM });
      this.#offerMenuAt(found.place);
    } else this.#workbench.notify({ severity: 'warning', text: this.#workbench.t(`map.locate.${found.why}`) });
  }

  #offerMenuAt(place: LonLat): void {
    setTimeout(() => {
      if (this.#drawn) this.menu = { ...this.#drawn.toPoint(place), place };
    }, 320);
  }
}
