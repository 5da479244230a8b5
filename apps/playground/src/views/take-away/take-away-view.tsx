export function TakeAwayView() {
  return <h2>Take away</h2>;
}
