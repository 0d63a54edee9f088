import { type RefObject, useEffect, useRef, useState } from "react";

/** Whether an element has been near the part of the page that is seen; what costs much is drawn only then. */
export function useSeen<E extends Element>(): [RefObject<E | null>, boolean] {
	const element = useRef<E>(null);
	const [seen, setSeen] = useState(false);
	useEffect(() => {
		if (element.current === null || seen) return;
		const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && setSeen(true), {
			rootMargin: "400px",
		});
		observer.observe(element.current);
		return () => observer.disconnect();
	}, [seen]);
	return [element, seen];
}
