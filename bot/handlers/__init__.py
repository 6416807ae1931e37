"""One module for each kind of update; each exports `get_handlers`."""
