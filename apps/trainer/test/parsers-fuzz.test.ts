import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { deflateSync } from "node:zlib";
import fc from "fast-check";
import { PNG } from "pngjs";
import { expect, test } from "vitest";
import { exactlyAll, namedTensors } from "../../../packages/formats/test/arbitrary-tensors.ts";
import { attempt, hostileJson, hostileNames, hostileNumbers } from "../../../packages/formats/test/parsers-fuzz.ts";
import { decodePng } from "../src/datasets/decode-png.ts";
import { decodeCheckpoint, encodeCheckpoint } from "../src/training/checkpoint-file.ts";
import { parseConfig, type RunConfig } from "../src/training/config.ts";
import { appendMetrics, hasTest, type Metrics, rewindMetrics } from "../src/training/metrics-log.ts";
import { randomStreams, TrainingState } from "../src/training/training-state.ts";
import { temporaryFolder } from "./datasets/temporary-folder.ts";
import { png } from "./fuzz/png-files.ts";

test("PNG: headers, palettes and pixels of any kind behind checksums that are right", async () => {
  const size = fc.oneof(fc.nat(6), fc.constantFrom(1000, 2 ** 16, 2 ** 31, 2 ** 32 - 1));
  const header = fc.record({
    ...{ width: size, height: size, interlaced: fc.boolean() },
    depth: fc.oneof(fc.constantFrom(1, 2, 4, 8, 16), fc.nat(255)),
    color: fc.oneof(fc.constantFrom(0, 2, 3, 4, 6), fc.nat(255)),
  });
  const bytes = fc.uint8Array({ maxLength: 200 });
  const pixels = fc
    .oneof(
      bytes,
      fc.nat(300).map((n) => new Uint8Array(n)),
    )
    .map((rows) => Uint8Array.from(deflateSync(rows)));
  await fc.assert(
    fc.asyncProperty(
      header,
      fc.oneof({ arbitrary: pixels, weight: 9 }, bytes),
      bytes,
      async (header, pixels, palette) => {
        const read = await attempt(() => decodePng(png(header, pixels, palette), "file"));
        if (read)
          expect([read.width, read.height, read.rgba.length]).toEqual([
            header.width,
            header.height,
            4 * header.width * header.height,
          ]);
      },
    ),
    { numRuns: 500 },
  );
});

test("PNG: what is written is read again", () => {
  const side = fc.integer({ min: 1, max: 9 });
  fc.assert(
    fc.property(side, side, fc.infiniteStream(fc.nat(255)), (width, height, stream) => {
      const picture = new PNG({ width, height });
      picture.data.forEach((_, i) => {
        picture.data[i] = stream.next().value;
      });
      const read = decodePng(PNG.sync.write(picture), "file");
      expect([read.width, read.height, [...read.rgba]]).toEqual([width, height, [...picture.data]]);
    }),
  );
});

const config: RunConfig = {
  ...{ model: "mlp", dataset: "spiral", dataDir: null, epochs: 2, batchSize: 8, optimizer: "adam", lr: 0.01 },
  ...{ weightDecay: 0, momentum: 0, schedule: "one-cycle", clipNorm: null, augment: false, seed: 1, eager: true },
  ...{ patience: 0, data: { classes: ["a", "b"], inputShape: [2], mean: [0, 0], std: [1, 1] } },
};

/** An object with some entries replaced, left out or added. */
const changed = (x: object): fc.Arbitrary<unknown> =>
  fc
    .array(
      fc.tuple(
        fc.oneof(fc.constantFrom(...Object.keys(x)), hostileNames),
        fc.oneof(hostileJson, hostileNumbers, fc.constant(undefined)),
      ),
      { maxLength: 3 },
    )
    .map((changes) => Object.fromEntries([...Object.entries(x), ...changes]));

