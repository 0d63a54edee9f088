import type { ReactNode } from "react";
import { LineSkeleton } from "../ui/LineSkeleton.tsx";

/** The shape of a page, shown only when one takes longer than a blink. */
export function PendingPage(): ReactNode {
	return (
		<>
			<span className="skeleton-title" aria-hidden="true" />
			<LineSkeleton lines={9} />
		</>
	);
}
