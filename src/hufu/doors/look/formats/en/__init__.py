"""English, as read by people of many countries."""
