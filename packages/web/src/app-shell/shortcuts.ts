import { useRouter } from "@tanstack/react-router";
import { useEffect } from "react";
import { openOverlay, toggleSidebar } from "./shell-state.ts";

/** Where `g` and then a letter leads. */
export const places = { h: "/", r: "/registry", s: "/settings" } as const;

const isApple = /Mac|iPhone|iPad/.test(navigator.platform);
/** How the palette's keys are called on this machine. */
export const paletteKeys = isApple ? "⌘K" : "Ctrl K";

const sequenceMilliseconds = 1_000;

function isTyping(target: EventTarget | null): boolean {
	return (
		target instanceof HTMLElement &&
		(target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName))
	);
}

function placeOf(key: string): string | undefined {
	return Object.entries(places).find(([letter]) => letter === key)?.[1];
}

/** The keys that work on every page. */
export function useShortcuts(): void {
	const router = useRouter();
	useEffect(() => {
		let goUntil = 0;
		const onKey = (event: KeyboardEvent) => {
			const { key } = event;
			if (key.toLowerCase() === "k" && (event.metaKey || event.ctrlKey) && !event.altKey && !event.shiftKey) {
				event.preventDefault();
				return openOverlay("palette");
			}
			if (event.metaKey || event.ctrlKey || event.altKey || event.isComposing || isTyping(event.target)) return;
			// Dialogs have keys of their own.
			if (document.querySelector("dialog[open], [role=dialog]") !== null) return;
			const place = event.timeStamp < goUntil ? placeOf(key) : undefined;
			goUntil = key === "g" ? event.timeStamp + sequenceMilliseconds : 0;
			if (place !== undefined) router.history.push(place);
			else if (key === "/") openOverlay("palette");
			else if (key === "?") openOverlay("shortcuts");
			else if (key === "[") toggleSidebar();
			else return;
			event.preventDefault();
		};
		document.addEventListener("keydown", onKey);
		return () => document.removeEventListener("keydown", onKey);
	}, [router]);
}
