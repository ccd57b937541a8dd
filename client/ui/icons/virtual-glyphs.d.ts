declare module 'virtual:glyphs' {
  /** Glyph name → path data on a 24 × 24 grid, drawn as a line. */
  export const GLYPHS: Readonly<Record<string, string>>;
}
declare module 'virtual:glyphs/all' {
  export const GLYPHS: Readonly<Record<string, string>>;
}
