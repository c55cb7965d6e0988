"""Forms of the workbench: they check the shape of what was typed."""
