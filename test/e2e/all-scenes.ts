// Every scene there is, in the order in which they are played.

import { CASEWORK_SCENES } from './scenes-casework.ts';
import { GAPS_SCENES } from './scenes-gaps.ts';
import { MADE_SCENES } from './scenes-made.ts';
import { POINTS_SCENES } from './scenes-points.ts';
import { STEWARD_SCENES } from './scenes-steward.ts';
import { SCENES } from './scenes.ts';

export const ALL_SCENES = [...SCENES, ...STEWARD_SCENES, ...CASEWORK_SCENES, ...GAPS_SCENES, ...MADE_SCENES, ...POINTS_SCENES];
