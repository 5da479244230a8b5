/**
 * The error function to double precision: W. J. Cody, "Rational Chebyshev approximation for the error function",
 * Math. Comp. 23 (1969), in the form of his CALERF.
 */
export function erf(x: number): number {
  const y = Math.abs(x);
  if (y <= 0.46875) return x * rational(y * y, a, b, 4);
  if (Number.isNaN(x)) return x;
  const complement = y <= 4 ? gauss(y) * rational(y, c, d, 8) : y < 6 ? gauss(y) * tail(y) : 0;
  return x < 0 ? complement - 1 : 1 - complement;
}

const a = [0.18577770618460315, 3.1611237438705655, 113.86415415105016, 377.485237685302, 3209.3775891384694];
const b = [1, 23.601290952344122, 244.02463793444417, 1282.6165260773723, 2844.236833439171];
const c = [
  2.1531153547440383e-8, 0.5641884969886701, 8.883149794388377, 66.11919063714163, 298.6351381974001, 881.952221241769,
  1712.0476126340707, 2051.0783778260716, 1230.3393547979972,
];
const d = [
  1, 15.744926110709835, 117.6939508913125, 537.1811018620099, 1621.3895745666903, 3290.7992357334597,
  4362.619090143247, 3439.3676741437216, 1230.3393548037495,
];
const p = [
  0.016315387137302097, 0.30532663496123236, 0.36034489994980445, 0.12578172611122926, 0.016083785148742275,
  0.0006587491615298378,
];
const q = [1, 2.568520192289822, 1.8729528499234673, 0.5279051029514285, 0.06051834131244132, 0.0023352049762686918];

function rational(x: number, numerator: readonly number[], denominator: readonly number[], degree: number): number {
  let [n, m] = [numerator[0]!, denominator[0]!];
  for (let i = 1; i <= degree; i++) {
    n = n * x + numerator[i]!;
    m = m * x + denominator[i]!;
  }
  return n / m;
}

/** exp(−y²), with the square split so that its rounding does not matter. */
function gauss(y: number): number {
  const head = Math.trunc(y * 16) / 16;
  return Math.exp(-head * head) * Math.exp(-(y - head) * (y + head));
}

function tail(y: number): number {
  const z = 1 / (y * y);
  return (1 / Math.sqrt(Math.PI) - z * rational(z, p, q, 5)) / y;
}
