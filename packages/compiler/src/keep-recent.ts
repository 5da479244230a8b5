/** Puts an entry at the end of a map, and drops the first if there are more than `most`: the one that was not needed for longest. */
export function keepRecent<V>(map: Map<string, V>, key: string, value: V, most: number): void {
  map.delete(key);
  map.set(key, value);
  if (map.size > most) map.delete(map.keys().next().value!); // there is a first one
}
