// The map draws letters once and keeps them, so the page's fonts must be there before it starts.

const WAIT_MS = 3000;
/** A letter of each script whose bundled file the interface may need. */
const SAMPLES = ['Aa', 'Łő', 'ع', 'Жя', 'Ωα'] as const;
const STYLES = ['400', '600', '700'] as const;

/** Loads the given families in the weights of labels; gives up after three seconds, when the map uses what there is. */
export async function loadFonts(families: readonly string[]): Promise<void> {
  const loads = families.flatMap((family) =>
    STYLES.flatMap((style) => SAMPLES.map((sample) => document.fonts.load(`${style} 16px "${family}"`, sample).catch(() => []))),
  );
  await Promise.race([Promise.all(loads), new Promise((resolve) => setTimeout(resolve, WAIT_MS))]);
}
