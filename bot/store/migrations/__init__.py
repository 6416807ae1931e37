"""How tables came to be as they are: a file for each change, run in order by Alembic."""
