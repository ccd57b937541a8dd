// Places a small box at a point of the map so that it stays inside; says when it lost its purpose.

interface At {
  x: number;
  y: number;
}

const GAP = 6;

/** Positions `box` within its offset parent near `at`, on the side with room. */
export function placeAt(box: HTMLElement, at: At): void {
  const { clientWidth, clientHeight } = box.offsetParent ?? document.documentElement;
  const { offsetWidth, offsetHeight } = box;
  const left = at.x + GAP + offsetWidth <= clientWidth ? at.x + GAP : at.x - GAP - offsetWidth;
  const top = at.y + GAP + offsetHeight <= clientHeight ? at.y + GAP : at.y - GAP - offsetHeight;
  box.style.left = `${Math.max(4, Math.min(left, clientWidth - offsetWidth - 4))}px`;
  box.style.top = `${Math.max(4, Math.min(top, clientHeight - offsetHeight - 4))}px`;
}

/** Arrows, Home and End walk the buttons; Escape and Tab close. */
export function walkButtons(event: KeyboardEvent, box: HTMLElement, close: () => void): void {
  const buttons = [...box.querySelectorAll<HTMLButtonElement>('button:not(:disabled)')];
  const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
  const step = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
  if (step !== undefined) buttons[(step + buttons.length) % buttons.length]?.focus();
  else if (event.key === 'Escape' || event.key === 'Tab') close();
  else return;
  event.preventDefault();
  event.stopPropagation();
}

/** Calls `close` when a press lands outside of `box`; the returned function stops listening. */
export function onPressOutside(box: HTMLElement, close: () => void): () => void {
  const listener = (event: PointerEvent) => !box.contains(event.target as Node) && close();
  document.addEventListener('pointerdown', listener, true);
  return () => document.removeEventListener('pointerdown', listener, true);
}
