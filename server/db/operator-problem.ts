/** Something that whoever runs this server can mend: the message says what is wrong and what to do, and stands for itself. */
export class OperatorProblem extends Error {
  override name = 'OperatorProblem';
}
