import { enableV8Flags } from "@pointwise/compiler";

// As the program does before it computes. Test files share a process: kernels that one of them made without would give another one other bits than a
// process of its own has.
enableV8Flags();
