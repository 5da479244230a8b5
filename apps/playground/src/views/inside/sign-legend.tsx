/** Which colours values have in maps and filters. */
export function SignLegend() {
  return (
    <p class="sign-scale muted">
      <span>negative</span>
      <span class="sign-bar" aria-hidden="true" />
      <span>positive</span>
    </p>
  );
}
