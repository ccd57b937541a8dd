import { isOften } from './often.ts';
import { lookAtScreens } from './screens.ts';

lookAtScreens((scene, size) => !isOften(scene, size));
