import { TextInput } from "@mantine/core";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { Icon } from "./Icon.tsx";

type Props = {
	label: string;
	value: string;
	/** Told when the reader pauses typing, presses Enter, or Escape (which empties it). */
	onValue: (value: string) => void;
	width?: number | string;
	/** What may be typed, beyond what the label says. */
	title?: string;
};

const pauseMs = 250;

/** Narrows a list while one types; the value is kept by whoever shows the list, best in the address. */
export function FilterInput({ label, value, onValue, width = 280, title }: Props): ReactNode {
	const [typed, setTyped] = useState(value);
	const told = useRef(value);
	const tell = useRef(onValue);
	tell.current = onValue;
	useEffect(() => {
		// The address changed by other means: back, or a link.
		if (value !== told.current) setTyped(value);
		told.current = value;
	}, [value]);
	useEffect(() => {
		if (typed === told.current) return;
		const timer = setTimeout(() => {
			told.current = typed;
			tell.current(typed);
		}, pauseMs);
		return () => clearTimeout(timer);
	}, [typed]);
	return (
		<TextInput
			size="xs"
			w={width}
			maw="100%"
			type="search"
			placeholder={label}
			aria-label={label}
			{...(title === undefined ? {} : { title })}
			leftSection={<Icon name="search" />}
			value={typed}
			onChange={({ currentTarget }) => setTyped(currentTarget.value)}
			onKeyDown={({ key }) => key === "Escape" && setTyped("")}
		/>
	);
}
