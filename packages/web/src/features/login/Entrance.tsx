import type { ReactNode } from "react";
import "./entrance.css";

/** The page of whoever is not inside yet: one column in the middle, under the name of the product. */
export function Entrance({ title, children }: { title: string; children: ReactNode }): ReactNode {
	return (
		<main className="entrance">
			<title>{`${title} · Keifu`}</title>
			<div className="entrance-card">
				<p className="entrance-brand">
					<img src="/favicon.svg" width="24" height="24" alt="" />
					Keifu
				</p>
				<h1>{title}</h1>
				{children}
			</div>
		</main>
	);
}
