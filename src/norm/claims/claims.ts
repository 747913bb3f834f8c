import type { Claim, ClaimCase } from './claim';
import { descentClaim, spuriousPartClaim } from './gradientClaims';
import { jacobianClaims } from './jacobianClaims';
import { epsZeroClaim, residualCauseClaim, squaredLengthClaim } from './outputClaims';
import { featureMomentsClaim, undoingClaim } from './parameterClaims';

/** What tutorials and papers say of layer normalization, each held against this data. */
export function claims(claimCase: ClaimCase): Claim[] {
  return [
    squaredLengthClaim(claimCase),
    undoingClaim(claimCase),
    featureMomentsClaim(claimCase),
    epsZeroClaim(claimCase),
    residualCauseClaim(claimCase),
    ...jacobianClaims(claimCase),
    descentClaim(claimCase),
    spuriousPartClaim(claimCase),
  ];
}
