import { isOften } from './often.ts';
import { lookAtScreens } from './screens.ts';

lookAtScreens(isOften);
