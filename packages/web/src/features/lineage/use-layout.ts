import { useEffect, useRef, useState } from "react";
import type { DrawnGraph } from "./drawn-graph.ts";
import type { LayoutAnswer, LayoutQuestion } from "./layout/layout.worker.ts";
import { makeScene, type Scene } from "./scene.ts";

/** Lays a graph out in a worker of its own, kept warm; what is shown stays until the next one is ready. */
export function useLayout(graph: DrawnGraph | undefined): { scene: Scene | undefined; isBusy: boolean } {
	const worker = useRef<Worker>(undefined);
	const turn = useRef(0);
	const asked = useRef<DrawnGraph>(undefined);
	const [scene, setScene] = useState<Scene>();
	const [isBusy, setBusy] = useState(true);

	useEffect(() => {
		const started = new Worker(new URL("./layout/layout.worker.ts", import.meta.url), { type: "module" });
		worker.current = started;
		started.onmessage = ({ data }: MessageEvent<LayoutAnswer>) => {
			if (data.turn !== turn.current || asked.current === undefined) return;
			setScene(makeScene(asked.current, data.layout));
			setBusy(false);
		};
		return () => started.terminate();
	}, []);

	useEffect(() => {
		if (graph === undefined) return;
		turn.current += 1;
		asked.current = graph;
		setBusy(true);
		const from = graph.edges.map((edge) => edge.from);
		const to = graph.edges.map((edge) => edge.to);
		const question: LayoutQuestion = { turn: turn.current, count: graph.cards.length, from, to };
		worker.current?.postMessage(question);
	}, [graph]);

	return { scene, isBusy };
}
