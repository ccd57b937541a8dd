// A palette whose colours say which token they came from.

import type { Palette } from '#client/map/palette.ts';

export function namedPalette(id = '1'): Palette {
  return {
    id,
    colour: (token) => (token.startsWith('--') ? `rgb(token${token})` : token),
    fonts: ['Noto Sans Variable', 'Noto Sans Arabic Variable'],
    textScale: 1,
  };
}
