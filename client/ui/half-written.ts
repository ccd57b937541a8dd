// Whoever leaves the page with something half written is asked by the browser first, unless leaving is meant.

let meant = false;

/** A fresh page for somebody else: nothing of the one before is to stay, half written or not. */
export function reloadForGood(): void {
  meant = true;
  location.reload();
}

/** For the life of a form: an attachment (`{@attach}`) to any of its elements. */
export function askBeforeLeaving(isHalfWritten: () => boolean): () => () => void {
  return () => {
    const ask = (event: BeforeUnloadEvent) => {
      if (!meant && isHalfWritten()) event.preventDefault();
    };
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  };
}
