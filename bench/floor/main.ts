// The client floor: answers the calls that the benched client makes and keeps nothing, so that what the client takes
// against it is what no server can beat. Nothing but the benchmarks may use it.
import { listenAndSay } from "../listen-and-say.ts";
import { floorServer, nothingKept } from "./floor-server.ts";

const features = (process.argv[2] ?? "").split(",").filter((name) => name !== "");

listenAndSay(floorServer({ features, keeper: nothingKept }));
