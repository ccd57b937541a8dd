// Distances as people say them where they are.

const MILE = 1609.344;
const FOOT = 0.3048;

/** "900 m", "1.4 km"; feet and miles where the reader's region uses them. */
export function distanceInWords(meters: number, language: string): string {
  const imperial = ['US', 'GB', 'LR', 'MM'].includes(new Intl.Locale(language).maximize().region ?? '');
  const say = (value: number, unit: string, digits: number) =>
    new Intl.NumberFormat(language, { style: 'unit', unit, maximumFractionDigits: digits }).format(value);
  if (imperial)
    return meters < MILE / 10
      ? say(Math.round(meters / FOOT / 50) * 50, 'foot', 0)
      : say(meters / MILE, 'mile', meters < 10 * MILE ? 1 : 0);
  return meters < 1000 ? say(Math.round(meters / 50) * 50, 'meter', 0) : say(meters / 1000, 'kilometer', meters < 10_000 ? 1 : 0);
}
