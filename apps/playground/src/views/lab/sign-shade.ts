/**
 * The style properties that tint an element by sign and size, for the rule `.shaded` of the lab's style sheet.
 * @param share from −1 to 1; what lies beyond counts as the end.
 */
export function signShade(share: number): Record<"--tint" | "--share", string> {
  return {
    "--tint": share < 0 ? "var(--minus)" : "var(--plus)",
    "--share": `${Math.round(Math.min(1, Math.abs(share)) * 100)}%`,
  };
}
