"""Kernels that nbval starts find the same surroundings as those of the build."""

from tracktwo.book.execute import isolate

isolate()
