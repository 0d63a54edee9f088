import { useCallback, useMemo, useState } from "react";
import type { Point } from "./layout/layout.ts";
import { type Scene, withMoves } from "./scene.ts";

/** Cards that a reader moved by hand stay there as long as the page does, however the rest is laid out anew. */
export function useMovedCards(laidOut: Scene | undefined) {
	const [moves, setMoves] = useState<ReadonlyMap<string, Point>>(new Map());
	const scene = useMemo(() => laidOut && withMoves(laidOut, moves), [laidOut, moves]);
	const move = useCallback((id: string, [dx, dy]: Point) => {
		setMoves((before) => {
			const [x, y] = before.get(id) ?? [0, 0];
			return new Map(before).set(id, [x + dx, y + dy]);
		});
	}, []);
	const reset = useCallback(() => setMoves(new Map()), []);
	return { scene, move, reset: moves.size > 0 ? reset : undefined };
}
