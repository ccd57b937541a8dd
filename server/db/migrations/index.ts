// Every migration, in order, by name. A migration that has been released is never changed.

import type { Migration } from '../migration.ts';
import { up as directory } from './0001-directory.ts';
import { up as identity } from './0002-identity.ts';
import { up as audit } from './0003-audit.ts';
import { up as history } from './0004-history.ts';
import { up as problems } from './0005-problems.ts';
import { up as importStages } from './0006-import-stages.ts';
import { up as suggestions } from './0007-suggestions.ts';
import { up as rules } from './0008-rules.ts';
import { up as teams } from './0009-teams.ts';
import { up as pluginCalls } from './0010-plugin-calls.ts';
import { up as gaps } from './0011-gaps.ts';
import { up as pluginData } from './0012-plugin-data.ts';
import { up as madePlugins } from './0013-made-plugins.ts';

export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001-directory': directory,
  '0002-identity': identity,
  '0003-audit': audit,
  '0004-history': history,
  '0005-problems': problems,
  '0006-import-stages': importStages,
  '0007-suggestions': suggestions,
  '0008-rules': rules,
  '0009-teams': teams,
  '0010-plugin-calls': pluginCalls,
  '0011-gaps': gaps,
  '0012-plugin-data': pluginData,
  '0013-made-plugins': madePlugins,
};
