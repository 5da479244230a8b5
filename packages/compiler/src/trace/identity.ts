const identities = new WeakMap<object, number>();
let count = 0;

/** A number that only this object has. */
export function identity(x: object): number {
  let id = identities.get(x);
  if (id === undefined) {
    id = count++;
    identities.set(x, id);
  }
  return id;
}
