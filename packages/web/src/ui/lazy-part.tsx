import { type ComponentType, lazy, type ReactNode, Suspense } from "react";

/** A part of a page that is fetched when it is first shown: a dialog, a drawer. Nothing stands in its place meanwhile. */
export function lazyPart<Props extends object>(load: () => Promise<ComponentType<Props>>): (props: Props) => ReactNode {
	const Part = lazy(async () => ({ default: await load() }));
	return (props) => (
		<Suspense fallback={null}>
			<Part {...props} />
		</Suspense>
	);
}
