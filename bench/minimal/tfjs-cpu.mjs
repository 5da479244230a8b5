import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-core/dist/register_all_gradients.js";
import "@tensorflow/tfjs-backend-cpu";

await tf.setBackend("cpu");
const uniform = (/** @type {number[]} */ ...shape) => tf.variable(tf.randomUniform(shape, -0.1, 0.1));
const [w1, b1, w2, b2] = [uniform(2, 64), uniform(64), uniform(64, 3), uniform(3)];
const optimizer = tf.train.adam(1e-3);
const [x, y] = [tf.randomNormal([64, 2]), tf.oneHot(tf.randomUniform([64], 0, 3, "int32"), 3)];
const loss = () => {
  const hidden = tf.relu(tf.add(tf.matMul(x, w1), b1));
  return /** @type {tf.Scalar} */ (tf.losses.softmaxCrossEntropy(y, tf.add(tf.matMul(hidden, w2), b2)));
};
for (let i = 0; i < 100; i++) tf.tidy(() => console.log(optimizer.minimize(loss, true)?.dataSync()[0]));
