export { stateless as default } from "../../vitest.shared.ts";
