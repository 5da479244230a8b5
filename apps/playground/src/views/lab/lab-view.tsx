export function LabView() {
  return <h2>1×1 lab</h2>;
}
