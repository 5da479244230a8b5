export function InsideView() {
  return <h2>Look inside</h2>;
}
