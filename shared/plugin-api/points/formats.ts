// What fills the directory and takes it out: file formats, and made-up data to try the product on.

import { z } from 'zod';
import { Localized } from '../../platform/localized.ts';
import { FunctionName, Id } from './common.ts';

export const ImporterContribution = z.strictObject({
  id: Id,
  label: Localized,
  extensions: z.array(z.string()).describe('File name endings, with the dot'),
  run: FunctionName,
});
export type ImporterContribution = z.infer<typeof ImporterContribution>;

export const ExporterContribution = z.strictObject({
  id: Id,
  label: Localized,
  extension: z.string().describe('Ending of the file that is made, with the dot'),
  run: FunctionName,
});
export type ExporterContribution = z.infer<typeof ExporterContribution>;

/** Made-up data to try the product on: `run` gives an HSDS package (see DemoData). */
export const DemoContribution = z.strictObject({
  id: Id,
  label: Localized,
  run: FunctionName,
  settings: z.record(z.string(), z.unknown()).default({}).describe('Settings that hold while the demo is loaded'),
});
export type DemoContribution = z.infer<typeof DemoContribution>;

/** Made-up clients and their agencies, to try casework on: `run` gives them (see DemoPeople). */
export const DemoPeopleContribution = z.strictObject({ id: Id, label: Localized, run: FunctionName });
export type DemoPeopleContribution = z.infer<typeof DemoPeopleContribution>;
