"""How days and hours are written: never so that day and month can be confused."""
