"""What only a browser can tell of the pages of the display package."""
