"""What a start checks before it serves: settings a production must not run with."""
