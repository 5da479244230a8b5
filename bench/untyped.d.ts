/** ConvNetJS comes without types. */
declare module "convnetjs";

/** brain.js has types for Node's entry alone. */
declare module "brain.js/browser.js";
