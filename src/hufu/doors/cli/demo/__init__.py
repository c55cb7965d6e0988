"""One fictional infringement, driven through the house by the services people use."""
