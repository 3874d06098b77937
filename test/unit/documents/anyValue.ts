import fc from 'fast-check';

import type { DocumentValue } from '../../../src/documents/documentType.ts';

/** Beyond what a double holds exactly, on both sides. */
const anyBigInt = fc.bigInt({ min: 2n ** 53n, max: 2n ** 70n }).chain((size) => fc.constantFrom(size, -size));

/** Names that JavaScript objects have plans for among them. */
const anyName = fc.oneof(fc.string({ unit: 'binary', maxLength: 4 }), fc.constantFrom('__proto__', 'constructor', 'toString', '0', '10', '9', 'length', ''));

/** Any JSON value as a document has it: integers that a double cannot hold are a `bigint`, and nothing else is. */
export const anyValue: fc.Arbitrary<DocumentValue> = fc.letrec<{ readonly value: DocumentValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.oneof(
      fc.string({ unit: 'binary' }), fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }), anyBigInt, fc.boolean(), fc.constant(null),
      fc.constantFrom(1e20, 123_456_789_012_345_680_000, 2 ** 53, -0, 5e-324),
    ),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.array(fc.tuple(anyName, tie('value')), { maxLength: 4 }).map((entries) => Object.fromEntries(entries)),
  ),
})).value;
