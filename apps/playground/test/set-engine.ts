import { useDeterministicKernels } from "@pointwise/compiler";

// As the page's worker does. Test files share a process: kernels that one of them made otherwise would give another one other bits.
useDeterministicKernels();
