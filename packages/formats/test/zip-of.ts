/** Archives of any files, also for the trainer's tests, which have no zip library of their own. */
export { zipSync as zipOf } from "fflate";
