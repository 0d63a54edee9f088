// Set-up of every Vitest project: a property test draws the same values on every run, so a failure can be repeated.
import fc from "fast-check";

fc.configureGlobal({ seed: 20_261_121 });
