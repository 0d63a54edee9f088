import { useSyncExternalStore } from "react";

/** What is open over the page. */
export type Overlay = "palette" | "shortcuts" | null;

type ShellState = { overlay: Overlay; collapsed: boolean };

const collapsedKey = "keifu-sidebar-collapsed";
let state: ShellState = { overlay: null, collapsed: false };
const listeners = new Set<() => void>();

function publish(next: ShellState): void {
	state = next;
	for (const listener of listeners) listener();
}

export function openOverlay(overlay: Overlay): void {
	publish({ ...state, overlay });
}

/** Makes the menu narrow or wide, and keeps it so in this browser. */
export function toggleSidebar(): void {
	const collapsed = !state.collapsed;
	localStorage.setItem(collapsedKey, String(collapsed));
	publish({ ...state, collapsed });
}

/** Takes up what was chosen before. */
export function restoreSidebar(): void {
	publish({ ...state, collapsed: localStorage.getItem(collapsedKey) === "true" });
}

export function useShellState(): ShellState {
	return useSyncExternalStore(
		(listener) => {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		() => state,
	);
}
