import type { Plugin } from "vite";
import { digitsFile } from "./digits-file.ts";

/** No name that ends with gz: some servers would say that such a file is to be unpacked by the browser, and some would not. */
const fileName = "digits.bin";

/** Puts the digits beside the page: into the built folder, and under the development server. */
export const digitsPlugin = (): Plugin => ({
  name: "digits",
  generateBundle() {
    this.emitFile({ type: "asset", fileName, source: digitsFile() });
  },
  configureServer(server) {
    let file: Uint8Array | undefined;
    server.middlewares.use(`/${fileName}`, (_request, response) => {
      file ??= digitsFile();
      response.setHeader("Content-Type", "application/octet-stream");
      response.end(file);
    });
  },
});
