import { type ReactNode, useId } from "react";

type Props<T extends string> = {
	label: string;
	value: T;
	choices: readonly { value: T; label: string }[];
	onChoose: (value: T) => void;
};

/** One of a few, all in sight; as the theme's own control, at a tenth of what that one weighs. */
export function Segments<T extends string>({ label, value, choices, onChoose }: Props<T>): ReactNode {
	const name = useId();
	return (
		<fieldset className="lineage-segments" aria-label={label}>
			{choices.map((choice) => (
				<label key={choice.value}>
					<input type="radio" name={name} checked={choice.value === value} onChange={() => onChoose(choice.value)} />
					<span>{choice.label}</span>
				</label>
			))}
		</fieldset>
	);
}
