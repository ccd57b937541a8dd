// Glyphs of our own, on the same grid as the others: the mark of the product and the signs of the verdicts.

export const OWN_GLYPHS: Readonly<Record<string, string>> = {
  waypost: 'M12 2.5v19M8.5 21.5h7M12 5h6.5l2.5 2.25-2.5 2.25H12M12 11.5H5.5L3 13.75 5.5 16H12',
  'verdict-eligible': 'M3 12a9 9 0 1 0 18 0a9 9 0 1 0-18 0M8 12.3l2.8 2.8L16 9.6',
  'verdict-likely': 'M3 12a9 9 0 1 0 18 0a9 9 0 1 0-18 0M7.5 12.6c1.5-1.7 3-1.7 4.5-.3s3 1.4 4.5-.3',
  'verdict-unknown': 'M3 12a9 9 0 1 0 18 0a9 9 0 1 0-18 0M9.3 9.300a2.8 2.8 0 0 1 5.4.9c0 1.8-2.7 2.3-2.7 3.600M12 16.800v.01',
  'verdict-ineligible': 'M3 12a9 9 0 1 0 18 0a9 9 0 1 0-18 0M5.7 5.700l12.6 12.6',
  'verdict-not_stated':
    'M10.4 3.150a9 9 0 0 1 3.2 0M17.2 4.650a9 9 0 0 1 2.2 2.200M20.85 10.400a9 9 0 0 1 0 3.200M19.4 17.150a9 9 0 0 1-2.2 2.200M13.6 20.850a9 9 0 0 1-3.2 0M6.8 19.350a9 9 0 0 1-2.2-2.200M3.15 13.600a9 9 0 0 1 0-3.200M4.6 6.850a9 9 0 0 1 2.2-2.200M9 12h6',
};
