import { useEffect, useState } from "react";

/** A value once it has stood still for a moment; emptied at once. */
export function useDebounced(value: string, milliseconds: number): string {
	const [settled, setSettled] = useState(value);
	useEffect(() => {
		const timer = setTimeout(() => setSettled(value), value === "" ? 0 : milliseconds);
		return () => clearTimeout(timer);
	}, [value, milliseconds]);
	return settled;
}
