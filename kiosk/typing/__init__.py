"""Chinese text from letters and strokes, for the screen process alone: nothing is learned, nothing kept."""
