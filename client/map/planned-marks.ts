// The marks of planned sites over the map: buttons that are dragged with a pointer or moved with the arrow keys. They know
// the map only as something that turns places into points and back.

import type { LonLat } from '#shared/geo/travel.ts';
import type { MovedSite, PlannedSite } from './types.ts';

export interface MarksGround {
  toPoint(place: LonLat): { x: number; y: number };
  toPlace(x: number, y: number): LonLat;
}

export interface MarksEvents {
  onMoveSite(moved: MovedSite): void;
  onChooseSite(id: string): void;
  onRemoveSite(id: string): void;
}

/** px that an arrow key moves a mark; with Shift the larger one. */
const STEP = { fine: 8, far: 48 } as const;
/** px before a press is a drag. */
const SLOP = 4;

const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

interface Mark {
  site: PlannedSite;
  element: HTMLButtonElement;
}

export class PlannedMarks {
  readonly #layer = document.createElement('div');
  readonly #ground: MarksGround;
  readonly #events: MarksEvents;
  readonly #marks = new Map<string, Mark>();

  constructor(container: HTMLElement, ground: MarksGround, events: MarksEvents) {
    this.#ground = ground;
    this.#events = events;
    this.#layer.className = 'planned-marks';
    container.append(this.#layer);
  }

  set(sites: readonly PlannedSite[]): void {
    const ids = new Set(sites.map(({ id }) => id));
    for (const [id, { element }] of this.#marks) {
      if (ids.has(id)) continue;
      element.remove();
      this.#marks.delete(id);
    }
    for (const site of sites) {
      const mark = this.#marks.get(site.id) ?? this.#create(site);
      mark.site = site;
      const { element } = mark;
      element.textContent = site.mark;
      element.setAttribute('aria-label', site.label);
      element.classList.toggle('proposed', site.proposed ?? false);
      element.classList.toggle('selected', site.selected ?? false);
      this.#stand(mark);
    }
  }

  /** The map has moved under them. */
  follow(): void {
    for (const mark of this.#marks.values()) this.#stand(mark);
  }

  dispose(): void {
    this.#layer.remove();
  }

  #stand({ site, element }: Mark): void {
    const { x, y } = this.#ground.toPoint(site);
    element.style.transform = `translate(${x}px, ${y}px) translate(-50%, -50%)`;
  }

  #create(site: PlannedSite): Mark {
    const element = document.createElement('button');
    element.type = 'button';
    const mark: Mark = { site, element };
    this.#marks.set(site.id, mark);
    element.addEventListener('pointerdown', (event) => this.#drag(mark, event));
    element.addEventListener('keydown', (event) => this.#handleKey(mark, event));
    element.addEventListener('click', () => this.#events.onChooseSite(mark.site.id));
    this.#layer.append(element);
    return mark;
  }

  #move(mark: Mark, to: { x: number; y: number }, done: boolean): void {
    const place = this.#ground.toPlace(to.x, to.y);
    mark.site = { ...mark.site, ...place };
    this.#stand(mark);
    this.#events.onMoveSite({ id: mark.site.id, ...place, done });
  }

  #drag(mark: Mark, down: PointerEvent): void {
    if (down.button !== 0 || mark.site.proposed) return;
    // What is dragged is the mark, not the map under it.
    down.stopPropagation();
    const { element } = mark;
    const from = this.#ground.toPoint(mark.site);
    let dragging = false;
    const at = (event: PointerEvent) => ({ x: from.x + event.clientX - down.clientX, y: from.y + event.clientY - down.clientY });
    const move = (event: PointerEvent) => {
      dragging ||= Math.hypot(event.clientX - down.clientX, event.clientY - down.clientY) > SLOP;
      if (dragging) this.#move(mark, at(event), false);
    };
    const end = new AbortController();
    const { signal } = end;
    element.setPointerCapture(down.pointerId);
    element.addEventListener('pointermove', move, { signal });
    element.addEventListener(
      'pointerup',
      (event) => {
        end.abort();
        if (dragging) this.#move(mark, at(event), true);
      },
      { signal },
    );
    element.addEventListener(
      'pointercancel',
      () => {
        end.abort();
        if (dragging) this.#move(mark, from, true);
      },
      { signal },
    );
  }

  #handleKey(mark: Mark, event: KeyboardEvent): void {
    const direction = ARROWS[event.key];
    if (event.key === 'Delete' || event.key === 'Backspace') this.#events.onRemoveSite(mark.site.id);
    else if (direction && !mark.site.proposed) {
      const by = event.shiftKey ? STEP.far : STEP.fine;
      const { x, y } = this.#ground.toPoint(mark.site);
      this.#move(mark, { x: x + direction[0] * by, y: y + direction[1] * by }, true);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }
}
