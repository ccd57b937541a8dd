// What other features may read of casework: nothing of any one person that leaves them.

export { listCountedUnmet } from './unmet.ts';
