import { useEffect, useRef, useState } from "react";
import type { DrawnGraph } from "./drawn-graph.ts";
import type { LayoutAnswer, LayoutQuestion } from "./layout/layout.worker.ts";
import { makeScene, type Scene } from "./scene.ts";
import { bandsOf, type TimeBands } from "./time-bands.ts";

/** What was asked for last, to be put together with its layout. */
type Asked = { readonly graph: DrawnGraph; readonly axis: "flow" | "time"; readonly bands: TimeBands | undefined };
type LaidOut = { readonly asked: Asked; readonly scene: Scene };

function sceneOf({ graph, bands }: Asked, layout: LayoutAnswer["layout"]): Scene {
	const scene = makeScene(graph, layout);
	return bands ? { ...scene, bands } : scene;
}

/** Lays a graph out in a worker of its own, kept warm; what is shown stays until the next one is ready. */
export function useLayout(
	graph: DrawnGraph | undefined,
	axis: "flow" | "time",
): { scene: Scene | undefined; isBusy: boolean } {
	const worker = useRef<Worker>(undefined);
	const turn = useRef(0);
	const asked = useRef<Asked>(undefined);
	const [laidOut, setLaidOut] = useState<LaidOut>();

	useEffect(() => {
		const started = new Worker(new URL("./layout/layout.worker.ts", import.meta.url), { type: "module" });
		worker.current = started;
		started.onmessage = ({ data }: MessageEvent<LayoutAnswer>) => {
			if (data.turn !== turn.current || asked.current === undefined) return;
			setLaidOut({ asked: asked.current, scene: sceneOf(asked.current, data.layout) });
		};
		return () => started.terminate();
	}, []);

	useEffect(() => {
		if (graph === undefined) return;
		turn.current += 1;
		const bands = axis === "time" ? bandsOf(graph.cards) : undefined;
		asked.current = { graph, axis, bands };
		const from = graph.edges.map((edge) => edge.from);
		const to = graph.edges.map((edge) => edge.to);
		const question: LayoutQuestion = {
			...{ turn: turn.current, count: graph.cards.length, from, to },
			bands: bands && { of: bands.of, count: bands.starts.length },
		};
		worker.current?.postMessage(question);
	}, [graph, axis]);

	const isBusy = laidOut?.asked.graph !== graph || laidOut?.asked.axis !== axis;
	return { scene: laidOut?.scene, isBusy };
}
