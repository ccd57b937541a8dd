// Sixty made-up clients of two made-up agencies: three whole stories, and others in every stage of the work.

import { definePlugin, type DemoPeople } from '../../shared/plugin-api/index.ts';
import { otherClients } from './others.ts';
import { fleeing } from './fleeing.ts';
import { mother } from './mother.ts';
import { youngMan } from './young-man.ts';

const WORKERS: DemoPeople['workers'] = [
  {
    key: 'noor',
    name: 'Noor Haddad',
    email: 'noor@alder-homes.example',
    role: 'case_manager',
    agency: 'Alder Family Homes',
    team: 'Families',
  },
  { key: 'sam', name: 'Sam Okafor', email: 'sam@alder-homes.example', role: 'intake', agency: 'Alder Family Homes', team: 'Families' },
  {
    key: 'ines',
    name: 'Inês Duarte',
    email: 'ines@alder-homes.example',
    role: 'supervisor',
    agency: 'Alder Family Homes',
    team: 'Families',
  },
  { key: 'tomas', name: 'Tomás Rivera', email: 'tomas@harbor-link.example', role: 'case_manager', agency: 'Harbor Link', team: 'Adults' },
  { key: 'grace', name: 'Grace Lindqvist', email: 'grace@harbor-link.example', role: 'supervisor', agency: 'Harbor Link', team: 'Adults' },
];

export default definePlugin({
  demoPeople: {
    portAlderClients: (today) =>
      Promise.resolve({ workers: WORKERS, people: [mother(today), youngMan(today), fleeing(today), ...otherClients(today)] }),
  },
});
