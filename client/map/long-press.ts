// A finger that rests on the map. Not every phone turns that into a context menu by itself.

const LONG_PRESS_MS = 550;

/** Calls `listener` with the point in px of `container` when one finger has rested on its canvas; `signal` ends it. */
export function onLongPress(container: HTMLElement, signal: AbortSignal, listener: (at: { x: number; y: number }) => void): void {
  let resting: ReturnType<typeof setTimeout> | undefined;
  const stop = () => clearTimeout(resting);
  const start = (event: TouchEvent) => {
    stop();
    const [finger] = event.touches;
    if (event.touches.length !== 1 || !finger || !(event.target instanceof HTMLCanvasElement)) return;
    const box = container.getBoundingClientRect();
    const at = { x: finger.clientX - box.left, y: finger.clientY - box.top };
    resting = setTimeout(() => listener(at), LONG_PRESS_MS);
  };
  container.addEventListener('touchstart', start, { signal, passive: true });
  for (const name of ['touchmove', 'touchend', 'touchcancel', 'contextmenu'] as const)
    container.addEventListener(name, stop, { signal, passive: true });
  signal.addEventListener('abort', stop);
}
