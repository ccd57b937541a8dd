// The parts of the window, gone through with one key: each takes the focus where it was last, else at its first control.

const FOCUSABLE = 'a[href], button:not(:disabled), input:not(:disabled), select, textarea, [tabindex="0"]';

function listRegions(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>('[data-region]')].filter(
    (region) => region.offsetParent !== null || getComputedStyle(region).position === 'fixed',
  );
}

const last = new WeakMap<HTMLElement, HTMLElement>();

/** To the next or previous part, or to the first one of a name. */
export function moveFocus(to: 1 | -1 | string): void {
  const regions = listRegions();
  const at = regions.findIndex((region) => region.contains(document.activeElement));
  const from = regions[at];
  if (from && document.activeElement instanceof HTMLElement) last.set(from, document.activeElement);
  const next =
    typeof to === 'string'
      ? regions.find((region) => region.dataset['region'] === to)
      : regions[(at + to + regions.length) % regions.length];
  if (!next) return;
  const before = last.get(next);
  const target =
    before?.isConnected && before.offsetParent !== null
      ? before
      : ([...next.querySelectorAll<HTMLElement>(FOCUSABLE)].find((each) => each.offsetParent !== null) ?? next);
  target.focus();
}
