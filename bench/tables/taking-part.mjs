/**
 * Those of whom something is known on these workloads.
 * @param {import("../report.mjs").Results} results
 * @param {import("../workloads.mjs").Workload[]} workloads
 */
export function takingPart({ peers, cells }, workloads) {
  return peers.filter(({ id, tables }) =>
    workloads.some(({ name, table }) => tables.includes(table) && cells.get(name)?.has(id)),
  );
}