test("config.json: any entries, of which only known ones are kept", async () => {
  const text = fc
    .oneof(
      { arbitrary: changed(config), weight: 3 },
      changed(config.data).map((data) => ({ ...config, data })),
      hostileJson,
    )
    .map((x) => JSON.stringify(x));
  await fc.assert(
    fc.asyncProperty(fc.oneof({ arbitrary: text, weight: 9 }, fc.string()), async (json) => {
      const read = await attempt(() => parseConfig(json, "file"));
      if (!read) return;
      expect(Object.keys(read).sort()).toEqual(Object.keys(config).sort());
      expect(Object.keys(read.data).sort()).toEqual(Object.keys(config.data).sort());
      expect(parseConfig(JSON.stringify(read), "file")).toEqual(read);
    }),
    { numRuns: 2000 },
  );
});

test("checkpoints: what is written is read again, bit for bit; any other text in it is noticed", async () => {
  const texts = fc.dictionary(
    hostileNames.filter((name) => name !== "sha256"),
    fc.string({ unit: "grapheme" }),
  );
  await fc.assert(
    fc.asyncProperty(namedTensors, texts, async (tensors, metadata) => {
      const read = decodeCheckpoint(encodeCheckpoint({ tensors, metadata }), "file");
      expect(exactlyAll(read.tensors)).toEqual(exactlyAll(tensors));
      expect(Object.entries(read.metadata).sort()).toEqual(Object.entries(metadata).sort());
    }),
  );
});

test("checkpoints: any position, and tensors of any names and shapes beside or in place of the right ones", async () => {
  const { model, shuffle, augment } = randomStreams(1);
  const state = new TrainingState(config, { model, shuffle, augment }, 4);
  const { tensors: right } = state.checkpoint();
  const right0 = { ...state.position };
  const others = fc.tuple(fc.array(fc.constantFrom(...right.keys()), { maxLength: 1 }), namedTensors);
  await fc.assert(
    fc.asyncProperty(fc.oneof(changed(right0), hostileJson), others, async (position, [without, more]) => {
      const kept = [...right].filter(([name]) => !without.includes(name));
      const tensors = new Map([...kept, ...[...more].map(([name, x]) => [without[0] ?? name, x] as const)]);
      const bytes = encodeCheckpoint({ tensors, metadata: { format: "pt", position: JSON.stringify(position) ?? "" } });
      await attempt(() => state.restore(decodeCheckpoint(bytes, "file"), "file"));
      expect(Object.keys(state.position).sort()).toEqual(Object.keys(right0).sort());
      expect(Object.getPrototypeOf(state.position)).toBe(Object.prototype);
    }),
    { numRuns: 300 },
  );
});

test("metrics.jsonl: of any lines those of epochs so far are kept, and what is written is read again", async () => {
  const file = join(temporaryFolder(), "metrics.jsonl");
  const epoch: Metrics = {
    ...{ event: "epoch", epoch: 1, trainLoss: 1, trainAccuracy: 0, validationLoss: 1, validationAccuracy: 0 },
    ...{ lr: 0.1, best: true },
  };
  const line = fc.oneof(
    changed(epoch).map((x) => JSON.stringify(x)),
    hostileJson.map((x) => JSON.stringify(x)),
    fc.string(),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(line, { maxLength: 5 }), fc.boolean(), async (lines, cut) => {
      writeFileSync(file, lines.join("\n") + (cut ? '{"event":"epoch","epo' : "\n"));
      await attempt(() => hasTest(file));
      await attempt(() => rewindMetrics(file, 3));
      const kept = readFileSync(file, "utf8");
      rewindMetrics(file, 3);
      expect(readFileSync(file, "utf8")).toBe(kept);
      for (const text of kept.split("\n").slice(0, -1)) expect(JSON.parse(text).epoch).toBeLessThanOrEqual(3);
      appendMetrics(file, { ...epoch, epoch: 2 });
      appendMetrics(file, { event: "test", epoch: 2, testLoss: 1, testAccuracy: 0, samples: 1, finalWeights: "0" });
      expect(hasTest(file)).toBe(true);
      rewindMetrics(file, 3);
      expect(readFileSync(file, "utf8")).toBe(`${kept}${JSON.stringify({ ...epoch, epoch: 2 })}\n`);
    }),
    { numRuns: 200 },
  );
});
