export { refuseOperations } from "./refuse-operations.ts";
