/** Puts an entry at the end of a map, and drops the first if there are more than `most`: the one that was not needed for longest. */
export function keepRecent<K, V>(map: Map<K, V>, key: K, value: V, most: number): void {
  map.delete(key);
  map.set(key, value);
  if (map.size > most) map.delete(map.keys().next().value!); // there is a first one
}
