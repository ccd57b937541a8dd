// Where the keys go when an editor is opened.

/** Who opens an editor works on in it: the keys go there, unless they have been taken elsewhere by then. */
export function focusPanel(id: string): void {
  const before = document.activeElement;
  // After the palette has given the focus back to what opened it.
  setTimeout(() => {
    const now = document.activeElement;
    const isTaken = now !== before && now !== document.body && before?.isConnected === true;
    const panel = [...document.querySelectorAll<HTMLElement>('[role="tabpanel"]')].find((node) => node.id.endsWith(`-${id}`));
    if (panel && !isTaken && !panel.contains(now)) panel.focus({ preventScroll: true });
  }, 0);
}
