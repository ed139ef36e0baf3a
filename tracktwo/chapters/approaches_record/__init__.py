"""Data-volume page `approaches_record`: what stands behind the chapter on the four approaches."""
