import type { ReactNode } from "react";
import "./setting.css";

type Props = {
	title: string;
	/** What it is for, in a sentence. */
	hint?: ReactNode;
	children: ReactNode;
	/** What cannot be taken back stands apart. */
	danger?: boolean;
};

/** One thing that can be set: what it is on the left, its value on the right. */
export function Setting({ title, hint, children, danger }: Props): ReactNode {
	return (
		<section className={danger ? "setting danger" : "setting"}>
			<div className="setting-about">
				<h2>{title}</h2>
				{hint ? <p className="quiet">{hint}</p> : null}
			</div>
			<div className="setting-value">{children}</div>
		</section>
	);
}
