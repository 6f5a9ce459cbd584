/**
 * What can go wrong on the way of a ballot.  Each error has a stable code; sentences live in the catalogue.
 *
 * - Alarm: somebody does not keep to the protocol.  Never tried again by itself; the voter calls for help.
 * - Refused: the server answered, and said no.  The code is the server's.
 * - Unreachable: no answer.  Tried again.
 * - NotNow: the caller asked for something that is not to be done at this point; nothing has changed.
 */

class BallotError extends Error {
  constructor(code, data = {}) {
    super(code);
    this.name = new.target.name;
    this.code = code;
    this.data = data;
  }
}

export class Alarm extends BallotError {}

export class Refused extends BallotError {}

export class Unreachable extends BallotError {}

export class NotNow extends BallotError {}
