import { useSyncExternalStore } from "react";

/** A short message at the edge of the page; it goes by itself unless it tells of a failure. */
export type Toast = {
	id: number;
	text: string;
	tone: "done" | "failed";
	/** Where to read on, an address of the app. */
	link?: { href: string; text: string };
	/** Takes back what was just done. */
	undo?: () => void;
};

const shownForMs = 8_000;
let toasts: readonly Toast[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

function publish(next: readonly Toast[]): void {
	toasts = next;
	for (const listener of listeners) listener();
}

/** Takes a message off the page. */
export function dismissToast(id: number): void {
	publish(toasts.filter((toast) => toast.id !== id));
}

/** Shows a message and gives back its id. */
export function showToast(toast: Omit<Toast, "id">): number {
	lastId += 1;
	const id = lastId;
	publish([...toasts.slice(-3), { ...toast, id }]);
	if (toast.tone === "done") setTimeout(() => dismissToast(id), shownForMs);
	return id;
}

/** The messages that are on the page now. */
export function useToasts(): readonly Toast[] {
	return useSyncExternalStore(
		(listener) => {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		() => toasts,
	);
}
