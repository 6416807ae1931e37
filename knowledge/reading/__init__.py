"""YAML nodes -> the values of the model, field by field, with every fault and its place."""
