import { isOften } from './often.ts';
import { lookAtScreens } from './screens.ts';

lookAtScreens((scene, size) => size === 'phone' && isOften(scene, size));
