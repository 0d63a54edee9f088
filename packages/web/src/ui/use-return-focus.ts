import { useEffect } from "react";

/** Gives the focus back to where it was, once what calls this is gone: for dialogs that are there only while they are open. */
export function useReturnFocus(): void {
	useEffect(() => {
		const before = document.activeElement;
		return () => {
			if (before instanceof HTMLElement && before.isConnected) before.focus();
		};
	}, []);
}
