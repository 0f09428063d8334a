"""Text to plain JSON values with positions on demand; files, limits, overlays."""
