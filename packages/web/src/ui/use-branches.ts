import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";

/** A page of what is below a node of a tree. */
export type BranchPage<Item> = { items: readonly Item[]; next: string | undefined };

/** What is known of the things below a node. */
export type Branch<Item> = {
	items: readonly Item[];
	/** Where the next page begins; undefined when all is there. */
	next: string | undefined;
	isLoading: boolean;
	error: unknown;
};

type Read<Item> = (node: string, after: string, signal: AbortSignal) => Promise<BranchPage<Item>>;

const empty = { items: [], next: "", isLoading: false, error: undefined } as const;

/**
 * What is below the nodes of a tree, read page by page when asked for. `queryKey` names the tree: under it pages are kept,
 * and another key begins another tree.
 */
export function useBranches<Item>(queryKey: readonly unknown[], read: Read<Item>) {
	const client = useQueryClient();
	const name = JSON.stringify(queryKey);
	const [state, setState] = useState<{ name: string; branches: ReadonlyMap<string, Branch<Item>> }>({
		name,
		branches: new Map(),
	});
	const branches = useMemo(
		() => (state.name === name ? state.branches : new Map<string, Branch<Item>>()),
		[state, name],
	);
	const latest = useRef({ name, branches, read });
	useEffect(() => {
		latest.current = { name, branches, read };
	});
	/** Pages that were asked for: each is asked for once, however often it comes into sight meanwhile. */
	const asked = useRef(new Set<string>());
	const put = useCallback((owner: string, node: string, change: (branch: Branch<Item>) => Branch<Item>) => {
		setState((old) => {
			const known = old.name === owner ? old.branches : new Map<string, Branch<Item>>();
			return { name: owner, branches: new Map(known).set(node, change(known.get(node) ?? empty)) };
		});
	}, []);
	/** Reads the first page below a node, or the next; nothing while one is on its way or all is there. */
	const load = useCallback(
		async (node: string) => {
			const { name: owner, branches: known, read: ask } = latest.current;
			const { next } = known.get(node) ?? empty;
			const page = JSON.stringify([owner, node, next]);
			if (next === undefined || asked.current.has(page)) return;
			asked.current.add(page);
			put(owner, node, (branch) => ({ ...branch, isLoading: true, error: undefined }));
			try {
				const found = await client.fetchQuery({
					queryKey: [...JSON.parse(owner), node, next],
					queryFn: ({ signal }) => ask(node, next, signal),
					staleTime: 60_000,
				});
				put(owner, node, (branch) => ({
					items: [...branch.items, ...found.items],
					next: found.next,
					isLoading: false,
					error: undefined,
				}));
			} catch (error) {
				asked.current.delete(page);
				put(owner, node, (branch) => ({ ...branch, isLoading: false, error }));
			}
		},
		[client, put],
	);
	/** Reads again what is below a node, from its first page on. */
	const reload = useCallback(
		async (node: string) => {
			const { name: owner, read: ask } = latest.current;
			const first = JSON.stringify([owner, node, ""]);
			for (const page of asked.current) if (page.startsWith(first.slice(0, -3))) asked.current.delete(page);
			asked.current.add(first);
			const queryKey = [...JSON.parse(owner), node, ""];
			const found = await client.fetchQuery({ queryKey, queryFn: ({ signal }) => ask(node, "", signal) });
			put(owner, node, () => ({ items: [...found.items], next: found.next, isLoading: false, error: undefined }));
		},
		[client, put],
	);
	// Whoever changes something says which queries grew old by it: the tree has read its pages by itself.
	const depth = queryKey.length;
	useEffect(() => {
		return client.getQueryCache().subscribe((event) => {
			if (event.type !== "updated" || event.action.type !== "invalidate") return;
			const key = event.query.queryKey;
			const [node, after] = key.slice(depth);
			if (after !== "" || JSON.stringify(key.slice(0, depth)) !== name) return;
			void reload(String(node)).catch(() => undefined);
		});
	}, [client, name, depth, reload]);
	return { branches, load };
}
