import convnetjs from "convnetjs";

const net = new convnetjs.Net();
net.makeLayers([
  { type: "input", out_sx: 1, out_sy: 1, out_depth: 2 },
  { type: "fc", num_neurons: 64, activation: "relu" },
  { type: "softmax", num_classes: 3 },
]);
const trainer = new convnetjs.Trainer(net, { method: "adadelta", batch_size: 64 });
for (let i = 0; i < 6400; i++) {
  const x = new convnetjs.Vol([Math.random(), Math.random()]);
  console.log(trainer.train(x, i % 3).loss);
}
