import { type RefObject, useEffect } from "react";

/**
 * What has the focus may go: a panel that is closed, a group that opens, a card that is hidden. The card that had it
 * last takes it then, or the one that Tab stops at: a reader at the keyboard is never sent back to the top of the page.
 */
export function useKeptFocus(root: RefObject<HTMLElement | null>): void {
	useEffect(() => {
		const element = root.current;
		if (element === null) return;
		let last: HTMLElement | undefined;
		let lastCard: HTMLElement | undefined;
		const remember = ({ target }: FocusEvent) => {
			if (!(target instanceof HTMLElement)) return;
			last = target;
			if (target.dataset.card !== undefined) lastCard = target;
		};
		const observer = new MutationObserver(() => {
			if (last === undefined || last.isConnected || document.activeElement !== document.body) return;
			const stop = element.querySelector<HTMLElement>(".lineage-layer [tabindex='0'], .lineage-stage[tabindex='0']");
			(lastCard?.isConnected ? lastCard : stop)?.focus({ preventScroll: true });
		});
		element.addEventListener("focusin", remember);
		observer.observe(element, { childList: true, subtree: true });
		return () => {
			element.removeEventListener("focusin", remember);
			observer.disconnect();
		};
	}, [root]);
}
