import { useSyncExternalStore } from "react";

let isLost = false;
const listeners = new Set<() => void>();

export function setConnectionLost(lost: boolean): void {
	if (lost === isLost) return;
	isLost = lost;
	for (const listener of listeners) listener();
}

/** Whether the server has not been heard for a while. */
export function useConnectionLost(): boolean {
	return useSyncExternalStore(
		(listener) => {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		() => isLost,
	);
}
