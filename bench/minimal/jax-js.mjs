import { init, jit, nn, numpy as np, random, tree, valueAndGrad } from "@jax-js/jax";

await init("wasm");
const uniform = (/** @type {number[]} */ ...shape) =>
  random.uniform(random.key(0), shape, { minval: -0.1, maxval: 0.1 });
let state = {
  params: { w1: uniform(2, 64), b1: uniform(64), w2: uniform(64, 3), b2: uniform(3) },
  mean: { w1: np.zeros([2, 64]), b1: np.zeros([64]), w2: np.zeros([64, 3]), b2: np.zeros([3]) },
  square: { w1: np.zeros([2, 64]), b1: np.zeros([64]), w2: np.zeros([64, 3]), b2: np.zeros([3]) },
};
const [x, y] = [random.normal(random.key(1), [64, 2]), nn.oneHot(np.arange(64).mod(3).astype(np.int32), 3)];

const lossOf = (/** @type {typeof state.params} */ { w1, b1, w2, b2 }) => {
  const hidden = nn.relu(np.matmul(x.ref, w1).add(b1));
  return np.sum(nn.logSoftmax(np.matmul(hidden, w2).add(b2), -1).mul(y.ref)).mul(-1 / 64);
};
const step = jit((/** @type {typeof state} */ { params, mean, square }) => {
  const [loss, grads] = valueAndGrad(lossOf)(tree.ref(params));
  const nextMean = tree.map((m, g) => m.mul(0.9).add(g.mul(0.1)), mean, tree.ref(grads));
  const nextSquare = tree.map((s, g) => s.mul(0.999).add(np.square(g).mul(0.001)), square, grads);
  /** @type {(...values: [np.Array, np.Array, np.Array]) => np.Array} */
  const update = (p, m, s) => p.sub(m.div(np.sqrt(s).add(1e-8)).mul(1e-3));
  const next = tree.map(update, params, tree.ref(nextMean), tree.ref(nextSquare));
  return { loss, next: { params: next, mean: nextMean, square: nextSquare } };
});
for (let i = 0; i < 100; i++) {
  const { loss, next } = step(state);
  state = next;
  console.log(loss.item());
}
