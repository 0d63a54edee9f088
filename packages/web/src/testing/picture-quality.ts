import type { Edges } from "../features/lineage/layout/adjacency.ts";
import type { Layout, Point } from "../features/lineage/layout/layout.ts";
import type { Sizes } from "../features/lineage/layout/place.ts";

type Segment = { a: Point; b: Point; edge: number; from: number; to: number };

/** What a reader of the picture stumbles over. */
export type Quality = {
	/** Pairs of edges that cross, edges that leave or reach the same card aside. */
	crossings: number;
	/** Pieces of edges that run through a card which is not theirs. */
	throughCards: number;
	/** Pairs of cards that lie on each other. */
	overlaps: number;
	/** Edges that do not lead to the right. */
	leftwards: number;
};

function segmentsOf(edges: Edges, layout: Layout, { width }: Sizes): Segment[] {
	return Array.from(edges.from, (from, edge) => {
		const to = edges.to[edge] ?? 0;
		const x = (vertex: number) => layout.x[vertex] ?? 0;
		const y = (vertex: number) => layout.y[vertex] ?? 0;
		const side = x(to) >= x(from) ? width / 2 : -width / 2;
		const points: Point[] = [[x(from) + side, y(from)], ...(layout.bends[edge] ?? []), [x(to) - side, y(to)]];
		return points.slice(1).map((b, index): Segment => ({ a: points[index] ?? b, b, edge, from, to }));
	}).flat();
}

function turn([ax, ay]: Point, [bx, by]: Point, [cx, cy]: Point): number {
	return Math.sign((bx - ax) * (cy - ay) - (by - ay) * (cx - ax));
}

function cross(p: Segment, q: Segment): boolean {
	if (p.edge === q.edge || p.from === q.from || p.to === q.to) return false;
	if (Math.max(p.a[0], p.b[0]) < Math.min(q.a[0], q.b[0]) || Math.max(q.a[0], q.b[0]) < Math.min(p.a[0], p.b[0]))
		return false;
	return turn(p.a, p.b, q.a) * turn(p.a, p.b, q.b) < 0 && turn(q.a, q.b, p.a) * turn(q.a, q.b, p.b) < 0;
}

/** Whether a segment enters the box around a point, its border aside (Liang–Barsky). */
function enters({ a, b }: Segment, x: number, y: number, { width, height }: Sizes): boolean {
	const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
	let first = 0;
	let last = 1;
	const sides: [number, number][] = [
		[-dx, a[0] - (x - width / 2 + 1)],
		[dx, x + width / 2 - 1 - a[0]],
		[-dy, a[1] - (y - height / 2 + 1)],
		[dy, y + height / 2 - 1 - a[1]],
	];
	for (const [step, room] of sides) {
		if (step === 0) {
			if (room < 0) return false;
		} else if (step < 0) first = Math.max(first, room / step);
		else last = Math.min(last, room / step);
	}
	return first < last;
}

/** Looks at a picture pair by pair: for some thousands of segments at most. */
export function judgePicture(edges: Edges, layout: Layout, sizes: Sizes): Quality {
	const segments = segmentsOf(edges, layout, sizes);
	const quality: Quality = { crossings: 0, throughCards: 0, overlaps: 0, leftwards: 0 };
	segments.forEach((one, index) => {
		for (const other of segments.slice(index + 1)) if (cross(one, other)) quality.crossings++;
		layout.x.forEach((x, vertex) => {
			if (vertex !== one.from && vertex !== one.to && enters(one, x, layout.y[vertex] ?? 0, sizes))
				quality.throughCards++;
		});
	});
	layout.x.forEach((x, one) => {
		for (let other = one + 1; other < layout.x.length; other++) {
			const apart = [Math.abs(x - (layout.x[other] ?? 0)), Math.abs((layout.y[one] ?? 0) - (layout.y[other] ?? 0))];
			if ((apart[0] ?? 0) < sizes.width - 1 && (apart[1] ?? 0) < sizes.height - 1) quality.overlaps++;
		}
	});
	for (let edge = 0; edge < edges.from.length; edge++)
		if ((layout.x[edges.to[edge] ?? 0] ?? 0) <= (layout.x[edges.from[edge] ?? 0] ?? 0)) quality.leftwards++;
	return quality;
}
