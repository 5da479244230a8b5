import { expect, test } from "vitest";
import { cellSizes, narrowStage } from "../../src/views/lab/slide/cell-sizes.ts";
import { initialSetting, outputSide, pictureSide } from "../../src/views/lab/slide/setting.ts";

const settings = ([1, 3, 5] as const).flatMap((kernelSize) =>
  [0, 1, 2].map((padding) => ({ ...initialSetting, kernelSize, padding })),
);

test("what stands side by side fits into the stage, at any width, and can be read", () => {
  for (let width = 300; width <= 1160; width += 20) {
    for (const setting of settings) {
      const { map, kernel } = cellSizes(width, setting);
      const input = pictureSide + 2 * setting.padding;
      if (width >= narrowStage) {
        expect(map * (input + outputSide(setting)) + 3 * setting.kernelSize * kernel).toBeLessThanOrEqual(width - 270);
      } else {
        expect(3 * setting.kernelSize * kernel).toBeLessThanOrEqual(width - 116);
        expect(map * Math.max(input, outputSide(setting))).toBeLessThanOrEqual(width - 36); // one of them alone
      }
      expect(map).toBeGreaterThanOrEqual(14);
      expect(kernel).toBeGreaterThanOrEqual(12);
    }
  }
});
