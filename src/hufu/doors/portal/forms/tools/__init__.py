"""Forms of the tools that ask the law: they check shape, the engine answers."""
