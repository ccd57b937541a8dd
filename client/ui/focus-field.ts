// Leads the keys to a field by its name, also where it is not drawn yet.

import { tick } from 'svelte';

const PATIENCE_MS = 30_000;
const STEP_MS = 40;
let wish = 0;

/** Moves the focus to a named field as soon as it is drawn, unless someone has moved it meanwhile. */
export function focusField(name: string): void {
  const mine = ++wish;
  const from = document.activeElement;
  const until = performance.now() + PATIENCE_MS;
  const attempt = () => {
    if (mine !== wish) return;
    const fields = document.querySelectorAll<HTMLElement>(`[data-focus="${CSS.escape(name)}"]`);
    const field = [...fields].find((each) => each.getClientRects().length > 0);
    if (field) field.focus();
    else if (performance.now() < until && (document.activeElement === from || document.activeElement === document.body))
      setTimeout(attempt, STEP_MS);
  };
  void tick().then(attempt);
}
