import { largestFinite } from '../../norm/precision';
import { formatNumber } from '../../tensor/formatNumber';
import { placesOf, shownPlaces, type Finding } from './finding';
import { massiveMagnitude, outlierMagnitude, type TensorScan } from './tensorScan';

/** Sun et al. 2024, 2402.17762: so many times the median, beside the magnitude itself. */
const massiveRatio = 1000;

/** LLM.int8 (2208.07339, section 4.1): an outlier feature is one in at least so many of the layers and positions … */
const outlierLayerShare = 0.25;
const outlierPositionShare = 0.06;
/** … and, ours, one whose values stand out of its tensor, since a stream that is large throughout has no outliers: 9 medians are
 * 6 standard deviations of a normal distribution. */
const outlierMedianRatio = 9;
/** Ours: fewer layers than this say nothing of a share of them. */
const outlierMinLayers = 4;

const largestHalf = largestFinite('float16');

/**
 * Finds magnitudes that stand out: massive activations where they arise, outlier features of the whole network, and
 * float16 tensors near their limit.
 *
 * @param scans activations in the order of the network
 */
export function magnitudeFindings(scans: readonly TensorScan[]): Finding[] {
  return [...massive(scans), ...outliers(scans), ...scans.flatMap(headroom)];
}

/** One finding for every tensor in which a feature is massive that was not before it. */
function massive(scans: readonly TensorScan[]): Finding[] {
  const known = new Set<number>();
  const findings: Finding[] = [];
  scans.forEach((scan, i) => {
    const fresh = massiveFeatures(scan).filter((feature) => !known.has(feature));
    if (fresh.length === 0) {
      return;
    }
    fresh.forEach((feature) => known.add(feature));
    const later = scans
      .slice(i + 1)
      .filter((other) => massiveFeatures(other).some((feature) => fresh.includes(feature)));
    findings.push(massiveFinding(scan, fresh, later.length));
  });
  return findings;
}

function massiveLimit({ medianAbs }: TensorScan): number {
  return Math.max(massiveMagnitude, massiveRatio * medianAbs);
}

function massiveFeatures(scan: TensorScan): number[] {
  const { absMax, featureMax } = scan;
  const limit = massiveLimit(scan);
  return absMax > limit ? [...featureMax.keys()].filter((feature) => featureMax[feature] > limit) : [];
}

function massiveFinding(scan: TensorScan, features: number[], later: number): Finding {
  const { ref, featureMax, medianAbs } = scan;
  const elements = scan.large.filter(({ magnitude }) => magnitude > massiveLimit(scan)).map(({ index }) => index);
  const largest = features.reduce((a, b) => (featureMax[b] > featureMax[a] ? b : a));
  const value = featureMax[largest];
  return {
    severity: 'warning',
    code: 'massive-activation',
    tensor: ref.name,
    where: { ...placesOf(elements), features: features.slice(0, shownPlaces) },
    message:
      `${ref.name} reaches ${formatNumber(value)} at feature ${largest}, ${formatNumber(value / medianAbs)} times its median magnitude; ` +
      `such values take over the variance of their rows and overflow in narrow formats. ` +
      `${later === 0 ? 'No later tensor has' : `${later} later ${later === 1 ? 'tensor has' : 'tensors have'}`} the same massive features.`,
    advice: 'Expected of large trained language models; otherwise look at the operation that makes this tensor.',
  };
}

function outliers(scans: readonly TensorScan[]): Finding[] {
  const widths = new Set(scans.map(({ featureMax }) => featureMax.length));
  return [...widths].flatMap((width) => {
    const layers = scans.filter(({ featureMax }) => featureMax.length === width);
    if (layers.length < outlierMinLayers) {
      return [];
    }
    const features = [...layers[0].featureMax.keys()].filter((feature) => {
      const count = layers.filter((scan) => isOutlier(scan, feature)).length;
      return count >= outlierLayerShare * layers.length;
    });
    return features.length === 0 ? [] : [outlierFinding(layers, features)];
  });
}

function isOutlier({ medianAbs, featureMax, featureOutliers, ref }: TensorScan, feature: number): boolean {
  const positions = ref.shape.slice(0, -1).reduce((product, length) => product * length, 1);
  return (
    featureMax[feature] >= outlierMedianRatio * medianAbs &&
    featureOutliers[feature] >= Math.max(1, outlierPositionShare * positions)
  );
}

function outlierFinding(layers: readonly TensorScan[], features: number[]): Finding {
  const first = layers.find((scan) => features.some((feature) => isOutlier(scan, feature)))!;
  return {
    severity: 'info',
    code: 'outlier-feature',
    tensor: first.ref.name,
    where: { features: features.slice(0, shownPlaces) },
    message:
      `${features.length === 1 ? `Feature ${features[0]} is` : `Features ${features.slice(0, 8).join(', ')} are`} beyond ${outlierMagnitude} ` +
      `in at least a quarter of the ${layers.length} tensors of this width, from ${first.ref.name} on; such features make 8-bit quantization lossy.`,
    advice: 'Keep these features in a wider format when quantizing.',
  };
}

function headroom({ ref, absMax }: TensorScan): Finding[] {
  if (ref.dtype !== 'float16' || absMax <= largestHalf / 2) {
    return [];
  }
  return [
    {
      severity: 'warning',
      code: 'half-headroom',
      tensor: ref.name,
      where: {},
      message: `${ref.name} reaches ${formatNumber(absMax)}; float16 ends at ${largestHalf}, so that twice as much becomes Inf.`,
      advice: 'Keep this tensor in bfloat16 or float32.',
    },
  ];
}
