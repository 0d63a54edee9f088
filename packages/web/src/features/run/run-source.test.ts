import { expect, test } from "vitest";
import { readRunSource, repositoryLink } from "./run-source.ts";

test("what the client noted of machine and code", () => {
	const metadata = {
		...{
			os: "Linux-6.1",
			python: "CPython 3.12.3",
			host: "gpu-7",
			program: "train.py",
			cpu_count: 8,
			cpu_count_logical: 16,
		},
		...{ args: ["--lr", "0.1", "it's"], git: { remote: "git@example.org:team/zoo.git", commit: "abc" } },
		...{ gpu: "NVIDIA A100", gpu_count: 4 },
	};
	expect(readRunSource(metadata, { _wandb: { value: { cli_version: "0.31.0" } } })).toEqual({
		...{
			host: "gpu-7",
			os: "Linux-6.1",
			python: "CPython 3.12.3",
			client: "0.31.0",
			cpus: "16",
			gpu: "4 × NVIDIA A100",
		},
		...{ command: "train.py --lr 0.1 'it'\\''s'", repository: "git@example.org:team/zoo.git", commit: "abc" },
		directory: undefined,
	});
	expect(readRunSource(null, {}).command).toBeUndefined();
});

test("a repository's address without the secrets somebody put into it", () => {
	expect(repositoryLink("git@example.org:team/zoo.git")).toBe("https://example.org/team/zoo");
	expect(repositoryLink("https://x:token@example.org/team/zoo.git")).toBe("https://example.org/team/zoo");
	expect(repositoryLink("/srv/git/zoo")).toBeUndefined();
	expect(repositoryLink("javascript:alert(1)")).toBeUndefined();
});
