import type { ReactNode } from "react";
import { Icon, type IconName } from "../../ui/Icon.tsx";
import { iconOfType, iconPaths } from "../../ui/icon-paths.ts";

const types = ["dataset", "model", "code", "job", "run_table", "images", "checkpoint", "config", "anything"];

function Sample({ name, label }: { name: IconName; label: string }): ReactNode {
	return (
		<li>
			<Icon name={name} size={20} />
			<span>{label}</span>
		</li>
	);
}

/** Every drawing by its name. */
export function IconSamples(): ReactNode {
	// A cast: `Object.keys` forgets what is known of the keys.
	const names = Object.keys(iconPaths) as IconName[];
	return (
		<ul className="icon-samples">
			{names.map((name) => (
				<Sample key={name} name={name} label={name} />
			))}
		</ul>
	);
}

/** What users' names of types are drawn as. */
export function TypeIconSamples(): ReactNode {
	return (
		<ul className="icon-samples">
			{types.map((type) => (
				<Sample key={type} name={iconOfType(type)} label={type} />
			))}
		</ul>
	);
}
