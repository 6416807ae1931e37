"""The parts of a knowledge base: what each may look like (`read_*`, `fields`, `syntax`) and what can be wrong with it."""
