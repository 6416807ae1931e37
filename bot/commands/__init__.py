"""One module for each of the command line's subcommands."""
