// Glyphs and colours to choose from for a kind of place: those that are drawn well at the size of a pin.

export const GLYPHS: readonly string[] =
  'map-pin hand-heart heart-handshake heart house tent bed sofa door-open utensils soup apple wheat-off shopping-basket milk shirt washing-machine shower-head droplets thermometer flame sun stethoscope heart-pulse hospital pill bandage syringe brain smile baby graduation-cap book-open briefcase hammer wrench monitor wifi phone bus car train-front footprints scale landmark receipt banknote wallet hand-coins id-card key-round shield users person-standing accessibility paw-print sprout languages megaphone life-buoy ticket armchair glasses package backpack'.split(
    ' ',
  );

/** Roles of the tokens, so that every theme has its own tone of them. */
export const COLOURS = [
  'pantry',
  'meal',
  'shelter',
  'housing',
  'clinic',
  'mind',
  'recovery',
  'legal',
  'benefits',
  'work',
  'family',
  'daily',
] as const;
