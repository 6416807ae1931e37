"""What people say of answers and send in, and what maintainers make of it."""
