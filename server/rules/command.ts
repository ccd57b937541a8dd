// `waypost rules`: checks, tests and tries rules in files, without a database and without a server.

import { toRuleSchema } from '#shared/eligibility/schema.ts';
import { UsageError, type CliIo, type Command, type ExitCode } from '#server/command.ts';
import { checkFiles } from './check.ts';
import { decideFile } from './decide.ts';
import { draftText } from './draft.ts';

export const rulesCommand: Command = {
  name: 'rules',
  summary: 'Check, test and try eligibility rules',
  usage: `waypost rules check FILE|FOLDER… [--on DATE] [--json]
waypost rules schema
waypost rules decide --rule FILE [--id AGENCY/NAME] [--tables FILE|FOLDER]… --facts FILE|- [--on DATE] [--region REGION]
  [--area AREA]… [--lang LANGUAGE] [--json]
waypost rules draft FILE|-|--text TEXT [--rule AGENCY/NAME] [--lang LANGUAGE] [--json]

A file holds one rule, several (a list, or documents divided by ---), facts ("facts: [ … ]"), tables ("table: …"), or some of
each, as YAML or JSON. Rules may name the facts and tables that are shipped, and those of the files.
check      What is wrong with them, whether their tests pass, and what the tests leave untested.
           Ends with 1 where a test fails or an error stands.
decide     The verdict for facts such as { "person.age": 34 }, with its reasons; for a list of people a list.
draft      A draft of a rule from a text about who is served, with the words it was read from and those not read.
schema     The JSON Schema of such files, for editors.
--on       Day of the decision, YYYY-MM-DD; default: today
--region   Region of dated tables, such as "alaska"; default: the first of each
--area     An area that the service publishes; default: the one in which the person lives
--lang     Language of the sentences, of draft of the text (en, es, fr); default: en`,

  async run([name, ...args], io) {
    if (name === 'check') return checkFiles(args, io);
    if (name === 'decide') return decideFile(args, io);
    if (name === 'draft') return draftText(args, io);
    if (name === 'schema') return printSchema(io);
    throw new UsageError(name === undefined ? 'Say what to do: check, decide, draft or schema.' : `There is no "rules ${name}".`);
  },
};

function printSchema({ stdout }: CliIo): Promise<ExitCode> {
  stdout.write(`${JSON.stringify(toRuleSchema(), null, 2)}\n`);
  return Promise.resolve(0);
}
