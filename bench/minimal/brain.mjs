import brain from "brain.js/browser.js"; // its sources import what only Node has

const net = new brain.NeuralNetwork({ hiddenLayers: [64], activation: "relu" });
const samples = Array.from({ length: 64 }, (_, i) => ({
  input: [Math.random(), Math.random()],
  output: [0, 1, 2].map((k) => +(i % 3 === k)),
}));
console.log(net.train(samples, { iterations: 100, praxis: "adam" }).error);
